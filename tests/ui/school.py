"""A small programme and a program over fakes, for tests that use the window as a clerk does."""

import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from chuyi_desktop.app.ports import PageImage, PrintedDossier, Progress
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
from chuyi_desktop.excel.ledger.files import FileLedgers
from chuyi_desktop.report.blocks import Dossier
from chuyi_desktop.solver.highs import HighsSolver
from tests.fakes import NOW, MemoryLibrary, MemoryWorkspaces, ScriptedWorkbooks

NATIONAL = Provenance(Basis.NATIONAL, "中等职业学校设置标准", "教职成〔2010〕12号", "第七条")
REFERENCE = Provenance(Basis.REFERENCE)
ZERO = Decimal(0)

INDICATORS = (
    Indicator("school_name", "学校名称", ValueKind.TEXT),
    Indicator("is_county", "县域学校", ValueKind.YES_NO),
    Indicator("student_count", "在校生数", ValueKind.INTEGER, "人", "全日制在校生", minimum=ZERO),
    Indicator("full_time_teacher_count", "专任教师数", ValueKind.INTEGER, "人", minimum=ZERO),
    Indicator("senior_title_teacher_count", "高级职务教师数", ValueKind.INTEGER, "人", minimum=ZERO),
    Indicator("site_area", "占地面积", ValueKind.DECIMAL, "㎡", minimum=ZERO, digits=2),
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
        Column("age", "年龄", ValueKind.INTEGER, "岁", minimum=Decimal(18), maximum=Decimal(80)),
    ),
)


def small_programme(programme_id: str = "small", name: str = "小项目") -> Programme:
    """Two sections, a roster, a threshold, an attested condition, two scored items, three checks."""
    ratio = Threshold(parse("student_teacher_ratio"), Comparison.AT_MOST, (ThresholdCase(Decimal(20)),))
    conditions = (
        Condition("ratio", "生师比不高于 20", ratio, NATIONAL),
        Condition("safe", "三年内无安全责任事故", Attested("近三年没有发生安全责任事故"), REFERENCE),
    )
    linear = Linear(parse("student_count"), ZERO, Decimal(1200))
    levels = (Level("good", "好", Decimal(40)), Level("fair", "一般", Decimal(20)))
    items = (
        ScoredItem("students", "规模", Decimal(60), linear, REFERENCE),
        ScoredItem("party", "党建", Decimal(40), Rubric(levels), REFERENCE),
    )
    senior = parse("senior_title_teacher_count <= full_time_teacher_count")
    few = parse("student_count >= 100")
    checks = (
        Check("senior", "高级职务教师不多于专任教师", Grade.MANDATORY, senior, "请核对", REFERENCE),
        Check("few", "在校生很少", Grade.EXPLAIN, few, "请核实", REFERENCE),
        Check("young", "教师不满 60 岁", Grade.HINT, parse("age < 60"), "请核实", REFERENCE, "teachers"),
    )
    return Programme(
        id=programme_id,
        name=name,
        version="1.0",
        pack_hash="0" * 64,
        applicant="中职",
        purpose="测试",
        provenance=REFERENCE,
        indicators={indicator.id: indicator for indicator in INDICATORS},
        tables={TEACHERS.id: TEACHERS},
        sections=(
            Section("school", "学校概况", (Asked("school_name"), Asked("is_county"))),
            Section(
                "basics",
                "基本情况",
                (
                    Asked("student_count", earlier_years=1),
                    Asked("full_time_teacher_count"),
                    Asked("senior_title_teacher_count"),
                    Asked("site_area"),
                ),
            ),
        ),
        condition_groups=(ConditionGroup("hard", "基本条件", programme_id, conditions),),
        scored_sections=(ScoredSection("scores", "评分", items),),
        tiers=(
            Tier("a", "A档", TierRule(all_met=("hard",), minimum_points=Decimal(85)), REFERENCE),
            Tier("none", "未达到", TierRule(), REFERENCE),
        ),
        checks=checks,
        narratives=(Narrative("plan", "建设思路", limit=20),),
        dossier=(DossierPart("cover"), DossierPart("verdict", "自评结论")),
    )


class GatedRenderer:
    """Prints when it is let: ``gate`` is open unless a test shuts it. A cancelled job writes nothing."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Event()
        self.printed: list[Path] = []

    def render(
        self, dossier: Dossier, evidence: Callable[[str], Path], target: Path, progress: Progress
    ) -> PrintedDossier:
        del dossier, evidence
        self.begun.set()
        progress(1, 3, "正文")
        while not self.gate.wait(0.005):
            progress(2, 3, "正文")
        progress(3, 3, "正文")
        target.write_bytes(b"%PDF")
        self.printed.append(target)
        return PrintedDossier(2, ())


class WhitePages:
    """Two white pages, whatever the file."""

    def page_count(self, source: Path) -> int:
        del source
        return 2

    def page(self, source: Path, number: int, width: int) -> PageImage:
        del source, number
        height = round(width * 297 / 210)
        return PageImage(width, height, b"\xff" * (3 * width * height))


def small_program(tmp_path: Path) -> Program:
    """The use cases over memory."""
    return Program(
        library=MemoryLibrary(small_programme(), small_programme("other", "别的项目")),
        workspaces=MemoryWorkspaces(),
        workbooks=ScriptedWorkbooks(),
        renderer=GatedRenderer(),
        pages=WhitePages(),
        clock=lambda: NOW,
        who="王老师",
        samples=tmp_path,
        solver=HighsSolver(),
        ledgers=FileLedgers(),
    )
