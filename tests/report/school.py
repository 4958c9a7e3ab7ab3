"""A programme with every kind of rule, a school that answered most of it, and the verdict, all by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    DeclaredEmpty,
    Entry,
    EvidenceLink,
    Explanation,
    Field,
    FieldKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.indicator import Choice, Column, Display, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import (
    Asked,
    AtLeastOf,
    Attested,
    Band,
    Bands,
    Check,
    Condition,
    ConditionGroup,
    DossierPart,
    Grade,
    Level,
    Linear,
    Narrative,
    Programme,
    Requirement,
    Rubric,
    ScoredItem,
    ScoredSection,
    Section,
    Threshold,
    ThresholdCase,
    Tier,
    TierRule,
)
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.values import Missing, Value
from chuyi_desktop.domain.verdict import (
    Finding,
    Input,
    Outcome,
    RuleKind,
    RuleOutcome,
    SectionScore,
    Trace,
    Verdict,
)

YEAR = 2026
MADE = date(2026, 11, 24)
WHEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NATIONAL = Provenance(Basis.NATIONAL, "中等职业学校设置标准", "教职成〔2010〕12号", "第七条")
OFFICIAL = Provenance(Basis.OFFICIAL, "遴选通知", "某教通〔2026〕1号", "第三条")
REFERENCE = Provenance(Basis.REFERENCE)
NOTED = Provenance(Basis.REFERENCE, note="待核对原文")


def number(text: str) -> Decimal:
    return Decimal(text)


INDICATORS = (
    Indicator("school_name", "学校名称", ValueKind.TEXT),
    Indicator("supervising_authority", "主管部门", ValueKind.TEXT),
    Indicator("project_leader", "项目负责人", ValueKind.TEXT),
    Indicator("contact_phone", "联系电话", ValueKind.TEXT),
    Indicator(
        "school_location",
        "学校所在地",
        ValueKind.CHOICE,
        choices=(Choice("urban_district", "城区"), Choice("county_town", "镇区")),
    ),
    Indicator("founded_on", "建校日期", ValueKind.DATE),
    Indicator("student_count", "在校生数", ValueKind.INTEGER, "人"),
    Indicator("full_time_teacher_count", "专任教师数", ValueKind.INTEGER, "人"),
    Indicator("dual_qualified_teacher_count", "双师型教师数", ValueKind.INTEGER, "人"),
    Indicator("equipment_value", "仪器设备总值", ValueKind.DECIMAL, "万元", digits=2),
    Indicator("dormitory_area", "学生宿舍面积", ValueKind.DECIMAL, "㎡", digits=2),
    Indicator(
        "student_teacher_ratio",
        "生师比",
        ValueKind.DECIMAL,
        digits=2,
        display=Display.ONE_TO,
        formula=parse("student_count / full_time_teacher_count"),
    ),
    Indicator(
        "equipment_per_student",
        "生均仪器设备值",
        ValueKind.DECIMAL,
        "元",
        digits=0,
        formula=parse("equipment_value * 10000 / student_count"),
    ),
)
ROOMS = Table(
    "training_rooms",
    "实训室",
    (
        Column("room_name", "名称", ValueKind.TEXT, required=True, width=16),
        Column("room_area", "面积", ValueKind.DECIMAL, "㎡", digits=2),
        Column("opened_in", "启用年份", ValueKind.INTEGER, "年"),
        Column("shared_use", "是否共享", ValueKind.YES_NO, default="否", width=8),
    ),
)
AWARDS = Table(
    "contest_awards",
    "竞赛获奖",
    tuple(
        Column(f"award_{name}", label, ValueKind.TEXT, width=24)
        for name, label in (
            ("contest", "赛项"),
            ("level", "级别"),
            ("winner", "获奖人"),
            ("issuer", "颁奖单位"),
        )
    ),
)
PARTNERS = Table(
    "partner_firms", "合作企业", (Column("firm_name", "企业名称", ValueKind.TEXT, required=True),)
)


def conditions() -> tuple[ConditionGroup, ...]:
    ratio = Threshold(parse("student_teacher_ratio"), Comparison.AT_MOST, (ThresholdCase(number("20")),))
    equipment = Threshold(parse("equipment_value"), Comparison.AT_LEAST, (ThresholdCase(number("300")),))
    dual = Threshold(
        parse("dual_qualified_teacher_count / full_time_teacher_count * 100"),
        Comparison.AT_LEAST,
        (ThresholdCase(number("60")),),
    )
    options = (
        Condition("national_award", "国家级教学成果奖", Attested("获国家级教学成果奖"), OFFICIAL),
        Condition("model_school", "国家级示范校", Attested("为国家级示范校"), NOTED),
    )
    monitored = (
        Condition("ratio_met", "生师比", ratio, NATIONAL),
        Condition("equipment_met", "仪器设备总值", equipment, NATIONAL),
        Condition("dual_met", "双师型教师占比", dual, NOTED),
    )
    others = (
        Condition("results", "标志性成果", AtLeastOf(1, options), OFFICIAL),
        Condition("safe_years", "无安全责任事故", Attested("近三年没有发生安全责任事故"), REFERENCE),
        Condition("public_school", "公办", Requirement(parse("student_count > 0")), OFFICIAL),
    )
    return (
        ConditionGroup("monitored_group", "达标监测", "big", monitored),
        ConditionGroup("entry_group", "申报条件", "big", others),
    )


ITEMS = (
    ScoredItem(
        "size_item",
        "办学规模",
        number("10"),
        Bands(
            parse("student_count"), (Band(number("1200"), number("5")), Band(number("3000"), number("10")))
        ),
        REFERENCE,
    ),
    ScoredItem(
        "dual_item",
        "双师型教师",
        number("15"),
        Linear(parse("dual_qualified_teacher_count"), number("0"), number("160")),
        OFFICIAL,
    ),
    ScoredItem(
        "party_item",
        "党建与治理",
        number("20"),
        Rubric((Level("strong", "好", number("20"), "制度健全"), Level("fair", "一般", number("10")))),
        REFERENCE,
        note="以最近一次考核为准",
    ),
    ScoredItem(
        "equipment_item",
        "设备",
        number("5"),
        Bands(parse("equipment_value"), (Band(number("300"), number("5")),)),
        NOTED,
    ),
)
CHECKS = (
    Check(
        "dual_within",
        "双师型教师不多于专任教师",
        Grade.MANDATORY,
        parse("dual_qualified_teacher_count <= full_time_teacher_count"),
        "请核对",
        REFERENCE,
    ),
    Check(
        "students_steady",
        "在校生数比上年变动不超过 20%",
        Grade.EXPLAIN,
        parse("student_count < 4000"),
        "请说明原因",
        REFERENCE,
    ),
)
PLAN = (
    DossierPart("cover"),
    DossierPart("notes"),
    DossierPart("commitment"),
    DossierPart("contents"),
    DossierPart("profile"),
    DossierPart("verdict"),
    DossierPart("scores"),
    DossierPart("tables", "明细表"),
    DossierPart("narratives", "建设方案"),
    DossierPart("findings"),
    DossierPart("opinions", settings={"levels": ["学校意见", "县（市、区）教育局意见", "市州教育局意见"]}),
    DossierPart("evidence_list"),
    DossierPart("evidence"),
)


def programme() -> Programme:
    """With every kind of rule, three rosters, two narratives."""
    basics = tuple(
        Asked(each.id, 2 if each.id == "student_count" else 0) for each in INDICATORS if not each.is_derived
    )
    ratio = (Asked("student_teacher_ratio", 1),)
    return Programme(
        id="big-programme",
        name="优质学校",
        version="1.2",
        pack_hash="ab" * 32,
        applicant="中职",
        purpose="遴选",
        provenance=OFFICIAL,
        indicators={each.id: each for each in INDICATORS},
        tables={each.id: each for each in (ROOMS, AWARDS, PARTNERS)},
        sections=(Section("basics", "基本情况", basics + ratio),),
        condition_groups=conditions(),
        scored_sections=(
            ScoredSection("base_points", "办学基础", ITEMS[:2]),
            ScoredSection("work_points", "办学水平", ITEMS[2:]),
        ),
        tiers=(
            Tier(
                "tier_a",
                "A档",
                TierRule(("monitored_group", "entry_group"), minimum_points=number("40")),
                OFFICIAL,
            ),
            Tier("tier_b", "B档", TierRule(("entry_group",), (("monitored_group", 1),)), REFERENCE),
            Tier("tier_none", "未达到", TierRule(), REFERENCE),
        ),
        checks=CHECKS,
        narratives=(
            Narrative("base_text", "建设基础", limit=10),
            Narrative("goal_text", "建设目标", limit=500),
        ),
        dossier=PLAN,
        unknown=("评分标准的公开文本（可向主管部门查询）",),
    )


def link(sha256: str, name: str, position: int = 0) -> EvidenceLink:
    return EvidenceLink(sha256, name, "application/pdf", 10, position)


def fields() -> dict[Field, Content]:
    """Everything the school filled in; the equipment's value and one narrative it did not."""
    values: dict[str, Value] = {
        "school_name": "邵东县职业中等专业学校",
        "supervising_authority": "邵东市教育局",
        "school_location": "county_town",
        "founded_on": date(1984, 9, 1),
        "student_count": number("3091"),
        "full_time_teacher_count": number("157"),
        "dual_qualified_teacher_count": number("80"),
    }
    found: dict[Field, Content] = {
        Field(FieldKind.VALUE, name, YEAR): Entry(value) for name, value in values.items()
    }
    found |= {
        Field(FieldKind.VALUE, "student_count", YEAR - 1): Entry(number("3000"), note="不含附设班"),
        Field(FieldKind.VALUE, "full_time_teacher_count", YEAR - 1): Entry(number("150")),
        Field(FieldKind.VALUE, "dormitory_area", YEAR): Entry(None, not_applicable="学生走读"),
        Field(FieldKind.ROW, "training_rooms", YEAR, "r2"): Row("r2", 2, {"room_name": "钳工室"}),
        Field(FieldKind.ROW, "training_rooms", YEAR, "r1"): Row(
            "r1", 1, {"room_name": "数控室", "room_area": number("120.5"), "opened_in": number("2019")}
        ),
        Field(FieldKind.ROW, "training_rooms", YEAR, "r3"): Row(
            "r3", 3, {"room_name": "电工室", "room_area": number("1000"), "shared_use": True}
        ),
        Field(FieldKind.EMPTY_TABLE, "contest_awards", YEAR): DeclaredEmpty(),
        Field(FieldKind.TEXT, "base_text"): Text("学校始建于一九八四年，占地广。\n\n  办学规模居全市前列。"),
        Field(FieldKind.ATTESTATION, "safe_years"): Attestation(holds=True),
        Field(FieldKind.ATTESTATION, "national_award"): Attestation(holds=True),
        Field(FieldKind.RATING, "party_item"): Rating("fair", "2025 年考核为良好"),
        Field(FieldKind.EXPLANATION, "students_steady"): Explanation("扩招新专业两个"),
    }
    found |= {
        Field(FieldKind.EVIDENCE, key, None, piece.sha256): piece
        for key, piece in (
            ("dual_item", link("c" * 64, "双师型教师证书.pdf")),
            ("national_award", link("b" * 64, "获奖证书.pdf")),
            ("ratio_met", link("a" * 64, "教职工名册.pdf", 1)),
            ("ratio_met", link("d" * 64, "学籍证明.pdf", 0)),
            ("dual_item", link("a" * 64, "教职工名册（副本）.pdf", 1)),
        )
    }
    return found


def assessment(changed: Mapping[Field, Content] | None = None) -> Assessment:
    return Assessment("a-1", "big-programme", "1.2", "ab" * 32, YEAR, {**fields(), **(changed or {})})


def rule(
    rule_id: str,
    title: str,
    kind: RuleKind,
    group: str,
    outcome: Outcome,
    provenance: Provenance,
    explanation: str,
    **rest: Any,
) -> RuleOutcome:
    """An outcome of the programme's own rule; without a value unless ``rest`` has one."""
    found: dict[str, Any] = {"value": Missing(), "shown": ""} | rest
    return RuleOutcome(
        id=rule_id,
        title=title,
        kind=kind,
        programme_id="big-programme",
        group=group,
        outcome=outcome,
        provenance=provenance,
        explanation=explanation,
        **found,
    )


def outcomes() -> tuple[RuleOutcome, ...]:
    monitored, entry = "monitored_group", "entry_group"
    options = (
        rule(
            "national_award",
            "国家级教学成果奖",
            RuleKind.ATTESTED,
            entry,
            Outcome.MET,
            OFFICIAL,
            "学校承诺属实，达到",
            value=True,
            shown="是",
        ),
        rule("model_school", "国家级示范校", RuleKind.ATTESTED, entry, Outcome.MISSING, NOTED, "学校未填"),
    )
    return (
        rule(
            "ratio_met",
            "生师比",
            RuleKind.THRESHOLD,
            monitored,
            Outcome.MET,
            NATIONAL,
            "在校生数 3,091 人 ÷ 专任教师数 157 人 = 1:19.69，标准 ≤ 1:20，达到。",
            value=number("19.69"),
            shown="1:19.69",
            comparison=Comparison.AT_MOST,
            threshold=number("20"),
            shown_threshold="≤ 1:20",
        ),
        rule(
            "equipment_met",
            "仪器设备总值",
            RuleKind.THRESHOLD,
            monitored,
            Outcome.MISSING,
            NATIONAL,
            "仪器设备总值未填，不能判定",
            unit="万元",
            comparison=Comparison.AT_LEAST,
            threshold=number("300"),
        ),
        rule(
            "dual_met",
            "双师型教师占比",
            RuleKind.THRESHOLD,
            monitored,
            Outcome.UNMET,
            NOTED,
            "双师型教师数 80 人 ÷ 专任教师数 157 人 = 50.96%，标准 ≥ 60%，未达到",
            value=number("50.96"),
            shown="50.96%",
            unit="%",
            comparison=Comparison.AT_LEAST,
            threshold=number("60"),
            shown_threshold="≥ 60%",
            threshold_reason="学校所在地为镇区",
            gap=number("9.04"),
        ),
        rule(
            "results",
            "标志性成果",
            RuleKind.AT_LEAST_OF,
            entry,
            Outcome.MET,
            OFFICIAL,
            "2 项中达到 1 项，达到",
            value=number("1"),
            shown="1 项",
            threshold=number("1"),
            options=options,
        ),
        rule(
            "safe_years",
            "无安全责任事故",
            RuleKind.ATTESTED,
            entry,
            Outcome.MET,
            REFERENCE,
            "学校承诺属实，达到",
            value=True,
            shown="是",
        ),
        rule(
            "public_school",
            "公办",
            RuleKind.REQUIREMENT,
            entry,
            Outcome.NOT_APPLICABLE,
            OFFICIAL,
            "不适用于本校",
        ),
    )


def item_outcomes() -> tuple[RuleOutcome, ...]:
    base, work = "base_points", "work_points"
    met, unmet, missing = Outcome.MET, Outcome.UNMET, Outcome.MISSING
    return (
        rule(
            "size_item",
            "办学规模",
            RuleKind.BANDS,
            base,
            met,
            REFERENCE,
            "在校生数 3,091 人，得 10 分",
            value=number("3091"),
            shown="3,091 人",
            unit="人",
            points=number("10"),
            maximum=number("10"),
        ),
        rule(
            "dual_item",
            "双师型教师",
            RuleKind.LINEAR,
            base,
            unmet,
            OFFICIAL,
            "双师型教师数 80 人，得 7.5 分",
            value=number("80"),
            shown="80 人",
            unit="人",
            points=number("7.50"),
            maximum=number("15"),
        ),
        rule(
            "party_item",
            "党建与治理",
            RuleKind.RUBRIC,
            work,
            unmet,
            REFERENCE,
            "学校自定“一般”，得 10 分",
            value="fair",
            shown="一般",
            points=number("10"),
            maximum=number("20"),
        ),
        rule(
            "equipment_item",
            "设备",
            RuleKind.BANDS,
            work,
            missing,
            NOTED,
            "仪器设备总值未填",
            unit="万元",
            maximum=number("5"),
        ),
    )


def findings() -> tuple[Finding, ...]:
    dual, students = CHECKS
    used = (
        Input("dual_qualified_teacher_count", "双师型教师数", YEAR, number("80"), "80 人"),
        Input("full_time_teacher_count", "专任教师数", YEAR, number("157"), "157 人"),
    )
    jumped = (
        Input("student_count", "在校生数", YEAR, number("3091"), "3,091 人"),
        Input("student_count", "在校生数", YEAR - 1, number("3000"), "3,000 人"),
    )
    return (
        Finding(students, f"{students.title}：变动较大", jumped, Explanation("扩招新专业两个"), settled=True),
        Finding(dual, f"{dual.title}：双师型教师多于专任教师", used, None, settled=False),
    )


def verdict() -> Verdict:
    """Not settled: the equipment's value decides between B档 and 未达到."""
    tiers = programme().tiers
    ratio = Trace(
        "student_count / full_time_teacher_count",
        "3,091 ÷ 157",
        (
            Input("student_count", "在校生数", YEAR, number("3091"), "3,091 人"),
            Input("full_time_teacher_count", "专任教师数", YEAR, number("157"), "157 人"),
        ),
        number("19.69"),
        2,
    )
    equipment = Trace(
        "equipment_value * 10000 / student_count",
        "未填 × 10,000 ÷ 3,091",
        (
            Input("equipment_value", "仪器设备总值", YEAR, Missing(), "未填"),
            Input("student_count", "在校生数", YEAR, number("3091"), "3,091 人"),
        ),
        Missing(fields=("equipment_value",)),
        0,
    )
    return Verdict(
        programme_id="big-programme",
        programme_name="优质学校",
        pack_version="1.2",
        pack_hash="ab" * 32,
        year=YEAR,
        tier=None,
        possible_tiers=tiers[1:],
        points=number("27.50"),
        open_points=number("5"),
        maximum=number("50"),
        reference_points=number("35"),
        conditions=outcomes(),
        items=item_outcomes(),
        sections=(
            SectionScore("base_points", "办学基础", number("17.50"), number("0"), number("25")),
            SectionScore("work_points", "办学水平", number("10"), number("5"), number("25")),
        ),
        derived={"student_teacher_ratio": ratio, "equipment_per_student": equipment},
        findings=findings(),
    )


def finished() -> tuple[Programme, Assessment, Verdict]:
    """The same school with everything answered and settled: no draft any more."""
    done = programme()
    done = replace(done, narratives=done.narratives[1:])
    filled: dict[Field, Content] = {
        Field(FieldKind.VALUE, "equipment_value", YEAR): Entry(number("1200")),
        Field(FieldKind.EMPTY_TABLE, "partner_firms", YEAR): DeclaredEmpty(),
        Field(FieldKind.TEXT, "goal_text"): Text("建成优质学校。"),
    }
    settled = tuple(replace(each, settled=True) for each in findings())
    met = tuple(
        replace(each, outcome=Outcome.MET) if each.outcome is Outcome.MISSING else each for each in outcomes()
    )
    scored = tuple(
        replace(each, outcome=Outcome.MET, points=each.maximum) if each.points is None else each
        for each in item_outcomes()
    )
    closed = replace(
        verdict(),
        tier=done.tiers[1],
        possible_tiers=(done.tiers[1],),
        conditions=met,
        items=scored,
        points=number("32.5"),
        open_points=number("0"),
        findings=settled,
    )
    return done, assessment(filled), closed
