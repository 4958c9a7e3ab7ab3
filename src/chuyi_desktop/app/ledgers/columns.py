"""The columns of a ledger below their heads: what they hold, whether that fits, how shares and choices are
written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from chuyi_desktop.app.ledgers.layout import LaidColumn, Suggestion, Trust, Why, Word
from chuyi_desktop.app.ledgers.matching import NEAR, WORTH_SAYING
from chuyi_desktop.app.ledgers.ports import Ledgers, LedgerSheet, Share
from chuyi_desktop.app.ledgers.skips import Skipper
from chuyi_desktop.app.ledgers.targets import Target, choice_names, plain
from chuyi_desktop.domain.indicator import Fillable, ValueKind
from chuyi_desktop.domain.typed_input import read_typed
from chuyi_desktop.domain.units import YEARS
from chuyi_desktop.domain.wording import say

_SAMPLES = 3
_LOOKED_AT = 30
_FEWEST = 3
_MOST_WORDS = 200
_MOST_SUGGESTIONS = 3
MISFIT = 40
"""Points of likeness that content of another kind takes away."""


def samples_of(sheet: LedgerSheet, first_row: int, column: int) -> tuple[str, ...]:
    """The first different contents of a column."""
    found = dict.fromkeys(text for _, text in _contents(sheet, first_row, column, _LOOKED_AT))
    return tuple(list(found)[:_SAMPLES])


def misfit(sheet: LedgerSheet, first_row: int, column: int, field: Fillable) -> int:
    """How many points the content of a column speaks against ``field``."""
    looks = [sheet.looks(row, column) for row, _ in _contents(sheet, first_row, column, _LOOKED_AT)]
    if len(looks) < _FEWEST:
        return 0
    fitting = {
        ValueKind.INTEGER: {"number", "date"} if field.unit == YEARS else {"number"},
        ValueKind.DECIMAL: {"number", "percent"},
        ValueKind.DATE: {"date", "number"},
        ValueKind.TEXT: {"text", "number"},
        ValueKind.CHOICE: {"text"},
        ValueKind.YES_NO: {"text", "number", "other"},
    }[field.kind]
    return 0 if any(look in fitting for look in looks) else MISFIT


def _contents(sheet: LedgerSheet, first_row: int, column: int, most: int = 0) -> Iterator[tuple[int, str]]:
    count = 0
    for row in sheet.row_numbers:
        if row < first_row:
            continue
        text = sheet.text(row, column)
        if text:
            yield row, text
            count += 1
            if count == most:
                return


def with_share_guess(
    column: LaidColumn, target: Target, sheet: LedgerSheet, skipper: Skipper, said: str
) -> LaidColumn:
    """The column with how its shares are written; unchanged where its field is no percent, or every share
    has its sign."""
    if target.field.unit != "%" or column.rule.unit not in {"", "%"}:
        return column
    if said:
        rule = replace(column.rule, share=Share(said))
        return replace(column, rule=rule, share_reason=Why("ledger.why.remembered"))
    guess = share_of(
        sheet,
        [
            (row, column.number)
            for row, _ in _contents(sheet, skipper.first_row, column.number)
            if not skipper.skips(row)
        ],
    )
    if guess is None:
        return column
    rule = replace(column.rule, share=guess.share)
    return replace(column, rule=rule, share_reason=guess.why, share_trust=guess.trust)


@dataclass(frozen=True, slots=True)
class ShareGuess:
    """How shares without a sign are read, how sure that is, and why."""

    share: Share
    trust: Trust
    why: Why


def share_of(sheet: LedgerSheet, cells: Iterable[tuple[int, int]]) -> ShareGuess | None:
    """How the shares in ``cells`` (row and column) are written; None where each has its sign."""
    numbers = [
        number
        for row, column in cells
        if sheet.looks(row, column) == "number" and (number := _number(sheet.text(row, column))) is not None
    ]
    if not numbers:
        return None
    small = [number for number in numbers if number <= 1]
    params = {"count": len(numbers), "small": len(small), "largest": f"{max(numbers):f}"}
    fractions = any(number != number.to_integral_value() for number in small)
    if fractions and len(small) == len(numbers):
        return ShareGuess(Share.FRACTION, Trust.LIKELY, Why("ledger.why.fraction", params))
    if fractions:
        return ShareGuess(Share.PERCENT, Trust.OPEN, Why("ledger.why.mixed_shares", params))
    return ShareGuess(Share.PERCENT, Trust.LIKELY, Why("ledger.why.percent", params))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def with_words(
    column: LaidColumn,
    target: Target,
    sheet: LedgerSheet,
    skipper: Skipper,
    ledgers: Ledgers,
    said: Mapping[str, str],
) -> LaidColumn:
    """The column with every word in it that is no choice as it stands."""
    if target.field.kind not in {ValueKind.CHOICE, ValueKind.YES_NO}:
        return column
    counts: dict[str, list[int]] = {}
    for row, text in _contents(sheet, skipper.first_row, column.number):
        if not skipper.skips(row) and not is_dash(text):
            counts.setdefault(text, []).append(row)
    words: list[Word] = []
    for text, rows in counts.items():
        if sheet.looks(rows[0], column.number) == "other" or read_typed(text, target.field).value is not None:
            continue
        if len(words) == _MOST_WORDS:
            break
        words.append(_word(text, rows, target, ledgers, said))
    return replace(column, words=tuple(words))


def _word(text: str, rows: list[int], target: Target, ledgers: Ledgers, said: Mapping[str, str]) -> Word:
    names = choice_names(target.field)
    known, ids = plain(text), {*names.exact.values()}
    if said.get(text) in ids:
        return _meant(text, said[text], rows, target, Trust.CERTAIN, Why("ledger.why.remembered"))
    if known in names.exact:
        return _meant(text, names.exact[known], rows, target, Trust.CERTAIN, Why("ledger.why.same_word"))
    if known in names.common:
        meaning = names.common[known]
        why = Why("ledger.why.common_word", {"label": _label(target, meaning)})
        return _meant(text, meaning, rows, target, Trust.LIKELY, why)
    options = [*names.exact.items(), *names.common.items()]
    likeness = ledgers.likeness(known, [word for word, _ in options])
    best: dict[str, int] = {}
    for (option, meaning), alike in zip(options, likeness, strict=True):
        if _is_opposite(known, option):
            continue
        best[meaning] = max(best.get(meaning, 0), alike)
    near = sorted((pair for pair in best.items() if pair[1] >= WORTH_SAYING), key=lambda pair: -pair[1])
    suggestions = tuple(
        Suggestion(meaning, _label(target, meaning), alike) for meaning, alike in near[:_MOST_SUGGESTIONS]
    )
    code = (
        "ledger.why.near_word"
        if suggestions and suggestions[0].likeness >= NEAR
        else "ledger.why.unknown_word"
    )
    return Word(text, "", len(rows), rows[0], Trust.OPEN, Why(code), suggestions)


def _is_opposite(one: str, other: str) -> bool:
    """Whether just one of two words says no: 是 is one letter from 不是, and means anything but that."""
    return bool(_DENYING & set(one)) != bool(_DENYING & set(other))


def _meant(text: str, meaning: str, rows: list[int], target: Target, trust: Trust, why: Why) -> Word:
    return Word(text, meaning, len(rows), rows[0], trust, why, label=_label(target, meaning))


def _label(target: Target, meaning: str) -> str:
    if target.field.kind is ValueKind.YES_NO:
        return say("input.yes") if meaning == "yes" else say("input.no")
    return next((choice.label for choice in target.field.choices if choice.id == meaning), meaning)


_DENYING = frozenset("不非无未否没")
_DASHES = frozenset("-—–―－/／\\~～")


def is_dash(text: str) -> bool:
    """Whether a cell holds nothing but dashes, the sign that it has no content."""
    return bool(text) and all(character in _DASHES for character in text.strip())
