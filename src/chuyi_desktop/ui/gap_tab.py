"""差距: what stands between the school and a tier, and the smallest single change for each rule of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from chuyi_desktop.domain.programme import Tier
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.outlook.gap import gap
from chuyi_desktop.scoring.outlook.outlook import outlook
from chuyi_desktop.scoring.outlook.results import GapChange, GapReport, OpenInput, Outlook, RuleGap
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.jobs import Jobs
from chuyi_desktop.ui.look import Tone
from chuyi_desktop.ui.reckoning import Reckoning
from chuyi_desktop.ui.told_tree import ToldTree

_MOST_OPEN = 5
"""Missing inputs told above the rules: those that decide most."""


class GapTab(QWidget):
    """What is still open above; every rule in the way with its changes below."""

    trial_wanted = Signal(str, object)
    """A change is to be tried: a name, and the changes."""
    field_wanted = Signal(object)
    """The page of a ``Field`` is wanted."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tier: Tier | None = None
        self._stale = True
        self.range = QLabel(self)
        self.range.setWordWrap(True)
        self.open_inputs = ToldTree(say("ui.advice.open"), [say("ui.advice.open")], self)
        self.open_inputs.wanted.connect(self._wanted)
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        self.rules = ToldTree(say("ui.advice.gap"), [say("ui.advice.gap")], self)
        self.rules.wanted.connect(self._wanted)
        self.rules.currentItemChanged.connect(lambda *_: self._enable())
        self.trial_button = QPushButton(say("ui.advice.to_trial"), self)
        self.trial_button.clicked.connect(self._try)
        self._gap: Reckoning[tuple[GapReport, Outlook]] = Reckoning(
            desk, jobs, say("ui.advice.gap.job"), self._show
        )
        foot = QHBoxLayout()
        foot.addWidget(QLabel(say("ui.advice.gap.hint"), self), 1)
        foot.addWidget(self.trial_button)
        column = QVBoxLayout(self)
        column.addWidget(self.range)
        column.addWidget(self.open_inputs, 1)
        column.addWidget(self.head)
        column.addWidget(self.rules, 3)
        column.addLayout(foot)
        desk.changed.connect(self._out_of_date)
        desk.cleared.connect(self._forget)
        self._enable()

    def show_tier(self, tier: Tier | None) -> None:
        """Say what stands before ``tier``."""
        if tier != self._tier:
            self._tier, self._stale = tier, True
        if not self._stale or not self._desk.is_open:
            return
        self._stale = False
        session = self._desk.session
        programme, assessment, verdict = session.programme, session.assessment, session.verdict
        tier_id = None if tier is None else tier.id
        self.head.setText(say("ui.advice.reckoning"))
        self._gap.ask(
            lambda _progress: (
                gap(programme, assessment, tier_id=tier_id, verdict=verdict),
                outlook(programme, assessment),
            ),
            lambda: self.head.setText(say("ui.advice.given_up")),
        )

    def _show(self, found: tuple[GapReport, Outlook]) -> None:
        report, ahead = found
        self.range.setText(ahead.message)
        self.open_inputs.start()
        for each in ahead.open_inputs[:_MOST_OPEN]:
            self.open_inputs.line([each.message], each.field)
        self.open_inputs.setVisible(bool(ahead.open_inputs))
        self.head.setText(report.message)
        self.rules.start(decorated=True)
        for rule in report.rules:
            self._rule(rule)
        self.rules.expandAll()
        self._enable()

    def _rule(self, rule: RuleGap) -> None:
        head = self.rules.line([rule.title], strong=True)
        if not rule.changes:
            self.rules.line([rule.message], below=head)
        for change in rule.changes:
            tone = Tone.OPEN if change.breaks else None
            self.rules.line([change.message], change, below=head, tone=tone)
        for option in rule.options:
            child = self.rules.line([option.title], below=head)
            for change in option.changes:
                self.rules.line([change.message], change, below=child)

    def _wanted(self, thing: object) -> None:
        if isinstance(thing, GapChange):
            thing = thing.edits[0].field if thing.edits else None
        if isinstance(thing, OpenInput):
            thing = thing.field
        if thing is not None:
            self.field_wanted.emit(thing)

    def _try(self) -> None:
        change = self.rules.chosen()
        if isinstance(change, GapChange):
            self.trial_wanted.emit(change.label, change.edits)

    def _enable(self) -> None:
        change = self.rules.chosen()
        self.trial_button.setEnabled(isinstance(change, GapChange) and bool(change.edits))

    def _out_of_date(self) -> None:
        self._stale = True
        if self.isVisible():
            self.show_tier(self._tier)

    def _forget(self) -> None:
        self._stale = True
        self._tier = None
        self.range.setText("")
        self.head.setText("")
        self.open_inputs.start()
        self.rules.start()
