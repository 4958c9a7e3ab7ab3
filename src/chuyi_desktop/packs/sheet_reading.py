"""The sheets of a workbook as a pack's data, every piece with the cell it came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from chuyi_desktop.app.ports import PackReading, ReadPackLine, ReadPackSheet
from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.packs.nearest import listed
from chuyi_desktop.packs.sheet_forms import FORMS
from chuyi_desktop.packs.sheet_layout import (
    KEY,
    KIND,
    METHOD,
    CellRule,
    Kind,
    SheetForm,
    head,
    kind_word,
    method_word,
)
from chuyi_desktop.packs.sheet_words import CellFault, Vocabulary
from chuyi_desktop.packs.spot import Step, Steps

INFORMATION = frozenset({"where"})
"""Columns for information only."""


@dataclass(slots=True)
class Row:
    """A row that became an entry: where it stands in the data and on which sheet."""

    steps: Steps
    kind: Kind
    sheet: ReadPackSheet
    form: SheetForm
    line: ReadPackLine
    file: str

    def place(self, role: str = "") -> Place:
        """Its cell in a column; without one, its first filled cell."""
        first = next((one for one in self.form.roles if one in self.line.cells), self.form.roles[0])
        letters = self.sheet.letters.get(role) or self.sheet.letters.get(first, "A")
        return Place(self.file, self.sheet.name, f"{letters}{self.line.number}")

    def role_of(self, path: tuple[str, ...]) -> str:
        """The column of what stands at ``path`` of the entry, or in it; empty where there is none."""
        rules = [rule for rule in self.kind.cells if rule.path == path]
        rules += [rule for rule in self.kind.cells if rule.path[: len(path)] == path and path]
        if not rules and self.kind.methods and path and path[0] in self.kind.methods:
            return METHOD
        return rules[0].role if rules else ""


@dataclass(slots=True)
class SheetData:
    """A pack's data as the sheets have it, and where each entry and each cell of it stands."""

    data: dict[str, object] = field(default_factory=dict)
    rows: dict[Steps, Row] = field(default_factory=dict)
    cells: dict[Steps, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    late: list[tuple[CellRule, Row, str]] = field(default_factory=list)
    heads: dict[str, Row] = field(default_factory=dict)
    """Rows of 项目 that stand there once."""

    def finish(self, words: Vocabulary) -> None:
        """Read the cells that name things, now that all names are known."""
        for rule, row, text in sorted(self.late, key=lambda one: bool(one[0].within)):
            self.put(rule, row, text, words)
        self.late.clear()
        for steps, row in self.rows.items():
            _order(at_steps(self.data, steps), [rule.path for rule in row.kind.cells])

    def put(self, rule: CellRule, row: Row, text: str, words: Vocabulary) -> None:
        """A cell into the data, or its fault into the problems."""
        place = row.place(rule.role)
        try:
            table = str(at_steps(self.data, (*row.steps, rule.within)) or "") if rule.within else ""
            value = rule.codec.read(text, words, table)
        except CellFault as fault:
            self.problems.append(Problem(fault.code, place=place, params=fault.params))
            return
        steps = (*row.steps, *rule.path)
        _put(self.data, steps, value)
        self.cells[steps] = place


def read_sheets(reading: PackReading) -> SheetData:
    """The data but for what names things: see :meth:`SheetData.finish`."""
    found = SheetData()
    by_key = {sheet.key: sheet for sheet in reading.sheets}
    for form in FORMS:
        if form.key in by_key:
            _Sheet(form, by_key[form.key], reading.file, found).read()
    return found


@dataclass(slots=True)
class _Sheet:
    """One sheet while it is read, with the rows that the next one may belong to."""

    form: SheetForm
    sheet: ReadPackSheet
    file: str
    found: SheetData
    above: list[Row] = field(default_factory=list)

    def read(self) -> None:
        """Every row."""
        for line in self.sheet.lines:
            if set(line.cells) - INFORMATION:
                self._line(line)

    def _fault(self, line: ReadPackLine, role: str, code: str, **params: object) -> None:
        letters = self.sheet.letters.get(role) or next(iter(self.sheet.letters.values()), "A")
        place = Place(self.file, self.sheet.name, f"{letters}{line.number}")
        self.found.problems.append(Problem(code, place=place, params=params))

    def _line(self, line: ReadPackLine) -> None:
        kind = self._kind(line)
        if kind is None:
            return
        while self.above and self.above[-1].kind.level >= kind.level:
            self.above.pop()
        parent = next((row for row in reversed(self.above) if row.kind.name in kind.under), None)
        if kind.under and parent is None:
            names = listed(kind_word(self.form.key, name) for name in kind.under)
            params = {"kind": kind_word(self.form.key, kind.name), "names": names}
            self._fault(line, KIND, "sheets.misplaced", **params)
            return
        row = self._row(line, kind, () if parent is None else parent.steps)
        if row is not None:
            self.above.append(row)
            if kind.shape != "part":
                self.found.rows[row.steps] = row
            self._cells(row)

    def _kind(self, line: ReadPackLine) -> Kind | None:
        if not self.form.has_kinds:
            return self.form.kinds[0]
        names = tuple(kind.name for kind in self.form.kinds)
        word = line.cells.get(KIND, "")
        if not word:
            self._fault(line, KIND, "sheets.no_kind", options=listed(self.form.options(KIND)))
            return None
        by_word = {kind_word(self.form.key, name): name for name in names}
        name = by_word.get(word) or (word if word in names else "")
        if not name:
            self._fault(line, KIND, "sheets.not_an_option", found=word, options=listed(by_word))
            return None
        return self.form.kind(name)

    def _row(self, line: ReadPackLine, kind: Kind, before: Steps) -> Row | None:
        """The row with its place in the data made; None where it has none."""
        at: Steps = (*before, *kind.into)
        match kind.shape:
            case "part":
                if kind.name in self.found.heads:
                    first = self.found.heads[kind.name].line.number
                    self._fault(line, KIND, "sheets.row_twice", first=first)
                    return None
                row = Row((), kind, self.sheet, self.form, line, self.file)
                self.found.heads[kind.name] = row
                return row
            case "map":
                key = line.cells.get("id", "")
                if not key:
                    self._fault(line, "id", "sheets.no_id")
                    return None
                steps: Steps = (*at, key)
                if steps in self.found.rows:
                    first = self.found.rows[steps].line.number
                    self._fault(line, "id", "sheets.id_twice", id=key, first=first)
                    return None
                _put(self.found.data, steps, {})
                return Row(steps, kind, self.sheet, self.form, line, self.file)
            case _:
                number = _append(self.found.data, at)
                if all(rule.path for rule in kind.cells):
                    _put(self.found.data, (*at, number), {})
                return Row((*at, number), kind, self.sheet, self.form, line, self.file)

    def _cells(self, row: Row) -> None:
        method = self._method(row)
        rules = {rule.role: rule for rule in row.kind.cells if not rule.variant or rule.variant == method}
        for role, text in row.line.cells.items():
            if role in INFORMATION or role in {KIND, METHOD}:
                continue
            rule = rules.get(role)
            if rule is None:
                self._unwanted(row, role, method)
            elif rule.path == KEY:
                self.found.cells[row.steps] = row.place(role)
            elif rule.codec.late:
                self.found.late.append((rule, row, text))
            else:
                self.found.put(rule, row, text, Vocabulary())
        for role, rule in rules.items():
            if method and rule.path == (method,) and role not in row.line.cells:
                self._fault(row.line, role, "sheets.missing", head=head(self.form.key, role))

    def _method(self, row: Row) -> str:
        word = row.line.cells.get(METHOD, "")
        if not row.kind.methods:
            if word:
                self._unwanted(row, METHOD, "")
            return ""
        by_word = {method_word(name): name for name in row.kind.methods}
        name = by_word.get(word) or (word if word in row.kind.methods else "")
        if not name:
            code = "sheets.not_an_option" if word else "sheets.no_method"
            self._fault(row.line, METHOD, code, found=word, options=listed(by_word))
            return ""
        self.found.cells[(*row.steps, name)] = row.place(METHOD)
        _put(self.found.data, (*row.steps, name), {})
        return name

    def _unwanted(self, row: Row, role: str, method: str) -> None:
        if row.kind.methods and not method:
            return
        kind = kind_word(self.form.key, row.kind.name) if self.form.has_kinds else ""
        if method:
            kind = f"{kind}（{method_word(method)}）"
        self._fault(row.line, role, "sheets.unwanted", head=head(self.form.key, role), kind=kind)


def _inside(data: object, step: Step, following: Step) -> object:
    """The piece of ``data`` at ``step``, made where it is not there."""
    fresh: object = [] if isinstance(following, int) else {}
    if isinstance(data, dict):
        if not isinstance(data.get(step), dict | list):
            data[step] = fresh
        return data[step]
    if isinstance(data, list) and isinstance(step, int):
        if data[step] is None:
            data[step] = fresh
        return data[step]
    raise TypeError(step)


def _put(data: dict[str, object], steps: Steps, value: object) -> None:
    place: object = data
    for step, following in pairwise(steps):
        place = _inside(place, step, following)
    last = steps[-1]
    if isinstance(place, dict):
        if value == {} and isinstance(place.get(last), dict):
            return
        place[last] = value
    elif isinstance(place, list) and isinstance(last, int):
        place[last] = value


def _append(data: dict[str, object], steps: Steps) -> int:
    """Room for one more entry of the list at ``steps``; its number."""
    place: object = data
    for step, following in zip(steps, (*steps[1:], 0), strict=True):
        place = _inside(place, step, following)
    if not isinstance(place, list):
        raise TypeError(steps)
    place.append(None)
    return len(place) - 1


def at_steps(data: object, steps: Steps) -> object:
    """What stands at ``steps``; None where nothing does."""
    for step in steps:
        if isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def _order(entry: object, paths: Sequence[tuple[str, ...]]) -> None:
    """Put the keys of an entry into the order of ``paths``, whatever is not there behind them."""
    if not isinstance(entry, dict):
        return
    first = dict.fromkeys(path[0] for path in paths if path)
    for key in [*(key for key in first if key in entry), *(key for key in entry if key not in first)]:
        entry[key] = entry.pop(key)
    for key in first:
        _order(entry.get(key), [path[1:] for path in paths if path[:1] == (key,)])


def scanned(data: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Entries by id of a piece of the data."""
    if isinstance(data, Mapping):
        for key, entry in data.items():
            yield str(key), entry if isinstance(entry, Mapping) else {}
