"""Moving the open assessment to the installed pack, after a look at what that changes."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from chuyi_desktop.app.fault_report import system_fault
from chuyi_desktop.app.move_pack import make_move, plan_move
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.opening import Opening
from chuyi_desktop.ui.pack_move_dialog import PackMoveDialog


class PackMoving(QObject):
    """The deed of one window."""

    def __init__(self, desk: Desk, opening: Opening, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._opening, self._window = desk, opening, window

    def offer(self) -> None:
        """Show what would change; on consent move, and open the assessment anew."""
        session = self._desk.session
        try:
            move = plan_move(session)
            if PackMoveDialog(move, self._window).exec() != QDialog.DialogCode.Accepted:
                return
            make_move(session, move)
        except ChuyiError as error:
            self._desk.failed.emit(error)
            return
        except OSError as error:
            self._desk.failed.emit(system_fault(error))
            return
        # Its sections, rosters and rules are others: every page is built as for another assessment.
        self._opening.reopen()
        self._desk.said.emit(say("ui.move.done", {"version": move.target.version}))
