"""The one window: it only puts head, list, pages and verdict together, and says what happened."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from chuyi_desktop import __version__
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.actions import Actions
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.exchange import Exchange
from chuyi_desktop.ui.field_places import place_of
from chuyi_desktop.ui.head_bar import HeadBar
from chuyi_desktop.ui.job_bar import JobBar
from chuyi_desktop.ui.jobs import Jobs
from chuyi_desktop.ui.messages import tell, tell_failure
from chuyi_desktop.ui.opening import Opening
from chuyi_desktop.ui.pack_moving import PackMoving
from chuyi_desktop.ui.pages import Pages
from chuyi_desktop.ui.place_list import Place, PlaceKind, PlaceList
from chuyi_desktop.ui.rolling_over import RollingOver
from chuyi_desktop.ui.verdict_panel import VerdictPanel
from chuyi_desktop.ui.verdict_tree import RowPlace
from chuyi_desktop.ui.welcome_page import WelcomePage

_SIZE = (1366, 740)
_LEAST = (900, 560)
_WIDTHS = (212, 780, 374)
"""Of list, page and verdict."""


class MainWindow(QMainWindow):
    """Head above, list at the left, page in the middle, verdict at the right, status line below."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.desk = Desk(program, self)
        self.jobs = Jobs(self)
        self.opening = Opening(self.desk, self)
        self.moving = PackMoving(self.desk, self.opening, self)
        self.rolling = RollingOver(self.desk, self.opening, self)
        self.exchange = Exchange(self.desk, self.jobs, self)
        self.head = HeadBar(self.desk, self)
        self.places = PlaceList(self.desk, self)
        self.pages = Pages(self.desk, self.jobs, self)
        self.verdict = VerdictPanel(self.desk, self)
        self.welcome = WelcomePage(self)
        self._work = self._put_together()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self._work)
        self.setCentralWidget(self._stack)
        self.job_bar = JobBar(self.jobs, self)
        self.statusBar().addPermanentWidget(self.job_bar)
        self.actions_ = Actions(self.desk, self.jobs, self, self._deeds())
        self._connect()
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)
        self._opened()

    def open_folder(self, folder: Path) -> None:
        """Open the workspace in ``folder``."""
        self.opening.open(folder)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is under way, save what is in an editor, let go of the workspace."""
        self.pages.narrative.save()
        self.jobs.close()
        self.desk.leave()
        self.pages.preview.close_files()
        super().closeEvent(event)

    def _deeds(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.opening.new,
            "open": self.opening.choose,
            "import": self.exchange.import_workbook,
            "ledger": self.exchange.import_ledger,
            "export": self.exchange.export_workbook,
            "live": self.exchange.export_live,
            "template": self.exchange.write_template,
            "dossier": self.exchange.export_dossier,
            "undo": self._undo,
            "redo": self._redo,
            "about": self._about,
            "quit": self.close,
        }

    def _put_together(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        for widget in (self.places, self.pages, self.verdict):
            split.addWidget(widget)
        split.setSizes(list(_WIDTHS))
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        work = QWidget(self)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(split, 1)
        return work

    def _connect(self) -> None:
        self.desk.opened.connect(self._opened)
        self.desk.changed.connect(self._retitle)
        self.desk.failed.connect(self._failed)
        self.desk.said.connect(self.statusBar().showMessage)
        self.jobs.failed.connect(self._failed)
        self.jobs.started.connect(self._hold)
        self.jobs.ended.connect(self._hold)
        self.head.switched.connect(self.opening.switch)
        self.head.move_wanted.connect(self._move)
        self.places.chosen.connect(self.pages.show_place)
        self.verdict.row_wanted.connect(self._show_row)
        self.pages.advice.field_wanted.connect(self._show_field)
        self.pages.years.roll_over_wanted.connect(self.rolling.offer)
        self.pages.preview.export_wanted.connect(self.exchange.export_dossier)
        self.welcome.new_wanted.connect(self.opening.new)
        self.welcome.open_wanted.connect(self.opening.choose)
        self.welcome.folder_wanted.connect(self.opening.open)

    def _opened(self) -> None:
        if self.desk.is_open:
            self._stack.setCurrentWidget(self._work)
        else:
            self.welcome.refresh()
            self._stack.setCurrentWidget(self.welcome)
        self._retitle()

    def _retitle(self) -> None:
        if not self.desk.is_open:
            self.setWindowTitle(say("ui.title"))
            return
        session = self.desk.session
        params = {
            "school": self.head.school_name,
            "programme": session.programme.name,
            "year": session.assessment.year,
        }
        self.setWindowTitle(say("ui.title_open", params))

    def _hold(self) -> None:
        self._work.setEnabled(not self.jobs.holds_entry)

    def _failed(self, error: ChuyiError) -> None:
        tell_failure(self, error)

    def _show_row(self, place: RowPlace) -> None:
        self.places.go(Place(PlaceKind.TABLE, place.table))
        self.pages.roster.go_to(place.row, place.column)

    def _show_field(self, field: object) -> None:
        if not isinstance(field, Field):
            return
        place = place_of(field, self.desk.session.programme)
        if place is None:
            return
        self.places.go(place)
        if place.kind is PlaceKind.SECTION:
            self.pages.indicators.go_to(field.key)

    def _undo(self) -> None:
        self.pages.narrative.save()
        changed = self.desk.attempt(self.desk.session.undo)
        if changed is not None:
            self.desk.said.emit(say("ui.undone" if changed.anything else "ui.nothing_to_undo"))

    def _redo(self) -> None:
        changed = self.desk.attempt(self.desk.session.redo)
        if changed is not None:
            self.desk.said.emit(say("ui.redone" if changed.anything else "ui.nothing_to_redo"))

    def _move(self) -> None:
        self.pages.narrative.save()
        self.moving.offer()

    def _about(self) -> None:
        tell(self, say("ui.about", {"version": __version__}))
