"""Profile, conclusion, scores, rosters, narratives, findings: what stands in their cells."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Content, Entry, Explanation, Field, FieldKind, Row, Text
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.indicator import Indicator, ValueKind
from chuyi_desktop.domain.programme import Band, Bands, DossierPart, Level, Narrative, Rubric
from chuyi_desktop.domain.text_length import length_as_word
from chuyi_desktop.domain.verdict import FoundRow, Outcome
from chuyi_desktop.report.blocks import Align, Cell, DataTable, Form, Heading, Paragraph, Part, TextStyle
from chuyi_desktop.report.compose import compose
from chuyi_desktop.report.numbering import chinese
from chuyi_desktop.report.rule_words import standard
from chuyi_desktop.report.scores import method_words
from chuyi_desktop.scoring import assess
from tests.report.dump import column, part, tables, texts
from tests.report.school import MADE, NATIONAL, YEAR, assessment, number, programme, verdict


def _parts(kind: str, changed: dict[Field, Content] | None = None, **settings: Any) -> tuple[Part, ...]:
    planned = replace(programme(), dossier=(DossierPart(kind, settings=settings),))
    return compose(planned, assessment(changed), verdict(), MADE).parts


def _only(kind: str, changed: dict[Field, Content] | None = None, **settings: Any) -> Part:
    (only,) = _parts(kind, changed, **settings)
    return only


def _profile(**settings: Any) -> dict[str, str]:
    form = _only("profile", **settings).blocks[0]
    assert isinstance(form, Form)
    cells = [cell for row in form.rows for cell in row]
    return {label.text: value.text for label, value in zip(cells[::2], cells[1::2], strict=True)}


def test_the_profile_shows_the_asked_indicators_typed_and_derived() -> None:
    shown = _profile(indicators=["full_time_teacher_count", "equipment_per_student", "school_location"])
    assert shown == {"专任教师数（人）": "157", "生均仪器设备值（元）": "未填", "学校所在地": "镇区"}


def test_a_form_of_figures_gives_their_names_more_room() -> None:
    figures, words = (
        _only("profile", indicators=["full_time_teacher_count", each]).blocks[0]
        for each in ("equipment_per_student", "school_name")
    )
    assert isinstance(figures, Form)
    assert isinstance(words, Form)
    assert figures.widths[0] / figures.widths[1] > words.widths[0] / words.widths[1]


def test_a_short_value_alone_in_its_row_is_centered() -> None:
    form = _only("profile", indicators=["full_time_teacher_count"]).blocks[0]
    assert isinstance(form, Form)
    assert form.rows[0][1] == Cell("157", 3, align=Align.CENTER)


def test_a_reason_why_it_does_not_apply_stands_in_the_profile() -> None:
    assert _profile(indicators=["dormitory_area"]) == {"学生宿舍面积（㎡）": "不适用（学生走读）"}


def test_years_stand_side_by_side_this_year_last() -> None:
    (table,) = tables(_only("profile"))
    assert [each.title for each in table.columns] == ["指标", "2024年", "2025年", "2026年（本年）"]
    assert table.rows[0] == ("在校生数（人）", "未填", "3,000", "3,091")
    # The ratio is asked for with one earlier year; it is computed for that year, too.
    assert table.rows[1] == ("生师比", "—", "1:20", "1:19.69")


def test_notes_on_values_are_printed() -> None:
    assert Paragraph("注：在校生数（2025年）：不含附设班", TextStyle.NOTE) in _only("profile").blocks


def test_sections_of_the_profile_have_headings() -> None:
    assert _only("profile", sections=["basics"]).blocks[0] == Heading(2, "（一）基本情况")


def test_a_condition_shows_standard_value_outcome_and_gap() -> None:
    outcomes = tables(_only("verdict"))[1]
    rows = {row[1]: row[2:] for row in outcomes.rows}
    assert rows["生师比"] == ("≤ 1:20", "1:19.69", "达到", "—", "国标")
    assert rows["仪器设备总值"] == ("≥ 300 万元", "未填", "未填", "—", "国标")
    assert rows["双师型教师占比（参考）"] == ("≥ 60%", "50.96%", "未达到", "差 9.04 个百分点", "参考")


def test_a_gap_says_on_which_side() -> None:
    ratio = replace(verdict().conditions[0], outcome=Outcome.UNMET, gap=number("2.5"))
    changed = replace(verdict(), conditions=(ratio,))
    composed = compose(replace(programme(), dossier=(DossierPart("verdict"),)), assessment(), changed, MADE)
    assert column(tables(composed.parts[0])[1], "差距") == ["超 2.5"]


def test_a_k_of_n_shows_its_options() -> None:
    others = tables(_only("verdict"))[3]
    assert column(others, "条件")[:3] == ["标志性成果", "（1）国家级教学成果奖", "（2）国家级示范校（参考）"]
    assert column(others, "标准")[0] == "至少 1 项"
    assert column(others, "序号")[:4] == ["1", "", "", "2"]


def test_readings_name_the_evidence_and_the_reason_for_the_standard() -> None:
    readings = tables(_only("verdict"))[2]
    assert column(readings, "佐证") == ["1-1、1-2", "—", "—"]
    assert column(readings, "判定过程")[2].endswith("；适用这一标准的原因：学校所在地为镇区")


def test_every_derivation_has_formula_inputs_and_result() -> None:
    derived = tables(_only("verdict"))[-1]
    assert derived.rows[0] == (
        "生师比",
        "在校生数 ÷ 专任教师数",
        "在校生数：3,091 人；专任教师数：157 人",
        "1:19.69（保留 2 位小数）",
    )
    assert derived.rows[1][3] == "未填"


def _derivation(formula: str, definition: str = "") -> tuple[str, ...]:
    asked = programme()
    added = Indicator(
        "doubled", "两倍", ValueKind.DECIMAL, digits=2, definition=definition, formula=parse(formula)
    )
    asked = replace(
        asked,
        indicators={**asked.indicators, "doubled": added},
        dossier=(DossierPart("verdict"),),
    )
    (only,) = compose(asked, assessment(), assess(asked, assessment()), MADE).parts
    return next(row for row in tables(only)[-1].rows if row[0] == "两倍")


def test_a_derivation_shows_what_its_formula_reads_itself() -> None:
    _, formula, inputs, result = _derivation("student_teacher_ratio * 2")
    assert (formula, inputs) == ("生师比 × 2", "生师比：1:19.69")
    assert result == "39.38（保留 2 位小数）"


def test_a_derivation_by_cases_shows_the_one_that_counts() -> None:
    cases = 'if(school_location = "county_town", {}, {})'
    assert _derivation(cases.format("student_count * 2", "student_count"))[1] == "在校生数 × 2"
    assert _derivation(cases.format("2", "1"), "镇区计 2，其他计 1。")[1] == "镇区计 2，其他计 1。"


def test_scores_have_subtotals_and_turned_paper() -> None:
    scores = _only("scores")
    assert scores.wide
    summary, base, work = tables(scores)
    assert summary.total == ("合计", "50", "27.5", "5")
    assert base.total is not None
    assert work.total is not None
    assert (base.total[6], work.total[6]) == ("17.5", "10")


@given(st.lists(st.integers(min_value=0, max_value=100), min_size=1, max_size=5, unique=True), st.booleans())
def test_bands_are_told_best_first(bounds: list[int], rising: bool) -> None:  # noqa: FBT001  # a drawn value
    steps = tuple(Band(Decimal(bound), Decimal(1)) for bound in bounds)
    told = method_words(Bands(parse("student_count"), steps, rising), Decimal(1), "").split("；")
    word = "达到" if rising else "不超过"
    assert told[:-1] == [f"{word} {bound}，得 1 分" for bound in sorted(bounds, reverse=rising)]


def test_a_roster_is_typed_and_summed_where_a_sum_means_something() -> None:
    table = tables(_only("table", table="training_rooms"))[0]
    assert [each.align for each in table.columns] == [
        Align.CENTER,
        Align.LEFT,
        Align.DECIMAL,
        Align.CENTER,
        Align.CENTER,
    ]
    assert table.rows[0] == ("1", "数控室", "120.5", "2019", "否")
    assert table.rows[1] == ("2", "钳工室", "—", "—", "否")
    assert table.total == ("合计", "", "1,120.5", "", "")


def test_a_sum_over_blanks_says_so() -> None:
    notes = [
        block.text for block in _only("table", table="training_rooms").blocks if isinstance(block, Paragraph)
    ]
    assert notes == ["共 3 行。", "合计只计已填的行：“面积”有 1 行未填。"]


def test_an_optional_column_nobody_filled_has_no_sum_and_no_remark() -> None:
    emptied: dict[Field, Content] = {
        field: replace(
            content, cells={name: cell for name, cell in content.cells.items() if name != "room_area"}
        )
        for field, content in assessment().fields.items()
        if isinstance(content, Row) and field.key == "training_rooms"
    }
    only = _only("table", emptied, table="training_rooms")
    total = tables(only)[0].total
    assert total is not None
    assert total[2] == "—"
    assert not any("合计只计" in text for text in texts(only))


def test_a_required_cell_left_blank_is_not_filled_in() -> None:
    nameless: dict[Field, Content] = {
        Field(FieldKind.ROW, "partner_firms", YEAR, "p"): Row("p", 1, {}),
    }
    assert tables(_only("table", nameless, table="partner_firms"))[0].rows == (("1", "未填"),)


def test_no_data_and_not_filled_in_are_told_apart() -> None:
    assert tables(_only("table", table="contest_awards"))[0].empty == "本表无数据"
    silent = _only("table", table="partner_firms")
    assert tables(silent)[0].empty == "未填"
    assert any("也没有声明本表无数据" in text for text in texts(silent))


def test_broad_rosters_turn_the_paper_and_keep_their_place() -> None:
    parts = _parts("tables")
    assert [(each.title, each.wide) for each in parts] == [("一、明细表", False), ("", True), ("", False)]
    headings = [block.text for each in parts for block in each.blocks if isinstance(block, Heading)]
    assert headings == ["（一）实训室", "（二）竞赛获奖", "（三）合作企业"]


def test_a_roster_with_a_part_of_its_own_is_not_printed_twice() -> None:
    plan = (DossierPart("table", settings={"table": "training_rooms"}), DossierPart("tables"))
    dossier = compose(replace(programme(), dossier=plan), assessment(), verdict(), MADE)
    assert "\n".join(texts(dossier)).count("钳工室") == 1


def test_the_pack_may_turn_the_paper() -> None:
    assert _only("table", table="training_rooms", wide=True).wide


def test_narratives_say_when_they_are_missing_or_too_long() -> None:
    blocks = _only("narratives").blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        "（一）建设基础",
        "（二）建设目标",
    ]
    shown = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert shown == [
        "学校始建于一九八四年，占地广。\n办学规模居全市前列。",
        "本节 25 字，超过限制的 10 字，请删减。",
        "未填写",
    ]


def test_a_narrative_below_its_minimum_says_so() -> None:
    short = (Narrative("base_text", "建设基础", limit=3000, minimum=100),)
    planned = replace(programme(), narratives=short, dossier=(DossierPart("narratives"),))
    text = "\n".join(texts(compose(planned, assessment(), verdict(), MADE)))
    assert "本节 25 字，不足要求的 100 字" in text


def test_the_gravest_finding_comes_first_with_its_state() -> None:
    (table,) = tables(_only("findings"))
    assert column(table, "级别") == ["强制性", "核实性"]
    assert column(table, "状态") == ["须改正数据", "已处理"]
    assert column(table, "学校说明") == ["—", "扩招新专业两个"]
    for problem, check in zip(column(table, "审核内容和问题"), programme().checks, strict=True):
        assert problem.count(check.title) == 1


def test_a_confirmation_by_the_head_is_printed() -> None:
    confirmed = replace(verdict().findings[0], explanation=Explanation("数据已核对", confirmed_by_head=True))
    planned = replace(programme(), dossier=(DossierPart("findings"),))
    dossier = compose(planned, assessment(), replace(verdict(), findings=(confirmed,)), MADE)
    assert column(tables(dossier.parts[0])[0], "学校说明") == ["数据已核对（负责人已确认）"]


def test_rows_what_to_do_and_the_source_are_told_with_a_finding() -> None:
    row = FoundRow("r2", 3, "张㛃", ("ended",), "第 3 行 张㛃", "结束日期 2024年4月1日", ())
    finding = replace(verdict().findings[1], rows=(row,), row_count=3)
    check = replace(finding.check, provenance=NATIONAL)
    planned = replace(programme(), dossier=(DossierPart("findings"),))
    told: dict[bool, list[str]] = {}
    for settled in (False, True):
        found = replace(finding, check=check, settled=settled)
        dossier = compose(planned, assessment(), replace(verdict(), findings=(found,)), MADE)
        (table,) = tables(dossier.parts[0])
        told[settled] = table.rows[0][2].split("\n")
    rows = ["第 3 行 张㛃：结束日期 2024年4月1日", "另有 2 行，不再逐一列出"]
    source = "依据：国标，《中等职业学校设置标准》（教职成〔2010〕12号）第七条"
    assert told[False][1:] == [*rows, "处理办法：请核对", source]
    assert told[True][1:] == [*rows, source]


def test_no_findings_are_said() -> None:
    planned = replace(programme(), dossier=(DossierPart("findings"),))
    dossier = compose(planned, assessment(), replace(verdict(), findings=()), MADE)
    assert "没有发现问题" in "\n".join(texts(part(dossier, "审核说明")))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("建设目标。", 5),
        ("2026 年 BIM 技术", 5),
        ("a b\nc", 3),
        ("“双高”——建设", 8),
    ],
)
def test_length_is_counted_as_word_counts(text: str, length: int) -> None:
    assert length_as_word(text) == length


@given(st.text(alphabet="建设学校，。", max_size=50), st.text(alphabet="建设学校，。", max_size=50))
def test_lengths_of_chinese_texts_add_up(left: str, right: str) -> None:
    assert length_as_word(left + right) == length_as_word(left) + length_as_word(right) == len(left + right)


def test_chinese_numbers() -> None:
    assert [chinese(each) for each in (1, 9, 10, 11, 20, 21, 99)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
    ]


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_every_number_in_a_roster_is_in_its_sum(area: Decimal) -> None:
    added: dict[Field, Content] = {
        Field(FieldKind.ROW, "training_rooms", YEAR, "r4"): Row(
            "r4", 4, {"room_name": "焊接室", "room_area": area}
        )
    }
    total = tables(_only("table", added, table="training_rooms"))[0].total
    assert total is not None
    assert Decimal(total[2].replace(",", "")) == number("1120.5") + area


def test_a_text_of_blanks_is_no_text() -> None:
    blank: dict[Field, Content] = {Field(FieldKind.TEXT, "base_text"): Text("  \n\n ")}
    assert "未填写" in list(texts(_only("narratives", blank, narratives=["base_text"])))


def test_a_value_on_the_profile_is_this_years() -> None:
    later: dict[Field, Content] = {Field(FieldKind.VALUE, "equipment_value", YEAR - 1): Entry(number("9"))}
    form = _only("profile", later, indicators=["equipment_value"]).blocks[0]
    assert isinstance(form, Form)
    assert form.rows[0][1].text == "未填"


def test_a_narrow_roster_between_broad_ones_lies_with_them() -> None:
    asked = programme()
    broad, narrow = asked.tables["contest_awards"], asked.tables["partner_firms"]
    rosters = (broad, narrow, replace(broad, id="more_awards", name="其他获奖"), narrow)
    planned = replace(
        asked,
        tables={each.id: each for each in rosters},
        dossier=(DossierPart("tables", settings={"tables": [each.id for each in rosters]}),),
    )
    parts = compose(planned, assessment(), verdict(), MADE).parts
    assert [each.wide for each in parts] == [True, False]
    assert [block.text for block in parts[0].blocks if isinstance(block, Heading)] == [
        "（一）竞赛获奖",
        "（二）合作企业",
        "（三）其他获奖",
    ]


def test_the_count_of_rows_stands_before_the_roster() -> None:
    first, second, *_ = _only("table", table="training_rooms").blocks
    assert first == Paragraph("共 3 行。", TextStyle.NOTE)
    assert isinstance(second, DataTable)


def test_the_full_stop_of_a_level_gives_way_to_its_bracket() -> None:
    levels = (Level("good", "良", Decimal(2), "制度齐全。"), Level("poor", "差", Decimal(0)))
    assert method_words(Rubric(levels), Decimal(2), "") == "“良”（制度齐全）得 2 分；“差”得 0 分"


@pytest.mark.parametrize(("outcome", "shown"), [(Outcome.NOT_APPLICABLE, "—"), (Outcome.MISSING, "未定")])
def test_a_standard_that_does_not_apply_is_not_called_open(outcome: Outcome, shown: str) -> None:
    rule = replace(verdict().conditions[0], outcome=outcome, threshold=None, shown_threshold="")
    assert standard(rule, None) == shown
