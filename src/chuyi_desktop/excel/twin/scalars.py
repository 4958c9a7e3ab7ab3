"""A formula tree as an Excel formula over the rows of 计算."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from chuyi_desktop.domain.formula import Expression, Facts, evaluate, tables_used
from chuyi_desktop.domain.formula.references import references
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
    Fold,
    Name,
    Negative,
    Not,
    Operator,
    Round,
    YearOf,
)
from chuyi_desktop.domain.indicator import REPORT_YEAR, Indicator, ValueKind
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.values import Maybe, Missing, MissingReason, Value
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.twin.calculation import Calculation, Step, StepKind
from chuyi_desktop.excel.twin.inputs import is_open, read
from chuyi_desktop.excel.twin.notation import cached, literal
from chuyi_desktop.excel.twin.places import Places
from chuyi_desktop.excel.twin.rosters import Rosters
from chuyi_desktop.excel.twin.vectors import UntranslatableError

_MOST_DECIMALS = 9
"""Decimals up to which a number is brought to its own decimals before it is compared."""
_SIGNIFICANT = 14
"""Digits of a quotient that a double keeps surely, after a dozen operations."""
_LONGEST = 300
"""Characters after which a part becomes a step of its own."""
_SIGNS = {Comparison.UNEQUAL: "<>"}


class Sort(StrEnum):
    """What a part of a formula comes to."""

    NUMBER = "number"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an Excel formula. ``closed``: needs no brackets; ``place``: is the place of a step and may
    be repeated; ``decimals``: a number has no more, None where that is not known."""

    text: str
    sort: Sort
    closed: bool = True
    place: bool = False
    decimals: int | None = None

    @property
    def inner(self) -> str:
        """It, as a part of something else."""
        return self.text if self.closed else f"({self.text})"


@dataclass(slots=True)
class Scalars:
    """Translates formulas; ``facts`` gives every step its value as of now."""

    programme: Programme
    calculation: Calculation
    places: Places
    rosters: Rosters
    facts: Facts
    year: int
    words: Callable[[Expression], str]
    fixed: list[str] = field(default_factory=list)
    """What could not be translated and stands as the value of now."""

    # Indicators

    def indicator(self, indicator_id: str, years_back: int = 0) -> Piece:
        """The value of an indicator, at a step."""
        indicator = (
            REPORT_YEAR if indicator_id == REPORT_YEAR.id else self.programme.indicators.get(indicator_id)
        )
        if indicator is None:
            return Piece("NA()", Sort.NUMBER)
        key = ("indicator", indicator_id, years_back)
        place = self.calculation.place(key)
        if place is None:
            place = self._step(indicator, years_back, key)
        decimals = indicator.decimals
        if indicator.formula is not None:
            decimals_of = _rounding(indicator)
            return Piece(place, _sort(indicator), place=True, decimals=decimals_of)
        return Piece(place, _sort(indicator), place=True, decimals=decimals)

    def _step(self, indicator: Indicator, years_back: int, key: object) -> str:
        value = self.facts.value(indicator.id, years_back)
        year = self.year - years_back
        label = (
            indicator.name if not years_back else say("twin.of_year", {"year": year, "name": indicator.name})
        )
        if indicator.formula is not None and not (years_back and self._reads_rosters(indicator)):
            return self._derived(indicator, indicator.formula, years_back, label, key)
        cell = self.places.values.get((indicator.id, year))
        if cell is None:
            if indicator is not REPORT_YEAR:
                label = say("twin.step.fixed", {"label": label})
            return self.calculation.add(Step(StepKind.DATA, label, literal(value), cached(value)), key)
        gap = is_open(cell.reference)
        waits = isinstance(value, Missing) and value.reason is not MissingReason.NOT_APPLICABLE
        step = Step(
            StepKind.DATA,
            label,
            read(cell.reference, indicator),
            cached(value),
            gap=gap,
            is_gap=waits,
            place=cell.sheet,
        )
        return self.calculation.add(step, key)

    def _derived(
        self, indicator: Indicator, formula: Expression, years_back: int, label: str, key: object
    ) -> str:
        value, digits = self.facts.value(indicator.id, years_back), _rounding(indicator)
        piece = self.piece(formula, years_back)
        if piece.sort is Sort.NUMBER and digits is not None:
            text = self._rounded(
                piece, digits, say("twin.step.unrounded", {"label": label}), formula, years_back
            )
        else:
            text = piece.text
        return self.calculation.add(Step(StepKind.DERIVED, label, text, cached(value)), key)

    def _reads_rosters(self, indicator: Indicator) -> bool:
        """Whether a derived indicator counts rows, of which a workbook has only this year's."""
        if indicator.formula is None:
            return False
        if tables_used(indicator.formula):
            return True
        inner = (self.programme.indicators.get(each.id) for each in references(indicator.formula))
        return any(each is not None and self._reads_rosters(each) for each in inner)

    # Formulas

    def piece(self, tree: Expression, back: int = 0) -> Piece:
        """``tree`` seen from ``back`` years ago; a long one at a step of its own."""
        piece = self._translated(tree, back)
        return self.stepped(piece, tree, back) if len(piece.text) > _LONGEST else piece

    def stepped(self, piece: Piece, tree: Expression, back: int = 0, label: str = "") -> Piece:
        """``piece`` at a step of its own, so that it can be repeated."""
        if piece.place:
            return piece
        key = ("tree", tree, back)
        place = self.calculation.place(key)
        if place is None:
            value = cached(self._now(tree, back))
            step = Step(StepKind.STEP, label or self.words(tree), piece.text, value)
            place = self.calculation.add(step, key)
        return replace(piece, text=place, closed=True, place=True)

    def clean(self, piece: Piece, tree: Expression, back: int = 0) -> str:
        """A number without the last digits in which doubles differ from decimals."""
        if (
            piece.sort is not Sort.NUMBER
            or piece.decimals == 0
            or (piece.place and piece.decimals is not None)
        ):
            return piece.inner
        if isinstance(tree, Constant):
            return piece.inner
        if piece.decimals is not None:
            return f"ROUND({piece.text},{piece.decimals})"
        found = self.stepped(piece, tree, back)
        return f"ROUND({found.text},{_sure_digits(found.text, 1)})"

    def _rounded(self, piece: Piece, digits: int, label: str, tree: Expression, back: int) -> str:
        """Half up to ``digits``: first brought to the decimal number that the double stands for."""
        if piece.decimals is not None:
            if piece.decimals == 0 or (piece.place and piece.decimals <= digits):
                return piece.text
            if piece.decimals <= digits:
                return f"ROUND({piece.text},{digits})"
            return f"ROUND(ROUND({piece.text},{piece.decimals}),{digits})"
        found = self.stepped(piece, tree, back, label)
        return f"ROUND(ROUND({found.text},{_sure_digits(found.text, digits + 1)}),{digits})"

    def _now(self, tree: Expression, back: int) -> Maybe:
        return evaluate(tree, _Earlier(self.facts, back) if back else self.facts)

    def _translated(self, tree: Expression, back: int) -> Piece:  # noqa: C901, PLR0911, PLR0912  # one case a node
        match tree:
            case Constant(value):
                return _constant(value)
            case Name(id, years_back):
                return self.indicator(id, back + years_back)
            case Negative(operand):
                piece = self.piece(operand, back)
                return Piece(f"-{piece.inner}", Sort.NUMBER, closed=False, decimals=piece.decimals)
            case Arithmetic(operator, left, right):
                return _computed(operator, self.piece(left, back), self.piece(right, back))
            case Compare(comparison, left, right):
                return self._compared(comparison, left, right, back)
            case Both():
                return self._joined(_flat(tree, Both), back, "AND", "TRUE", "FALSE")
            case Either():
                return self._joined(_flat(tree, Either), back, "OR", "FALSE", "TRUE")
            case Not(operand):
                return Piece(f"NOT({self.piece(operand, back).text})", Sort.YES_NO)
            case Choose():
                return self._chosen(tree, back)
            case Round(operand, digits):
                piece = self.piece(operand, back)
                text = self._rounded(piece, digits, "", operand, back)
                return Piece(text, Sort.NUMBER, piece.closed or text.startswith("ROUND"), decimals=digits)
            case YearOf(operand):
                return Piece(f"INT({self.piece(operand, back).text}/10000)", Sort.NUMBER, decimals=0)
            case Fold(aggregation, operands):
                return self._folded(aggregation, [self.piece(each, back) for each in operands])
            case Aggregate():
                return self._aggregated(tree, back)
            case _:
                assert_never(tree)

    def _compared(self, comparison: Comparison, left: Expression, right: Expression, back: int) -> Piece:
        one, other = self.piece(left, back), self.piece(right, back)
        sign = _SIGNS.get(comparison, str(comparison))
        if one.sort is Sort.TEXT and other.sort is Sort.TEXT:
            same = f"EXACT({one.text},{other.text})"
            return Piece(same if comparison is Comparison.EQUAL else f"NOT({same})", Sort.YES_NO)
        text = f"{self.clean(one, left, back)}{sign}{self.clean(other, right, back)}"
        return Piece(text, Sort.YES_NO, closed=False)

    def _joined(
        self, operands: Sequence[Expression], back: int, function: str, neutral: str, decides: str
    ) -> Piece:
        """and/or: one side that decides is enough, whatever is not known of the others."""
        texts = []
        for operand in operands:
            piece = self.piece(operand, back)
            if isinstance(operand, Both | Either | Choose):
                piece = self.stepped(piece, operand, back)
            texts.append(piece.text)
        careful = ",".join(f"IFERROR({text},{neutral})" for text in texts)
        plain = f"{function}({','.join(texts)})"
        if decides == "FALSE":
            return Piece(f"IF({function}({careful}),{plain},FALSE)", Sort.YES_NO)
        return Piece(f"IF({function}({careful}),TRUE,{plain})", Sort.YES_NO)

    def _chosen(self, tree: Choose, back: int) -> Piece:
        then, otherwise = self.piece(tree.then, back), self.piece(tree.otherwise, back)
        decimals = None
        if then.decimals is not None and otherwise.decimals is not None:
            decimals = max(then.decimals, otherwise.decimals)
        condition = self.piece(tree.condition, back)
        differ = (
            isinstance(tree.then, Constant)
            and isinstance(tree.otherwise, Constant)
            and (tree.then != tree.otherwise)
        )
        if differ:
            text = f"IF({condition.text},{then.text},{otherwise.text})"
        else:
            asked = self.stepped(condition, tree.condition, back).text
            then, otherwise = (
                self._repeated(then, tree.then, back),
                self._repeated(otherwise, tree.otherwise, back),
            )
            # Either way the same value: what is not known does not matter.
            same = f"IF({then.inner}={otherwise.inner},{then.text},{asked})"
            text = f"IF(ISERROR({asked}),{same},IF({asked},{then.text},{otherwise.text}))"
        return Piece(text, then.sort, decimals=decimals)

    def _repeated(self, piece: Piece, tree: Expression, back: int) -> Piece:
        return piece if isinstance(tree, Constant) else self.stepped(piece, tree, back)

    def _folded(self, aggregation: Aggregation, operands: Sequence[Piece]) -> Piece:
        known = [each.decimals for each in operands if each.decimals is not None]
        decimals = max(known) if len(known) == len(operands) else None
        if aggregation in {Aggregation.MINIMUM, Aggregation.MAXIMUM}:
            function = "MIN" if aggregation is Aggregation.MINIMUM else "MAX"
            listed = ",".join(each.text for each in operands)
            return Piece(f"{function}({listed})", Sort.NUMBER, decimals=decimals)
        total = "+".join(each.inner for each in operands)
        if aggregation is Aggregation.AVERAGE:
            return Piece(f"({total})/{len(operands)}", Sort.NUMBER, closed=False)
        return Piece(total, Sort.NUMBER, closed=False, decimals=decimals)

    def _aggregated(self, tree: Aggregate, back: int) -> Piece:
        decimals = self._column_decimals(tree)
        try:
            if back:
                raise UntranslatableError
            return Piece(self.rosters.aggregate(tree), Sort.NUMBER, place=True, decimals=decimals)
        except UntranslatableError:
            value = self._now(tree, back)
            label = self.words(tree)
            self.fixed.append(label)
            step = Step(
                StepKind.ROSTER, say("twin.step.fixed", {"label": label}), literal(value), cached(value)
            )
            place = self.calculation.add(step, ("fixed", tree, back))
            return Piece(place, Sort.NUMBER, place=True, decimals=decimals)

    def _column_decimals(self, tree: Aggregate) -> int | None:
        if tree.aggregation in {Aggregation.COUNT, Aggregation.DISTINCT}:
            return 0
        table = self.programme.tables.get(tree.table)
        column = None if table is None else table.by_id.get(tree.column or "")
        if column is None or tree.aggregation is Aggregation.AVERAGE or column.decimals > _MOST_DECIMALS:
            return None
        return column.decimals


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The facts of a programme seen from an earlier year; its rosters of that year are in no workbook."""

    facts: Facts
    back: int

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        return self.facts.value(indicator_id, self.back + years_back)

    def rows(self, table_id: str) -> Missing:
        return Missing(fields=(table_id,))


def _constant(value: Value) -> Piece:
    if isinstance(value, bool):
        return Piece(literal(value), Sort.YES_NO)
    if isinstance(value, Decimal):
        digits = len(literal(value).partition(".")[2])
        return Piece(literal(value), Sort.NUMBER, closed=value >= 0, decimals=digits)
    return Piece(literal(value), Sort.TEXT)


def _computed(operator: Operator, left: Piece, right: Piece) -> Piece:
    text = f"{left.inner}{operator}{right.inner}"
    decimals = None
    if left.decimals is not None and right.decimals is not None and operator is not Operator.DIVIDE:
        if operator is Operator.MULTIPLY:
            decimals = left.decimals + right.decimals
        else:
            decimals = max(left.decimals, right.decimals)
        decimals = decimals if decimals <= _MOST_DECIMALS else None
    return Piece(text, Sort.NUMBER, closed=False, decimals=decimals)


def _sure_digits(place: str, least: int) -> str:
    """The decimals of the number at ``place`` that a double keeps surely."""
    return f"MAX({least},{_SIGNIFICANT}-LEN(INT(ABS({place}))))"


def _flat(tree: Expression, kind: type[Both | Either]) -> list[Expression]:
    """The operands of a chain of and, or of or."""
    if isinstance(tree, Both | Either) and isinstance(tree, kind):
        return [*_flat(tree.left, kind), *_flat(tree.right, kind)]
    return [tree]


def _sort(indicator: Indicator) -> Sort:
    if indicator.kind.is_number or indicator.kind is ValueKind.DATE:
        return Sort.NUMBER
    return Sort.YES_NO if indicator.kind is ValueKind.YES_NO else Sort.TEXT


def _rounding(indicator: Indicator) -> int | None:
    """Decimals a derived indicator is rounded to; None where it is not."""
    if indicator.digits is None and indicator.kind is ValueKind.INTEGER:
        return 0
    return indicator.digits
