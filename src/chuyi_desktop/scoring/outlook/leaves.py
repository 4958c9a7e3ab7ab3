"""The things a verdict rests on: their names, their fields, and how their spans are cut."""

from dataclasses import dataclass
from math import isqrt

from chuyi_desktop.domain.assessment import Field, FieldKind
from chuyi_desktop.domain.formula.tree import Aggregate, Aggregation
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.outlook.domains import COUNTS, LARGEST_SUM, Grid, grid_of
from chuyi_desktop.scoring.outlook.ground import Ground, Leaf, LeafKind
from chuyi_desktop.scoring.outlook.spans import (
    NO,
    NOTHING,
    YES,
    Answers,
    Dates,
    Labels,
    Nothing,
    Numbers,
    Span,
    is_known,
    known,
)
from chuyi_desktop.scoring.reading import labelled, words

_MEAN_DIGITS = 6


def field_of(leaf: Leaf, ground: Ground) -> Field:
    """The field to fill in; of a roster that of its rows, without an item."""
    match leaf.kind:
        case LeafKind.VALUE:
            return Field(FieldKind.VALUE, leaf.key, leaf.year)
        case LeafKind.ROSTER:
            return Field(FieldKind.ROW, ground.aggregates[leaf].table, leaf.year)
        case LeafKind.ATTESTED:
            return Field(FieldKind.ATTESTATION, leaf.key)
        case LeafKind.RATED:
            return Field(FieldKind.RATING, leaf.key)


def plain_signs(text: str) -> str:
    """``级别为“国家级”`` for ``级别 = “国家级”``."""
    for sign, said in ((" = “", say("gap.row.is")), (" ≠ “", say("gap.row.is_not"))):
        text = text.replace(sign, f"{said}“")
    return text


def indicator_of(leaf: Leaf, ground: Ground) -> Indicator | None:
    """The indicator of a typed figure."""
    return ground.facts.indicator(leaf.key) if leaf.kind is LeafKind.VALUE else None


def label_of(leaf: Leaf, ground: Ground) -> str:
    """What the school calls it."""
    facts = ground.facts.in_year(leaf.year)
    if leaf.kind is LeafKind.ROSTER:
        return plain_signs(words(ground.aggregates[leaf], facts))
    if leaf.kind is not LeafKind.VALUE:
        return ground.titles.get(leaf.key, leaf.key)
    indicator = indicator_of(leaf, ground)
    return labelled(leaf.key if indicator is None else indicator.name, leaf.year, facts)


def grid_for(leaf: Leaf, ground: Ground) -> Grid | None:
    """The steps of a number or date; None for what has none."""
    if leaf not in ground.grids:
        indicator = indicator_of(leaf, ground)
        if leaf.kind is LeafKind.ROSTER:
            ground.grids[leaf] = _roster_grid(ground.aggregates[leaf], ground)
        else:
            ground.grids[leaf] = None if indicator is None else grid_of(indicator)
    return ground.grids[leaf]


def _roster_grid(node: Aggregate, ground: Ground) -> Grid:
    if node.aggregation in {Aggregation.COUNT, Aggregation.DISTINCT}:
        return COUNTS
    table = ground.facts.table(node.table)
    column = None if table is None or node.column is None else table.by_id.get(node.column)
    own = None if column is None else grid_of(column)
    digits = _MEAN_DIGITS if own is None or node.aggregation is Aggregation.AVERAGE else own.digits
    most = int(LARGEST_SUM.scaleb(digits))
    return Grid(-most, most, digits)


@dataclass(frozen=True, slots=True)
class Cut:
    """A span in two."""

    near: Span
    far: Span


def width(span: Span, grid: Grid | None) -> int:
    """How open a span is, in halvings."""
    match span:
        case Numbers(low, high) if grid is not None:
            return (grid.place_below(high) - grid.place_above(low)).bit_length() + span.missing
        case Dates(low, high):
            return (high.toordinal() - low.toordinal()).bit_length()
        case Answers():
            return 0 if is_known(span) else 1
        case Labels(options):
            return 0 if options is None else (len(options) - 1).bit_length()
    return 0


def cut(span: Span, grid: Grid | None) -> Cut | None:
    """The span in two, numbers by their magnitude; None where there is nothing to cut."""
    match span:
        case Answers():
            return None if is_known(span) else Cut(YES, NO)
        case Labels(options) if options is not None and len(options) > 1:
            listed = sorted(options)
            middle = len(listed) // 2
            return Cut(Labels(frozenset(listed[:middle])), Labels(frozenset(listed[middle:])))
        case Numbers(low, high, missing) if missing and grid is not None:
            return Cut(NOTHING, Numbers(low, high))
        case Numbers(low, high) | Dates(low, high) if grid is not None:
            first, last = grid.place_above(low), grid.place_below(high)
            if first >= last:
                return None
            middle = between(first, last)
            return Cut(grid.span(first, middle), grid.span(middle + 1, last))
    return None


def between(first: int, last: int) -> int:
    """A place from ``first`` to before ``last`` that parts them, by magnitude where that differs much."""
    if first < 0 < last:
        return -1
    if last <= 0:
        return -1 - between(-last, -first)
    if first == 0:
        return 0
    middle = isqrt(first * last) if last > 4 * first else (first + last) // 2
    return min(max(middle, first), last - 1)


def corners(span: Span, grid: Grid | None) -> tuple[Span, Span]:
    """The lowest and the highest of a span, as what is known."""
    match span:
        case Numbers(low, high) | Dates(low, high):
            if grid is None:
                return known(low), known(high)
            return known(grid.at(grid.place_above(low))), known(grid.at(grid.place_below(high)))
        case Answers(yes, no):
            return (NO if no else YES), (YES if yes else NO)
        case Labels(options) if options:
            return known(min(options)), known(max(options))
    return span, span


def value_of(span: Span) -> Value | None:
    """The value of a span that is known; None where that is missing or open."""
    match span:
        case Nothing():
            return None
        case Numbers(low, high) | Dates(low, high):
            return low if low == high else None
        case Answers(yes, no):
            return yes if yes != no else None
        case Labels(options):
            return next(iter(options)) if options is not None and len(options) == 1 else None
