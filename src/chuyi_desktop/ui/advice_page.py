"""差距与提升: the gap to a tier, the plans that reach it, trials, and what to count again first."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from chuyi_desktop.domain.programme import Tier
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.first_check_tab import FirstCheckTab
from chuyi_desktop.ui.gap_tab import GapTab
from chuyi_desktop.ui.grid_page import Title
from chuyi_desktop.ui.jobs import Jobs
from chuyi_desktop.ui.plan_tab import PlanTab
from chuyi_desktop.ui.trial import Trial
from chuyi_desktop.ui.trial_tab import TrialTab


class AdvicePage(QWidget):
    """One tier for all tabs; each tab works its own part out when it is looked at."""

    field_wanted = Signal(object)
    """The page of a ``Field`` is wanted."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        title = Title(self)
        title.setText(say("ui.places.advice"))
        self.tier_box = QComboBox(self)
        self.tier_box.setAccessibleName(say("ui.advice.tier"))
        self.trial = Trial(desk, self)
        self.gap = GapTab(desk, jobs, self)
        self.plan = PlanTab(desk, jobs, self)
        self.trials = TrialTab(desk, self.trial, self)
        self.first = FirstCheckTab(desk, jobs, self)
        self.tabs = QTabWidget(self)
        for code, tab in (
            ("gap", self.gap),
            ("plan", self.plan),
            ("trial", self.trials),
            ("first", self.first),
        ):
            self.tabs.addTab(tab, say(f"ui.advice.tab.{code}"))
        honesty = QLabel(say("report.honesty"), self)
        honesty.setForegroundRole(honesty.foregroundRole().PlaceholderText)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(QLabel(say("ui.advice.tier"), self))
        head.addWidget(self.tier_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addWidget(honesty)
        self.tier_box.currentIndexChanged.connect(lambda _at: self.refresh())
        self.tabs.currentChanged.connect(lambda _at: self.refresh())
        for tab in (self.gap, self.plan):
            tab.trial_wanted.connect(self._try)
        for tab in (self.gap, self.plan, self.first):
            tab.field_wanted.connect(self.field_wanted)
        desk.opened.connect(self._opened)

    @property
    def tier(self) -> Tier | None:
        """The tier that is aimed at."""
        tiers = self._desk.session.programme.tiers if self._desk.is_open else ()
        return next((tier for tier in tiers if tier.id == self.tier_box.currentData()), None)

    def refresh(self) -> None:
        """Bring the tab that is looked at up to date."""
        if not self._desk.is_open or not self.isVisible():
            return
        tab = self.tabs.currentWidget()
        if tab is self.gap:
            self.gap.show_tier(self.tier)
        elif tab is self.plan:
            self.plan.show_tier(self.tier)
        elif tab is self.trials:
            self.trials.refresh()
        else:
            self.first.show_inputs()

    def showEvent(self, event: object) -> None:
        """What is looked at is up to date."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self.refresh()

    def _opened(self) -> None:
        with QSignalBlocker(self.tier_box):
            self.tier_box.clear()
            if self._desk.is_open:
                session = self._desk.session
                wanted = [tier for tier in session.programme.tiers if not tier.rule.asks_nothing]
                for tier in wanted:
                    self.tier_box.addItem(tier.name, tier.id)
                self.tier_box.setCurrentIndex(_next_better(wanted, session.verdict))

    def _try(self, name: str, changes: object) -> None:
        if isinstance(changes, tuple):
            self.trial.take(name, changes)
            self.tabs.setCurrentWidget(self.trials)


def _next_better(tiers: list[Tier], verdict: Verdict) -> int:
    """The place of the tier just above what the school is sure of; the best where it has that."""
    certain = verdict.possible_tiers[-1] if verdict.possible_tiers else None
    ids = [tier.id for tier in tiers]
    if certain is None or certain.id not in ids:
        return len(ids) - 1
    return max(ids.index(certain.id) - 1, 0)
