"""The derivation of every derived indicator: formula, inputs, result."""

from collections.abc import Iterator

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.formula import Expression, references, tables_used
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Input, Trace
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Block, DataTable, Paragraph, TableColumn, TextStyle
from chuyi_desktop.report.material import Material, given, joined_sentences
from chuyi_desktop.scoring.reading import counted, words


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
    inputs = _inputs(material, formula, trace)
    return (
        indicator.name,
        say("report.none") if formula is None else _formula(material, indicator, formula),
        joined_sentences(*inputs) or say("report.none"),
        _result(indicator, trace),
    )


def _formula(material: Material, indicator: Indicator, formula: Expression) -> str:
    """The formula as it counts for this school; the definition in words where no names are left in it."""
    for_school = counted(formula, material.facts)
    if for_school != formula and not references(for_school) and indicator.definition:
        return indicator.definition
    return words(for_school, material.facts)


def _inputs(material: Material, formula: Expression | None, trace: Trace) -> Iterator[str]:
    """What the formula itself reads: typed figures, rosters, and derived ones (these have their own rows)."""
    year = material.assessment.year
    typed = {(each.id, each.year): each for each in trace.inputs}
    for read in () if formula is None else references(formula):
        read_year = year - read.years_back
        each = typed.get((read.id, read_year))
        if each is not None:
            yield given(each, year)
        elif read.id in material.programme.indicators:
            indicator = material.programme.indicators[read.id]
            value = material.value(indicator, read_year)
            yield given(Input(read.id, indicator.name, read_year, value, show(value, indicator), None), year)
    for roster in dict.fromkeys(each.table for each in (() if formula is None else tables_used(formula))):
        if (roster, year) in typed:
            yield given(typed[roster, year], year)


def _result(indicator: Indicator, trace: Trace) -> str:
    result = show(trace.result, indicator)
    if isinstance(trace.result, Missing) or trace.digits is None:
        return result
    code = "report.verdict.derived.digits" if trace.digits else "report.verdict.derived.whole"
    return say(code, {"result": result, "digits": trace.digits})
