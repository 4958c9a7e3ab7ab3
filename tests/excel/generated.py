"""Programmes and assessments of every shape, with words as nasty as people's."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    DeclaredEmpty,
    Entry,
    Explanation,
    Field,
    FieldKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.domain.indicator import Choice, Column, Fillable, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import (
    Asked,
    Attested,
    Level,
    Narrative,
    Programme,
    Rubric,
    ScoredItem,
    Section,
)
from chuyi_desktop.domain.values import Value
from tests.builders import SUGGESTION, YEAR, check, condition, group, programme, section

_NASTY = (
    "=1+1",
    "+86 731",
    "-5",
    "@SUM(A1)",
    "不适用",
    "不适用：原因",
    "_x0041_",
    "001",
    "1e5",
    "2024-09-01",
    "TRUE",
    "#N/A",
    "<b>&amp;</b>",
    "㛃𬭎😀",
    "a\tb\nc",
    '"引号"',
    "'前引号",
    "合计",
    "—",
    "\ufffe末",
)


def _is_typed_text(text: str) -> bool:
    """Whether the program itself could hold the text: what typed input lets through."""
    return bool(text.strip()) and not any(
        unicodedata.category(character) in {"Cs", "Co"}
        or (unicodedata.category(character) == "Cc" and character not in "\n\t")
        for character in text
    )


texts = (
    st.one_of(st.sampled_from(_NASTY), st.text(min_size=1, max_size=30), st.text("\n \t是=x", max_size=8))
    .filter(_is_typed_text)
    .map(str.strip)
)
_titles = st.one_of(texts, st.sampled_from(("基本情况", "说明", "History", "a/b:c", "名" * 60)))
_units = st.sampled_from(("", "人", "㎡", "万元", "%", "台（套）", "个百分点"))
_kinds = st.sampled_from(tuple(ValueKind))


@st.composite
def choice_lists(draw: st.DrawFn) -> tuple[Choice, ...]:
    """Choices with labels of their own."""
    labels = draw(st.lists(texts, min_size=1, max_size=6, unique=True))
    return tuple(Choice(f"option {number} of these", label) for number, label in enumerate(labels))


@st.composite
def indicators(draw: st.DrawFn, id_: str) -> Indicator:
    """An indicator of any kind."""
    return Indicator(
        id_,
        draw(_titles),
        draw(_kinds),
        draw(_units),
        definition=draw(st.one_of(st.just(""), texts)),
        choices=draw(choice_lists()),
        digits=draw(st.sampled_from((None, 0, 2, 6))),
    )


@st.composite
def tables(draw: st.DrawFn, id_: str) -> Table:
    """A roster of one to four columns."""
    columns = tuple(
        Column(
            f"c{number}",
            draw(_titles),
            draw(_kinds),
            draw(_units),
            choices=draw(choice_lists()),
            digits=draw(st.sampled_from((None, 0, 2, 6))),
            required=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    return Table(id_, draw(_titles), columns)


@st.composite
def values(draw: st.DrawFn, field: Fillable) -> Value:
    """A value the field can hold."""
    match field.kind:
        case ValueKind.INTEGER:
            return Decimal(draw(st.integers(-(10**18), 10**18)))
        case ValueKind.DECIMAL:
            digits = 4 if field.digits is None else field.digits
            return Decimal(draw(st.integers(-(10**17), 10**17))).scaleb(-digits)
        case ValueKind.TEXT:
            return draw(texts)
        case ValueKind.DATE:
            return draw(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
        case ValueKind.YES_NO:
            return draw(st.booleans())
        case ValueKind.CHOICE:
            return draw(st.sampled_from([choice.id for choice in field.choices]))


@dataclass(frozen=True)
class Case:
    """A programme and an assessment of it."""

    programme: Programme
    assessment: Assessment


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A programme with everything, and a school that filled in some of it."""
    asked = [draw(indicators(f"i{number}")) for number in range(draw(st.integers(1, 5)))]
    rosters = [draw(tables(f"t{number}")) for number in range(draw(st.integers(0, 2)))]
    cut = draw(st.integers(0, len(asked)))
    back = draw(st.integers(0, 2))
    levels = tuple(
        Level(f"l{number}", title, Decimal(number))
        for number, title in enumerate(draw(st.lists(texts, min_size=1, max_size=3)))
    )
    made = programme(
        *asked,
        tables=rosters,
        groups=(group(condition("attested", Attested(draw(texts)), draw(_titles))),),
        scored=(section(ScoredItem("rubric", draw(_titles), Decimal(9), Rubric(levels), SUGGESTION)),),
        checks=(check("check", "i0 > 0", title=draw(_titles)),),
        sections=tuple(
            Section(f"s{number}", draw(_titles), tuple(Asked(each.id, back) for each in part))
            for number, part in enumerate((asked[:cut], asked[cut:]))
            if part
        ),
        narratives=(Narrative("n0", draw(_titles)), Narrative("n1", draw(_titles))),
    )
    fields: dict[Field, Content] = {}
    for each in asked:
        for year in range(YEAR - back, YEAR + 1):
            entry = draw(st.one_of(st.none(), _entries(each)))
            if entry is not None:
                fields[Field(FieldKind.VALUE, each.id, year)] = entry
    for table in rosters:
        fields.update(draw(_rosters(table)))
    fields.update(draw(_others(levels)))
    return Case(made, Assessment("a", "test", "1", "0" * 64, YEAR, fields))


@st.composite
def _entries(draw: st.DrawFn, field: Indicator) -> Entry:
    note = draw(st.one_of(st.just(""), texts))
    match draw(st.integers(0, 3)):
        case 0 if note:
            return Entry(None, note=note)
        case 1:
            return Entry(None, note=note, not_applicable=draw(texts))
        case _:
            return Entry(draw(values(field)), note=note)


@st.composite
def _rosters(draw: st.DrawFn, table: Table) -> dict[Field, Content]:
    count = draw(st.integers(0, 3))
    if not count:
        empty = {Field(FieldKind.EMPTY_TABLE, table.id, YEAR): DeclaredEmpty()}
        return dict(empty) if draw(st.booleans()) else {}
    rows: dict[Field, Content] = {}
    for number in range(count):
        filled = draw(
            st.lists(st.sampled_from(table.columns), min_size=1, unique_by=lambda column: column.id)
        )
        cells = {column.id: draw(values(column)) for column in filled}
        rows[Field(FieldKind.ROW, table.id, YEAR, f"row {number}")] = Row(f"row {number}", number, cells)
    return rows


@st.composite
def _others(draw: st.DrawFn, levels: tuple[Level, ...]) -> dict[Field, Content]:
    notes = st.one_of(st.just(""), texts)
    possible: dict[Field, st.SearchStrategy[Content]] = {
        Field(FieldKind.TEXT, "n0"): st.builds(Text, texts),
        Field(FieldKind.TEXT, "n1"): st.builds(Text, texts),
        Field(FieldKind.ATTESTATION, "attested"): st.builds(Attestation, st.booleans(), note=notes),
        Field(FieldKind.RATING, "rubric"): st.builds(
            Rating, st.sampled_from([level.id for level in levels]), note=notes
        ),
        Field(FieldKind.EXPLANATION, "check"): st.builds(Explanation, texts, confirmed_by_head=st.booleans()),
    }
    return {place: draw(made) for place, made in possible.items() if draw(st.booleans())}
