"""The plan carried out: which parts stand where, and what happens with a plan that cannot be."""

from dataclasses import replace

import pytest

from chuyi_desktop.domain.assessment import Entry, Field, FieldKind
from chuyi_desktop.domain.errors import PackError
from chuyi_desktop.domain.indicator import Indicator, ValueKind
from chuyi_desktop.domain.programme import DossierPart, Programme
from chuyi_desktop.report.blocks import Cover, Dossier, EvidencePages, Form, Paragraph, Signature, TextStyle
from chuyi_desktop.report.compose import KINDS, compose
from tests.report.dump import part
from tests.report.school import MADE, YEAR, assessment, finished, programme, verdict


def _composed(plan: tuple[DossierPart, ...], of: Programme | None = None) -> Dossier:
    return compose(replace(of or programme(), dossier=plan), assessment(), verdict(), MADE)


def test_body_parts_are_numbered_in_order_and_the_frame_is_not() -> None:
    plan = tuple(
        DossierPart(kind) for kind in ("notes", "findings", "commitment", "profile", "evidence_list")
    )
    titles = [each.title for each in _composed(plan).parts]
    assert titles == ["填写说明", "一、审核说明", "诚信承诺书", "二、学校基本情况表", "附件　佐证材料目录"]


def test_a_number_in_the_packs_own_title_gives_way() -> None:
    (only,) = _composed((DossierPart("findings", "六、审核情况"),)).parts
    assert only.title == "一、审核情况"


def test_an_unknown_kind_is_named_with_the_kinds_there_are() -> None:
    with pytest.raises(PackError) as failure:
        _composed((DossierPart("cover"), DossierPart("budget")))
    assert "budget" in failure.value.sentence
    assert "narratives" in failure.value.sentence
    assert "优质学校" in failure.value.sentence


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("profile", {"indicators": ["student_count", "no_such"]}),
        ("profile", {"sections": ["no_such"]}),
        ("cover", {"fields": ["no_such"]}),
        ("table", {"table": "no_such"}),
        ("tables", {"tables": ["no_such"]}),
        ("narratives", {"narratives": ["no_such"]}),
    ],
)
def test_a_setting_that_names_nothing_is_refused(kind: str, settings: dict[str, object]) -> None:
    with pytest.raises(PackError) as failure:
        _composed((DossierPart(kind, settings=settings),))
    assert failure.value.code == "report.unknown_setting"
    assert "no_such" in failure.value.sentence


def test_a_programme_without_a_plan_gets_the_usual_one() -> None:
    dossier = _composed(())
    assert isinstance(dossier.parts[0].blocks[0], Cover)
    assert [each.title[:2] for each in dossier.parts if each.title[1:2] == "、"] == [
        f"{digit}、" for digit in "一二三四五六七"
    ]


@pytest.mark.parametrize("kind", sorted(KINDS - {"table", "evidence"}))
def test_every_kind_works_for_a_programme_that_asks_nothing(kind: str) -> None:
    empty = replace(
        programme(),
        indicators={},
        tables={},
        sections=(),
        condition_groups=(),
        scored_sections=(),
        tiers=(),
        checks=(),
        narratives=(),
        unknown=(),
    )
    nothing = replace(
        verdict(), conditions=(), items=(), sections=(), derived={}, findings=(), possible_tiers=()
    )
    blank = replace(assessment(), fields={})
    dossier = compose(replace(empty, dossier=(DossierPart(kind),)), blank, nothing, MADE)
    assert len(dossier.parts) == 1
    assert dossier.parts[0].blocks
    assert dossier.watermark == ""


def test_what_the_cover_lacks_is_left_to_be_written_by_hand() -> None:
    cover = _composed((DossierPart("cover"),)).parts[0].blocks[0]
    assert isinstance(cover, Cover)
    fields = dict(cover.fields)
    assert fields["申报学校（盖章）"] == "邵东县职业中等专业学校"
    assert fields["主管部门"] == "邵东市教育局"
    assert fields["项目负责人"] == fields["联系人"] == ""
    assert fields["填报日期"] == "2026年11月24日"


def test_the_cover_has_the_fields_the_pack_wants_before_the_school() -> None:
    wanted = DossierPart("cover", settings={"fields": ["founded_on", "student_count", "dormitory_area"]})
    cover = _composed((wanted,)).parts[0].blocks[0]
    assert isinstance(cover, Cover)
    assert [label for label, _ in cover.fields][1:6] == [
        "申报年度",
        "建校日期",
        "在校生数",
        "学生宿舍面积",
        "申报学校（盖章）",
    ]
    fields = dict(cover.fields)
    assert fields["在校生数"] == "3,091 人"
    assert fields["学生宿舍面积"] == ""


def test_a_person_stands_on_the_cover_and_signs_instead_of_a_project_leader() -> None:
    asked = dict(programme().indicators)
    del asked["project_leader"]
    asked["person_name"] = Indicator("person_name", "申报人姓名", ValueKind.TEXT)
    named = assessment({Field(FieldKind.VALUE, "person_name", YEAR): Entry("罗立诚")})
    plan = (DossierPart("cover"), DossierPart("commitment"))
    of_a_person = replace(programme(), indicators=asked, dossier=plan)
    front, commitment = compose(of_a_person, named, verdict(), MADE).parts
    cover, signature = front.blocks[0], commitment.blocks[-1]
    assert isinstance(cover, Cover)
    assert isinstance(signature, Signature)
    assert ("申报人（负责人）", "罗立诚") in cover.fields
    assert "项目负责人" not in dict(cover.fields)
    assert signature.lines[2] == "申报人（负责人）（签字）："


def test_the_commitment_names_the_school_and_has_places_to_sign() -> None:
    blocks = _composed((DossierPart("commitment"),)).parts[0].blocks
    assert isinstance(blocks[0], Paragraph)
    assert "邵东县职业中等专业学校" in blocks[0].text
    assert isinstance(blocks[-1], Signature)
    assert any("法定代表人" in line for line in blocks[-1].lines)


def test_every_level_has_its_opinion() -> None:
    blocks = part(compose(programme(), assessment(), verdict(), MADE), "审核意见").blocks
    assert [each.title for each in blocks if isinstance(each, Signature)] == [
        "学校意见",
        "县（市、区）教育局意见",
        "市州教育局意见",
    ]
    assert all(isinstance(each, Signature) and each.opinion for each in blocks)


def test_without_evidence_there_is_a_sentence_and_no_empty_part() -> None:
    bare = replace(assessment(), fields={})
    dossier = compose(programme(), bare, verdict(), MADE)
    assert dossier.evidence == ()
    assert not any(isinstance(block, EvidencePages) for each in dossier.parts for block in each.blocks)
    assert Paragraph("没有佐证材料。", TextStyle.PLAIN) in part(dossier, "佐证材料目录").blocks


def test_the_metadata_say_exactly_what_was_printed() -> None:
    dossier = compose(programme(), assessment(), verdict(), MADE)
    assert dossier.identity == f"a-1 big-programme 1.2 {'ab' * 32}"
    assert dossier.made == "2026-11-24"


def test_composing_twice_gives_the_same() -> None:
    assert compose(*finished(), MADE) == compose(*finished(), MADE)


def test_every_form_row_fills_its_widths() -> None:
    dossier = compose(programme(), assessment(), verdict(), MADE)
    forms = [block for each in dossier.parts for block in each.blocks if isinstance(block, Form)]
    assert forms
    for form in forms:
        assert all(sum(cell.span for cell in row) == len(form.widths) for row in form.rows)
