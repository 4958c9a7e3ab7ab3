"""The live twin as a workbook: it holds what the ordinary one holds, comes back the same way, computes by
itself, and is written with nothing but what old spreadsheets know."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from chuyi_desktop.app.export_workbook import judged_school
from chuyi_desktop.app.ports import silent
from chuyi_desktop.domain.assessment import Assessment, Entry
from chuyi_desktop.domain.formula import evaluate, parse, references
from chuyi_desktop.domain.indicator import Column, Indicator, ValueKind
from chuyi_desktop.domain.programme import Asked, Programme, Requirement, Section, TierRule
from chuyi_desktop.excel.twin.calculation import LONGEST_FORMULA
from chuyi_desktop.excel.twin.writing import Twin, write_twin
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.facts import SchoolFacts
from tests import builders
from tests.builders import YEAR, condition, group, programme, roster, threshold
from tests.excel.generated import Case, cases
from tests.excel.generated_formulas import formula_programme
from tests.excel.generated_schools import full_school, schools
from tests.excel.recalculated import differences, recalculate
from tests.excel.school import (
    contents,
    filled_fields,
    small_assessment,
    small_programme,
    value,
)
from tests.excel.twin_proof import proofs
from tests.packs.test_samples import HERE as PACK_TESTS
from tests.packs.test_samples import filled
from tests.packs.test_samples import read as sample_of

_KNOWN_TO_EXCEL_2010 = {
    *("ABS", "AND", "CHAR", "CHOOSE", "COUNT", "COUNTA", "DAY", "ERROR.TYPE", "EXACT", "FREQUENCY"),
    *("IF", "IFERROR", "INDEX", "INT", "ISERROR", "ISNUMBER", "LEFT", "LEN", "MATCH", "MAX", "MID", "MIN"),
    *("MOD", "MONTH", "NA", "NOT", "OR", "REPT", "RIGHT", "ROUND", "ROW", "SUBSTITUTE", "SUM", "SUMIF"),
    *("SUMPRODUCT", "VALUE", "YEAR"),
}
_TEXT = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'')
_DEEPEST = 64


def twin_of(wanted: Programme, assessment: Assessment, *, stale: bool = False) -> Twin:
    """The twin of an assessment's workbook."""
    # The generated checks compare anything with numbers; no formula of the twin comes from a check.
    verdict = assess(replace(wanted, checks=()), assessment)
    return write_twin(wanted, assessment, judged_school(wanted, assessment, verdict), silent, stale=stale)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "office"


# As a workbook of the school


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_reading_gives_back_exactly_what_was_written(case: Case) -> None:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "w.xlsx"
        target.write_bytes(twin_of(case.programme, case.assessment).content)
        reading = ExcelWorkbooks().read(target, case.programme, YEAR, silent)
    assert [str(problem) for problem in reading.problems if problem.code != "excel.required_missing"] == []
    assert contents(reading) == case.assessment.fields


def test_every_result_tells_how_it_came_about(tmp_path: Path) -> None:
    """The same words as on the screen and in ``chuyi explain``."""
    wanted = FormsFolder(PACK_TESTS.parents[1] / "forms").programme("quality-secondary-school")
    assessment = filled(wanted, sample_of(PACK_TESTS / "samples" / "quality-secondary-school.json"))
    verdict = assess(wanted, assessment)
    target = tmp_path / "w.xlsx"
    ExcelWorkbooks().write_live(
        wanted, assessment, judged_school(wanted, assessment, verdict), target, silent
    )
    notes = {
        cell.comment.text
        for sheet in load_workbook(target).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    told = "\n".join(notes)
    for rule in (*verdict.conditions, *verdict.items):
        assert rule.explanation[:200] in told
    for trace in verdict.derived.values():
        assert trace.reading[:200] in told


def test_a_twin_is_taken_as_the_ordinary_workbook_is(tmp_path: Path) -> None:
    wanted, assessment = small_programme(), small_assessment()
    judged = judged_school(wanted, assessment, assess(wanted, assessment))
    ExcelWorkbooks().write_live(wanted, assessment, judged, tmp_path / "活.xlsx", silent)
    ExcelWorkbooks().write(wanted, assessment, tmp_path / "平.xlsx", silent)
    live, plain = (
        ExcelWorkbooks().read(tmp_path / name, wanted, YEAR, silent) for name in ("活.xlsx", "平.xlsx")
    )
    assert live.problems == plain.problems == ()
    assert contents(live) == contents(plain) == filled_fields()
    cells = {cell.field: cell.source.replace("活", "平") for cell in live.cells}
    assert cells == {cell.field: cell.source for cell in plain.cells}


def test_the_same_assessment_gives_the_same_bytes() -> None:
    assert twin_of(small_programme(), small_assessment()).content == (
        twin_of(small_programme(), small_assessment()).content
    )


# As a program that computes


def test_what_stands_in_the_file_is_what_the_program_says(tmp_path: Path) -> None:
    """A viewer that computes nothing shows the right results."""
    target, wanted = tmp_path / "w.xlsx", formula_programme(7)
    twin = twin_of(wanted, full_school(wanted, YEAR))
    target.write_bytes(twin.content)
    assert len(twin.expected) > 200
    found = differences(target, twin.expected)
    # Array formulas keep their errors as texts, for want of another way to write them.
    assert [each for each in found if each.wanted != each.found] == []


def test_formulas_of_every_kind_are_computed_alike(office: Path) -> None:
    made = []
    for seed in range(3):
        wanted = formula_programme(seed)
        made += [(wanted, each) for each in schools(wanted, full_school(wanted, YEAR), 3, seed)]
    for number, proof in enumerate(proofs(made, office)):
        assert proof.differences() == [], f"school {number}"
        assert proof.twin.fixed == ()


def test_a_changed_number_changes_the_verdict(tmp_path: Path, office: Path) -> None:
    """The whole workbook, looks and all, changed by another program and computed by a third."""
    before = small_assessment()
    wanted = _judging(small_programme())
    after = before.after(
        [
            change
            for change in (
                before.change(value("student_count"), Entry(Decimal(3140))),
                before.change(value("is_public"), Entry(value=False)),
                before.change(value("place"), None),
            )
            if change is not None
        ]
    )
    target = tmp_path / "w.xlsx"
    target.write_bytes(twin_of(wanted, before, stale=True).content)
    expected = twin_of(wanted, after).expected
    assert differences(target, expected), "the stale results must not pass"
    book = load_workbook(target)
    sheet = book["基本情况"]
    assert (sheet["E6"].value, sheet["E10"].value, sheet["E11"].value) == (3091, "是", "县镇")
    sheet["E6"], sheet["E10"], sheet["E11"] = 3140, "否", None
    book.save(target)
    recalculate([target], tmp_path / "again", office)
    assert differences(tmp_path / "again" / "w.xlsx", expected) == []
    reading = ExcelWorkbooks().read(tmp_path / "again" / "w.xlsx", wanted, YEAR, silent)
    assert reading.problems == ()
    assert contents(reading) == after.fields


def _judging(wanted: Programme) -> Programme:
    """The small programme with conditions on its figures."""
    ratio = condition(
        "ratio", threshold("student_teacher_ratio", "<=", builders.case(19, 'place = "town"'), 20)
    )
    public = condition("public", Requirement(parse("is_public")))
    groups = (*wanted.condition_groups, group(ratio, public, id="more"))
    tiers = (
        builders.tier("好", TierRule(("hard", "more"))),
        builders.tier("中", TierRule(("hard",), (("more", 1),))),
        builders.tier("差", TierRule()),
    )
    return replace(wanted, condition_groups=groups, tiers=tiers)


def test_halves_are_rounded_up_in_every_place(office: Path) -> None:
    """Quotients that end right between two decimals, of which a double is mostly a little off."""
    divisors = (8, 16, 40, 80, 160, 200, 400, 625, 800, 1600)
    typed = {f"a{number}": 2 * (37 * number + 11) + 1 for number in range(60)}
    typed |= {f"b{number}": divisors[number % len(divisors)] for number in range(60)}
    figures = [builders.count(name, name) for name in typed]
    shares = [
        builders.derived(
            f"d{number}_{digits}_{factor}", "商", f"a{number} / b{number} * {factor}", digits=digits
        )
        for number in range(60)
        for digits in range(4)
        for factor in (1, 100, 10000)
    ]
    wanted = programme(*figures, *shares, sections=_asking(*figures))
    (proof,) = proofs([(wanted, builders.assessment(typed))], office)
    ties = [each for each in shares if _is_tie(proof.assessment, each)]
    assert len(ties) > 50
    assert proof.differences() == []


def _is_tie(assessment: Assessment, share: Indicator) -> bool:
    """Whether the quotient lies right between two numbers of its decimals."""
    assert share.formula is not None
    figures = [builders.count(read.id, read.id) for read in references(share.formula)]
    exact = evaluate(share.formula, SchoolFacts(programme(*figures), assessment))
    return False if not isinstance(exact, Decimal) else exact.scaleb(share.decimals) % 1 == Decimal("0.5")


def _asking(*indicators: Indicator) -> tuple[Section, ...]:
    return (Section("all", "填报", tuple(Asked(each.id) for each in indicators)),)


def test_rows_that_no_formula_reads_are_said(tmp_path: Path, office: Path) -> None:
    names = Column("name", "姓名", ValueKind.TEXT)
    wanted = programme(
        builders.derived("many", "人数", "count(staff)", digits=0),
        tables=(roster("staff", "教师名册", names),),
    )
    target = tmp_path / "w.xlsx"
    target.write_bytes(twin_of(wanted, builders.assessment(rows={"staff": [{"name": "甲"}]})).content)
    book = load_workbook(target)
    book["教师名册"]["C4000"] = "乙"
    book.save(target)
    recalculate([target], tmp_path / "again", office)
    shown = load_workbook(tmp_path / "again" / "w.xlsx", data_only=True)
    assert shown["导出指标"]["D5"].value == "未填"
    said = [cell.value for row in shown["结论"].iter_rows() for cell in row if cell.value]
    assert any("超出公式读取的范围" in str(each) for each in said)


# As formulas


def formulas(content: Path) -> Iterator[str]:
    """Every formula of a workbook."""
    for sheet in load_workbook(content).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield cell.value if isinstance(cell.value, str) else cell.value.text


@pytest.mark.parametrize("pack", ["quality-secondary-school", "specialty-undergraduate"])
def test_formulas_are_such_as_old_programs_read(pack: str, tmp_path: Path) -> None:
    library = FormsFolder(PACK_TESTS.parents[1] / "forms")
    wanted = library.programme(pack)
    target = tmp_path / "w.xlsx"
    sample = filled(wanted, sample_of(PACK_TESTS / "samples" / f"{pack}.json"))
    target.write_bytes(twin_of(wanted, sample).content)
    found = list(formulas(target))
    assert len(found) > 400
    for formula in found:
        bare = _TEXT.sub("", formula)
        assert set(re.findall(r"([A-Z][A-Z.0-9]*)\(", bare)) <= _KNOWN_TO_EXCEL_2010, formula
        assert len(formula) <= LONGEST_FORMULA
        assert "_xl" not in bare
        assert _depth(bare) <= _DEEPEST
        assert _most_arguments(bare) <= 255


def _depth(formula: str) -> int:
    depth = deepest = 0
    for sign in formula:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        deepest = max(deepest, depth)
    return deepest


def _most_arguments(formula: str) -> int:
    counts, most = [1], 1
    for sign in formula:
        if sign == "(":
            counts.append(1)
        elif sign == ")":
            most = max(most, counts.pop())
        elif sign == ",":
            counts[-1] += 1
    return most


def test_no_words_become_a_formula(tmp_path: Path) -> None:
    nasty = "=1+1"
    wanted = programme(
        builders.count("a", nasty),
        builders.derived("d", "@SUM(1)", "a * 2", unit="-x"),
        groups=(group(condition("c", threshold("a", ">=", 3), "+86")),),
        tiers=(builders.tier("=1", TierRule()),),
        sections=_asking(builders.count("a", nasty)),
        name="=HYPERLINK(1)",
    )
    target = tmp_path / "w.xlsx"
    twin = twin_of(wanted, builders.assessment({"a": 1}))
    target.write_bytes(twin.content)
    book = load_workbook(target)
    computed = {(sheet, cell) for sheet, cell in twin.expected}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert (cell.data_type == "f") == ((sheet.title, cell.coordinate) in computed), cell
