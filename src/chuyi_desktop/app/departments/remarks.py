"""What is worth a look in values that departments deliver: leaps against last year, earlier years' figures
changed, cells that came back blank. None of it stands in the way."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from chuyi_desktop.app.departments.deliveries import Delivery, Remark, RemarkKind
from chuyi_desktop.app.departments.field_words import content_words
from chuyi_desktop.domain.assessment import Assessment, Change, Entry, Field, FieldKind
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.units import YEARS
from chuyi_desktop.domain.values import ARITHMETIC, round_half_up

MUCH = Decimal("0.2")
"""From this share of last year's value on a difference is remarked."""


def remarks_of(
    programme: Programme,
    assessment: Assessment,
    changes: Sequence[Change],
    deliveries: Sequence[Delivery],
    titles: Mapping[Field, str],
) -> tuple[Remark, ...]:
    """The remarks on ``changes``, against the other values that come in with them."""
    after = assessment.after(changes)
    sides = {
        (statement.field, statement.source): delivery
        for delivery in deliveries
        for statement in delivery.statements
    }
    found: list[Remark] = []
    for change in changes:
        origin = change.new.origin if isinstance(change.new, Entry) else None
        side = sides.get((change.field, origin.source)) if origin is not None else None
        if side is not None:
            found += _on_value(programme, after, change, side, titles)
    for delivery in deliveries:
        found += _cleared(programme, after, delivery, titles)
    return tuple(found)


def _on_value(
    programme: Programme, after: Assessment, change: Change, side: Delivery, titles: Mapping[Field, str]
) -> Iterator[Remark]:
    field, new, old = change.field, change.new, change.old
    if not isinstance(new, Entry) or field.year is None:
        return
    shown = content_words(programme, field, new)
    title = titles.get(field, field.key)
    if field.year < after.year:
        if isinstance(old, Entry) and old.maybe != new.maybe and old.value is not None:
            before = content_words(programme, field, old)
            yield Remark(RemarkKind.EARLIER_CHANGED, field, title, side.department, side.key, before, shown)
        return
    last = after.entry(field.key, field.year - 1)
    percent = _leap(programme.indicators[field.key], last, new)
    if percent and last is not None:
        before = content_words(programme, field, last)
        yield Remark(RemarkKind.JUMP, field, title, side.department, side.key, before, shown, percent)


def _leap(indicator: Indicator, last: Entry | None, new: Entry) -> str:
    """By how many percent of last year's value it changed, with its sign; empty where that is little or means
    nothing, as of a year."""
    before, now = (last.value if last is not None else None), new.value
    if not isinstance(before, Decimal) or not isinstance(now, Decimal):
        return ""
    if indicator.unit == YEARS or not before:
        return ""
    share = ARITHMETIC.divide(ARITHMETIC.subtract(now, before), abs(before))
    if abs(share) <= MUCH:
        return ""
    sign = "+" if share > 0 else "-"
    return f"{sign}{grouped(round_half_up(abs(share) * 100, 0))}%"


def _cleared(
    programme: Programme, after: Assessment, delivery: Delivery, titles: Mapping[Field, str]
) -> Iterator[Remark]:
    for field in () if delivery.refused else delivery.cleared:
        stays = after.rows(field.key, field.year) if field.kind is FieldKind.ROW else after.fields.get(field)
        if stays is not None:
            words = content_words(programme, field, stays)
            title = titles.get(field, field.key)
            yield Remark(RemarkKind.CLEARED, field, title, delivery.department, delivery.key, words, "")
