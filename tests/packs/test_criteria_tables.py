"""The four conditions packs against the tables of the criteria reference, row by row.

The rows are in :mod:`tests.packs.criteria_lines`: every row with a figure is a rule of its pack, with its
source as good as the figure is known and no better, and no rule is national that is not among them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.domain.assessment import Assessment, Content, Entry, Field, FieldKind
from chuyi_desktop.domain.formula import Expression, evaluate
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.formula.tree import Name
from chuyi_desktop.domain.programme import Attested, Condition, Programme, Threshold
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.values import Maybe, Missing, Value, round_half_up
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.scoring.verdicts import assess
from tests.packs.criteria_lines import (
    AT_THE_LINE,
    BACHELOR_TABLE,
    BLANK,
    COLLEGE,
    COLLEGE_TABLE,
    FORMULAE,
    LINES,
    NUMBER_1,
    NUMBER_2,
    NUMBER_5,
    NUMBER_8,
    NUMBER_12,
    PACKS,
    RULES,
    SECONDARY,
    SPECIALTY_ROWS,
    STATEMENTS,
    STUDENTS,
    TECHNICIAN,
    TECHNICIAN_KINDS,
    UNDERGRADUATE,
    Cited,
    Context,
    Line,
)


class Facts:
    """Values by indicator and rows of one roster; whatever is not given is missing."""

    def __init__(
        self,
        programme: Programme,
        values: Mapping[str, Value],
        rows: Mapping[str, Sequence[RosterRow]] | None = None,
    ) -> None:
        self._programme = programme
        self._values = values
        self._rows = rows or {}

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        indicator = self._programme.indicators[indicator_id]
        if indicator.formula is None:
            found = None if years_back else self._values.get(indicator_id)
            return Missing(fields=(indicator_id,)) if found is None else found
        value = evaluate(indicator.formula, self)
        return round_half_up(value, indicator.digits or 0) if isinstance(value, Decimal) else value

    def rows(self, table_id: str) -> Sequence[RosterRow] | Missing:
        return self._rows.get(table_id, Missing(fields=(table_id,)))


@dataclass(frozen=True)
class Standing:
    """A rule of a pack as it stands for one kind of school."""

    condition: Condition
    comparison: str
    figure: Decimal
    provenance: Provenance


def applies(tree: Expression | None, facts: Facts) -> bool:
    return tree is None or evaluate(tree, facts) is not False


def standings(programme: Programme, indicator: str, facts: Facts) -> list[Standing]:
    """The thresholds on an indicator that count in a context."""
    found = []
    for condition in programme.conditions():
        rule = condition.rule
        if not isinstance(rule, Threshold) or rule.subject != Name(indicator):
            continue
        if applies(condition.applies_when, facts):
            case = next(one for one in rule.cases if one.when is None or evaluate(one.when, facts) is True)
            source = case.provenance or condition.provenance
            found.append(Standing(condition, str(rule.comparison), case.value, source))
    return found


def matching(programme: Programme, line: Line) -> list[Standing]:
    facts = Facts(programme, dict(line.context))
    return [
        one
        for one in standings(programme, line.indicator, facts)
        if one.comparison == line.comparison and one.figure == Decimal(line.figure)
    ]


@pytest.fixture(scope="module")
def packs() -> Mapping[str, Programme]:
    library = FormsFolder(Path(__file__).parents[2] / "forms")
    return {key: library.programme(key) for key in PACKS}


# Row by row


@pytest.mark.parametrize("line", RULES, ids=str)
def test_the_row_is_a_rule_of_the_pack(line: Line, packs: Mapping[str, Programme]) -> None:
    programme = packs[line.pack]
    found = matching(programme, line)
    assert found, [str(one.figure) for one in standings(programme, line.indicator, Facts(programme, {}))]
    assert programme.indicators[line.indicator].unit == line.unit
    if line.known == "S":
        cited = {
            (one.provenance.number, one.provenance.article)
            for one in found
            if one.provenance.basis is Basis.NATIONAL
        }
        assert cited & set(line.cited), cited
    else:
        # Another, seen row may have the same figure: the next tests hold all national ones to the rows.
        assert [one for one in found if one.provenance.basis is Basis.REFERENCE and one.provenance.note]


@pytest.mark.parametrize("line", [line for line in LINES if line.known == "K-"], ids=str)
def test_what_is_hardly_known_is_no_rule(line: Line, packs: Mapping[str, Programme]) -> None:
    assert matching(packs[line.pack], line) == []


@pytest.mark.parametrize(("pack", "words", "cited", "context"), STATEMENTS)
def test_the_row_is_a_statement_of_the_pack(
    pack: str, words: str, cited: tuple[Cited, ...], context: Cited, packs: Mapping[str, Programme]
) -> None:
    found = [
        one
        for one in packs[pack].conditions()
        if isinstance(one.rule, Attested) and words in one.rule.statement
    ]
    assert len(found) == 1
    assert found[0].provenance.basis is Basis.NATIONAL
    assert (found[0].provenance.number, found[0].provenance.article) in cited
    if context != BLANK:
        key, kind = context
        for choice in packs[pack].indicators[key].choices:
            holds = applies(found[0].applies_when, Facts(packs[pack], {key: choice.id}))
            assert holds == (choice.id == kind)


@pytest.mark.parametrize(("missed", "known", "cited"), SPECIALTY_ROWS, ids=str)
def test_each_line_for_specialties_is_a_rule(
    missed: Mapping[str, Value], known: str, cited: Cited, packs: Mapping[str, Programme]
) -> None:
    """A specialty at every line passes all rules; missed by one step, it fails one, with the right source."""
    programme = packs[UNDERGRADUATE]
    good = Facts(programme, {}, {"bachelor_specialties": [AT_THE_LINE]})
    bad = Facts(programme, {}, {"bachelor_specialties": [AT_THE_LINE, {**AT_THE_LINE, **missed}]})
    failing = []
    for condition in programme.conditions():
        if not isinstance(condition.rule, Threshold):
            continue
        before, after = (evaluate(condition.rule.subject, facts) for facts in (good, bad))
        if isinstance(before, Missing):
            continue
        (case,) = condition.rule.cases
        assert (before, str(condition.rule.comparison), case.value) == (0, "<=", 0)
        if after == 1:
            failing.append(condition)
    (condition,) = failing
    if known == "S":
        assert condition.provenance.basis is Basis.NATIONAL
        assert (condition.provenance.number, condition.provenance.article) == cited
    else:
        assert condition.provenance.basis is Basis.REFERENCE


@pytest.mark.parametrize("instead", ["team", "leader"])
def test_a_team_or_a_leader_stands_instead_of_awards(instead: str, packs: Mapping[str, Programme]) -> None:
    programme = packs[UNDERGRADUATE]
    row = {**AT_THE_LINE, "awards": Decimal(0), instead: True}
    facts = Facts(programme, {}, {"bachelor_specialties": [row]})
    assert facts.value("without_team_specialty_count", 0) == 0


# Nothing national beyond the rows


def national_thresholds(programme: Programme, context: Context) -> set[tuple[str, str, str, Decimal]]:
    """Every national threshold that counts in a context, as pack, indicator, comparison, figure."""
    facts = Facts(programme, context)
    names = {
        condition.rule.subject.id
        for condition in programme.conditions()
        if isinstance(condition.rule, Threshold) and isinstance(condition.rule.subject, Name)
    }
    return {
        (programme.id, name, one.comparison, one.figure)
        for name in names
        for one in standings(programme, name, facts)
        if one.provenance.basis is Basis.NATIONAL and not on_specialties(programme, name)
    }


def on_specialties(programme: Programme, name: str) -> bool:
    facts = Facts(programme, {}, {"bachelor_specialties": [AT_THE_LINE]})
    return programme.indicators[name].is_derived and facts.value(name, 0) == 0


CONTEXTS: tuple[tuple[str, str, str], ...] = (
    *((SECONDARY, "main_field", one) for one in ("business", "engineering", "medicine", "arts", "sports")),
    *((TECHNICIAN, "technician_school_kind", one) for one in TECHNICIAN_KINDS),
    *((COLLEGE, "higher_school_kind", one) for one in COLLEGE_TABLE),
    *((UNDERGRADUATE, "higher_school_kind", one) for one in BACHELOR_TABLE),
)
EVERY_CONTEXT = {SECONDARY, UNDERGRADUATE}
"""Packs whose seen rows are for every school."""


@pytest.mark.parametrize(("pack", "key", "kind"), CONTEXTS)
def test_no_threshold_is_national_that_was_not_seen(
    pack: str, key: str, kind: str, packs: Mapping[str, Programme]
) -> None:
    seen = {
        (line.pack, line.indicator, line.comparison, Decimal(line.figure))
        for line in LINES
        if line.known == "S" and line.pack == pack and (pack in EVERY_CONTEXT or (key, kind) in line.context)
    }
    assert national_thresholds(packs[pack], {key: kind}) <= seen


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_else_is_national(pack: str, packs: Mapping[str, Programme]) -> None:
    """Other kinds of rules, checks and tiers; and nothing at all is a programme's own rule."""
    programme = packs[pack]
    seen = [words for one, words, _, _ in STATEMENTS if one == pack]
    for condition in programme.conditions():
        assert condition.provenance.basis is not Basis.OFFICIAL
        if condition.provenance.basis is Basis.NATIONAL and not isinstance(condition.rule, Threshold):
            assert isinstance(condition.rule, Attested), condition.id
            assert any(words in condition.rule.statement for words in seen), condition.id
    assert {check.provenance.basis for check in programme.checks} == {Basis.REFERENCE}
    national_tiers = [tier.id for tier in programme.tiers if tier.provenance.basis is not Basis.REFERENCE]
    assert national_tiers == (["qualified"] if pack == COLLEGE else [])


@pytest.mark.parametrize("pack", PACKS)
def test_national_sources_are_whole_and_known(pack: str, packs: Mapping[str, Programme]) -> None:
    programme = packs[pack]
    sources = [programme.provenance, *(one.provenance for one in programme.conditions())]
    sources += [one.provenance for one in programme.indicators.values() if one.provenance is not None]
    sources += [
        case.provenance
        for one in programme.conditions()
        if isinstance(one.rule, Threshold)
        for case in one.rule.cases
        if case.provenance is not None
    ]
    for source in sources:
        if source.basis is Basis.REFERENCE:
            assert source.note
        else:
            assert source.number in {NUMBER_12, NUMBER_5, NUMBER_8, NUMBER_2, NUMBER_1}
            assert source.document
            assert source.article


def test_about_is_no_bound(packs: Mapping[str, Programme]) -> None:
    """兼职教师 “20%左右” is an aim: no condition, only a hint."""
    programme = packs[SECONDARY]
    assert standings(programme, "part_time_share", Facts(programme, {})) == []


@pytest.mark.parametrize(
    ("pack", "words"),
    [
        (SECONDARY, ("基本达标", "艺术类", "体育类", "边远脱贫", "校长")),
        (TECHNICIAN, ("附件2", "师生比", "兼职教师", "基本达标")),
        (COLLEGE, ("限制招生线", "年进书量", "0.5", "监测")),
        (UNDERGRADUATE, ("教发〔2021〕1号", "行政用房", "开出率", "50%")),
    ],
)
def test_what_is_not_known_is_said(pack: str, words: tuple[str, ...], packs: Mapping[str, Programme]) -> None:
    said = "\n".join(packs[pack].unknown)
    assert [word for word in words if word not in said] == []


# 4.2 formulae


@pytest.mark.parametrize(("indicator", "wanted"), FORMULAE.items())
def test_formula(indicator: str, wanted: str, packs: Mapping[str, Programme]) -> None:
    assert Facts(packs[COLLEGE], STUDENTS).value(indicator, 0) == Decimal(wanted)


@pytest.mark.parametrize("left_out", [key for key in STUDENTS if key.endswith("student_count")])
def test_no_kind_of_student_is_taken_for_nought(left_out: str, packs: Mapping[str, Programme]) -> None:
    known = {key: value for key, value in STUDENTS.items() if key != left_out}
    assert isinstance(Facts(packs[COLLEGE], known).value("converted_student_count", 0), Missing)


@pytest.mark.parametrize(
    ("equipment", "new", "exempt"),
    [("10000", "1000.01", False), ("10000.01", "1000", False), ("10000.01", "1000.01", True)],
)
def test_much_new_equipment_needs_no_share(
    equipment: str, new: str, *, exempt: bool, packs: Mapping[str, Programme]
) -> None:
    programme = packs[COLLEGE]
    facts = Facts(programme, {"equipment_value": Decimal(equipment), "new_equipment_value": Decimal(new)})
    assert (standings(programme, "new_equipment_share", facts) == []) == exempt


# The cards of 教发〔2004〕2号


def college(programme: Programme, kind: str, figures: Sequence[str], earlier: int = 0) -> Assessment:
    """A college whose five figures are exactly these."""
    ratio, degrees, space, equipment, books = (Decimal(one) for one in figures)
    teachers = Decimal(1000)
    students = ratio * teachers
    values: dict[str, Value] = {
        key: Decimal(0) for key in STUDENTS if key.endswith("student_count") and key != "student_count"
    }
    values |= {
        "student_count": students,
        "full_time_teacher_count": teachers,
        "part_time_teacher_count": Decimal(0),
        "graduate_degree_teacher_count": degrees * teachers / 100,
        "teaching_building_area": space * students,
        "admin_building_area": Decimal(0),
        "equipment_value": equipment * students / 10000,
        "book_count": books * students,
        "higher_school_kind": kind,
        "earlier_yellow_years": Decimal(earlier),
    }
    fields: dict[Field, Content] = {
        Field(FieldKind.VALUE, key, 2026): Entry(value) for key, value in values.items()
    }
    return Assessment("a", programme.id, programme.version, programme.pack_hash, 2026, fields)


def tier(programme: Programme, kind: str, figures: Sequence[str], earlier: int = 0) -> str:
    found = assess(programme, college(programme, kind, figures, earlier)).tier
    assert found is not None
    return found.id


def worsened(figures: Sequence[str], *which: int) -> list[str]:
    """The figures a little on the wrong side at the given places."""
    step = {0: "0.1", 1: "-0.1", 2: "-0.1", 3: "-1", 4: "-0.1"}
    return [str(Decimal(one) + Decimal(step[at])) if at in which else one for at, one in enumerate(figures)]


@pytest.mark.parametrize("kind", COLLEGE_TABLE)
def test_cards(kind: str, packs: Mapping[str, Programme]) -> None:
    programme = packs[COLLEGE]
    good, _, worst, _ = (one.split() for one in COLLEGE_TABLE[kind])
    assert tier(programme, kind, good) == "qualified"
    assert tier(programme, kind, good, earlier=2) == "qualified"
    for at in range(5):
        assert tier(programme, kind, worsened(good, at)) == "unrestricted"
    assert tier(programme, kind, worst) == "unrestricted"
    assert tier(programme, kind, worst, earlier=2) == "unrestricted"
    for at in range(5):
        one_short = worsened(worst, at)
        assert tier(programme, kind, one_short) == "restricted"
        assert tier(programme, kind, one_short, earlier=1) == "restricted"
        assert tier(programme, kind, one_short, earlier=2) == "suspended"
        assert tier(programme, kind, worsened(worst, at, (at + 1) % 5)) == "suspended"
