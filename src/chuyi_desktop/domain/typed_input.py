"""What a person typed, or a cell held, as a value of its field: one reading for screen, command line and
Excel. Full-width digits, thousands separators, units and the usual ways to write a date are understood."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.indicator import Column, Fillable, ValueKind
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.units import convert, same_unit
from chuyi_desktop.domain.values import ARITHMETIC, Value, round_half_up

LONGEST_TEXT = 20_000
"""Characters a text field may have; far above the longest narrative of a real form."""
_LONGEST_NUMBER = 60
_LARGEST_EXPONENT = 18
_QUOTED = 40
"""Characters of the user's own text that a message repeats."""
_YES = frozenset({"是", "有", "yes", "y", "true", "1", "√", "✓", "对"})
_NO = frozenset({"否", "无", "no", "n", "false", "0", "×", "✗", "错"})
_NUMBER = re.compile(
    # Separators only where they belong: 19,7 is a slip of the finger for 19.7, not 197.
    r"(?P<number>[-+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?)"
    r"(?![\d.,:])(?P<unit>.*)",
    re.IGNORECASE,
)
_RATIO = re.compile(r"1\s*[:：]\s*(?P<number>\d+(?:\.\d+)?)")
_DATE = re.compile(
    r"(?P<year>\d{4})\s*[-./年]\s*(?P<month>\d{1,2})(?:\s*[-./月]\s*(?P<day>\d{1,2})?\s*日?)?(?:\s+0?0:00(?::00)?)?"
)


_UNUSUAL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Among them are all control characters, lone halves of pairs and characters of private use."""
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?(?P<exponent>1[4-9]|[2-9]\d)", re.IGNORECASE)
"""How a spreadsheet shows a number of more than 14 digits."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``value`` is None where ``problem`` refuses it; a problem beside a value says what was changed."""

    value: Value | None
    problem: Problem | None = None


def read_typed(text: str, field: Fillable, *, unit: str = "", place: Place = Place()) -> Reading:
    """``text`` as a value for ``field``; a unit in the text wins over ``unit``, the stated one (the unit in
    a column's head, say), which wins over the field's own."""
    match field.kind:
        case ValueKind.INTEGER | ValueKind.DECIMAL:
            return _Refusable(place).number(text, field, unit)
        case ValueKind.TEXT:
            return _Refusable(place).text(text)
        case ValueKind.YES_NO:
            return _Refusable(place).yes_no(text)
        case ValueKind.DATE:
            return _Refusable(place).date(text)
        case ValueKind.CHOICE:
            return _Refusable(place).choice(text, field)


def accept_number(number: Decimal, field: Fillable, *, unit: str = "", place: Place = Place()) -> Reading:
    """A number that a cell held as such, in ``unit`` where stated, as a value for ``field``."""
    return _Refusable(place).fitted(number, str(number), unit, field)


def default_of(column: Column) -> Value | None:
    """What a blank cell of ``column`` stands for; None where blank has no meaning."""
    return None if column.default is None else read_typed(column.default, column).value


@dataclass(frozen=True, slots=True)
class _Refusable:
    """The readings of one place."""

    place: Place

    def refuse(self, code: str, found: str, **params: object) -> Reading:
        shown = found if len(found) <= _QUOTED else f"{found[:_QUOTED]}…"
        return Reading(None, Problem(code, place=self.place, params={"found": shown, **params}))

    def number(self, text: str, field: Fillable, unit: str) -> Reading:
        plain = unicodedata.normalize("NFKC", text).strip()
        ratio = None if field.unit else _RATIO.fullmatch(plain)
        match = (
            None if len(plain) > _LONGEST_NUMBER else _NUMBER.fullmatch(ratio["number"] if ratio else plain)
        )
        if match is None:
            code = "input.not_a_number" if field.unit else "input.not_a_plain_number"
            return self.refuse(code, text, unit=field.unit)
        try:
            number = Decimal(match["number"].replace(",", ""))
        except InvalidOperation:
            return self.refuse("input.not_a_plain_number", text)
        return self.fitted(number, text, match["unit"].strip() or unit, field)

    def fitted(self, number: Decimal, found: str, unit: str, field: Fillable) -> Reading:
        """``number`` brought to the field's unit and held against its bounds."""
        written, wanted = unit or field.unit, field.unit
        converted = number
        if not same_unit(written, wanted):
            changed = convert(number, written, wanted)
            if changed is None:
                return self.refuse("input.wrong_unit", found, written=written, wanted=wanted or "—")
            converted = _digits(field, changed)
        return self._bounded(converted, number, found, field)

    def _bounded(self, value: Decimal, typed: Decimal, found: str, field: Fillable) -> Reading:
        if not value.is_finite():
            return self.refuse("input.not_a_plain_number", found)
        if abs(value.adjusted()) > _LARGEST_EXPONENT:
            return self.refuse("input.out_of_range", found, label=field.name)
        if field.kind is ValueKind.INTEGER and value != value.to_integral_value():
            return self.refuse("input.not_whole", found, label=field.name)
        if value != _digits(field, value):
            return self.refuse("input.too_many_decimals", found, label=field.name, digits=field.decimals)
        if field.minimum is not None and value < field.minimum:
            return self.refuse("input.below_minimum", found, minimum=grouped(field.minimum))
        if field.maximum is not None and value > field.maximum:
            return self.refuse("input.above_maximum", found, maximum=grouped(field.maximum))
        normal = _digits(field, value).normalize(ARITHMETIC)
        if value == typed:
            return Reading(normal)
        params = {"found": found, "value": f"{grouped(normal)} {field.unit}"}
        return Reading(normal, Problem("input.converted", Severity.NOTE, self.place, params))

    def text(self, text: str) -> Reading:
        cleaned = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if len(cleaned) > LONGEST_TEXT:
            return self.refuse("input.too_long", text, length=len(cleaned), limit=LONGEST_TEXT)
        lost = _EXPONENT.fullmatch(cleaned)
        if lost is not None:
            return self.refuse("input.digits_lost", text, digits=int(lost["exponent"]) + 1)
        for character in _UNUSUAL.findall(cleaned):
            category = unicodedata.category(character)
            if (category in {"Cc", "Cs"} and character not in "\n\t") or category == "Co":
                code = "input.private_character" if category == "Co" else "input.control_character"
                return self.refuse(code, text, code_point=f"U+{ord(character):04X}")
        return Reading(cleaned)

    def yes_no(self, text: str) -> Reading:
        plain = unicodedata.normalize("NFKC", text).strip().casefold()
        if plain in _YES or plain in _NO:
            return Reading(plain in _YES)
        return self.refuse("input.not_yes_no", text)

    def date(self, text: str) -> Reading:
        match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if match is None:
            return self.refuse("input.not_a_date", text)
        try:
            return Reading(date(int(match["year"]), int(match["month"]), int(match["day"] or 1)))
        except ValueError:
            return self.refuse("input.not_a_date", text)

    def choice(self, text: str, field: Fillable) -> Reading:
        plain = text.strip()
        for choice in reversed(field.choices):
            if plain in {choice.label, choice.id}:
                return Reading(choice.id)
        labels = "、".join(choice.label for choice in field.choices)
        return self.refuse("input.not_a_choice", text, choices=labels)


def _digits(field: Fillable, value: Decimal) -> Decimal:
    return round_half_up(value, field.decimals)
