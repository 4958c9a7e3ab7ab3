"""The derivation of every derived indicator: formula, inputs, result."""

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Trace
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Block, DataTable, Paragraph, TableColumn, TextStyle
from chuyi_desktop.report.material import Material, given, joined_sentences
from chuyi_desktop.scoring.reading import words


def derivations(material: Material) -> tuple[Block, ...]:
    """A row an indicator; nothing where nothing is derived."""
    derived = [
        (indicator, material.verdict.derived[indicator.id])
        for indicator in material.programme.indicators.values()
        if indicator.id in material.verdict.derived
    ]
    if not derived:
        return ()
    columns = (
        TableColumn(say("report.verdict.derived.indicator"), 12),
        TableColumn(say("report.verdict.derived.formula"), 16),
        TableColumn(say("report.verdict.derived.inputs"), 16),
        TableColumn(say("report.verdict.derived.result"), 10),
    )
    rows = tuple(_row(material, indicator, trace) for indicator, trace in derived)
    return (Paragraph(say("report.verdict.derived.note"), TextStyle.NOTE), DataTable(columns, rows))


def _row(material: Material, indicator: Indicator, trace: Trace) -> tuple[str, ...]:
    formula = indicator.formula
    inputs = (given(each, material.assessment.year) for each in trace.inputs)
    return (
        indicator.name,
        say("report.none") if formula is None else words(formula, material.facts),
        joined_sentences(*inputs) or say("report.none"),
        _result(indicator, trace),
    )


def _result(indicator: Indicator, trace: Trace) -> str:
    result = show(trace.result, indicator)
    if isinstance(trace.result, Missing) or trace.digits is None:
        return result
    code = "report.verdict.derived.digits" if trace.digits else "report.verdict.derived.whole"
    return say(code, {"result": result, "digits": trace.digits})
