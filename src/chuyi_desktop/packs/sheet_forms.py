"""The sheets of a pack's workbook, described: what stands on each, and where it goes in the YAML data."""

from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import Grade
from chuyi_desktop.packs.plan import PARTS
from chuyi_desktop.packs.sheet_cells import (
    FORMULA,
    IDS,
    LINES,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    Codec,
    Named,
    Options,
    Pairs,
)
from chuyi_desktop.packs.sheet_fields import (
    ID_KEY,
    INDICATORS,
    ROSTERS,
    SOURCE_ROLES,
    source_cells,
    text_cell,
)
from chuyi_desktop.packs.sheet_layout import (
    KIND,
    METHOD,
    PACK_ID,
    CellRule,
    Kind,
    SheetForm,
)


def _one(name: str, *path: str, codec: Codec = TEXT) -> Kind:
    """A row of 项目 that stands there once."""
    return Kind(name, 1, (CellRule("content", path or (name,), codec),), shape="part")


PROJECT = SheetForm(
    "project",
    (KIND, "content", "id", *SOURCE_ROLES, "groups", "checks", "number"),
    (
        _one("id", PACK_ID),
        _one("name"),
        _one("version"),
        _one("applicant"),
        _one("purpose"),
        _one("points", "scoring", "points", codec=NUMBER),
        Kind("source", 1, source_cells("source"), shape="part"),
        Kind("default_source", 1, source_cells("default_source"), shape="part"),
        Kind("part", 1, (CellRule("content", (), TEXT),), ("parts",)),
        Kind(
            "include",
            1,
            (
                CellRule("content", ("pack",), TEXT),
                CellRule("groups", ("groups",), IDS),
                CellRule("checks", ("checks",), YES_NO),
            ),
            ("include",),
        ),
        Kind(
            "document",
            1,
            (ID_KEY, CellRule("content", ("title",), TEXT), text_cell("number")),
            ("documents",),
            shape="map",
        ),
        Kind("unknown", 1, (CellRule("content", (), TEXT),), ("unknown",)),
    ),
)

_THRESHOLD, _REQUIRES, _AT_LEAST_OF, _ATTESTED = "threshold", "requires", "at_least_of", "attested"
_CONDITION = (
    text_cell("id"),
    text_cell("title"),
    CellRule("formula", (_THRESHOLD, "subject"), FORMULA, _THRESHOLD),
    CellRule("formula", (_REQUIRES,), FORMULA, _REQUIRES),
    CellRule("formula", (_ATTESTED,), TEXT, _ATTESTED),
    CellRule(
        "comparison",
        (_THRESHOLD, "comparison"),
        Options("comparison", tuple(sign.value for sign in Comparison)),
        _THRESHOLD,
    ),
    CellRule("value", (_THRESHOLD, "value"), NUMBER, _THRESHOLD),
    CellRule("count", (_AT_LEAST_OF, "count"), WHOLE, _AT_LEAST_OF),
    CellRule("when", ("applies_when",), FORMULA),
    *source_cells("source"),
    text_cell("note"),
    text_cell("evidence"),
)
_METHODS = (_THRESHOLD, _REQUIRES, _ATTESTED, _AT_LEAST_OF)
CONDITIONS = SheetForm(
    "conditions",
    (
        KIND,
        "id",
        "title",
        METHOD,
        "formula",
        "comparison",
        "value",
        "count",
        "when",
        *SOURCE_ROLES,
        "note",
        "evidence",
    ),
    (
        Kind("group", 0, (text_cell("id"), text_cell("title")), ("conditions",)),
        Kind("condition", 1, _CONDITION, ("conditions",), ("group",), methods=_METHODS),
        Kind("option", 2, _CONDITION, (_AT_LEAST_OF, "options"), ("condition",), methods=_METHODS),
        Kind(
            "case",
            3,
            (
                text_cell("title", "label"),
                CellRule("value", ("value",), NUMBER),
                CellRule("when", ("when",), FORMULA),
                *source_cells("source"),
            ),
            (_THRESHOLD, "cases"),
            ("condition", "option"),
        ),
    ),
)

_BANDS, _LINEAR, _RUBRIC = "bands", "linear", "rubric"
SCORING = SheetForm(
    "scoring",
    (
        KIND,
        "id",
        "title",
        "points",
        METHOD,
        "formula",
        "direction",
        "bound",
        "zero_at",
        "full_at",
        "otherwise",
        *SOURCE_ROLES,
        "note",
        "evidence",
    ),
    (
        Kind(
            "section",
            0,
            (text_cell("id"), text_cell("title"), CellRule("points", ("points",), NUMBER)),
            ("scoring", "sections"),
        ),
        Kind(
            "item",
            1,
            (
                text_cell("id"),
                text_cell("title"),
                CellRule("points", ("points",), NUMBER),
                CellRule("formula", (_BANDS, "subject"), FORMULA, _BANDS),
                CellRule("formula", (_LINEAR, "subject"), FORMULA, _LINEAR),
                CellRule("direction", (_BANDS, "rising"), Options("direction", (True, False)), _BANDS),
                CellRule("otherwise", (_BANDS, "otherwise"), NUMBER, _BANDS),
                CellRule("zero_at", (_LINEAR, "zero_at"), NUMBER, _LINEAR),
                CellRule("full_at", (_LINEAR, "full_at"), NUMBER, _LINEAR),
                *source_cells("source"),
                text_cell("note"),
                text_cell("evidence"),
            ),
            ("items",),
            ("section",),
            methods=(_BANDS, _LINEAR, _RUBRIC),
        ),
        Kind(
            "step",
            2,
            (CellRule("bound", ("bound",), NUMBER), CellRule("points", ("points",), NUMBER)),
            (_BANDS, "steps"),
            ("item",),
        ),
        Kind(
            "level",
            2,
            (
                text_cell("id"),
                text_cell("title"),
                CellRule("points", ("points",), NUMBER),
                text_cell("note", "description"),
            ),
            (_RUBRIC, "levels"),
            ("item",),
        ),
    ),
)

TIERS = SheetForm(
    "tiers",
    ("id", "title", "all_met", "most_unmet", "points", *SOURCE_ROLES, "note"),
    (
        Kind(
            "tier",
            1,
            (
                text_cell("id"),
                text_cell("title", "name"),
                CellRule("all_met", ("all_met",), IDS),
                CellRule("most_unmet", ("most_unmet",), Pairs(numbers=True)),
                CellRule("points", ("minimum_points",), NUMBER),
                *source_cells("source"),
                text_cell("note"),
            ),
            ("tiers",),
        ),
    ),
)

CHECKS = SheetForm(
    "checks",
    ("id", "title", "grade", "rows", "formula", "unique", "advice", *SOURCE_ROLES),
    (
        Kind(
            "check",
            1,
            (
                text_cell("id"),
                text_cell("title"),
                CellRule("grade", ("grade",), Options("grade", tuple(grade.value for grade in Grade))),
                CellRule("rows", ("table",), Named("table")),
                CellRule("formula", ("holds",), FORMULA, within="table"),
                CellRule("unique", ("unique",), Named("column", many=True), within="table"),
                text_cell("advice"),
                *source_cells("source"),
            ),
            ("checks",),
        ),
    ),
)

NARRATIVES = SheetForm(
    "narratives",
    ("id", "title", "prompt", "limit", "minimum"),
    (
        Kind(
            "narrative",
            1,
            (
                text_cell("id"),
                text_cell("title"),
                text_cell("prompt"),
                CellRule("limit", ("limit",), WHOLE),
                CellRule("minimum", ("minimum",), WHOLE),
            ),
            ("narratives",),
        ),
    ),
)

DOSSIER = SheetForm(
    "dossier",
    (
        "part",
        "title",
        "sections",
        "indicators",
        "table",
        "tables",
        "narratives",
        "levels",
        "lines",
        "fields",
        "seals",
        "closing",
    ),
    (
        Kind(
            "part",
            1,
            (
                CellRule("part", ("kind",), Options("part", tuple(PARTS))),
                text_cell("title"),
                CellRule("sections", ("settings", "sections"), IDS),
                CellRule("indicators", ("settings", "indicators"), Named("indicator", many=True)),
                CellRule("table", ("settings", "table"), Named("table")),
                CellRule("tables", ("settings", "tables"), Named("table", many=True)),
                CellRule("narratives", ("settings", "narratives"), IDS),
                CellRule("levels", ("settings", "levels"), LINES),
                CellRule("lines", ("settings", "lines"), LINES),
                CellRule("fields", ("settings", "fields"), Named("indicator", many=True)),
                CellRule("seals", ("settings", "seals"), LINES),
                CellRule("closing", ("settings", "closing"), LINES),
            ),
            ("dossier",),
        ),
    ),
)

FORMS: tuple[SheetForm, ...] = (
    PROJECT,
    INDICATORS,
    CONDITIONS,
    SCORING,
    TIERS,
    ROSTERS,
    CHECKS,
    NARRATIVES,
    DOSSIER,
)
