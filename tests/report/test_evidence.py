"""Evidence: numbered by what it proves, each file once, none lost."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Content, Field, FieldKind
from chuyi_desktop.report.compose import compose
from chuyi_desktop.report.evidence_numbers import number_evidence
from tests.report.dump import column, part, tables, texts
from tests.report.school import MADE, assessment, link, programme, verdict


def _linked(pairs: Mapping[tuple[str, str], int]) -> dict[Field, Content]:
    return {
        Field(FieldKind.EVIDENCE, key, None, sha256): link(sha256, f"{sha256}.pdf", position)
        for (key, sha256), position in pairs.items()
    }


def test_numbers_follow_the_rules_and_a_file_stands_once_with_all_it_proves() -> None:
    pieces = compose(programme(), assessment(), verdict(), MADE).evidence
    assert [(piece.number, piece.name, piece.proves) for piece in pieces] == [
        ("1-1", "学籍证明.pdf", ("生师比",)),
        ("1-2", "教职工名册.pdf", ("生师比", "双师型教师")),
        ("2-1", "获奖证书.pdf", ("国家级教学成果奖",)),
        ("3-1", "双师型教师证书.pdf", ("双师型教师",)),
    ]


def test_a_rule_whose_files_are_all_known_takes_no_number() -> None:
    again = _linked({("size_item", "a" * 64): 0})
    pieces = number_evidence(programme(), assessment(again)).pieces
    assert [piece.number for piece in pieces] == ["1-1", "1-2", "2-1", "3-1"]
    assert pieces[1].proves == ("生师比", "办学规模", "双师型教师")


def test_indicators_come_after_the_rules() -> None:
    found = number_evidence(programme(), assessment(_linked({("student_count", "e" * 64): 0})))
    assert found.pieces[-1].number == "4-1"
    assert found.pieces[-1].proves == ("在校生数",)


def test_evidence_of_a_figure_proves_the_rules_judged_by_it() -> None:
    filled = assessment(_linked({("full_time_teacher_count", "e" * 64): 0}))
    (first, *others), (trace, *_) = verdict().conditions, verdict().derived.values()
    judged = replace(verdict(), conditions=(replace(first, trace=trace), *others))
    readings = tables(part(compose(programme(), filled, judged, MADE), "自评结论"))[2]
    assert readings.title == "判定过程和出处"
    assert column(readings, "佐证")[0] == "1-1、1-2、4-1"


def test_evidence_of_a_rule_that_is_gone_is_kept_at_the_end() -> None:
    found = number_evidence(programme(), assessment(_linked({("removed_rule", "e" * 64): 0})))
    assert found.pieces[-1].proves == ("其他（所证明的内容已不在本项目中）",)
    assert found.pieces[-1].number == "4-1"


def test_declarations_without_proof_are_named() -> None:
    text = "\n".join(texts(part(compose(programme(), assessment(), verdict(), MADE), "佐证材料目录")))
    assert "还没有佐证材料的内容：无安全责任事故、党建与治理。" in text


@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["ratio_met", "safe_years", "dual_item", "no_rule"]), st.sampled_from("abcde")
        ),
        st.integers(min_value=0, max_value=3),
    )
)
def test_every_file_has_one_number_and_every_link_leads_to_it(pairs: dict[tuple[str, str], int]) -> None:
    school = assessment()
    bare = {
        place: content for place, content in school.fields.items() if place.kind is not FieldKind.EVIDENCE
    }
    found = number_evidence(programme(), type(school)("a", "p", "1", "h", school.year, bare | _linked(pairs)))
    assert sorted(piece.sha256 for piece in found.pieces) == sorted({sha256 for _, sha256 in pairs})
    assert len({piece.number for piece in found.pieces}) == len(found.pieces)
    by_file = {piece.sha256: piece.number for piece in found.pieces}
    for key, sha256 in pairs:
        assert by_file[sha256] in found.numbers[key]
    order = [tuple(map(int, piece.number.split("-"))) for piece in found.pieces]
    assert order == sorted(order)
