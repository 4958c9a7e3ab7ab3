"""One value in one cell, both ways: how it is put there and what a cell says for a field."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Fillable, ValueKind
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.typed_input import Reading, accept_number, read_typed
from chuyi_desktop.domain.units import YEARS, same_unit
from chuyi_desktop.domain.values import Value, canonical, round_half_up
from chuyi_desktop.excel.sheet import Cell, ErrorValue

EXACT_DIGITS = 15
"""Significant digits that every spreadsheet keeps; a longer number is written as text."""
_NOT_EXACT = Decimal(10) ** EXACT_DIGITS
LONGEST_CELL = 32_767
"""UTF-16 units that a cell can hold."""
FIRST_DATE = date(1906, 1, 1)
"""Earlier dates are written as text. Typing ``2024.9`` into a cell made for dates gives a day of 1905 in
Excel and WPS, so that such days are refused when read."""
_SLIP_FROM, _SLIP_TO = datetime(1905, 3, 14), datetime(1905, 9, 30)  # noqa: DTZ001 - cells have no zone
_DECIMALS_SHOWN = 2
_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)?")
_AMBIGUOUS_MONTH = re.compile(r"\d{4}\.1")


def shown_in_cell(value: Value, field: Fillable | None) -> Value:
    """A value as a cell shows it: choices by label, yes and no in words, all else as it is."""
    is_choice = field is not None and field.kind is ValueKind.CHOICE
    return show(value, field) if isinstance(value, bool) or is_choice else value


def fits_number(value: Decimal) -> bool:
    """Whether a cell holds ``value`` exactly as a number."""
    return len(value.as_tuple().digits) <= EXACT_DIGITS or len(value.normalize().as_tuple().digits) <= (
        EXACT_DIGITS
    )


def fits_cell(text: str) -> bool:
    """Whether a cell can hold ``text``."""
    return len(text.encode("utf-16-le", "surrogatepass")) <= 2 * LONGEST_CELL


def number_format(field: Fillable | None, value: Value | None) -> str:
    """The number format of a cell of ``field`` that holds ``value``."""
    if field is None or field.kind in {ValueKind.TEXT, ValueKind.YES_NO, ValueKind.CHOICE}:
        return "@"
    if field.kind is ValueKind.DATE:
        return "yyyy-mm-dd"
    if field.unit == YEARS:
        return "0"
    if field.kind is ValueKind.INTEGER:
        return "#,##0"
    if isinstance(value, Decimal):
        decimals = len(canonical(value).partition(".")[2])
    else:
        decimals = _DECIMALS_SHOWN if field.digits is None else field.digits
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def read_cell(cell: Cell, field: Fillable, unit: str, place: Place) -> Reading:
    """What ``cell`` says for ``field``; ``unit`` is the one stated beside it, empty where none is."""
    content = cell.content
    if content is None:
        return _refused("excel.formula_without_value", place)
    if isinstance(content, ErrorValue):
        return _refused("excel.error_value", place, found=content.text)
    if isinstance(content, bool):
        text = str(content).lower() if field.kind is ValueKind.YES_NO else str(content).upper()
        return read_typed(text, field, unit=unit, place=place)
    if isinstance(content, datetime):
        return _moment(content, field, unit, place)
    if isinstance(content, Decimal):
        return _number(content, cell, field, unit, place)
    if field.kind is ValueKind.DATE:
        return _date_text(content, field, place)
    return read_typed(content, field, unit=unit, place=place)


def _refused(code: str, place: Place, **params: object) -> Reading:
    return Reading(None, Problem(code, place=place, params=params))


def _moment(content: datetime, field: Fillable, unit: str, place: Place) -> Reading:
    day = content.date()
    if field.kind.is_number:
        return _refused("excel.date_for_number", place, found=day.isoformat())
    if field.kind is not ValueKind.DATE:
        return read_typed(day.isoformat(), field, unit=unit, place=place)
    if _SLIP_FROM <= content <= _SLIP_TO:
        return _refused("excel.date_slip", place, found=day.isoformat())
    return Reading(day)


def _number(content: Decimal, cell: Cell, field: Fillable, unit: str, place: Place) -> Reading:
    if field.kind is ValueKind.DATE:
        return _date_text(canonical(content), field, place)
    if field.kind is ValueKind.TEXT and abs(content) >= _NOT_EXACT:
        # An identity number that a program took for a number: its last digits are gone.
        params = {"found": f"{content:.5E}", "digits": content.adjusted() + 1}
        return _refused("input.digits_lost", place, **params)
    if not field.kind.is_number:
        return read_typed(f"{canonical(content)}", field, place=place)
    if cell.percent:
        return accept_number(content * 100, field, unit="%", place=place)
    if cell.formula and field.kind is ValueKind.DECIMAL and (not unit or same_unit(unit, field.unit)):
        rounded = round_half_up(content, field.decimals)
        reading = accept_number(rounded, field, place=place)
        if rounded == content or reading.problem is not None:
            return reading
        params = {"found": canonical(content), "value": canonical(rounded), "digits": field.decimals}
        return Reading(reading.value, Problem("excel.formula_rounded", Severity.NOTE, place, params))
    return accept_number(content, field, unit=unit, place=place)


def _date_text(text: str, field: Fillable, place: Place) -> Reading:
    """Also dates written without any separator; but a number 2024.1 may have been 2024.10."""
    plain = text.strip()
    if _AMBIGUOUS_MONTH.fullmatch(plain):
        return _refused("excel.ambiguous_month", place, found=plain)
    match = _RUN_TOGETHER.fullmatch(plain)
    joined = "-".join(part for part in match.groups() if part) if match else text
    return read_typed(joined, field, place=place)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Gathers problems of a file; ``tell`` receives each."""

    file: str
    tell: Callable[[Problem], None]

    def report(
        self, code: str, severity: Severity, sheet: str, cell: str = "", label: str = "", **params: object
    ) -> None:
        """A problem at a place of the file."""
        self.tell(Problem(code, severity, Place(self.file, sheet, cell, label=label), params))
