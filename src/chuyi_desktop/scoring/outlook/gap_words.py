"""Gaps in the clerk's words."""

from collections.abc import Sequence
from decimal import Decimal

from chuyi_desktop.domain.display import grouped, in_unit, number_of, show
from chuyi_desktop.domain.formula.tree import Aggregation
from chuyi_desktop.domain.indicator import Column, Indicator
from chuyi_desktop.domain.programme import Rubric, ScoredItem
from chuyi_desktop.domain.values import ARITHMETIC, Missing, Value
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.facts import RowFacts
from chuyi_desktop.scoring.outlook.aims import Goal
from chuyi_desktop.scoring.outlook.breaking import Broken
from chuyi_desktop.scoring.outlook.ground import Ground, LeafKind
from chuyi_desktop.scoring.outlook.leaves import label_of, plain_signs
from chuyi_desktop.scoring.outlook.results import Direction
from chuyi_desktop.scoring.outlook.single import CellChange, Step
from chuyi_desktop.scoring.reading import words

_LISTED = 5
"""Rows and titles named one by one."""


def step_label(step: Step, ground: Ground) -> str:
    """What the change is about."""
    return label_of(step.leaf, ground)


def step_unit(step: Step, ground: Ground) -> str:
    """The unit of what is changed."""
    if step.node is None:
        indicator = ground.facts.indicator(step.leaf.key)
        return "" if indicator is None else indicator.unit
    if step.node.aggregation is Aggregation.SUM:
        column = _column(step, ground)
        return "" if column is None else column.unit
    return say("gap.unit.rows")


def step_words(step: Step, ground: Ground, goal: Goal) -> str:
    """``专任教师 157 → 155 人（减少 2 人）``."""
    match step.leaf.kind:
        case LeafKind.ATTESTED:
            return say("gap.change.attest")
        case LeafKind.RATED:
            return say("gap.change.level", {"level": _level(step, goal)})
        case LeafKind.ROSTER:
            return _roster_words(step, ground)
        case LeafKind.VALUE:
            return _figure_words(step, ground)


def _figure_words(step: Step, ground: Ground) -> str:
    field = ground.facts.indicator(step.leaf.key)
    params = {"label": step_label(step, ground), "after": show(step.after, field)}
    if step.direction is Direction.ANSWER:
        if isinstance(step.before, Missing):
            return say("gap.change.answer", params)
        return say("gap.change.other", {**params, "before": show(step.before, field)})
    if step.direction in {Direction.FILL, Direction.FILL_NO_MORE}:
        code = f"gap.change.{step.direction}" if step.proved else "gap.change.fill_exactly"
        if step.most is not None:
            params["most"] = _amount(step.most, field)
            code = "gap.change.fill_between"
            params["least"] = (
                number_of(step.after, "") if isinstance(step.after, Decimal) else params["after"]
            )
        return say(code, {**params, "after": _amount(step.after, field)})
    difference = step_difference(step)
    if difference is None:
        return say("gap.change.date", {**params, "before": show(step.before, field)})
    unit = "" if field is None else field.unit
    before = number_of(step.before, unit) if isinstance(step.before, Decimal) else ""
    params |= {
        "before": before,
        "after": _amount(step.after, field),
        "difference": _amount(difference.copy_abs(), field, difference=True),
    }
    return say(f"gap.change.{step.direction}", params)


def _amount(value: Value, field: Indicator | Column | None, *, difference: bool = False) -> str:
    """A number with its unit, a share's difference in percentage points."""
    unit = "" if field is None else field.unit
    if not isinstance(value, Decimal):
        return show(value, field)
    if difference and unit == "%":
        return say("scoring.percent_points", {"number": grouped(value)})
    return in_unit(grouped(value) if difference else number_of(value, unit), unit)


def _roster_words(step: Step, ground: Ground) -> str:
    node = step.node
    table = None if node is None else ground.facts.table(node.table)
    if node is None or table is None:
        return ""
    where = "" if node.where is None else plain_signs(words(node.where, RowFacts(ground.facts, table, {})))
    such = say("gap.row.where", {"where": where}) if where else ""
    params: dict[str, object] = {
        "table": table.name,
        "where": such,
        "such": say("gap.row.such", {"where": such}) if such else "",
        "before": grouped(step.before) if isinstance(step.before, Decimal) else "",
        "after": grouped(step.after) if isinstance(step.after, Decimal) else "",
        "difference": grouped((step_difference(step) or Decimal(0)).copy_abs()),
    }
    if node.aggregation is Aggregation.SUM:
        column = _column(step, ground)
        amounts = {key: _amount(value, column) for key, value in _sums(step).items()}
        return say("gap.change.sum", {**params, **amounts, "column": "" if column is None else column.name})
    if node.aggregation is Aggregation.MINIMUM:
        column = _column(step, ground)
        params |= {"column": "" if column is None else column.name, "after": _amount(step.after, column)}
        return say("gap.change.every_row", {**params, "rows": _row_numbers(step, ground)})
    if step.direction is Direction.MORE:
        return say("gap.change.rows", params)
    if step.cells and len(step.rows) <= _LISTED:
        cells = "、".join(_cell_words(each, step, ground) for each in step.cells)
        return say("gap.change.cells", {**params, "cells": cells})
    if step.after == 0:
        return say("gap.change.no_rows", {**params, "rows": _row_numbers(step, ground)})
    return say("gap.change.fewer_rows", params)


def _cell_words(cell: CellChange, step: Step, ground: Ground) -> str:
    """``第 8 行博士学位 3 → 4 人``."""
    numbers = _numbers(step, ground)
    params = {
        "row": say("scoring.row", {"number": numbers[cell.row_id]}),
        "column": cell.column.name,
        "before": show(cell.before, cell.column, with_unit=False),
        "after": show(cell.after, cell.column),
    }
    return say("gap.change.cell", params)


def _numbers(step: Step, ground: Ground) -> dict[str, int]:
    table = "" if step.node is None else step.node.table
    return {row.id: number for number, row in enumerate(ground.assessment.rows(table) or (), 1)}


def _row_numbers(step: Step, ground: Ground) -> str:
    """``第 2 行、第 5 行``; of many only the first and how many they are."""
    numbers = _numbers(step, ground)
    named = [say("scoring.row", {"number": numbers[row.id]}) for row in step.rows[:_LISTED]]
    more = "" if len(step.rows) <= _LISTED else say("gap.rows.more", {"count": len(step.rows)})
    return "、".join(named) + more


def _sums(step: Step) -> dict[str, Decimal]:
    before = step.before if isinstance(step.before, Decimal) else Decimal(0)
    after = step.after if isinstance(step.after, Decimal) else Decimal(0)
    return {"before": before, "after": after, "difference": ARITHMETIC.subtract(after, before)}


def _column(step: Step, ground: Ground) -> Column | None:
    table = None if step.node is None else ground.facts.table(step.node.table)
    if table is None or step.node is None or step.node.column is None:
        return None
    return table.by_id.get(step.node.column)


def _level(step: Step, goal: Goal) -> str:
    rule = goal.rule
    if isinstance(rule, ScoredItem) and isinstance(rule.method, Rubric):
        return next((each.title for each in rule.method.levels if each.id == step.after), "")
    return ""


def step_difference(step: Step) -> Decimal | None:
    """By how much it changes; None without two numbers."""
    if isinstance(step.before, Decimal) and isinstance(step.after, Decimal):
        return ARITHMETIC.subtract(step.after, step.before)
    return None


def with_breaks(said: str, broken: Sequence[Broken]) -> str:
    """The change, what it would break, and which checks ask for other data to be changed with it."""
    for is_check, code in ((False, "gap.breaks.rules"), (True, "gap.breaks.checks")):
        found = [each for each in broken if each.is_check is is_check]
        if found:
            said = say(code, {"change": said, "titles": _titles(found)})
    return said


def _titles(broken: Sequence[Broken]) -> str:
    titles = "、".join(say("scoring.quoted", {"text": each.title}) for each in broken[:_LISTED])
    more = "" if len(broken) <= _LISTED else say("gap.breaks.more", {"count": len(broken)})
    return titles + more
