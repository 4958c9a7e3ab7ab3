"""申报项目: what one programme asks, requires, scores and prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from chuyi_desktop.domain.formula.tree import Comparison, Expression
from chuyi_desktop.domain.indicator import Indicator, Table
from chuyi_desktop.domain.provenance import Basis, Provenance


@dataclass(frozen=True, slots=True)
class ThresholdCase:
    """A threshold and when it holds: ``when`` over context indicators, None for every other school.

    ``provenance`` stands where this case has another source than its condition.
    """

    value: Decimal
    when: Expression | None = None
    label: str = ""
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """``subject comparison threshold``; the first case whose ``when`` holds gives the threshold."""

    subject: Expression
    comparison: Comparison
    cases: tuple[ThresholdCase, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A yes/no formula that must be yes."""

    holds: Expression


@dataclass(frozen=True, slots=True)
class AtLeastOf:
    """k-of-n: at least ``count`` of ``options`` must be met."""

    count: int
    options: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Attested:
    """A statement the school declares true and proves by evidence."""

    statement: str


Rule = Threshold | Requirement | AtLeastOf | Attested


@dataclass(frozen=True, slots=True)
class Condition:
    """条件: a hard requirement. ``applies_when`` limits it to some schools; elsewhere it does not count."""

    id: str
    title: str
    rule: Rule
    provenance: Provenance
    applies_when: Expression | None = None
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Conditions that stand together. ``programme_id`` is the pack that defines them: a programme
    includes the groups of another by reference, and they keep their ids and sources."""

    id: str
    title: str
    programme_id: str
    conditions: tuple[Condition, ...]

    def with_options(self) -> Iterator[Condition]:
        """Its conditions in order, options of a k-of-n after their condition."""
        for condition in self.conditions:
            yield condition
            if isinstance(condition.rule, AtLeastOf):
                yield from condition.rule.options


@dataclass(frozen=True, slots=True)
class Band:
    """``points`` from ``bound`` on (inclusive), in the direction of its :class:`Bands`."""

    bound: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Bands:
    """Points by steps. With ``rising`` the best band reached from below counts: subject ≥ bound; else
    subject ≤ bound. No band reached: ``otherwise``."""

    subject: Expression
    steps: tuple[Band, ...]
    rising: bool = True
    otherwise: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Linear:
    """Points in proportion: none at ``zero_at``, all at ``full_at``, straight between; ``full_at`` below
    ``zero_at`` means smaller is better."""

    subject: Expression
    zero_at: Decimal
    full_at: Decimal


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a rubric and its points."""

    id: str
    title: str
    points: Decimal
    description: str = ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """The school places itself on one of ``levels``, best first, and proves it."""

    levels: tuple[Level, ...]


Method = Bands | Linear | Rubric


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """评分项: at most ``maximum`` points by ``method``."""

    id: str
    title: str
    maximum: Decimal
    method: Method
    provenance: Provenance
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ScoredSection:
    """Scored items that stand together; ``maximum`` is the sum of theirs."""

    id: str
    title: str
    items: tuple[ScoredItem, ...]

    @property
    def maximum(self) -> Decimal:
        """The most points the section can give."""
        return sum((item.maximum for item in self.items), Decimal(0))


@dataclass(frozen=True, slots=True)
class TierRule:
    """What a tier asks, all of it: every condition of the groups ``all_met``, in each group of
    ``most_unmet`` no more than so many unmet, and at least ``minimum_points``. Asking nothing is the
    last tier, which every school reaches."""

    all_met: tuple[str, ...] = ()
    most_unmet: tuple[tuple[str, int], ...] = ()
    minimum_points: Decimal | None = None

    @property
    def asks_nothing(self) -> bool:
        """Whether every school reaches it."""
        return not self.all_met and not self.most_unmet and self.minimum_points is None


@dataclass(frozen=True, slots=True)
class Tier:
    """档次: an ordered verdict; a programme lists its tiers best first."""

    id: str
    name: str
    rule: TierRule
    provenance: Provenance
    note: str = ""


class Grade(StrEnum):
    """The grade of a check; none ever blocks saving."""

    MANDATORY = "mandatory"
    """强制性: blocks handing in."""
    NEAR_MANDATORY = "near_mandatory"
    """准强制性: blocks handing in unless explained and confirmed by the head."""
    EXPLAIN = "explain"
    """核实性: needs an explanation of at least six characters."""
    HINT = "hint"
    """提示性."""

    @property
    def blocks(self) -> bool:
        """Whether an unsettled finding of this grade stands in the way of handing in."""
        return self in {Grade.MANDATORY, Grade.NEAR_MANDATORY}


@dataclass(frozen=True, slots=True)
class Check:
    """审核: a consistency rule. Not judged while anything it reads is 未填.

    With a ``table`` it looks at every row of that roster: ``holds`` then reads columns by their names, and
    indicators where no column has the name; or no two rows may be alike in all columns of ``unique``.
    Exactly one of ``holds`` and ``unique`` is given, ``unique`` only with a ``table``.
    """

    id: str
    title: str
    grade: Grade
    holds: Expression | None
    advice: str
    provenance: Provenance
    table: str = ""
    unique: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator a programme asks for, with how many earlier years beside this one."""

    indicator_id: str
    earlier_years: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """指标 of a programme that stand together on a page and a sheet."""

    id: str
    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text the school writes. ``limit`` and ``minimum`` are in characters as Word counts them."""

    id: str
    title: str
    prompt: str = ""
    limit: int = 3000
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class DossierPart:
    """A part of the printed dossier: ``kind`` names how it is composed, ``settings`` fit it."""

    kind: str
    title: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Programme:
    """申报项目, whole: a form pack with the shared indicators and tables it uses resolved.

    ``pack_hash`` covers everything the verdict depends on, catalogue and included packs too, so that a
    result can be reproduced.
    """

    id: str
    name: str
    version: str
    pack_hash: str
    applicant: str
    purpose: str
    provenance: Provenance
    indicators: Mapping[str, Indicator]
    tables: Mapping[str, Table]
    sections: tuple[Section, ...]
    condition_groups: tuple[ConditionGroup, ...]
    scored_sections: tuple[ScoredSection, ...]
    tiers: tuple[Tier, ...]
    checks: tuple[Check, ...]
    narratives: tuple[Narrative, ...]
    dossier: tuple[DossierPart, ...]
    unknown: tuple[str, ...] = ()
    """What no published text gives yet, and where a school would look."""

    @property
    def maximum(self) -> Decimal:
        """The most points the programme can give; 0 where nothing is scored."""
        return sum((section.maximum for section in self.scored_sections), Decimal(0))

    def conditions(self) -> Iterator[Condition]:
        """All conditions in order, options of a k-of-n after their condition."""
        for group in self.condition_groups:
            yield from group.with_options()

    def scored_items(self) -> Iterator[ScoredItem]:
        """All scored items in order."""
        for section in self.scored_sections:
            yield from section.items

    def rule_titles(self) -> dict[str, str]:
        """The title of every condition and scored item by id."""
        titles = {condition.id: condition.title for condition in self.conditions()}
        return titles | {item.id: item.title for item in self.scored_items()}

    def provable(self) -> dict[str, str]:
        """Everything evidence can prove, id to title: rules, then indicators, those asked for first."""
        asked = [one.indicator_id for section in self.sections for one in section.asked]
        names = {
            name: self.indicators[name].name for name in [*asked, *self.indicators] if name in self.indicators
        }
        return self.rule_titles() | names

    def reference_points(self) -> Decimal:
        """How many of the points rest on reference weights."""
        items = (item for item in self.scored_items() if item.provenance.basis is Basis.REFERENCE)
        return sum((item.maximum for item in items), Decimal(0))
