"""Nothing is dressed up: 参考 is marked, 未填 is no zero, a draft says so, and ids stay inside."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.programme import DossierPart
from chuyi_desktop.report.blocks import DataTable, Form, Paragraph, TextStyle
from chuyi_desktop.report.compose import compose
from tests.report.dump import column, part, tables, texts
from tests.report.school import INDICATORS, MADE, assessment, finished, programme, verdict

HONEST = "自评结果仅供学校参考，以主管部门评审为准"
_ID = re.compile(r"[a-z]+(?:_[a-z]+)+")


def test_no_raw_id_reaches_the_reader() -> None:
    asked = programme()
    ids = {
        *asked.indicators,
        *asked.tables,
        *(each.id for table in asked.tables.values() for each in table.columns),
        *(each.id for each in asked.narratives),
        *(each.id for each in asked.tiers),
        *(each.id for each in asked.checks),
        *(each.id for each in asked.condition_groups),
        *(each.id for each in asked.scored_sections),
        *asked.rule_titles(),
        "urban_district",
        "county_town",
        asked.id,
    }
    for text in texts(compose(asked, assessment(), verdict(), MADE)):
        assert not [each for each in ids if each in text], text
        assert not _ID.search(text), text


def test_the_honesty_sentence_is_under_every_page_and_beside_every_result() -> None:
    dossier = compose(*finished(), MADE)
    assert dossier.footer == HONEST
    for words in ("自评结论", "评分表"):
        assert Paragraph(HONEST, TextStyle.NOTE) in part(dossier, words).blocks


def test_reference_rules_are_marked_and_no_others() -> None:
    dossier = compose(programme(), assessment(), verdict(), MADE)
    outcomes = [each for each in tables(part(dossier, "自评结论")) if each.columns[1].title == "条件"]
    marks = {
        title: basis
        for table in outcomes
        for title, basis in zip(column(table, "条件"), column(table, "依据"), strict=True)
    }
    assert len(marks) == 8
    for title, basis in marks.items():
        assert title.endswith("（参考）") == (basis == "参考"), title
    sources = [text for each in tables(part(dossier, "自评结论"))[1:] for text in _cells(each)]
    assert any(
        text.startswith("国标：《中等职业学校设置标准》（教职成〔2010〕12号）第七条") for text in sources
    )
    assert "参考（见说明）" in sources


def test_a_note_that_many_reference_rules_share_is_printed_once_a_part() -> None:
    dossier = compose(programme(), assessment(), verdict(), MADE)
    for words in ("自评结论", "评分表"):
        assert sum("待核对原文" in text for text in texts(part(dossier, words))) == 1


def test_how_much_of_the_score_is_reference_is_said() -> None:
    text = "\n".join(texts(part(compose(programme(), assessment(), verdict(), MADE), "评分表")))
    assert "满分 50 分中，35 分的分值没有公开文件依据" in text
    assert "占 70%" in text


def test_what_is_not_filled_in_is_never_printed_as_zero() -> None:
    asked = programme()
    blank = Assessment("a-1", asked.id, "1.2", asked.pack_hash, assessment().year, {})
    nothing = replace(verdict(), derived={})
    for plan in (
        DossierPart("profile", settings={"indicators": [each.id for each in INDICATORS]}),
        DossierPart("tables"),
        DossierPart("narratives"),
    ):
        (first, *rest) = compose(replace(asked, dossier=(plan,)), blank, nothing, MADE).parts
        for each in (first, *rest):
            found = list(texts(each))
            assert "未填" in found or "未填写" in found
            assert not [text for text in found if text.strip().startswith("0")]


def test_a_missing_item_has_no_points_instead_of_none() -> None:
    dossier = compose(programme(), assessment(), verdict(), MADE)
    items = tables(part(dossier, "评分表"))[2]
    assert column(items, "得分") == ["10", "未填"]


def test_a_verdict_that_is_open_says_which_tiers_and_why() -> None:
    text = "\n".join(texts(part(compose(programme(), assessment(), verdict(), MADE), "自评结论")))
    assert "仍有可能的结论：B档（参考）、未达到（参考）" in text
    assert "还不能判定的条件：仪器设备总值" in text
    assert "还有 5 分因数据未填而不能评定" in text


def test_a_verdict_that_stands_is_the_headline() -> None:
    blocks = part(compose(*finished(), MADE), "自评结论").blocks
    assert blocks[0] == Paragraph("根据学校填报的数据，自评结论为：B档（参考）。", TextStyle.STRONG)
    tiers = next(block for block in blocks if isinstance(block, DataTable))
    assert column(tiers, "结果") == ["未达到", "本校结论", "—"]


def test_no_tier_reached_is_said_and_no_tier_is_passed_over() -> None:
    done, filled, closed = finished()
    done = replace(done, tiers=done.tiers[:2])
    dossier = compose(done, filled, replace(closed, tier=None, possible_tiers=()), MADE)
    blocks = part(dossier, "自评结论").blocks
    assert blocks[0] == Paragraph("根据学校填报的数据，没有达到本项目的任何档次。", TextStyle.STRONG)
    assert column(tables(part(dossier, "自评结论"))[0], "结果") == ["未达到", "未达到"]
    assert dossier.watermark == ""


def test_no_tier_at_all_is_named_among_what_is_possible() -> None:
    asked = replace(programme(), tiers=programme().tiers[:2])
    open_verdict = replace(verdict(), possible_tiers=asked.tiers[1:])
    text = "\n".join(texts(part(compose(asked, assessment(), open_verdict, MADE), "自评结论")))
    assert "仍有可能的结论：B档（参考）、没有达到任何档次。" in text


def test_the_pack_is_named_so_that_the_result_can_be_reproduced() -> None:
    form = next(
        block for block in part(compose(*finished(), MADE), "自评结论").blocks if isinstance(block, Form)
    )
    assert form.rows[-1][1].text == "“优质学校”表单包 1.2 版，校验码 abababababababab"


def test_a_draft_says_why() -> None:
    dossier = compose(programme(), assessment(), verdict(), MADE)
    assert dossier.watermark == "草稿"
    text = "\n".join(texts(part(dossier, "审核说明")))
    for words in (
        "审核问题没有处理：双师型教师不多于专任教师",
        "条件还不能判定：仪器设备总值",
        "评分项还不能评定：设备",
        "指标未填：仪器设备总值",
        "明细表未填：合作企业",
        "文字材料未填写：建设目标",
        "文字材料超过字数限制：建设基础",
    ):
        assert words in text


def test_a_finished_dossier_is_no_draft() -> None:
    dossier = compose(*finished(), MADE)
    assert dossier.watermark == ""
    assert "草稿" not in "\n".join(texts(dossier))


@given(st.integers(min_value=0, max_value=1))
def test_a_blocking_finding_alone_makes_it_a_draft(which: int) -> None:
    done, filled, closed = finished()
    findings = [*closed.findings]
    findings[which] = replace(findings[which], settled=False)
    dossier = compose(done, filled, replace(closed, findings=tuple(findings)), MADE)
    assert dossier.watermark == "草稿"


def _cells(table: DataTable) -> list[str]:
    return [cell for row in table.rows for cell in row]
