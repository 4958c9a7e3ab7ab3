"""Input messages, drop-downs and bounds of cells, as far as Excel can check them while typing."""

from collections.abc import Mapping
from datetime import date

from xlsxwriter import Workbook

from chuyi_desktop.domain.indicator import Fillable, ValueKind
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import FIRST_DATE
from chuyi_desktop.excel.identity import SheetKey
from chuyi_desktop.excel.plan import Slot
from chuyi_desktop.excel.sheet import column_letters
from chuyi_desktop.excel.words import kind_help, writable

_LONGEST_INLINE = 255
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_LAST_DATE = date(2199, 12, 31)
_LARGEST = 10**15


class Lists:
    """The drop-down lists too long for a rule, each once, for the columns of a hidden sheet."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._columns: dict[tuple[str, ...], int] = {}

    def source(self, options: tuple[str, ...]) -> list[str] | str:
        """What a rule refers to: the options themselves or where they will stand."""
        inline = ",".join(options)
        units = len(inline.encode("utf-16-le")) // 2
        if units <= _LONGEST_INLINE and not any(
            set(option) & {",", '"'} or option != writable(option) for option in options
        ):
            return list(options)
        column = self._columns.setdefault(options, len(self._columns) + 2)
        quoted, letters = self._name.replace("'", "''"), column_letters(column)
        return f"='{quoted}'!${letters}$1:${letters}${len(options)}"

    def write(self, book: Workbook, key: SheetKey | str) -> None:
        """The hidden sheet of all lists asked for."""
        sheet = book.add_worksheet(self._name)
        sheet.write_string(0, 0, str(key))
        for options, column in self._columns.items():
            for row, option in enumerate(options):
                sheet.write_string(row, column - 1, option)
        sheet.very_hidden()


def rule(slot: Slot, lists: Lists, label: str) -> dict[str, object] | None:
    """The rule of an input cell; None where there is nothing to say or check.

    Only choices are enforced, and only where nothing else makes sense. A number with its unit
    (``3万元``) and 不适用 are understood on import, so that a rule on numbers asks and does not forbid.
    """
    options: dict[str, object] = {"validate": "any"}
    if slot.options:
        options = {"validate": "list", "source": lists.source(slot.options)}
    elif slot.field is not None and slot.field.kind.is_number:
        options = _number_rule(slot.field)
    elif slot.field is not None and slot.field.kind is ValueKind.DATE:
        options = {"validate": "date", "criteria": "between", "minimum": FIRST_DATE, "maximum": _LAST_DATE}
    message = "\n".join(part for part in (slot.help, kind_help(slot.field) if slot.field else "") if part)
    if options["validate"] == "any" and not slot.help:
        return None
    options |= {
        "ignore_blank": True,
        "input_title": _cut(label, _LONGEST_TITLE),
        "input_message": _cut(message, _LONGEST_MESSAGE),
    }
    if options["validate"] != "any":
        options |= _refusal(slot)
    return options


def _number_rule(field: Fillable) -> dict[str, object]:
    kind = "integer" if field.kind is ValueKind.INTEGER else "decimal"
    if field.minimum is None and field.maximum is None:
        return {"validate": kind, "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST}
    if field.maximum is None and field.minimum is not None:
        return {"validate": kind, "criteria": ">=", "value": float(field.minimum)}
    if field.minimum is None and field.maximum is not None:
        return {"validate": kind, "criteria": "<=", "value": float(field.maximum)}
    bounds: Mapping[str, object] = {
        "minimum": float(field.minimum or 0),
        "maximum": float(field.maximum or 0),
    }
    return {"validate": kind, "criteria": "between", **bounds}


def _refusal(slot: Slot) -> dict[str, object]:
    if slot.options and slot.strict:
        code, kind = "excel.refuse.options", "stop"
    else:
        code = "excel.refuse.options_or_not" if slot.options else "excel.refuse.kind"
        kind = "warning"
    wanted = kind_help(slot.field) if slot.field else ""
    return {
        "error_title": say("excel.refuse.title"),
        "error_message": _cut(say(code, {"wanted": wanted}), _LONGEST_MESSAGE),
        "error_type": kind,
    }


def _cut(text: str, limit: int) -> str:
    """``text`` in no more UTF-16 units than Excel accepts."""
    text = writable(text)
    kept = text
    while len(kept.encode("utf-16-le")) > 2 * limit:
        kept = kept[: min(len(kept) - 1, limit)]
    return kept if kept == text else f"{kept[:-1]}…"
