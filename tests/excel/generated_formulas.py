"""Programmes made of formulas of every kind the language has, and schools to try them on."""

import random
from decimal import Decimal

from chuyi_desktop.domain.formula.tree import (
    Aggregate,
    Aggregation,
    Arithmetic,
    Both,
    Choose,
    Compare,
    Comparison,
    Constant,
    Either,
    Expression,
    Fold,
    Name,
    Negative,
    Not,
    Operator,
    Round,
    YearOf,
)
from chuyi_desktop.domain.indicator import Choice, Column, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import (
    Asked,
    AtLeastOf,
    Attested,
    Band,
    Bands,
    Condition,
    Level,
    Linear,
    Programme,
    Requirement,
    Rubric,
    Rule,
    ScoredItem,
    Section,
    Threshold,
    ThresholdCase,
    Tier,
    TierRule,
)
from tests.builders import STANDARD, SUGGESTION, group, programme, section

_KINDS = (Choice("a", "甲类"), Choice("b", "乙类，二等"), Choice("c", "丙“类”"))
_TYPED = (
    Indicator("n0", "人数", ValueKind.INTEGER, "人"),
    Indicator("n1", "面积", ValueKind.DECIMAL, "㎡", digits=2),
    Indicator("n2", "经费", ValueKind.DECIMAL, "万元", digits=1),
    Indicator("day", "日期", ValueKind.DATE),
    Indicator("yes", "是否", ValueKind.YES_NO),
    Indicator("kind", "类别", ValueKind.CHOICE, choices=_KINDS),
    Indicator("word", "名称", ValueKind.TEXT),
)
_TABLE = Table(
    "rows",
    "名册=1",
    (
        Column("m0", "人数", ValueKind.INTEGER),
        Column("m1", "金额", ValueKind.DECIMAL, digits=2),
        Column("zero", "默认零", ValueKind.DECIMAL, digits=1, default="0"),
        Column("flag", "是否", ValueKind.YES_NO),
        Column("off", "默认否", ValueKind.YES_NO, default="否"),
        Column("sort", "类别", ValueKind.CHOICE, choices=_KINDS),
        Column("usual", "默认类", ValueKind.CHOICE, choices=_KINDS, default="甲类"),
        Column("name", "名称", ValueKind.TEXT),
        Column("born", "出生", ValueKind.DATE),
    ),
)
_NUMBERS = ("m0", "m1", "zero")
_WORDS = ("甲", "=1+1", "*", "乙?", "-", "002")
_ORDERS = (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.MORE, Comparison.LESS)
_BACK = 2


class FormulaMaker:
    """Makes formulas whose numbers stay small enough for the 28 digits of the program to be exact."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def number(self, depth: int, *, divides: bool = True) -> Expression:  # noqa: PLR0911  # one case a node
        """A formula for a number."""
        deeper = depth - 1
        if depth <= 0:
            return self.dice.choice((self._name, self._name, self._constant, self._year))()
        match self.dice.randrange(10):
            case 0:
                return Negative(self.number(deeper, divides=divides))
            case 1 | 2:
                operator = self.dice.choice((Operator.ADD, Operator.SUBTRACT))
                return Arithmetic(
                    operator, self.number(deeper, divides=divides), self.number(deeper, divides=divides)
                )
            case 3:
                return Arithmetic(Operator.MULTIPLY, self.number(0), self.number(0))
            case 4 | 5 if divides:
                return Arithmetic(Operator.DIVIDE, self.number(deeper, divides=False), self.number(0))
            case 6:
                return Choose(
                    self.yes(deeper),
                    self.number(deeper, divides=divides),
                    self.number(deeper, divides=divides),
                )
            case 7:
                return Round(self.number(deeper, divides=divides), self.dice.randrange(3))
            case 8:
                kinds = [Aggregation.SUM, Aggregation.MINIMUM, Aggregation.MAXIMUM]
                if divides:
                    kinds.append(Aggregation.AVERAGE)
                count = self.dice.randrange(1, 4)
                return Fold(self.dice.choice(kinds), tuple(self.number(0) for _ in range(count)))
            case _:
                return self._aggregate(deeper, divides=divides)

    def yes(self, depth: int) -> Expression:
        """A formula for yes or no."""
        deeper = depth - 1
        if depth <= 0:
            return self.dice.choice((Name("yes"), Name("yes", 1), Constant(value=True), self._kind()))
        match self.dice.randrange(6):
            case 0:
                return Both(self.yes(deeper), self.yes(deeper))
            case 1:
                return Either(self.yes(deeper), self.yes(deeper))
            case 2:
                return Not(self.yes(deeper))
            case 3:
                return Choose(self.yes(deeper), self.yes(deeper), self.yes(deeper))
            case 4:
                return self.dice.choice(
                    (self._kind(), Compare(Comparison.AT_LEAST, Name("day"), Name("day", 1)))
                )
            case _:
                signs = (*_ORDERS, Comparison.EQUAL, Comparison.UNEQUAL)
                return Compare(self.dice.choice(signs), self.number(deeper), self.number(deeper))

    def where(self, depth: int) -> Expression:
        """A formula over the cells of a row."""
        deeper = depth - 1
        if depth <= 0:
            return self.dice.choice(
                (Name("flag"), Name("off"), self._is("sort"), self._is("usual"), self._text())
            )
        match self.dice.randrange(6):
            case 0:
                return Both(self.where(deeper), self.where(deeper))
            case 1:
                return Either(self.where(deeper), self.where(deeper))
            case 2:
                return Not(self.where(deeper))
            case 3:
                return Choose(self.where(deeper), self.where(deeper), self.where(deeper))
            case 4:
                year = Compare(Comparison.LESS, YearOf(Name("born")), Constant(Decimal(1990)))
                return self.dice.choice((year, self.where(0)))
            case _:
                signs = (*_ORDERS, Comparison.EQUAL, Comparison.UNEQUAL)
                return Compare(self.dice.choice(signs), self._cell(deeper), self._cell(deeper))

    def _cell(self, depth: int) -> Expression:
        if depth <= 0:
            return self.dice.choice((Name(self.dice.choice(_NUMBERS)), self._constant()))
        match self.dice.randrange(5):
            case 0:
                return Arithmetic(self.dice.choice(list(Operator)), self._cell(0), self._cell(0))
            case 1:
                return Choose(self.where(depth - 1), self._cell(0), self._cell(0))
            case 2:
                kinds = (Aggregation.SUM, Aggregation.MINIMUM, Aggregation.MAXIMUM)
                return Fold(self.dice.choice(kinds), (self._cell(0), self._cell(0)))
            case 3:
                return Round(self._cell(0), 0)
            case _:
                return Negative(self._cell(0))

    def _aggregate(self, depth: int, *, divides: bool) -> Expression:
        where = self.where(min(depth, 2)) if self.dice.random() < 0.7 else None
        kinds = [each for each in Aggregation if divides or each is not Aggregation.AVERAGE]
        kind = self.dice.choice(kinds)
        if kind is Aggregation.COUNT:
            return Aggregate(kind, "rows", None, where)
        columns = _NUMBERS if kind is not Aggregation.DISTINCT else ("m0", "flag", "sort", "name", "born")
        return Aggregate(kind, "rows", self.dice.choice(columns), where)

    def _name(self) -> Expression:
        return Name(self.dice.choice(("n0", "n1", "n2")), self.dice.choice((0, 0, 1, _BACK)))

    def _constant(self) -> Expression:
        return Constant(Decimal(self.dice.choice(("0", "1", "2", "3", "8", "0.5", "2.25", "12.5", "40"))))

    def _year(self) -> Expression:
        return self.dice.choice((YearOf(Name("day")), Name("report_year"), Name("report_year", 1)))

    def _kind(self) -> Expression:
        sign = self.dice.choice((Comparison.EQUAL, Comparison.UNEQUAL))
        other = self.dice.choice((Constant("a"), Constant("b"), Constant("none"), Name("kind", 1)))
        return Compare(sign, Name("kind"), other)

    def _is(self, column: str) -> Expression:
        sign = self.dice.choice((Comparison.EQUAL, Comparison.UNEQUAL))
        return Compare(sign, Name(column), Constant(self.dice.choice(("a", "b", "c", "none"))))

    def _text(self) -> Expression:
        sign = self.dice.choice((Comparison.EQUAL, Comparison.UNEQUAL))
        return Compare(sign, Name("name"), Constant(self.dice.choice(_WORDS)))


def formula_programme(seed: int, count: int = 30) -> Programme:
    """A programme with ``count`` derived indicators, conditions, items and tiers over them."""
    dice = random.Random(f"programme {seed}")  # noqa: S311  # no secret
    maker = FormulaMaker(dice)
    derived = [
        Indicator(
            f"d{number}",
            f"导出{number}",
            ValueKind.DECIMAL,
            digits=dice.randrange(4),
            formula=maker.number(3),
        )
        for number in range(count)
    ]
    derived.append(Indicator("whole", "导出整数", ValueKind.INTEGER, formula=maker.number(2)))
    derived.append(Indicator("truth", "导出是否", ValueKind.YES_NO, formula=maker.yes(3)))
    derived.append(
        Indicator(
            "twice",
            "导出再导出",
            ValueKind.DECIMAL,
            digits=2,
            formula=Fold(Aggregation.SUM, (Name("d0"), Name("d1", 1))),
        )
    )
    made = _Rules(dice, maker, count)
    sections = (Section("typed", "填报", tuple(Asked(each.id, _BACK) for each in _TYPED)),)
    return programme(
        *_TYPED,
        *derived,
        tables=(_TABLE,),
        groups=[
            group(*(made.condition(f"{at}{number}") for number in range(5)), id=f"g{at}") for at in range(3)
        ],
        scored=[
            section(*(made.item(f"i{at}{number}") for number in range(4)), id=f"s{at}") for at in range(2)
        ],
        tiers=made.tiers(),
        sections=sections,
    )


class _Rules:
    """Makes the rules of a programme."""

    def __init__(self, dice: random.Random, maker: FormulaMaker, derived: int) -> None:
        self.dice, self.maker, self.derived = dice, maker, derived

    def condition(self, name: str, *, deep: bool = True) -> Condition:
        applies = self.maker.yes(1) if self.dice.random() < 0.3 else None
        return Condition(name, f"条件{name}", self._rule(name, deep=deep), STANDARD, applies_when=applies)

    def _rule(self, name: str, *, deep: bool) -> Rule:
        match self.dice.randrange(5 if deep else 3):
            case 0:
                return Requirement(self.maker.yes(3))
            case 1 | 3:
                return Threshold(self._subject(), self.dice.choice(list(Comparison)), self._cases())
            case 2:
                return Attested("声明")
            case _:
                options = tuple(self.condition(f"{name}o{at}", deep=False) for at in range(4))
                return AtLeastOf(self.dice.randrange(1, 4), options)

    def _cases(self) -> tuple[ThresholdCase, ...]:
        count = self.dice.randrange(4)
        cases = [ThresholdCase(self._bound(), self.maker.yes(1), "某类" * (at % 2)) for at in range(count)]
        if not count or self.dice.random() < 0.6:
            cases.append(ThresholdCase(self._bound()))
        return tuple(cases)

    def _subject(self) -> Expression:
        if self.dice.random() < 0.5:
            return Name(f"d{self.dice.randrange(self.derived)}")
        return self.maker.number(2)

    def _bound(self) -> Decimal:
        return Decimal(self.dice.choice(("-1", "0", "0.5", "1", "2", "12.5", "100", "2000")))

    def item(self, name: str) -> ScoredItem:
        maximum = Decimal(self.dice.choice(("2", "5", "7.5")))
        match self.dice.randrange(3):
            case 0:
                levels = tuple(Level(f"l{at}", f"等级{at}", Decimal(at)) for at in (9, 3, 1, 0))
                return ScoredItem(name, f"评分{name}", maximum, Rubric(levels), SUGGESTION)
            case 1:
                bounds = self.dice.sample((-5, 0, 1, 2, 12, 50, 100, 2000), 4)
                steps = tuple(
                    Band(Decimal(bound), Decimal(self.dice.randrange(1, 16)) / 2) for bound in bounds
                )
                rising, otherwise = self.dice.random() < 0.6, Decimal(self.dice.randrange(2))
                return ScoredItem(
                    name, f"评分{name}", maximum, Bands(self._subject(), steps, rising, otherwise), SUGGESTION
                )
            case _:
                ends = self.dice.sample((-8, 0, 3, 12, 25, 160, 2000), 2)
                if self.dice.random() < 0.1:
                    ends[1] = ends[0]
                linear = Linear(self._subject(), Decimal(ends[0]), Decimal(ends[1]))
                return ScoredItem(name, f"评分{name}", maximum, linear, SUGGESTION)

    def tiers(self) -> tuple[Tier, ...]:
        """Three tiers so far apart that no item steps over one; sometimes with a last tier for all."""
        found = []
        for at, points in enumerate((Decimal(20), Decimal("10.5"), None)):
            groups = [f"g{number}" for number in range(3) if self.dice.random() < 0.3]
            most = tuple(
                (f"g{number}", self.dice.randrange(1, 5)) for number in range(3) if self.dice.random() < 0.4
            )
            minimum = points if self.dice.random() < 0.7 else None
            found.append(
                Tier(f"t{at}", f"第{at + 1}档", TierRule(tuple(groups[: 2 - at]), most, minimum), SUGGESTION)
            )
        if self.dice.random() < 0.5:
            found.append(Tier("last", "其余", TierRule(), SUGGESTION))
        return tuple(found)
