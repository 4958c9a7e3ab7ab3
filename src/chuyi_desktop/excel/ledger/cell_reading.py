"""What a cell of a ledger says for a field. Ledgers were made for people: dates as bare day numbers, a
date where a year is asked, shares as fractions."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from chuyi_desktop.app.ledgers.ports import CellRule, Share
from chuyi_desktop.domain.indicator import Fillable, ValueKind
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.typed_input import Reading, accept_number, read_typed
from chuyi_desktop.domain.units import YEARS
from chuyi_desktop.domain.values import canonical, round_half_up
from chuyi_desktop.excel.cells import read_cell
from chuyi_desktop.excel.sheet import Cell

_FIRST_SERIAL, _LAST_SERIAL = 14_000, 66_000
"""Day numbers of 1938 to 2080 in the calendar from 1900. Other bare numbers are no days."""
_CALENDARS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_SERIAL = re.compile(r"[1-6]\d{4}(?:\.0+)?")
_YEAR_AND_MORE = re.compile(r"((?:19|20)\d\d)\s*(?:[-./年]\s*\d{1,2}.*|(?:0[1-9]|1[0-2])(?:[0-3]\d)?|年?度)")
_EARLIEST_YEAR = 1000
_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def read_ledger_cell(
    cell: Cell, field: Fillable, rule: CellRule, place: Place, *, since_1904: bool
) -> Reading:
    """The content of ``cell`` as a value for ``field``."""
    special = None
    match field.kind:
        case ValueKind.DATE:
            special = _day_number(cell, place, since_1904=since_1904)
        case ValueKind.INTEGER if _is_calendar_year(field):
            special = _year(cell, field, place)
        case ValueKind.DECIMAL | ValueKind.INTEGER:
            special = _share(cell, field, rule, place)
        case _:
            pass
    return read_cell(cell, field, rule.unit, place) if special is None else special


def _noted(code: str, place: Place, **params: object) -> Problem:
    return Problem(code, Severity.NOTE, place, params)


def _day_number(cell: Cell, place: Place, *, since_1904: bool) -> Reading | None:
    content = cell.content
    text = canonical(content) if isinstance(content, Decimal) else content
    if not isinstance(text, str) or not _SERIAL.fullmatch(text.strip()):
        return None
    serial = int(Decimal(text.strip()))
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return None
    day = _CALENDARS[since_1904] + timedelta(days=serial)
    params = {"found": text, "value": day.isoformat()}
    return Reading(day, _noted("ledger.day_number", place, **params))


def _is_calendar_year(field: Fillable) -> bool:
    return field.unit == YEARS and field.minimum is not None and field.minimum >= _EARLIEST_YEAR


def _year(cell: Cell, field: Fillable, place: Place) -> Reading | None:
    """The year of a date, where a year is asked."""
    content = cell.content
    if isinstance(content, datetime):
        found, year = content.date().isoformat(), str(content.year)
    else:
        found = (
            canonical(content)
            if isinstance(content, Decimal)
            else content
            if isinstance(content, str)
            else ""
        )
        match = _YEAR_AND_MORE.fullmatch(found.strip())
        if match is None:
            return None
        year = match[1]
    reading = read_typed(year, field, place=place)
    if reading.problem is not None:
        return reading
    return Reading(reading.value, _noted("ledger.year_of_date", place, found=found, value=year))


def _share(cell: Cell, field: Fillable, rule: CellRule, place: Place) -> Reading | None:
    """A share in a percent field: a fraction where the column has fractions; a computed one rounded."""
    if field.unit != "%" or rule.unit not in {"", "%"}:
        return None
    content = cell.content
    if cell.percent and isinstance(content, Decimal):
        return _rounded(content * 100, cell, field, place)
    if rule.share is not Share.FRACTION:
        return None
    number = content
    if isinstance(content, str) and _PLAIN_NUMBER.fullmatch(content.strip()):
        number = _decimal(content.strip())
    if not isinstance(number, Decimal):
        return None
    return _rounded(number * 100, cell, field, place, fraction=canonical(number))


def _rounded(percent: Decimal, cell: Cell, field: Fillable, place: Place, fraction: str = "") -> Reading:
    value = round_half_up(percent, field.decimals) if not isinstance(cell.content, str) else percent
    reading = accept_number(value, field, unit="%", place=place)
    if reading.problem is not None:
        return reading
    if value != percent:
        params = {"found": canonical(percent), "digits": field.decimals, "value": canonical(value)}
        return Reading(reading.value, _noted("ledger.rounded", place, **params))
    if fraction:
        return Reading(
            reading.value, _noted("ledger.from_fraction", place, found=fraction, value=canonical(value))
        )
    return reading


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
