"""Simplified Chinese, one module a room of the program, merged into one table."""

from chuyi_desktop.domain.wording.zh_cn import (
    app,
    audit,
    cli,
    coverage,
    excel,
    formula,
    packs,
    pdf,
    report,
    scoring,
    sheets,
    storage,
    typed_input,
    ui,
)

TABLE: dict[str, str] = {
    **app.MESSAGES,
    **audit.MESSAGES,
    **cli.MESSAGES,
    **coverage.MESSAGES,
    **excel.MESSAGES,
    **formula.MESSAGES,
    **packs.MESSAGES,
    **pdf.MESSAGES,
    **report.MESSAGES,
    **scoring.MESSAGES,
    **sheets.MESSAGES,
    **storage.MESSAGES,
    **typed_input.MESSAGES,
    **ui.MESSAGES,
}
