"""Scored items as steps: points, and the fewest and most that missing data leave possible."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.formula import Expression
from chuyi_desktop.domain.programme import Bands, Linear, Rubric, ScoredItem, ScoredSection
from chuyi_desktop.domain.values import round_half_up
from chuyi_desktop.domain.verdict import RuleOutcome
from chuyi_desktop.excel.declarations import answer_field
from chuyi_desktop.excel.twin.calculation import Step, StepKind
from chuyi_desktop.excel.twin.inputs import labelled, lookup
from chuyi_desktop.excel.twin.notation import NOT_KNOWN, number
from chuyi_desktop.excel.twin.scalars import Scalars

POINT_DIGITS = 2
"""Decimals of points."""
_SHARE_DIGITS = 10
"""Decimals of a share of points before it is rounded: a double keeps them surely."""


@dataclass(frozen=True, slots=True)
class ItemSteps:
    """A scored item: where its ``points`` stand, an error while open, and the ``value`` they rest on."""

    item: ScoredItem
    points: str
    value: str | None
    attainable: tuple[Decimal, ...] | None
    """Every number of points it can give; None where that is every hundredth up to its maximum."""

    @property
    def fewest(self) -> Decimal:
        """The fewest points it can give."""
        return Decimal(0) if self.attainable is None else min(self.attainable)

    @property
    def most(self) -> Decimal:
        """The most points it can give."""
        return self.item.maximum if self.attainable is None else max(self.attainable)


@dataclass(frozen=True, slots=True)
class SectionSteps:
    """A scored section and its items."""

    section: ScoredSection
    items: tuple[ItemSteps, ...]


@dataclass(slots=True)
class ItemTranslator:
    """Makes the steps of scored items; ``outcomes`` are how they came out, by id."""

    scalars: Scalars
    assessment: Assessment
    outcomes: dict[str, RuleOutcome]

    def section(self, section: ScoredSection) -> SectionSteps:
        """All items of a section."""
        return SectionSteps(section, tuple(self.item(each) for each in section.items))

    def item(self, item: ScoredItem) -> ItemSteps:
        """One item."""
        points = self.outcomes[item.id].points
        now = NOT_KNOWN if points is None else float(points)
        match item.method:
            case Rubric() as rubric:
                return self._by_level(item, rubric, now)
            case Bands() as bands:
                value, clean = self._subject(bands.subject)
                formula = _by_band(bands, clean, item)
                points_of = (bands.otherwise, *(step.points for step in bands.steps))
                attainable: tuple[Decimal, ...] | None = _distinct(points_of, item)
            case Linear() as linear:
                value, clean = self._subject(linear.subject)
                formula, attainable = _by_share(linear, clean, item), None
        place = self.scalars.calculation.add(Step(StepKind.ITEM, item.title, formula, now))
        return ItemSteps(item, place, value, attainable)

    def _subject(self, tree: Expression) -> tuple[str, str]:
        piece = self.scalars.stepped(self.scalars.piece(tree), tree)
        return piece.text, self.scalars.clean(piece, tree)

    def _by_level(self, item: ScoredItem, rubric: Rubric, now: float | str) -> ItemSteps:
        cell = self.scalars.places.answers[item.id]
        points = {level.id: bounded(level.points, item) for level in rubric.levels}
        pairs = [(each.label, number(points[each.id])) for each in labelled(answer_field(item).choices)]
        step = Step(
            StepKind.ITEM,
            item.title,
            lookup(cell.reference, pairs),
            now,
            gap="ISERROR({value})",
            is_gap=now == NOT_KNOWN,
            place=cell.sheet,
        )
        place = self.scalars.calculation.add(step)
        return ItemSteps(item, place, None, _distinct(points.values(), item))


def bounded(points: Decimal, item: ScoredItem) -> Decimal:
    """``points`` in hundredths, no less than 0 and no more than the item's maximum."""
    return max(Decimal(0), min(round_half_up(points, POINT_DIGITS), item.maximum))


def _distinct(points: Iterable[Decimal], item: ScoredItem) -> tuple[Decimal, ...]:
    return tuple(sorted({bounded(each, item) for each in points}))


def _by_band(bands: Bands, value: str, item: ScoredItem) -> str:
    """The nearest band reached, with the most points of all bands up to it."""
    steps = sorted(bands.steps, key=lambda step: step.bound, reverse=not bands.rising)
    sign, best, reached = (">=" if bands.rising else "<="), None, []
    for step in steps:
        best = step.points if best is None else max(best, step.points)
        reached.append((step.bound, best))
    tests = [
        f"IF({value}{sign}{_signed(bound)},{number(bounded(points, item))},"
        for bound, points in reversed(reached)
    ]
    return f"{''.join(tests)}{number(bounded(bands.otherwise, item))}{')' * len(tests)}"


def _by_share(linear: Linear, value: str, item: ScoredItem) -> str:
    full, zero, most = _signed(linear.full_at), _signed(linear.zero_at), number(item.maximum)
    if linear.full_at == linear.zero_at:
        return f"IF({value}>={full},{most},0)"
    share = f"{most}*({value}-{zero})/({full}-{zero})"
    held = f"MAX(0,MIN({most},{share}))"
    return f"MIN({most},ROUND(ROUND({held},{_SHARE_DIGITS}),{POINT_DIGITS}))"


def _signed(value: Decimal) -> str:
    return number(value) if value >= 0 else f"({number(value)})"
