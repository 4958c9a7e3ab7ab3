"""What was computed between the figures a school typed and a result, step by step, as data."""

from collections.abc import Iterator

from chuyi_desktop.domain.formula import Expression, evaluate, tables_used, write
from chuyi_desktop.domain.formula.compiled import rows_counted
from chuyi_desktop.domain.formula.tree import Aggregate
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import ReadRow, Step
from chuyi_desktop.scoring.facts import SchoolFacts, rounding
from chuyi_desktop.scoring.reading import shown, words
from chuyi_desktop.scoring.sources import read_rows


def steps_of(tree: Expression, facts: SchoolFacts) -> tuple[Step, ...]:
    """The steps on the way to ``tree``, each after those it rests on."""
    found: dict[tuple[str, str, int], Step] = {}
    for step in _steps(tree, facts):
        found.setdefault((step.id, step.formula, step.year), step)
    return tuple(found.values())


def _steps(tree: Expression, facts: SchoolFacts) -> Iterator[Step]:
    for indicator_id, back in facts.graph.unfolded(tree).steps:
        there = facts.in_year(facts.year - back)
        formula = there.programme.indicators[indicator_id].formula
        if formula is not None:
            yield from (_of_roster(node, there) for node in tables_used(formula))
            yield _of_indicator(indicator_id, formula, there)
    yield from (_of_roster(node, facts) for node in tables_used(tree))


def _of_indicator(indicator_id: str, formula: Expression, facts: SchoolFacts) -> Step:
    indicator = facts.programme.indicators[indicator_id]
    value = facts.value(indicator_id, 0)
    return Step(
        indicator_id,
        indicator.name,
        facts.year,
        facts.graph.text(formula),
        words(formula, facts),
        value,
        shown(value, indicator),
        indicator.unit,
        rounding(indicator),
    )


def _of_roster(node: Aggregate, facts: SchoolFacts) -> Step:
    table = facts.table(node.table)
    label = node.table if table is None else table.name
    value = evaluate(node, facts)
    column = None if table is None or node.column is None else table.by_id.get(node.column)
    return Step(
        node.table,
        label,
        facts.year,
        write(node),
        words(node, facts),
        value,
        shown(value, None),
        "" if column is None else column.unit,
        rows=_rows(node, facts),
    )


def _rows(node: Aggregate, facts: SchoolFacts) -> tuple[ReadRow, ...]:
    """The rows that count for a roster step."""
    cells = facts.rows(node.table)
    if isinstance(cells, Missing):
        return ()
    rows = read_rows(node.table, facts)
    return tuple(rows[at] for at in rows_counted(node, cells))
