"""佐证材料: what is to be proved, and the files that prove it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.attach import detach
from chuyi_desktop.domain.assessment import Assessment, EvidenceLink
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.outlook.results import NearThreshold
from chuyi_desktop.scoring.outlook.sensitivity import first_to_check
from chuyi_desktop.ui.attach_flow import attach_files
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.file_size import written_size
from chuyi_desktop.ui.grid_page import Title
from chuyi_desktop.ui.jobs import Jobs
from chuyi_desktop.ui.look import Tone, colour
from chuyi_desktop.ui.reckoning import Reckoning

_KEY, _SHA = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_ITEM, _WANTED, _SIZE = range(3)
_ROW_HEIGHT_OF_TEXT = 1.5


class EvidencePage(QWidget):
    """Conditions, scored items, and the indicators that have evidence, each with its files."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._near: dict[str, str] = {}
        """What lies near a threshold, by id of indicator or rule, and why it is to be proved first."""
        self._judged: Assessment | None = None
        self._reckoning: Reckoning[tuple[NearThreshold, ...]] = Reckoning(
            desk, jobs, say("ui.advice.first.job"), self._mark
        )
        title = Title(self)
        title.setText(say("ui.evidence"))
        self._summary = QLabel(self)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(say("ui.evidence"))
        self.tree.setHeaderLabels([say(f"ui.evidence.{column}") for column in ("item", "wanted", "size")])
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        self.tree.itemSelectionChanged.connect(self._enable)
        self.tree.itemActivated.connect(lambda _item: self.show_file())
        self.add_button = self._button("add", self.add)
        self.other_button = self._button("add_other", self.add_to_indicator)
        self.show_button = self._button("show", self.show_file)
        self.remove_button = self._button("remove", self.remove)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._summary)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addWidget(self.other_button)
        foot.addStretch(1)
        foot.addWidget(self.show_button)
        foot.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addLayout(head)
        column.addWidget(self.tree)
        column.addLayout(foot)
        desk.changed.connect(self._changed)
        desk.cleared.connect(self._forget)

    def refresh(self) -> None:
        """Show what is attached now; the selection stays where it was."""
        chosen = self._chosen()
        self.tree.clear()
        programme = self._desk.session.programme
        groups = (
            ("conditions", [(each.id, each.title, each.evidence) for each in programme.conditions()]),
            ("items", [(each.id, each.title, each.evidence) for each in programme.scored_items()]),
            ("indicators", self._indicators(programme)),
        )
        for code, entries in groups:
            self._add_group(say(f"ui.evidence.{code}"), entries)
        self.tree.expandAll()
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_ITEM, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_WANTED, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_WANTED, self.tree.viewport().width() // 3)
        header.setSectionResizeMode(_SIZE, QHeaderView.ResizeMode.ResizeToContents)
        self._select(chosen)
        self._summarise(programme)
        self._enable()
        self._look_for_near()

    def add(self) -> None:
        """Attach files to the selected item."""
        key, _ = self._chosen()
        if key:
            attach_files(self, self._desk, key)

    def add_to_indicator(self) -> None:
        """Attach files to an indicator that has none yet."""
        names = {each.name: each.id for each in self._desk.session.programme.indicators.values()}
        name, taken = QInputDialog.getItem(
            self, say("ui.evidence"), say("ui.evidence.which"), list(names), 0, editable=False
        )
        if taken and name in names:
            attach_files(self, self._desk, names[name])

    def remove(self) -> None:
        """Take the selected file away."""
        key, sha256 = self._chosen()
        if sha256 and self._desk.attempt(lambda: detach(self._desk.session, key, sha256)) is not None:
            self._desk.said.emit(say("ui.evidence.removed"))

    def show_file(self) -> None:
        """Open the selected file with the program the system has for it."""
        _, sha256 = self._chosen()
        if not sha256:
            return
        try:
            path = self._desk.session.workspace.evidence_path(sha256)
        except ChuyiError as error:
            self._desk.failed.emit(error)
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _look_for_near(self) -> None:
        """Work out what to prove first, unless it is known; the marks of before stay until then."""
        programme, assessment = self._desk.session.programme, self._desk.session.assessment
        if self._judged is not assessment:
            self._judged = assessment
            self._reckoning.ask(lambda _progress: first_to_check(programme, assessment))

    def _mark(self, found: tuple[NearThreshold, ...]) -> None:
        self._near = {}
        for near in found:
            turned = [rule for turn in (*near.tier_turns, *near.rule_turns) for rule in turn.rules]
            for key in (near.field.key, *turned):
                self._near.setdefault(key, near.message)
        if self._desk.is_open and self.isVisible():
            self.refresh()

    def _forget(self) -> None:
        self._near, self._judged = {}, None
        self.tree.clear()

    def _button(self, code: str, deed: Callable[[], None]) -> QPushButton:
        button = QPushButton(say(f"ui.evidence.{code}"), self)
        button.clicked.connect(lambda _checked: deed())
        return button

    def _indicators(self, programme: Programme) -> list[tuple[str, str, str]]:
        proved = dict.fromkeys(key for key, _ in self._desk.session.assessment.evidence())
        found = (programme.indicators.get(key) for key in proved)
        return [(each.id, each.name, each.evidence) for each in found if each is not None]

    def _add_group(self, title: str, entries: Iterable[tuple[str, str, str]]) -> None:
        entries = list(entries)
        if not entries:
            return
        group = QTreeWidgetItem(self.tree, [title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.font()
        font.setBold(True)
        group.setFont(_ITEM, font)
        group.setSizeHint(_ITEM, QSize(0, round(self.fontMetrics().height() * _ROW_HEIGHT_OF_TEXT)))
        muted, urgent = (colour(tone, self.palette()) for tone in (Tone.MUTED, Tone.OPEN))
        for key, name, wanted in entries:
            links = self._desk.session.assessment.evidence(key)
            count = say("ui.evidence.count", {"count": len(links)}) if links else say("ui.evidence.none")
            item = QTreeWidgetItem(group, [name, wanted, count])
            item.setData(_ITEM, _KEY, key)
            item.setToolTip(_WANTED, wanted)
            item.setForeground(_WANTED, muted)
            if key in self._near:
                item.setText(_SIZE, say("ui.evidence.first", {"count": count}))
                for column in (_ITEM, _SIZE):
                    item.setToolTip(column, self._near[key])
            if not links:
                item.setForeground(_SIZE, urgent if key in self._near else muted)
            for _, link in links:
                self._add_link(item, key, link)

    def _add_link(self, item: QTreeWidgetItem, key: str, link: EvidenceLink) -> None:
        child = QTreeWidgetItem(item, [link.name, "" if link.origin is None else link.origin.source])
        child.setText(_SIZE, written_size(link.size))
        child.setData(_ITEM, _KEY, key)
        child.setData(_ITEM, _SHA, link.sha256)

    def _summarise(self, programme: Programme) -> None:
        assessment = self._desk.session.assessment
        rules = programme.rule_titles()
        proved = {key for key, _ in assessment.evidence()}
        done = len(proved & set(rules))
        files = len({link.sha256 for _, link in assessment.evidence()})
        self._summary.setText(
            say("ui.evidence.summary", {"done": done, "open": len(rules) - done, "files": files})
        )

    def _chosen(self) -> tuple[str, str]:
        """What is selected: the item's id, and the file's hash where a file is."""
        item = next(iter(self.tree.selectedItems()), None)
        if item is None:
            return "", ""
        return str(item.data(_ITEM, _KEY) or ""), str(item.data(_ITEM, _SHA) or "")

    def _select(self, chosen: tuple[str, str]) -> None:
        for top in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(top)
            for at in range(0 if group is None else group.childCount()):
                item = group.child(at) if group is not None else None
                if item is not None and chosen[0] and item.data(_ITEM, _KEY) == chosen[0]:
                    self.tree.setCurrentItem(item)
                    return

    def _enable(self) -> None:
        key, sha256 = self._chosen()
        self.add_button.setEnabled(bool(key) and self._desk.writable)
        self.other_button.setEnabled(self._desk.writable)
        self.remove_button.setEnabled(bool(sha256) and self._desk.writable)
        self.show_button.setEnabled(bool(sha256))
