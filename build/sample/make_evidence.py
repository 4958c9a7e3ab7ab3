"""Make the sample school's one piece of evidence from its figures: a page that says what was published."""

import json
from pathlib import Path

from chuyi_desktop.app.ports import silent
from chuyi_desktop.locations import resources_folder
from chuyi_desktop.pdf.renderer import PdfRenderer
from chuyi_desktop.report.blocks import Align, DataTable, Dossier, Paragraph, Part, TableColumn, TextStyle

FOLDER = resources_folder() / "sample"
ROWS = (
    ("校园占地面积", "141,192 ㎡", "校园占地 141,192 平方米"),
    ("校舍建筑面积", "44,580 ㎡", "建筑面积 44,580 平方米"),
    ("教学班", "56 个", "教学班 56"),
    ("全日制在校生", "3,091 人", "全日制在校生 3,091"),
    ("教职工", "186 人", "教职工 186，其中专任教师 157"),
    ("专任教师", "157 人", "生师比 19.7:1"),
    ("硕士研究生学历或学位", "16 人", "硕士研究生学历或学位 16"),
    ("高级讲师", "29 人", "高级讲师 29"),
    ("双师型教师", "80 人", "双师型教师 80"),
    ("图书", "132,600 册", "图书 13.26 万册"),
    ("报刊", "256 种", "报刊 256 种"),
)


def no_file(sha256: str) -> Path:
    """There is no evidence in the evidence."""
    raise KeyError(sha256)


def main() -> None:
    """Write it."""
    sample = json.loads((FOLDER / "sample-school.json").read_text("utf-8"))
    columns = (
        TableColumn("数据", 4),
        TableColumn("采用的数", 3, Align.RIGHT),
        TableColumn("学校公布的说法", 6),
    )
    school = sample["settings"]["school_name"]
    page = Part(
        "公开数据摘录",
        (
            Paragraph(f"学校：{school}", TextStyle.PLAIN),
            Paragraph(sample["source"]),
            DataTable(columns, ROWS),
            Paragraph("本页由示例资料编排而成，不是学校出具的证明。", TextStyle.NOTE),
        ),
    )
    dossier = Dossier("公开数据摘录", school, "sample-evidence", "2026-11-24", (page,))
    PdfRenderer(resources_folder() / "fonts").render(dossier, no_file, FOLDER / "公开数据摘录.pdf", silent)


if __name__ == "__main__":
    main()
