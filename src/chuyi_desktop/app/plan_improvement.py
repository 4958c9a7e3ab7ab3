"""Look for 提升方案: what the school wants and allows, in its own words, and the way to its tier."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from chuyi_desktop.app.edit import YEAR_DIGITS
from chuyi_desktop.app.ports import Progress
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import (
    EARLIEST_YEAR,
    Assessment,
    Field,
    FieldKind,
)
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import Indicator, Table
from chuyi_desktop.domain.programme import Attested, Condition, Programme, Rubric, ScoredItem, Tier
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.planning.improvement import (
    DEFAULT_PLANS,
    Bounds,
    Improvements,
    Terms,
)
from chuyi_desktop.scoring.planning.improving import improve

SECONDS = 20.0
"""Seconds a search takes at most, unless said otherwise."""
MOST_SECONDS = 600.0
MOST_PLANS = 9


def find_improvements(
    session: Session,
    terms: Terms,
    progress: Progress,
    *,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> Improvements:
    """The cheapest ways of an open assessment to the tier of ``terms``; nothing is changed. ``progress``
    hears how far it is and may raise CancelledError."""
    watch = _Watch(progress, clock, clock() + seconds)
    return improve(session.programme, session.assessment, terms, session.program.solver, watch)


def read_terms(
    programme: Programme,
    assessment: Assessment,
    tier: str,
    *,
    freeze: Sequence[str] = (),
    limits: Sequence[str] = (),
    costs: Sequence[str] = (),
    plans: int = DEFAULT_PLANS,
) -> Terms:
    """What a person asked for, as terms. ``limits`` are ``name=lo..hi`` (one end may be left out), ``costs``
    ``name=factor``; a name is an id, title, name or alias, ``name@year`` for an earlier year. Raises
    InputError for what cannot be understood."""
    if not 1 <= plans <= MOST_PLANS:
        raise InputError("plan.count", most=MOST_PLANS)
    names = _Names(programme, assessment)
    return Terms(
        tier=find_tier(programme, tier),
        frozen=frozenset(names.lever(each) for each in freeze),
        limits=dict(_limit(names, each) for each in limits),
        costs=dict(_cost(names, each) for each in costs),
        plans=plans,
    )


def find_tier(programme: Programme, found: str) -> Tier:
    """The tier of that id or name. Raises InputError, with all tiers, where there is none."""
    wanted = found.strip()
    for tier in programme.tiers:
        if wanted in {tier.id, tier.name}:
            return tier
    tiers = "、".join(f"{tier.name}（{tier.id}）" for tier in programme.tiers)
    raise InputError("plan.unknown_tier", found=found, tiers=tiers)


@dataclass(slots=True)
class _Watch:
    """Time that is left, and somebody who looks on and may lose patience."""

    progress: Progress
    clock: Callable[[], float]
    end: float
    done: int = 0
    total: int = 1
    asked: float = field(default=0.0)

    def seconds_left(self) -> float:
        """Seconds left; lets the onlooker stop it about ten times a second."""
        now = self.clock()
        if now - self.asked > 0.1:  # noqa: PLR2004  # a tenth of a second
            self.asked = now
            self.progress(self.done, self.total, say("plan.progress"))
        return self.end - now

    def at(self, done: int, total: int) -> None:
        """Tell the onlooker."""
        self.done, self.total = done, total
        self.progress(done, total, say("plan.progress"))


_Target = Indicator | Condition | ScoredItem | Table


class _Names:
    """Everything of a programme that a plan may move, by what people call it."""

    def __init__(self, programme: Programme, assessment: Assessment) -> None:
        self._assessment = assessment
        self._by_name: dict[str, _Target] = {}
        rules: list[Condition | ScoredItem] = [*programme.scored_items(), *programme.conditions()]
        for rule in rules:
            self._by_name.setdefault(rule.title, rule)
            self._by_name[rule.id] = rule
        listed: list[Table | Indicator] = [*programme.tables.values(), *programme.indicators.values()]
        for named in listed:
            for name in (*named.aliases, named.name, named.id):
                self._by_name[name] = named

    def lever(self, name: str) -> Field:
        """The field that ``name`` means as a lever. Raises InputError where it means none."""
        plain, _, year = name.partition("@")
        target = self._by_name.get(plain.strip())
        if target is None:
            raise self._unknown(name, plain.strip())
        if isinstance(target, Indicator):
            return self._figure(target, name, year.strip())
        if isinstance(target, Table):
            return Field(FieldKind.ROW, target.id, self._assessment.year)
        if isinstance(target, Condition) and isinstance(target.rule, Attested):
            return Field(FieldKind.ATTESTATION, target.id)
        if isinstance(target, ScoredItem) and isinstance(target.method, Rubric):
            return Field(FieldKind.RATING, target.id)
        raise InputError("plan.derived", title=target.title)

    def title(self, name: str) -> str:
        """What ``name`` is called in the programme."""
        target = self._by_name[name.partition("@")[0].strip()]
        return target.title if isinstance(target, Condition | ScoredItem) else target.name

    def _figure(self, indicator: Indicator, name: str, year: str) -> Field:
        now = self._assessment.year
        if year and not (year.isdecimal() and len(year) == YEAR_DIGITS and EARLIEST_YEAR <= int(year) <= now):
            raise InputError("plan.year", found=name, earliest=EARLIEST_YEAR, latest=now)
        if indicator.is_derived:
            raise InputError("plan.derived", title=indicator.name)
        if not indicator.kind.is_number:
            raise InputError("plan.not_a_number", title=indicator.name)
        return Field(FieldKind.VALUE, indicator.id, int(year or now))

    def _unknown(self, name: str, plain: str) -> InputError:
        close = get_close_matches(plain, self._by_name, n=3, cutoff=0.5)
        near = say("plan.near", {"names": "、".join(close)}) if close else ""
        return InputError("plan.unknown_lever", found=name, near=near)

    def movable(self, lever: Field, found: str) -> None:
        """Raises InputError where a limit on ``lever`` says nothing: a known figure of an earlier year."""
        if lever.kind is FieldKind.VALUE and lever.year is not None and lever.year != self._assessment.year:
            value = self._assessment.value(lever.key, lever.year)
            if not isinstance(value, Missing):
                raise InputError("plan.earlier_known", found=found)


def _limit(names: _Names, text: str) -> tuple[Field, Bounds]:
    name, sign, bounds = text.partition("=")
    low, dots, high = bounds.partition("..")
    if not sign or not dots or not name.strip() or not (low.strip() or high.strip()):
        raise InputError("plan.limit_form", found=text)
    lever = names.lever(name)
    if lever.kind not in {FieldKind.VALUE, FieldKind.ROW}:
        raise InputError("plan.limit_kind", title=names.title(name))
    names.movable(lever, name)
    least, most = _number(low, text), _number(high, text)
    if least is not None and most is not None and least > most:
        raise InputError("plan.limit_order", found=text)
    return lever, (least, most)


def _cost(names: _Names, text: str) -> tuple[Field, Decimal]:
    name, sign, factor = text.partition("=")
    if not sign or not name.strip():
        raise InputError("plan.cost_form", found=text)
    lever = names.lever(name)
    try:
        number = _number(factor, text)
    except InputError:
        number = None
    if number is None or number < 0:
        raise InputError("plan.cost_number", found=text)
    return lever, number


def _number(text: str, whole: str) -> Decimal | None:
    """An end of a range as typed, with or without separators; None where it is left out."""
    plain = text.strip().replace(",", "").replace("，", "")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 15:  # noqa: PLR2004  # far beyond any figure of a school
        raise InputError("plan.limit_number", found=whole, text=text.strip())
    return number
