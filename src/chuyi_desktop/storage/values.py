"""Values as exact text that sorts with nothing and loses nothing: a kind beside the written value."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from chuyi_desktop.domain.values import Value, canonical


class UnreadableRowError(ValueError):
    """What is stored is none of ours: the file was damaged or written by something else."""


def written(value: Value) -> tuple[str, str]:
    """The kind and the exact text of ``value``."""
    match value:
        case bool():
            return "yes_no", "true" if value else "false"
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"not a number of the field: {value}")
            return "number", canonical(value)
        case str():
            return "text", value
        case date():
            if isinstance(value, datetime):
                raise TypeError(f"a moment where a date is meant: {value}")
            return "date", value.isoformat()


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


_READERS: Mapping[str, Callable[[str], Value]] = {
    "number": _number,
    "text": str,
    "yes_no": lambda text: {"true": True, "false": False}[text],
    "date": date.fromisoformat,
}


def read(kind: object, text: object) -> Value:
    """The value of a stored kind and text. Raises UnreadableRowError for what ``written`` never wrote."""
    if not isinstance(kind, str) or not isinstance(text, str):
        raise UnreadableRowError(f"{kind!r} {text!r}")
    try:
        return _READERS[kind](text)
    except (KeyError, ValueError, ArithmeticError) as error:
        raise UnreadableRowError(f"{kind} {text!r}") from error


def cells_to_json(cells: Mapping[str, Value]) -> dict[str, list[str]]:
    """The cells of a roster row as ``{column: [kind, text]}``."""
    return {column: list(written(value)) for column, value in cells.items()}


def cells_from_json(found: object) -> dict[str, Value]:
    """The cells of a roster row as they were."""
    if not isinstance(found, dict):
        raise UnreadableRowError(f"cells {found!r}")
    cells: dict[str, Value] = {}
    for column, pair in found.items():
        if not isinstance(column, str) or not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 (a pair)
            raise UnreadableRowError(f"cell {column!r}")
        cells[column] = read(pair[0], pair[1])
    return cells
