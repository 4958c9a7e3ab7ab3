"""Small workspaces, fields and changes for the tests of this room."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from chuyi_desktop.app.ports import AssessmentHead, Stamp
from chuyi_desktop.domain.assessment import (
    Attestation,
    Change,
    Content,
    DeclaredEmpty,
    Entry,
    EvidenceLink,
    Explanation,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.storage.workspace import SqliteWorkspace
from chuyi_desktop.storage.workspaces import SqliteWorkspaces

CHANGSHA = timezone(timedelta(hours=8))
NOON = datetime(2025, 9, 1, 12, 0, 0, 123456, tzinfo=CHANGSHA)
TYPED = Origin(OriginKind.TYPED, "李老师", NOON)
IMPORTED = Origin(OriginKind.IMPORTED, "王老师", NOON, "数据.xlsx 基本情况!C7")
STUDENTS = Field(FieldKind.VALUE, "student_count", 2025)
TEACHERS = Field(FieldKind.VALUE, "full_time_teacher_count", 2025)
PDF = b"%PDF-1.7\n% a small one\n%%EOF\n"


def workspaces(**changed: object) -> SqliteWorkspaces:
    return SqliteWorkspaces(**({"host": "PC-01", "user": "李老师", "clock": lambda: NOON} | changed))


def stamp(label: str = "填写", minute: int = 0) -> Stamp:
    return Stamp("李老师", NOON + timedelta(minutes=minute), label)


def head(assessment_id: str = "a", programme_id: str = "quality", year: int = 2025) -> AssessmentHead:
    return AssessmentHead(
        assessment_id, programme_id, year, "1.0", "f" * 64, datetime(2025, 9, 1, tzinfo=UTC)
    )


def entry(number: str | None, origin: Origin | None = None) -> Entry:
    return Entry(None if number is None else Decimal(number), origin)


def put(field: Field, new: Content | None, old: Content | None = None) -> Change:
    return Change(field, old, new)


def started(folder: Path, *ids: str) -> SqliteWorkspace:
    """A new workspace with the assessments ``ids`` (one named "a" where none is said)."""
    workspace = workspaces().create(folder)
    for place, assessment_id in enumerate(ids or ("a",)):
        workspace.add_assessment(head(assessment_id, f"programme-{place}"), (), stamp("新建自评"))
    return workspace


def one_of_each() -> tuple[Change, ...]:
    """A new field of every kind and every kind of value."""
    sha256 = "ab" * 32
    cells = {
        "name": "张三丰\n（又名）",
        "age": Decimal("45.50"),
        "senior": True,
        "since": date(1999, 12, 31),
        "note": "",
    }
    return (
        put(STUDENTS, Entry(Decimal("3091"), TYPED, "含分校", "")),
        put(TEACHERS, Entry(None, TYPED, "", "本校无此项")),
        put(Field(FieldKind.VALUE, "student_count", 2024), entry("3000.10", IMPORTED)),
        put(Field(FieldKind.VALUE, "school_name", 2025), Entry("邵东县职业中等专业学校", IMPORTED)),
        put(Field(FieldKind.VALUE, "is_public", 2025), Entry(value=False)),
        put(Field(FieldKind.VALUE, "founded", 2025), Entry(date(1984, 9, 1))),
        put(Field(FieldKind.VALUE, "blank", 2025), Entry(None, None, "待财务科核实")),
        put(Field(FieldKind.ROW, "teachers", 2025, "r1"), Row("r1", 2, cells, IMPORTED)),
        put(Field(FieldKind.ROW, "teachers", 2025, "r2"), Row("r2", 1, {})),
        put(Field(FieldKind.EMPTY_TABLE, "awards", 2025), DeclaredEmpty(TYPED)),
        put(Field(FieldKind.TEXT, "overview"), Text("学校概况\n𠮷林路 “甲” 100% {x}\t%s", TYPED)),
        put(Field(FieldKind.ATTESTATION, "safe"), Attestation(holds=False, note="整改中", origin=TYPED)),
        put(Field(FieldKind.RATING, "party"), Rating("best", "见佐证", TYPED)),
        put(
            Field(FieldKind.EXPLANATION, "more-seniors"),
            Explanation("含外聘", confirmed_by_head=True, origin=TYPED),
        ),
        put(
            Field(FieldKind.EVIDENCE, "safe", None, sha256),
            EvidenceLink(sha256, "证.pdf", "application/pdf", 9, 0),
        ),
    )
