"""The list at the left: every place of the programme where something is filled in, and how full it is."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.text_length import length_as_word
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.answer_model import answered
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.look import Tone, colour
from chuyi_desktop.ui.sections import progress


class PlaceKind(StrEnum):
    """What is filled in at a place."""

    SECTION = "section"
    TABLE = "table"
    NARRATIVE = "narrative"
    ANSWERS = "answers"
    EVIDENCE = "evidence"
    DEPARTMENTS = "departments"
    ADVICE = "advice"
    YEARS = "years"
    DOSSIER = "dossier"


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the window: its kind, and which section, roster or narrative."""

    kind: PlaceKind
    key: str = ""


_REST = (
    PlaceKind.ANSWERS,
    PlaceKind.EVIDENCE,
    PlaceKind.DEPARTMENTS,
    PlaceKind.ADVICE,
    PlaceKind.YEARS,
    PlaceKind.DOSSIER,
)
_PLACE = Qt.ItemDataRole.UserRole
_ROW_HEIGHT_OF_TEXT = 1.35


class PlaceList(QTreeWidget):
    """Groups of places; the arrow keys go through them."""

    chosen = Signal(object)
    """A ``Place``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(10)
        self._row = QSize(0, round(self.fontMetrics().height() * _ROW_HEIGHT_OF_TEXT))
        self.setAccessibleName(say("ui.places"))
        self.setItemsExpandable(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setMinimumSectionSize(10)
        self.currentItemChanged.connect(self._current)
        desk.opened.connect(self._fill)
        desk.changed.connect(self.refresh)

    def go(self, place: Place) -> None:
        """Choose a place."""
        for item in self._items():
            if item.data(0, _PLACE) == place:
                self.setCurrentItem(item)
                return

    def places(self) -> list[Place]:
        """Every place, from above."""
        return [item.data(0, _PLACE) for item in self._items()]

    def refresh(self) -> None:
        """Count anew."""
        if not self._desk.is_open:
            return
        session = self._desk.session
        for item in self._items():
            done, total, text = _fullness(session.programme, session.assessment, item.data(0, _PLACE))
            item.setText(1, text)
            full = total and done == total
            item.setForeground(1, colour(Tone.GOOD if full else Tone.MUTED, self.palette()))
            item.setToolTip(1, say("ui.places.done") if full else "")
            if total:
                params = {"title": item.text(0), "done": done, "total": total}
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, say("ui.places.count_spoken", params))

    def _fill(self) -> None:
        self.clear()
        if not self._desk.is_open:
            return
        programme = self._desk.session.programme
        groups = (
            ("sections", [(each.title, Place(PlaceKind.SECTION, each.id)) for each in programme.sections]),
            ("tables", [(each.name, Place(PlaceKind.TABLE, each.id)) for each in programme.tables.values()]),
            (
                "narratives",
                [(each.title, Place(PlaceKind.NARRATIVE, each.id)) for each in programme.narratives],
            ),
            (
                "rest",
                [(say(f"ui.places.{kind}"), Place(kind)) for kind in _REST],
            ),
        )
        for code, places in groups:
            if places:
                self._group(say(f"ui.places.{code}"), places)
        self.expandAll()
        self.refresh()
        first = next(iter(self._items()), None)
        if first is not None:
            self.setCurrentItem(first)

    def _group(self, title: str, places: list[tuple[str, Place]]) -> None:
        group = QTreeWidgetItem(self, [title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFirstColumnSpanned(True)
        font = self.font()
        font.setBold(True)
        group.setFont(0, font)
        group.setSizeHint(0, self._row)
        group.setForeground(0, colour(Tone.MUTED, self.palette()))
        for name, place in places:
            item = QTreeWidgetItem(group, [name])
            item.setData(0, _PLACE, place)
            item.setToolTip(0, name)
            item.setSizeHint(0, self._row)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        for top in range(self.topLevelItemCount()):
            group = self.topLevelItem(top)
            if group is not None:
                found += [item for at in range(group.childCount()) if (item := group.child(at)) is not None]
        return found

    def _current(self, item: QTreeWidgetItem | None) -> None:
        place = None if item is None else item.data(0, _PLACE)
        if isinstance(place, Place):
            self.chosen.emit(place)


def _fullness(programme: Programme, assessment: Assessment, place: Place) -> tuple[int, int, str]:
    """How much is filled in, of how much (0 where there is no telling), and that as text."""
    match place.kind:
        case PlaceKind.SECTION:
            section = next(each for each in programme.sections if each.id == place.key)
            return _counted(*progress(programme, section, assessment))
        case PlaceKind.TABLE:
            rows = assessment.rows(place.key)
            if rows is None:
                return 0, 1, say("ui.roster.open")
            empty = say("ui.places.empty_table")
            return 1, 1, say("ui.places.rows", {"count": len(rows)}) if rows else empty
        case PlaceKind.NARRATIVE:
            return _written(programme, assessment, place.key)
        case PlaceKind.ANSWERS:
            done, total = answered(programme, assessment)
            return _counted(done, total) if total else (0, 0, "")
        case PlaceKind.EVIDENCE:
            count = len({link.sha256 for _, link in assessment.evidence()})
            return 0, 0, say("ui.evidence.count", {"count": count}) if count else ""
        case PlaceKind.DEPARTMENTS | PlaceKind.ADVICE | PlaceKind.YEARS | PlaceKind.DOSSIER:
            return 0, 0, ""


def _written(programme: Programme, assessment: Assessment, narrative_id: str) -> tuple[int, int, str]:
    narrative = next(each for each in programme.narratives if each.id == narrative_id)
    length = length_as_word(assessment.text(narrative_id))
    if not length:
        return 0, 1, say("ui.grid.state.open")
    if length > narrative.limit:
        return 0, 1, say("ui.places.too_long")
    if length < narrative.minimum:
        return 0, 1, say("ui.places.too_short")
    return 1, 1, say("ui.grid.state.filled")


def _counted(done: int, total: int) -> tuple[int, int, str]:
    return done, total, say("ui.places.count", {"done": done, "total": total})
