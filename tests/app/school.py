"""A small programme and a program over fakes, for tests of use cases and faces."""

from decimal import Decimal
from pathlib import Path

from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.indicator import Choice, Column, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import (
    Asked,
    Attested,
    Check,
    Condition,
    ConditionGroup,
    DossierPart,
    Grade,
    Level,
    Linear,
    Narrative,
    Programme,
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
from tests.fakes import NOW, MemoryLibrary, MemoryWorkspaces, ScriptedWorkbooks

NATIONAL = Provenance(Basis.NATIONAL, "中等职业学校设置标准", "教职成〔2010〕12号", "第七条")
REFERENCE = Provenance(Basis.REFERENCE)

INDICATORS = (
    Indicator("school_name", "学校名称", ValueKind.TEXT),
    Indicator("student_count", "在校生数", ValueKind.INTEGER, "人", minimum=Decimal(0), aliases=("学生数",)),
    Indicator("full_time_teacher_count", "专任教师数", ValueKind.INTEGER, "人", minimum=Decimal(0)),
    Indicator("senior_title_teacher_count", "高级职务教师数", ValueKind.INTEGER, "人", minimum=Decimal(0)),
    Indicator("site_area", "占地面积", ValueKind.DECIMAL, "㎡", minimum=Decimal(0), digits=2),
    Indicator(
        "student_teacher_ratio",
        "生师比",
        ValueKind.DECIMAL,
        digits=2,
        formula=parse("student_count / full_time_teacher_count"),
    ),
)
TEACHERS = Table(
    "teachers",
    "专任教师名册",
    (
        Column("name", "姓名", ValueKind.TEXT, required=True),
        Column(
            "title", "职称", ValueKind.CHOICE, choices=(Choice("senior", "高级"), Choice("other", "其他"))
        ),
    ),
)


def small_programme() -> Programme:
    """One section, one roster, a threshold, an attested condition, two scored items, a check."""
    ratio = Threshold(parse("student_teacher_ratio"), Comparison.AT_MOST, (ThresholdCase(Decimal(20)),))
    conditions = (
        Condition("ratio", "生师比不高于 20", ratio, NATIONAL),
        Condition("safe", "三年内无安全责任事故", Attested("近三年没有发生安全责任事故"), REFERENCE),
    )
    items = (
        ScoredItem(
            "students",
            "规模",
            Decimal(60),
            Linear(parse("student_count"), Decimal(0), Decimal(1200)),
            REFERENCE,
        ),
        ScoredItem(
            "party",
            "党建",
            Decimal(40),
            Rubric((Level("good", "好", Decimal(40)), Level("fair", "一般", Decimal(20)))),
            REFERENCE,
        ),
    )
    senior = parse("senior_title_teacher_count <= full_time_teacher_count")
    return Programme(
        id="small",
        name="小项目",
        version="1.0",
        pack_hash="0" * 64,
        applicant="中职",
        purpose="测试",
        provenance=REFERENCE,
        indicators={indicator.id: indicator for indicator in INDICATORS},
        tables={TEACHERS.id: TEACHERS},
        sections=(Section("basics", "基本情况", tuple(Asked(each.id) for each in INDICATORS)),),
        condition_groups=(ConditionGroup("hard", "基本条件", "small", conditions),),
        scored_sections=(ScoredSection("scores", "评分", items),),
        tiers=(
            Tier("a", "A档", TierRule(all_met=("hard",), minimum_points=Decimal(85)), REFERENCE),
            Tier("none", "未达到", TierRule(), REFERENCE),
        ),
        checks=(Check("senior", "高级职务教师不多于专任教师", Grade.MANDATORY, senior, "请核对", REFERENCE),),
        narratives=(Narrative("plan", "建设思路"),),
        dossier=(DossierPart("cover"), DossierPart("verdict", "自评结论")),
    )


def small_program(tmp_path: Path, workbooks: ScriptedWorkbooks | None = None) -> Program:
    """The use cases over memory; printing is not possible."""
    return Program(
        library=MemoryLibrary(small_programme()),
        workspaces=MemoryWorkspaces(),
        workbooks=workbooks or ScriptedWorkbooks(),
        renderer=None,  # type: ignore[arg-type]  # these tests print nothing
        pages=None,  # type: ignore[arg-type]  # as above
        clock=lambda: NOW,
        who="王老师",
        samples=tmp_path,
    )
