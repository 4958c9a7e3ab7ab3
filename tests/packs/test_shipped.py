"""The packs under forms/: correct, honest, stable, and right about a real school."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.formula import evaluate, references
from chuyi_desktop.domain.formula.evaluate import RosterRow, compare
from chuyi_desktop.domain.indicator import ValueKind
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.programme import Condition, Grade, Programme, Rubric, Threshold
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.values import Maybe, Missing, round_half_up
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.packs.schema import SCHEMAS, schema_text

FORMS = Path(__file__).parents[2] / "forms"
PACKS = ("conditions-secondary", "quality-secondary-school")
CONDITIONS = (
    "conditions-college",
    "conditions-secondary",
    "conditions-technician",
    "conditions-undergraduate",
)
SELECTIONS = (
    "class-teacher-studio", "culture-base", "education-group", "inheritor", "master-studio",
    "prefecture-secondary-school", "quality-secondary-school", "quality-technician-school", "school-college",
    "school-undergraduate", "specialty-college", "specialty-secondary", "specialty-technician",
    "specialty-undergraduate", "teaching-master", "teaching-team", "think-tank", "training-base", "workshop",
)  # fmt: skip
"""The kinds of projects of the action; no published text gives their conditions or points."""


@pytest.fixture(scope="module")
def library() -> FormsFolder:
    return FormsFolder(FORMS)


@pytest.fixture(scope="module", params=PACKS)
def pack(request: pytest.FixtureRequest, library: FormsFolder) -> Programme:
    return library.programme(request.param)


@pytest.fixture(scope="module")
def conditions(library: FormsFolder) -> Programme:
    return library.programme("conditions-secondary")


@pytest.fixture(scope="module")
def quality(library: FormsFolder) -> Programme:
    return library.programme("quality-secondary-school")


def test_no_problem(library: FormsFolder) -> None:
    assert [str(one) for one in library.check() if one.severity is Severity.ERROR] == []


def test_every_programme_of_the_action_is_listed(library: FormsFolder) -> None:
    assert [summary.id for summary in library.summaries()] == sorted({*CONDITIONS, *SELECTIONS})


def test_ids_that_other_rooms_and_schools_rely_on(pack: Programme) -> None:
    assert set(pack.indicators) >= {
        "school_name", "school_code", "organizer", "supervising_authority", "project_leader",
        "contact_person", "contact_phone", "email", "student_count", "full_time_teacher_count",
        "part_time_teacher_count", "senior_title_teacher_count", "dual_qualified_teacher_count",
        "specialty_teacher_count", "site_area", "building_area", "equipment_value", "book_count",
        "computer_count", "student_teacher_ratio", "site_area_per_student", "building_area_per_student",
        "books_per_student", "dual_qualified_share", "senior_title_share", "equipment_per_student",
    }  # fmt: skip
    units = {
        "student_count": "人",
        "site_area": "㎡",
        "building_area": "㎡",
        "equipment_value": "万元",
        "book_count": "册",
        "computer_count": "台",
        "equipment_per_student": "元",
    }
    assert {key: pack.indicators[key].unit for key in units} == units
    assert pack.indicators["school_name"].kind is ValueKind.TEXT


# Honesty


def provenances(pack: Programme) -> Iterator[Provenance]:
    yield pack.provenance
    for condition in pack.conditions():
        yield condition.provenance
        if isinstance(condition.rule, Threshold):
            yield from (case.provenance for case in condition.rule.cases if case.provenance is not None)
    yield from (item.provenance for item in pack.scored_items())
    yield from (tier.provenance for tier in pack.tiers)
    yield from (check.provenance for check in pack.checks)
    yield from (one.provenance for one in pack.indicators.values() if one.provenance is not None)


@pytest.mark.parametrize("pack_id", [*CONDITIONS, *SELECTIONS])
def test_what_claims_authority_says_document_number_and_article(library: FormsFolder, pack_id: str) -> None:
    for provenance in provenances(library.programme(pack_id)):
        if provenance.basis is Basis.REFERENCE:
            assert provenance.note, provenance
        else:
            assert provenance.document, provenance
            assert re.fullmatch(r"(教职成|教职成厅|教发|人社部发)〔\d{4}〕\d+号", provenance.number), (
                provenance
            )
            assert provenance.article, provenance


VERIFIED = {
    "site-area", "site-area-per-student", "building-area", "building-area-per-student", "full-time-teachers",
    "student-teacher-ratio", "equipment-value", "equipment-per-student", "books-per-student",
    "scale-students", "teacher-degrees", "senior-titles", "specialty-teachers", "dual-qualified",
    "backbone-teachers", "running-track",
}  # fmt: skip
"""The conditions whose text was seen in the standards themselves; whoever verifies another adds it here."""


def test_only_verified_conditions_are_national(pack: Programme) -> None:
    national = {one.id for one in pack.conditions() if one.provenance.basis is Basis.NATIONAL}
    assert national == VERIFIED
    assert not [one for one in provenances(pack) if one.basis is Basis.OFFICIAL]


@pytest.mark.parametrize("pack_id", SELECTIONS)
def test_nothing_of_the_selection_is_dressed_up(library: FormsFolder, pack_id: str) -> None:
    selection = library.programme(pack_id)
    assert selection.provenance.basis is Basis.REFERENCE
    assert selection.reference_points() == selection.maximum == 100
    assert {tier.provenance.basis for tier in selection.tiers} == {Basis.REFERENCE}
    assert not [one for one in provenances(selection) if one.basis is Basis.OFFICIAL]
    assert selection.unknown


def test_the_rule_for_nearly_met_is_said_to_be_unknown(conditions: Programme) -> None:
    nearly = conditions.tiers[1]
    assert nearly.name == "基本达标"
    assert nearly.provenance.basis is Basis.REFERENCE
    assert "没有公布" in nearly.provenance.note
    assert any("基本达标" in unknown for unknown in conditions.unknown)


# Structure


def test_tiers(conditions: Programme, quality: Programme) -> None:
    assert [tier.name for tier in conditions.tiers] == ["达标", "基本达标", "不达标"]
    assert [tier.name for tier in quality.tiers] == ["A档", "B档", "未达到"]
    assert conditions.tiers[0].rule.all_met == ("monitored",)
    assert conditions.tiers[1].rule.most_unmet == (("monitored", 2),)
    assert [tier.rule.minimum_points for tier in quality.tiers] == [85, 70, None]


def test_monitored_figures_are_the_nine_of_the_plan(conditions: Programme) -> None:
    found = {
        condition.id: (str(condition.rule.comparison), condition.rule.cases[0].value)
        for condition in conditions.condition_groups[0].conditions
        if isinstance(condition.rule, Threshold)
    }
    assert found == {
        "site-area": (">=", 40000),
        "site-area-per-student": (">=", 33),
        "building-area": (">=", 24000),
        "building-area-per-student": (">=", 20),
        "full-time-teachers": (">=", 60),
        "student-teacher-ratio": ("<=", 20),
        "equipment-value": (">=", 300),
        "equipment-per-student": (">=", 2500),
        "books-per-student": (">=", 30),
    }


def test_equipment_threshold_depends_on_the_field(conditions: Programme) -> None:
    (condition,) = (one for one in conditions.conditions() if one.id == "equipment-by-field")
    assert isinstance(condition.rule, Threshold)
    special, usual = condition.rule.cases
    assert (special.value, usual.value, usual.when) == (3000, 2500, None)
    assert special.provenance is not None
    assert special.provenance.basis is Basis.REFERENCE


def test_groups_are_included_with_their_owner(conditions: Programme, quality: Programme) -> None:
    assert quality.condition_groups[:2] == conditions.condition_groups
    assert {group.programme_id for group in quality.condition_groups[2:]} == {quality.id}


def test_scored_sections(quality: Programme) -> None:
    assert [section.maximum for section in quality.scored_sections] == [10, 15, 15, 15, 15, 15, 10, 5]


@pytest.mark.parametrize("pack_id", SELECTIONS)
def test_rubrics_end_at_nothing(library: FormsFolder, pack_id: str) -> None:
    for item in library.programme(pack_id).scored_items():
        if isinstance(item.method, Rubric):
            assert item.method.levels[-1].points == 0, item.id


@pytest.mark.parametrize("pack_id", [one for one in SELECTIONS if "school" in one])
def test_a_school_programme_is_as_deep_as_a_real_form(library: FormsFolder, pack_id: str) -> None:
    school = library.programme(pack_id)
    asked = [one.indicator_id for section in school.sections for one in section.asked]
    typed = [key for key in asked if not school.indicators[key].is_derived]
    assert 60 <= len(typed) <= 120
    assert len(school.tables) >= 8
    assert {"budget_items", "schedule_tasks", "performance_goals"} <= set(school.tables)
    assert len(school.narratives) >= 6
    assert {check.grade for check in school.checks} == set(Grade)


INCLUDED = {
    "school-undergraduate": "conditions-undergraduate",
    "school-college": "conditions-college",
    "quality-secondary-school": "conditions-secondary",
    "prefecture-secondary-school": "conditions-secondary",
    "quality-technician-school": "conditions-technician",
}


@pytest.mark.parametrize(("pack_id", "conditions_id"), INCLUDED.items())
def test_a_school_programme_includes_the_conditions_of_its_kind(
    library: FormsFolder, pack_id: str, conditions_id: str
) -> None:
    school, conditions = library.programme(pack_id), library.programme(conditions_id)
    included = [group for group in school.condition_groups if group.programme_id == conditions_id]
    assert included
    assert all(group in conditions.condition_groups for group in included)
    assert set(conditions.checks) <= set(school.checks)
    for tier in school.tiers[:-1]:
        asked = {*tier.rule.all_met, *(group for group, _ in tier.rule.most_unmet)}
        assert asked & {group.id for group in included}, tier.name


@pytest.mark.parametrize("pack_id", [*CONDITIONS, *INCLUDED])
def test_every_indicator_says_what_it_is(library: FormsFolder, pack_id: str) -> None:
    ratios = {"student_teacher_ratio", "converted_student_teacher_ratio"}
    for indicator in library.programme(pack_id).indicators.values():
        assert indicator.name
        assert indicator.owner or indicator.is_derived, indicator.id
        if indicator.kind.is_number and indicator.id not in ratios:
            assert indicator.unit, indicator.id


@pytest.mark.parametrize("pack_id", [*CONDITIONS, *SELECTIONS])
def test_names_are_not_mistaken_for_each_other(library: FormsFolder, pack_id: str) -> None:
    """Import by header finds fields by name and alias."""
    indicators = library.programme(pack_id).indicators.values()
    names = [name for one in indicators for name in (one.name, *one.aliases)]
    assert sorted(names) == sorted(set(names))


def test_checks_hold_the_subset_relation_as_mandatory(pack: Programme) -> None:
    (check,) = (one for one in pack.checks if one.id == "senior-within-teachers")
    assert check.grade is Grade.MANDATORY
    assert {one.id for one in references(check.holds)} == {
        "senior_title_teacher_count",
        "full_time_teacher_count",
    }


@pytest.mark.parametrize("pack_id", [*CONDITIONS, *SELECTIONS])
def test_the_dossier_has_what_a_dossier_needs(library: FormsFolder, pack_id: str) -> None:
    kinds = [part.kind for part in library.programme(pack_id).dossier]
    assert kinds[:4] == ["cover", "notes", "commitment", "contents"]
    assert kinds[-2:] == ["evidence_list", "evidence"]
    assert {"profile", "verdict", "tables", "narratives", "findings", "opinions"} <= set(kinds)


# Schemas


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_current(name: str) -> None:
    """`make schema` writes them anew."""
    assert (FORMS / "schema" / name).read_text("utf-8") == schema_text(name)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_describes_every_key_in_chinese(name: str) -> None:
    schema = json.loads(schema_text(name))
    for definition in [schema, *schema["$defs"].values()]:
        for key, entry in definition.get("properties", {}).items():
            assert re.search(r"[\u4e00-\u9fff]", entry["description"]), key


def test_every_file_names_its_schema() -> None:
    files = list(FORMS.rglob("*.yaml"))
    assert files
    for path in files:
        first = path.read_text("utf-8").splitlines()[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\.\./schema/.+\.json)", first)
        assert match, path
        assert (path.parent / match[1]).resolve().is_file(), path


# The real school of the published figures


PUBLISHED: Mapping[str, Decimal] = {
    "student_count": Decimal(3091),
    "full_time_teacher_count": Decimal(157),
    "senior_title_teacher_count": Decimal(29),
    "dual_qualified_teacher_count": Decimal(80),
    "master_teacher_count": Decimal(16),
    "staff_count": Decimal(186),
    "site_area": Decimal(141192),
    "building_area": Decimal(44580),
    "book_count": Decimal(132600),
    "newspaper_count": Decimal(256),
}


class PublishedFacts:
    """The school's figures; what it did not publish is missing."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        indicator = self._programme.indicators[indicator_id]
        if indicator.formula is None:
            known = None if years_back else PUBLISHED.get(indicator_id)
            return Missing(fields=(indicator_id,)) if known is None else known
        value = evaluate(indicator.formula, self)
        return round_half_up(value, indicator.digits or 0) if isinstance(value, Decimal) else value

    def rows(self, table_id: str) -> list[RosterRow] | Missing:
        return Missing(fields=(table_id,))


def judged(programme: Programme, condition: Condition) -> bool | None:
    facts = PublishedFacts(programme)
    assert isinstance(condition.rule, Threshold)
    outcomes = set()
    for case in condition.rule.cases:
        met = compare(condition.rule.comparison, evaluate(condition.rule.subject, facts), case.value)
        outcomes.add(None if isinstance(met, Missing) else met)
    return outcomes.pop() if len(outcomes) == 1 else None


def test_each_national_threshold_is_judged_right(conditions: Programme) -> None:
    found = {
        condition.id: judged(conditions, condition)
        for condition in conditions.conditions()
        if isinstance(condition.rule, Threshold)
    }
    assert found == {
        "site-area": True,
        "site-area-per-student": True,
        "building-area": True,
        "building-area-per-student": False,
        "full-time-teachers": True,
        "student-teacher-ratio": True,
        "equipment-value": None,
        "equipment-per-student": None,
        "books-per-student": True,
        "scale-students": True,
        "senior-titles": False,
        "specialty-teachers": None,
        "dual-qualified": None,
        "backbone-teachers": None,
        "running-track": None,
        "equipment-by-field": None,
        "newspapers": True,
        "teacher-seats": None,
        "student-seats": None,
        "computers": None,
    }


@pytest.mark.parametrize(
    ("indicator", "shown"),
    [
        ("student_teacher_ratio", "19.69:1"),
        ("site_area_per_student", "45.68 ㎡"),
        ("building_area_per_student", "14.42 ㎡"),
        ("books_per_student", "42.9 册"),
        ("senior_title_share", "18.47%"),
        ("equipment_per_student", "未填"),
    ],
)
def test_derived_figures_of_the_real_school(conditions: Programme, indicator: str, shown: str) -> None:
    value = PublishedFacts(conditions).value(indicator, 0)
    assert show(value, conditions.indicators[indicator]) == shown


def test_no_check_speaks_against_the_real_school(pack: Programme) -> None:
    facts = PublishedFacts(pack)
    of_figures = [check for check in pack.checks if check.holds is not None and not check.table]
    assert [check.id for check in of_figures if evaluate(check.holds, facts) is False] == []  # type: ignore[arg-type]  # None is left out above
