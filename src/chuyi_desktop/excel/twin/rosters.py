"""Rosters in formulas: how many rows there are, and what is counted, added up and looked for in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chuyi_desktop.domain.formula import Expression, Facts, evaluate
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.formula.tree import Aggregate, Aggregation
from chuyi_desktop.domain.indicator import Table, ValueKind
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.twin.calculation import LONGEST_FORMULA, Calculation, Step, StepKind
from chuyi_desktop.excel.twin.notation import NOT_KNOWN, Cached, cached, text
from chuyi_desktop.excel.twin.places import RosterPlace
from chuyi_desktop.excel.twin.vectors import (
    CLEAN_DIGITS,
    Numbers,
    RowTranslator,
    Truth,
    UntranslatableError,
    Words,
    both,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as the facts of a ``where``."""

    cells: RosterRow

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        del years_back
        return self.cells.get(indicator_id, Missing())

    def rows(self, table_id: str) -> Missing:
        del table_id
        return Missing()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The rows a ``where`` chooses: ``count`` is the step with how many, ``yes`` 1 for each of them."""

    count: str
    yes: str
    is_array: bool = False


@dataclass(slots=True)
class Rosters:
    """The steps over rosters; each is made when first asked for."""

    calculation: Calculation
    tables: Mapping[str, Table]
    places: Mapping[str, RosterPlace]
    facts: Facts
    words: Callable[[Expression], str]

    def aggregate(self, tree: Aggregate) -> str:
        """Where the value of ``tree`` stands. Raises UntranslatableError."""
        key = ("aggregate", tree)
        found = self.calculation.place(key)
        if found is None:
            found = self._aggregate(tree, key)
        return found

    def row_count(self, table_id: str) -> str:
        """Where the number of rows stands: 0 for 本表无数据, an error where nothing is said or rows lie
        below what the formulas read."""
        key = ("rows", table_id)
        found = self.calculation.place(key)
        if found is not None:
            return found
        place, table = self._place(table_id), self.tables[table_id]
        yes = text(say("input.yes"))
        said = f"SUMPRODUCT({place.mask}*{_filled(place)})"
        rows = self.facts.rows(table_id)
        step = Step(
            StepKind.ROSTER,
            say("twin.step.rows", {"table": table.name}),
            f"IF(COUNTA({place.below})>0,NA(),IF({said}>0,{said},IF({place.empty}={yes},0,NA())))",
            NOT_KNOWN if isinstance(rows, Missing) else float(len(rows)),
            gap="ISERROR({value})",
            is_gap=isinstance(rows, Missing),
            place=place.sheet,
        )
        return self.calculation.add(step, key)

    def _place(self, table_id: str) -> RosterPlace:
        if table_id not in self.places or table_id not in self.tables:
            raise UntranslatableError
        return self.places[table_id]

    def _aggregate(self, tree: Aggregate, key: object) -> str:
        chosen = self._chosen(tree.table, tree.where)
        if tree.column is None or tree.aggregation is Aggregation.COUNT:
            return chosen.count
        rows = RowTranslator(self.tables[tree.table], self._place(tree.table).columns)
        column = rows.column(tree.column)
        yes = chosen.yes
        filled = f"SUMPRODUCT({both(yes, _known(column))})={chosen.count}"
        value, is_array = self._of_filled(tree, column, yes, chosen.count)
        nothing = "0" if tree.aggregation in {Aggregation.SUM, Aggregation.DISTINCT} else "NA()"
        formula = f"IF({chosen.count}=0,{nothing},IF({filled},{value},NA()))"
        is_array = is_array or chosen.is_array or rows.needs_array
        return self._add(
            self.words(tree), formula, cached(evaluate(tree, self.facts)), key, is_array=is_array
        )

    def _add(self, label: str, formula: str, value: Cached, key: object, *, is_array: bool = False) -> str:
        if len(formula) > LONGEST_FORMULA:
            raise UntranslatableError
        return self.calculation.add(Step(StepKind.ROSTER, label, formula, value, is_array), key)

    def _chosen(self, table_id: str, where: Expression | None) -> _Chosen:
        """The step that counts the rows of ``where``; an error while it cannot be told for some row."""
        place = self._place(table_id)
        rows = self.row_count(table_id)
        if where is None:
            return _Chosen(rows, f"{place.mask}*{_filled(place)}")
        translator = RowTranslator(self.tables[table_id], place.columns)
        truth = translator.truth(where)
        mask = f"{place.mask}*{_filled(place)}" if translator.may_hold_in_blank_rows else place.mask
        masked = Truth(both(mask, truth.yes), both(mask, truth.no))
        tree = Aggregate(Aggregation.COUNT, table_id, None, where)
        key = ("chosen", table_id, where)
        count = self.calculation.place(key)
        if count is None:
            said = self.words(tree)
            yes_count, no_count = self._counts(table_id, where)
            sides = (("surely", masked.yes, yes_count), ("surely_not", masked.no, no_count))
            yes, no = (
                self._add(
                    say(f"twin.step.{code}", {"words": said}),
                    f"SUMPRODUCT({rows_of})",
                    now,
                    None,
                    is_array=translator.needs_array,
                )
                for code, rows_of, now in sides
            )
            formula = f"IF({rows}=0,0,IF({yes}+{no}={rows},{yes},NA()))"
            count = self._add(said, formula, cached(evaluate(tree, self.facts)), key)
        return _Chosen(count, masked.yes, translator.needs_array)

    def _counts(self, table_id: str, where: Expression) -> tuple[float, float]:
        rows = self.facts.rows(table_id)
        found = [] if isinstance(rows, Missing) else [evaluate(where, _Row(row)) for row in rows]
        return float(sum(each is True for each in found)), float(sum(each is False for each in found))

    def _of_filled(
        self, tree: Aggregate, column: Numbers | Truth | Words, yes: str, count: str
    ) -> tuple[str, bool]:
        """The value where every chosen cell is filled in, and whether it takes an array formula."""
        if tree.aggregation is Aggregation.DISTINCT:
            return self._distinct(tree, yes)
        if not isinstance(column, Numbers):
            raise UntranslatableError
        chosen = f"IF({yes}>0,{column.value})"
        match tree.aggregation:
            case Aggregation.MINIMUM:
                return f"MIN({chosen})", True
            case Aggregation.MAXIMUM:
                return f"MAX({chosen})", True
        total = _total(yes, column)
        return (f"{total}/{count}" if tree.aggregation is Aggregation.AVERAGE else total), False

    def _distinct(self, tree: Aggregate, yes: str) -> tuple[str, bool]:
        table, place = self.tables[tree.table], self._place(tree.table)
        column = table.by_id[tree.column or ""]
        cells = place.columns[column.id]
        if column.default is not None:
            raise UntranslatableError
        labels = [choice.label for choice in column.choices]
        if column.kind is ValueKind.YES_NO:
            labels = [say("input.yes"), say("input.no")]
        if labels:
            there = (f"(SUMPRODUCT({yes}*EXACT({cells},{text(label)}))>0)" for label in labels)
            return "+".join(there), False
        first = cells.partition(":")[0]
        wanted = _literally(cells) if column.kind is ValueKind.TEXT else cells
        matched = f"IF({yes}>0,MATCH({wanted},{cells},0))"
        return f"SUM(--(FREQUENCY({matched},ROW({cells})-ROW({first})+1)>0))", True


def _filled(place: RosterPlace) -> str:
    """1 for every row with anything in it."""
    cells = "+".join(f'({each}<>"")' for each in place.columns.values())
    return f"(({cells})>0)"


def _known(column: Numbers | Truth | Words) -> str:
    return f"({column.yes}+{column.no})" if isinstance(column, Truth) else column.known


def _total(yes: str, column: Numbers) -> str:
    """The sum of the chosen cells. Handed over apart, texts among the others do no harm."""
    total = f"SUMPRODUCT({yes}*1,{column.value})"
    return total if column.whole else f"ROUND({total},{CLEAN_DIGITS})"


def _literally(cells: str) -> str:
    """Texts in which a star or question mark stands for itself."""
    for sign in "~*?":
        cells = f'SUBSTITUTE({cells},"{sign}","~{sign}")'
    return cells
