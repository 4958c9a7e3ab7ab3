"""The sheets of what a school fills in, 指标 and 明细表, and the cells that all sheets have in common."""

from chuyi_desktop.domain.indicator import Display, ValueKind
from chuyi_desktop.domain.provenance import Basis
from chuyi_desktop.packs.sheet_cells import FORMULA, LINES, NUMBER, TEXT, WHOLE, YES_NO, Named, Options, Pairs
from chuyi_desktop.packs.sheet_layout import (
    ASKED,
    EARLIER,
    KEY,
    KIND,
    OTHERS,
    ROWS,
    TABLES,
    CellRule,
    Kind,
    SheetForm,
)

SOURCE_ROLES = ("basis", "document", "article", "source_note")


def source_cells(*before: str) -> tuple[CellRule, ...]:
    """The four cells of a source at ``before``."""
    return (
        CellRule("basis", (*before, "basis"), Options("basis", tuple(basis.value for basis in Basis))),
        CellRule("document", (*before, "document"), Named("document")),
        CellRule("article", (*before, "article"), TEXT),
        CellRule("source_note", (*before, "note"), TEXT),
    )


def text_cell(role: str, *path: str) -> CellRule:
    """A text, by default at the key of its role."""
    return CellRule(role, path or (role,), TEXT)


ID_KEY = CellRule("id", KEY, TEXT)


_FIELD = (
    ID_KEY,
    text_cell("name"),
    CellRule("type", ("kind",), Options("type", tuple(kind.value for kind in ValueKind))),
    text_cell("unit"),
    text_cell("definition"),
    CellRule("aliases", ("aliases",), LINES),
    CellRule("choices", ("choices",), Pairs()),
    CellRule("minimum", ("minimum",), NUMBER),
    CellRule("maximum", ("maximum",), NUMBER),
    CellRule("digits", ("digits",), WHOLE),
)
_INDICATOR = (
    *_FIELD,
    text_cell("scope"),
    text_cell("period"),
    text_cell("owner"),
    text_cell("evidence"),
    CellRule("display", ("display",), Options("display", tuple(one.value for one in Display))),
    CellRule("formula", ("formula",), FORMULA),
    *source_cells("source"),
)
INDICATORS = SheetForm(
    "indicators",
    (
        KIND,
        "id",
        "name",
        "type",
        "unit",
        "earlier",
        "definition",
        "scope",
        "formula",
        "digits",
        "choices",
        "period",
        "owner",
        "evidence",
        "minimum",
        "maximum",
        "display",
        "aliases",
        *SOURCE_ROLES,
        "where",
    ),
    (
        Kind("page", 0, (text_cell("id"), text_cell("name", "title")), ("sections",)),
        Kind(
            "asked",
            1,
            (*_INDICATOR, CellRule("earlier", (EARLIER,), WHOLE)),
            (ROWS,),
            ("page",),
            shape="map",
        ),
        Kind("other", 1, _INDICATOR, (OTHERS,), shape="map"),
    ),
)

ROSTERS = SheetForm(
    "tables",
    (
        KIND,
        "id",
        "name",
        "asked",
        "type",
        "unit",
        "required",
        "definition",
        "choices",
        "default",
        "minimum",
        "maximum",
        "digits",
        "width",
        "owner",
        "aliases",
        "where",
    ),
    (
        Kind(
            "table",
            0,
            (
                ID_KEY,
                text_cell("name"),
                CellRule("asked", (ASKED,), YES_NO),
                text_cell("definition"),
                text_cell("owner"),
                CellRule("aliases", ("aliases",), LINES),
            ),
            (TABLES,),
            shape="map",
        ),
        Kind(
            "column",
            1,
            (
                *_FIELD,
                CellRule("required", ("required",), YES_NO),
                text_cell("default"),
                CellRule("width", ("width",), WHOLE),
            ),
            ("columns",),
            ("table",),
            shape="map",
        ),
    ),
)
