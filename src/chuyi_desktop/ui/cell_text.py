"""Values as one would type them, and the texts to choose from."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Fillable, ValueKind
from chuyi_desktop.domain.values import Value, canonical
from chuyi_desktop.domain.wording import say


def typed_form(value: Value, field: Fillable) -> str:
    """A value as one would type it again."""
    if isinstance(value, Decimal):
        return canonical(value)
    return value.isoformat() if isinstance(value, date) else show(value, field)


def options(field: Fillable) -> Sequence[str] | None:
    """The texts to choose from for a field; None where a text is typed."""
    if field.kind is ValueKind.CHOICE:
        return [choice.label for choice in field.choices]
    if field.kind is ValueKind.YES_NO:
        return [say("input.yes"), say("input.no")]
    return None
