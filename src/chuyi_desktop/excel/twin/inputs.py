"""Typed cells in formulas: each is read once, and only what the program would take counts as filled in."""

from collections.abc import Sequence

from chuyi_desktop.domain.indicator import Choice, Fillable, ValueKind
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.twin.notation import number, text

_MOST_LISTED = 30
"""Levels of IF in one formula; Excel takes 64."""


def read(cell: str, field: Fillable) -> str:
    """The value of a typed ``cell``; an error where it is blank or holds what does not fit ``field``."""
    match field.kind:
        case ValueKind.INTEGER | ValueKind.DECIMAL:
            return f"IF(ISNUMBER({cell}),IF(AND({_fits(cell, field)}),{cell},NA()),NA())"
        case ValueKind.YES_NO:
            return f"IF({cell}={_yes()},TRUE,IF({cell}={_no()},FALSE,NA()))"
        case ValueKind.CHOICE:
            return lookup(cell, [(choice.label, text(choice.id)) for choice in labelled(field.choices)])
        case ValueKind.DATE:
            typed = f"YEAR({cell})*10000+MONTH({cell})*100+DAY({cell})"
            written = f"VALUE(LEFT({cell},4))*10000+VALUE(MID({cell},6,2))*100+VALUE(RIGHT({cell},2))"
            return f"IF(ISNUMBER({cell}),{typed},IF(LEN({cell})=10,{written},NA()))"
        case ValueKind.TEXT:
            return f'IF({cell}="",NA(),IF({_is_exempt(cell)},NA(),{cell}))'


def is_open(cell: str) -> str:
    """Whether a cell that cannot be read still waits for the clerk: not where it says 不适用."""
    return f"IF(ISERROR({{value}}),NOT({_is_exempt(cell)}),FALSE)"


def lookup(cell: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The expression that stands for the text in ``cell``; an error for any other text."""
    if len(pairs) > _MOST_LISTED:
        first = lookup(cell, pairs[:_MOST_LISTED])
        return f"IFERROR({first},{lookup(cell, pairs[_MOST_LISTED:])})"
    tests = "".join(f"IF(EXACT({cell},{text(label)}),{meant}," for label, meant in pairs)
    return f"{tests}NA(){')' * len(pairs)}"


def labelled(choices: Sequence[Choice]) -> list[Choice]:
    """Choices a label can tell apart: of two with the same label the later counts, as when it is read."""
    return list({choice.label: choice for choice in choices}.values())


def _is_exempt(cell: str) -> str:
    """Whether a cell says 不适用, with its reason or without."""
    word = say("input.missing.not_applicable")
    begins = ",".join(f"LEFT({cell},{len(word) + 1})={text(word + colon)}" for colon in "：:")
    return f"OR({cell}={text(word)},{begins})"


def _fits(cell: str, field: Fillable) -> str:
    tests = [f"ROUND({cell},{field.decimals})={cell}"]
    if field.minimum is not None:
        tests.append(f"{cell}>={number(field.minimum)}")
    if field.maximum is not None:
        tests.append(f"{cell}<={number(field.maximum)}")
    return ",".join(tests)


def _yes() -> str:
    return text(say("input.yes"))


def _no() -> str:
    return text(say("input.no"))
