"""Simplified Chinese, one module a room of the program, merged into one table."""

from chuyi_desktop.domain.wording.zh_cn import (
    app,
    cli,
    excel,
    formula,
    packs,
    pdf,
    report,
    scoring,
    storage,
    typed_input,
    ui,
)

TABLE: dict[str, str] = {
    **app.MESSAGES,
    **cli.MESSAGES,
    **excel.MESSAGES,
    **formula.MESSAGES,
    **packs.MESSAGES,
    **pdf.MESSAGES,
    **report.MESSAGES,
    **scoring.MESSAGES,
    **storage.MESSAGES,
    **typed_input.MESSAGES,
    **ui.MESSAGES,
}
