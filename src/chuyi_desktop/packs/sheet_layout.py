"""How a pack stands in a workbook: sheets, their kinds of rows, and where each cell goes in the YAML data.

Rows go from the top down like the lists they stand for: a row of a deeper kind belongs to the nearest row
above that can hold it. Reading and writing both follow this one description.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuyi_desktop.app.ports import PackColumn, PackSheet
from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.sheet_cells import NUMBER, WHOLE, Codec, Options

Path = tuple[str, ...]
KIND, METHOD = "kind", "method"
"""Roles of the columns that say what a row is, and which of the ways of a rule it goes."""
PACK_ID, ROWS, OTHERS, TABLES, ASKED, EARLIER = "#id", "#rows", "#others", "#tables", "#asked", "#earlier"
"""Keys of the sheets' data that the YAML files have elsewhere."""
KEY: Path = ("#key",)
"""The path of an entry's own key in a mapping."""


@dataclass(frozen=True, slots=True)
class CellRule:
    """A cell of a kind of row: its column, its way within the entry (none: the entry itself), how it is
    written. With a ``variant``, only in rows that go that way. ``within`` is the key of the entry that names
    the roster whose columns the cell may name."""

    role: str
    path: Path
    codec: Codec
    variant: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row. Entries stand at ``into`` of the row above of a kind in ``under``; ``shape`` says
    whether as a list, as a mapping by id, or as a part of that entry itself."""

    name: str
    level: int
    cells: tuple[CellRule, ...]
    into: Path = ()
    under: tuple[str, ...] = ()
    shape: str = "list"
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A sheet: its columns in order and its kinds of rows."""

    key: str
    roles: tuple[str, ...]
    kinds: tuple[Kind, ...]

    @property
    def has_kinds(self) -> bool:
        """Whether rows say of what kind they are."""
        return KIND in self.roles

    def kind(self, name: str) -> Kind:
        """A kind by name."""
        return next(kind for kind in self.kinds if kind.name == name)

    def options(self, role: str) -> tuple[str, ...]:
        """What there is to pick from in a column."""
        if role == KIND:
            return tuple(kind_word(self.key, kind.name) for kind in self.kinds)
        if role == METHOD:
            found = dict.fromkeys(method for kind in self.kinds for method in kind.methods)
            return tuple(method_word(method) for method in found)
        for rule in self._rules(role):
            if isinstance(rule.codec, Options):
                return rule.codec.labels
        return ()

    def _rules(self, role: str) -> Iterator[CellRule]:
        return (rule for kind in self.kinds for rule in kind.cells if rule.role == role)

    def is_number(self, role: str) -> bool:
        """Whether a column holds nothing but numbers."""
        codecs = [rule.codec for rule in self._rules(role)]
        return bool(codecs) and all(codec in {NUMBER, WHOLE} for codec in codecs)


def kind_word(sheet: str, name: str) -> str:
    """What a kind of row is called."""
    return say(f"sheets.kind.{sheet}.{name}")


def method_word(name: str) -> str:
    """What a way of judging or scoring is called."""
    return say(f"sheets.method.{name}")


_WIDE = frozenset({"content", "definition", "scope", "formula", "advice", "prompt", "lines", "note"})
_MIDDLING = frozenset(
    {"title", "name", "when", "document", "source_note", "evidence", "choices", "all_met", "most_unmet"}
)
_NARROW = frozenset({"points", "value", "count", "digits", "unit", "earlier", "comparison", "bound", "limit"})


def _width(role: str) -> int:
    for width, roles in ((46, _WIDE), (26, _MIDDLING), (9, _NARROW)):
        if role in roles:
            return width
    return 14


def empty_sheet(form: SheetForm, documents: Sequence[str] = ()) -> PackSheet:
    """The sheet without its lines; ``documents`` are the titles there are to pick from."""
    columns = tuple(
        PackColumn(
            role,
            head(form.key, role),
            say(f"sheets.help.{_wording(form.key, role)}"),
            _width(role),
            tuple(documents) if role == "document" else form.options(role),
            form.is_number(role),
        )
        for role in form.roles
    )
    return PackSheet(form.key, say(f"sheets.sheet.{form.key}"), say(f"sheets.about.{form.key}"), columns)


def head(sheet: str, role: str) -> str:
    """The head of a column."""
    return say(f"sheets.head.{_wording(sheet, role)}")


_OWN_WORDS = frozenset(
    {
        ("project", "kind"),
        ("project", "id"),
        ("indicators", "kind"),
        ("conditions", "kind"),
        ("conditions", "method"),
        ("conditions", "formula"),
        ("conditions", "when"),
        ("scoring", "kind"),
        ("scoring", "method"),
        ("scoring", "formula"),
        ("scoring", "points"),
        ("tiers", "title"),
        ("tiers", "points"),
        ("tables", "kind"),
        ("narratives", "minimum"),
        ("checks", "formula"),
        ("dossier", "title"),
        ("tables", "id"),
    }
)
"""Columns whose words differ from those of columns of the same role elsewhere."""


def _wording(sheet: str, role: str) -> str:
    return f"{sheet}_{role}" if (sheet, role) in _OWN_WORDS else role
