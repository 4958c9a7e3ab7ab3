"""Everything the menus and the toolbar offer, made once, enabled when it makes sense."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QToolBar

from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.jobs import Jobs

Keys = QKeySequence.StandardKey | str | None


_FILE = ("new", "open", "", "import", "ledger", "export", "live", "template", "", "dossier", "", "quit")
"""The names of the file menu; an empty one is a line between."""


_TOOLBAR = ("new", "open", "", "import", "ledger", "export", "template", "", "dossier", "", "undo", "redo")
"""The same of the toolbar: what is used most."""


class Actions(QObject):
    """The actions of one window by name; ``deeds`` say what each does."""

    _KEYS: dict[str, Keys] = {  # noqa: RUF012  # never changed
        "new": QKeySequence.StandardKey.New,
        "open": QKeySequence.StandardKey.Open,
        "import": "Ctrl+I",
        "ledger": "Ctrl+L",
        "export": "Ctrl+E",
        "live": None,
        "template": None,
        "dossier": QKeySequence.StandardKey.Print,
        "undo": QKeySequence.StandardKey.Undo,
        "redo": "Ctrl+Y",
        "about": None,
        "quit": QKeySequence.StandardKey.Quit,
    }

    def __init__(
        self, desk: Desk, jobs: Jobs, window: QMainWindow, deeds: dict[str, Callable[[], object]]
    ) -> None:
        super().__init__(window)
        self._desk, self._jobs = desk, jobs
        self.by_name = {name: self._made(window, name, deed) for name, deed in deeds.items()}
        self._build_menus(window)
        self._build_toolbar(window)
        desk.opened.connect(self.enable)
        jobs.started.connect(self.enable)
        jobs.ended.connect(self.enable)
        self.enable()

    def enable(self) -> None:
        """Offer what can be done now."""
        held = self._jobs.holds_entry
        for name in ("new", "open"):
            self.by_name[name].setEnabled(not held)
        for name in ("import", "ledger", "undo", "redo"):
            self.by_name[name].setEnabled(self._desk.writable and not held)
        for name in ("export", "live", "dossier"):
            self.by_name[name].setEnabled(self._desk.is_open)

    def _made(self, window: QMainWindow, name: str, deed: Callable[[], object]) -> QAction:
        text = say(f"ui.action.{name}")
        action = QAction(text, window)
        keys = self._KEYS[name]
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        tip = say(f"ui.action.{name}.tip")
        action.setStatusTip(tip)
        keys_shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip}　{keys_shown}".strip())
        action.triggered.connect(lambda _checked: deed())
        return action

    def _build_menus(self, window: QMainWindow) -> None:
        bar = window.menuBar()
        menus = (
            ("file", _FILE),
            ("edit", ("undo", "redo")),
            ("help", ("about",)),
        )
        for menu, names in menus:
            made = bar.addMenu(say(f"ui.menu.{menu}"))
            for name in names:
                if name:
                    made.addAction(self.by_name[name])
                else:
                    made.addSeparator()

    def _build_toolbar(self, window: QMainWindow) -> None:
        bar = QToolBar(say("ui.toolbar"), window)
        bar.setMovable(False)
        for name in _TOOLBAR:
            if name:
                bar.addAction(self.by_name[name])
            else:
                bar.addSeparator()
        for action in bar.actions():
            action.setIconText(action.text().split("(")[0])
        bar.toggleViewAction().setVisible(False)
        window.addToolBar(bar)
