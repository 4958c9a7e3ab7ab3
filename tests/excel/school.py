"""A small programme with every kind of field, and a school that filled it in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from chuyi_desktop.app.ports import WorkbookReading, silent
from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    DeclaredEmpty,
    Entry,
    Explanation,
    Field,
    FieldKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.domain.indicator import Choice, Column, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import (
    Asked,
    Attested,
    Grade,
    Level,
    Narrative,
    Programme,
    Rubric,
    ScoredItem,
    Section,
)
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from tests import builders
from tests.builders import SUGGESTION, YEAR, check, condition, derived, group, programme, section

SCOPE = "指取得教师资格、专门从事教学工作的在编和聘用人员，不含兼职、外聘和退休返聘。"


def indicator(id: str, name: str, kind: ValueKind, unit: str = "", **more: object) -> Indicator:  # noqa: A002
    """An indicator with its words."""
    return replace(Indicator(id, name, kind, unit), **more)  # type: ignore[arg-type]  # any of its fields


def long_choices() -> tuple[Choice, ...]:
    """More than a rule of Excel holds."""
    return tuple(Choice(f"c{number}", f"第{number}类专业大类名称很长，占地方") for number in range(40))


INDICATORS = (
    indicator("school_name", "学校名称", ValueKind.TEXT, definition="以公章为准的全称", owner="办公室"),
    indicator(
        "student_count",
        "学历教育在校生数",
        ValueKind.INTEGER,
        "人",
        definition="在本校注册学籍的全日制学历教育学生数",
        period="当年 9 月 1 日",
        minimum=Decimal(0),
        owner="教务处",
        evidence="学籍系统截图",
        provenance=builders.STANDARD,
        aliases=("在校生数",),
    ),
    indicator(
        "full_time_teacher_count",
        "专任教师数",
        ValueKind.INTEGER,
        "人",
        scope=SCOPE,
        minimum=Decimal(0),
        owner="人事处",
        evidence="教师花名册",
        provenance=SUGGESTION,
    ),
    indicator(
        "site_area", "校园占地面积", ValueKind.DECIMAL, "㎡", digits=2, minimum=Decimal(0), owner="总务处"
    ),
    indicator("equipment_value", "教学仪器设备总值", ValueKind.DECIMAL, "万元", minimum=Decimal(0)),
    indicator("employment_share", "就业率", ValueKind.DECIMAL, "%", digits=2, maximum=Decimal(100)),
    indicator("founded_on", "建校日期", ValueKind.DATE),
    indicator("is_public", "是否公办", ValueKind.YES_NO),
    indicator("place", "所在地", ValueKind.CHOICE, choices=(Choice("city", "城市"), Choice("town", "县镇"))),
    indicator("branch", "专业大类", ValueKind.CHOICE, choices=long_choices()),
    derived("student_teacher_ratio", "生师比", "student_count / full_time_teacher_count"),
)
TEACHERS = Table(
    "teachers",
    "专任教师名册",
    (
        Column("name", "姓名", ValueKind.TEXT, required=True, aliases=("教师姓名",)),
        Column("born_on", "出生日期", ValueKind.DATE, width=14),
        Column(
            "title",
            "职称",
            ValueKind.CHOICE,
            choices=(Choice("senior", "高级"), Choice("middle", "中级")),
        ),
        Column("dual", "双师型", ValueKind.YES_NO, definition="是否经认定的双师型教师"),
        Column("hours", "周学时", ValueKind.INTEGER, "学时", minimum=Decimal(0), maximum=Decimal(60)),
        Column("funds", "培训经费", ValueKind.DECIMAL, "万元", digits=4),
        Column("phone", "联系电话", ValueKind.TEXT, width=16),
    ),
    definition="截至统计时点在岗的专任教师，一人一行",
    owner="人事处",
)
AWARDS = Table("awards", "获奖情况", (Column("name", "奖项", ValueKind.TEXT, required=True),))


def small_programme() -> Programme:
    """Two sections, two rosters, an attested condition, a rubric, two narratives, a check."""
    rubric = Rubric(
        (
            Level("good", "优秀", Decimal(5), "制度健全，执行到位"),
            Level("fair", "良好", Decimal(3), "制度较健全"),
            Level("poor", "一般", Decimal(1)),
        )
    )
    return programme(
        *INDICATORS,
        tables=(TEACHERS, AWARDS),
        groups=(group(condition("law", Attested("近三年无重大安全责任事故"), "安全稳定")),),
        scored=(section(ScoredItem("rules", "制度建设", Decimal(5), rubric, SUGGESTION)),),
        checks=(check("jump", "student_count > 0", Grade.EXPLAIN, "在校生数比上年变化超过 20%"),),
        name="楚怡优质中职学校（测试）",
        sections=(
            Section(
                "basic",
                "基本情况",
                (
                    Asked("school_name"),
                    Asked("student_count", 2),
                    Asked("full_time_teacher_count", 1),
                    Asked("student_teacher_ratio"),
                    Asked("founded_on"),
                    Asked("is_public"),
                    Asked("place"),
                ),
            ),
            Section(
                "means",
                "办学条件：场地/设备",
                (
                    Asked("site_area"),
                    Asked("equipment_value", 1),
                    Asked("employment_share"),
                    Asked("branch"),
                    Asked("student_count", 2),
                ),
            ),
        ),
        narratives=(
            Narrative("overview", "学校概况", "写学校的历史、规模与特色。", limit=1500, minimum=300),
            Narrative("plan", "建设规划", limit=3000),
        ),
    )


def value(indicator_id: str, year: int = YEAR) -> Field:
    """The field of a value."""
    return Field(FieldKind.VALUE, indicator_id, year)


def filled_fields() -> dict[Field, Content]:
    """Everything a workbook can hold, nasty words among it."""
    rows = (
        {"name": "张三", "born_on": date(1980, 5, 1), "title": "senior", "dual": True, "hours": Decimal(12)},
        {"name": "=1+1", "funds": Decimal("0.35"), "phone": "013800138000", "dual": False},
        {"name": "王㛃\n（小）", "born_on": date(1899, 12, 31), "title": "middle", "phone": "@x"},
    )
    return {
        value("school_name"): Entry("邵东市职业中等专业学校", note="=HYPERLINK(1)"),
        value("student_count"): Entry(Decimal(3091)),
        value("student_count", YEAR - 1): Entry(Decimal(2950), note="学籍调整前"),
        value("full_time_teacher_count"): Entry(Decimal(157)),
        value("founded_on"): Entry(date(1952, 3, 1)),
        value("is_public"): Entry(value=True),
        value("place"): Entry("town"),
        value("site_area"): Entry(Decimal("141192.05")),
        value("equipment_value"): Entry(None, not_applicable="租用设备，不计入"),
        value("equipment_value", YEAR - 1): Entry(None, note="待查"),
        value("employment_share"): Entry(Decimal("96.35")),
        value("branch"): Entry("c7"),
        Field(FieldKind.TEXT, "overview"): Text(
            "　　学校创办于 1952 年。\n\n- 第一\n+ 第二 <b>&amp;</b> _x0041_".strip()
        ),
        Field(FieldKind.ATTESTATION, "law"): Attestation(holds=True, note="见证明"),
        Field(FieldKind.RATING, "rules"): Rating("fair", note="-"),
        Field(FieldKind.EXPLANATION, "jump"): Explanation("合并了一所学校", confirmed_by_head=True),
        Field(FieldKind.EMPTY_TABLE, "awards", YEAR): DeclaredEmpty(),
        **{
            Field(FieldKind.ROW, "teachers", YEAR, f"r{number}"): Row(f"r{number}", number, cells)
            for number, cells in enumerate(rows)
        },
    }


def small_assessment(fields: Mapping[Field, Content] | None = None) -> Assessment:
    """The school's assessment."""
    return Assessment("a1", "test", "1", "0" * 64, YEAR, filled_fields() if fields is None else fields)


def write(folder: Path, fields: Mapping[Field, Content] | None = None, name: str = "表.xlsx") -> Path:
    """The workbook of the small programme with these fields."""
    target = folder / name
    ExcelWorkbooks().write(small_programme(), small_assessment(fields), target, silent)
    return target


def read(source: Path, wanted: Programme | None = None) -> WorkbookReading:
    """What a workbook says for the small programme."""
    return ExcelWorkbooks().read(source, wanted or small_programme(), YEAR, silent)


def contents(reading: WorkbookReading) -> dict[Field, Content]:
    """A reading as the fields it stands for; new rows get ids by their place."""
    fields: dict[Field, Content] = {cell.field: cell.content for cell in reading.cells}
    for roster in reading.rosters:
        if roster.declared_empty:
            fields[Field(FieldKind.EMPTY_TABLE, roster.table_id, YEAR)] = DeclaredEmpty()
        for position, row in enumerate(roster.rows):
            row_id = row.row_id or f"new{position}"
            fields[Field(FieldKind.ROW, roster.table_id, YEAR, row_id)] = Row(row_id, position, row.cells)
    return fields
