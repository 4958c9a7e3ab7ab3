"""提升方案: what the school may still change, and the cheapest ways to a tier."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.plan_improvement import find_improvements
from chuyi_desktop.domain.programme import Tier
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.plan_words import plan_head, plan_result
from chuyi_desktop.scoring.planning.improvement import Improvement, Improvements
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.jobs import Jobs
from chuyi_desktop.ui.lever_model import LeverModel
from chuyi_desktop.ui.look import Tone
from chuyi_desktop.ui.reckoning import Reckoning
from chuyi_desktop.ui.told_tree import ToldTree

_LEAST_LETTERS = 5
"""Letters that a column of figures has room for, empty too."""


class PlanTab(QWidget):
    """The levers at the left, the plans found at the right."""

    trial_wanted = Signal(str, object)
    """The changes of a plan are to be tried: a name, and the changes."""
    field_wanted = Signal(object)
    """The page of a ``Field`` is wanted."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tier: Tier | None = None
        self._stale = True
        self.levers = LeverModel(self)
        self.levers.refused.connect(desk.said)
        self.view = self._lever_view()
        self.find_button = QPushButton(say("ui.advice.plan.find"), self)
        self.find_button.clicked.connect(self.find_plans)
        self.trial_button = QPushButton(say("ui.advice.to_trial"), self)
        self.trial_button.clicked.connect(self._try)
        self._all = QPushButton(say("ui.advice.lever.all"), self)
        self._all.clicked.connect(lambda: self.levers.freeze_all(frozen=False))
        self._none = QPushButton(say("ui.advice.lever.none"), self)
        self._none.clicked.connect(lambda: self.levers.freeze_all(frozen=True))
        self.state = QLabel(say("ui.advice.plan.empty"), self)
        self.state.setWordWrap(True)
        self.plans = ToldTree(say("ui.advice.plan"), [say("ui.advice.plan")], self)
        self.plans.wanted.connect(self._wanted)
        self.plans.currentItemChanged.connect(lambda *_: self._enable())
        self._reckoning: Reckoning[Improvements] = Reckoning(desk, jobs, say("plan.progress"), self._found)
        self._put_together()
        desk.cleared.connect(self._forget)
        desk.changed.connect(self._changed)
        self._enable()

    def show_tier(self, tier: Tier | None) -> None:
        """Plans are to reach ``tier`` from now on."""
        if tier != self._tier:
            self._tier = tier
            self._out_of_date()
        if self._stale and self._desk.is_open:
            session = self._desk.session
            self.levers.show_levers(session.programme, session.assessment)
            self._stale = False
        self._enable()

    def find_plans(self) -> None:
        """Look for plans; long, with progress, and can be cancelled."""
        if self._tier is None or self._reckoning.under_way:
            return
        self.view.setCurrentIndex(self.view.currentIndex())
        terms, session = self.levers.terms(self._tier), self._desk.session
        self.plans.start()
        self.state.setText(say("ui.advice.plan.looking", {"tier": self._tier.name}))
        self._reckoning.ask(lambda progress: find_improvements(session, terms, progress), self._given_up)
        self._enable()

    def _found(self, found: Improvements) -> None:
        reached = say("plan.reached", {"tier": found.tier.name}) if found.reached else ""
        count = say("ui.advice.plan.count", {"count": len(found.plans), "tier": found.tier.name})
        told = [reached] if reached else [*([count] if found.plans else []), *found.reasons, *found.notes]
        self.state.setText("\n".join(dict.fromkeys(told)))
        self.plans.start(decorated=True)
        for number, plan in enumerate([] if found.reached else found.plans, 1):
            self._show(number, plan)
        self.plans.expandAll()
        first = self.plans.topLevelItem(0)
        if first is not None:
            self.plans.setCurrentItem(first)
        self._enable()

    def _show(self, number: int, plan: Improvement) -> None:
        head = self.plans.line([plan_head(number, plan)], plan, strong=True)
        for step in plan.steps:
            tone = Tone.OPEN if step.assumed else None
            self.plans.line([step.sentence], step.field, below=head, tone=tone)
        if plan.assumptions:
            self.plans.line([say("plan.assumed").strip()], below=head, tone=Tone.OPEN)
        self.plans.line([plan_result(plan).strip()], below=head, tone=Tone.GOOD)
        if plan.new_findings:
            follow = self.plans.line([say("plan.follow").strip()], below=head, tone=Tone.OPEN)
            for finding in plan.new_findings:
                self.plans.line([finding.message], below=follow)

    def _given_up(self) -> None:
        self.state.setText(say("ui.advice.plan.given_up"))
        self._enable()

    def _try(self) -> None:
        plan = self._chosen()
        if plan is not None:
            self.trial_wanted.emit(say("ui.advice.plan.trial", {"tier": plan.tier.name}), plan.changes)

    def _chosen(self) -> Improvement | None:
        item = self.plans.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        thing = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        return thing if isinstance(thing, Improvement) else None

    def _wanted(self, thing: object) -> None:
        if not isinstance(thing, Improvement):
            self.field_wanted.emit(thing)

    def _changed(self) -> None:
        self._out_of_date()

    def _out_of_date(self) -> None:
        self._stale = True
        self._reckoning.drop()
        if self.plans.topLevelItemCount():
            self.state.setText(say("ui.advice.plan.stale"))
        self._enable()

    def _forget(self) -> None:
        self._stale = True
        self.plans.start()
        self.state.setText(say("ui.advice.plan.empty"))

    def _enable(self) -> None:
        self.find_button.setEnabled(self._tier is not None and not self._reckoning.under_way)
        self.trial_button.setEnabled(self._chosen() is not None)

    def _lever_view(self) -> QTableView:
        view = QTableView(self)
        view.setModel(self.levers)
        view.setAccessibleName(say("ui.advice.levers"))
        view.verticalHeader().hide()
        view.setAlternatingRowColors(True)
        view.setTabKeyNavigation(False)
        header = view.horizontalHeader()
        letter = self.fontMetrics().horizontalAdvance("国")

        def arrange() -> None:
            # Figures take what they need, and names the rest: in a small window names are what is read.
            header.setMinimumSectionSize(_LEAST_LETTERS * letter)
            for at in range(self.levers.columnCount()):
                mode = QHeaderView.ResizeMode.ResizeToContents if at else QHeaderView.ResizeMode.Stretch
                header.setSectionResizeMode(at, mode)

        self.levers.columnsInserted.connect(lambda *_: arrange())
        return view

    def _put_together(self) -> None:
        left, right = QWidget(self), QWidget(self)
        hint = QLabel(say("ui.advice.lever.hint"), self)
        hint.setWordWrap(True)
        buttons = QHBoxLayout()
        for widget in (self._all, self._none):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        buttons.addWidget(self.find_button)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(hint)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.trial_button)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        column.addWidget(self.plans, 1)
        column.addLayout(foot)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.addWidget(split)
