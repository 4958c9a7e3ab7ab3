"""Beginning the next year's assessment and putting it on the desk."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from chuyi_desktop.app.roll_over import make_roll_over
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.opening import Opening
from chuyi_desktop.ui.roll_over_dialog import RollOverDialog


class RollingOver(QObject):
    """The deed of one window."""

    def __init__(self, desk: Desk, opening: Opening, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._opening, self._window = desk, opening, window

    def offer(self) -> None:
        """Show what would be taken over; on consent begin the year, and open it."""
        dialog = RollOverDialog(self._desk.session, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted or dialog.plan is None:
            return
        plan = dialog.plan
        begun = self._desk.attempt(lambda: make_roll_over(self._desk.session, plan))
        if begun is None:
            return
        head = begun.head
        self._opening.switch(head)
        self._desk.said.emit(say("ui.years.begun", {"year": head.year}))
