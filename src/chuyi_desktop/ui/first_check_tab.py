"""先核对: the numbers that lie near a threshold, to be counted again and proved first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.outlook.results import NearThreshold, Sensitivity
from chuyi_desktop.scoring.outlook.sensitivity import sensitivity
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.jobs import Jobs
from chuyi_desktop.ui.look import Tone
from chuyi_desktop.ui.reckoning import Reckoning
from chuyi_desktop.ui.told_tree import ToldTree


class FirstCheckTab(QWidget):
    """A line a number, those that turn the tier first."""

    field_wanted = Signal(object)
    """The page of a ``Field`` is wanted."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        self.inputs = ToldTree(
            say("ui.advice.first"), [say("ui.advice.first"), say("ui.advice.proofs")], self
        )
        self.inputs.wanted.connect(self.field_wanted)
        self._reckoning: Reckoning[Sensitivity] = Reckoning(
            desk, jobs, say("ui.advice.first.job"), self._show
        )
        column = QVBoxLayout(self)
        column.addWidget(self.head)
        column.addWidget(self.inputs, 1)
        desk.changed.connect(self._out_of_date)
        desk.cleared.connect(self._forget)

    def show_inputs(self) -> None:
        """Work it out, unless what is shown is up to date."""
        if not self._stale or not self._desk.is_open:
            return
        self._stale = False
        programme, assessment = self._desk.session.programme, self._desk.session.assessment
        self.head.setText(say("ui.advice.reckoning"))
        self._reckoning.ask(
            lambda _progress: sensitivity(programme, assessment),
            lambda: self.head.setText(say("ui.advice.given_up")),
        )

    def _show(self, found: Sensitivity) -> None:
        self.head.setText(found.message)
        self.inputs.start(decorated=True)
        for each in found.inputs:
            self._line(each)

    def _line(self, near: NearThreshold) -> None:
        proved = say("ui.evidence.count", {"count": near.proofs}) if near.proofs else say("ui.evidence.none")
        tone = Tone.MUTED if near.proofs else Tone.OPEN
        head = self.inputs.line([near.message, proved], near.field, tone=tone, strong=bool(near.tier_turns))
        for turn in (*near.tier_turns, *near.rule_turns):
            self.inputs.line([turn.message, ""], near.field, below=head)

    def _out_of_date(self) -> None:
        self._stale = True
        if self.isVisible():
            self.show_inputs()

    def _forget(self) -> None:
        self._stale = True
        self.head.setText("")
        self.inputs.start()
