"""What people call things and the ids behind it: formulas and lists in Chinese, as the cells of a workbook
have them, to ids and back."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from chuyi_desktop.domain.formula import Expression, parse, write
from chuyi_desktop.domain.formula.lexer import WORDS
from chuyi_desktop.domain.formula.references import NODES
from chuyi_desktop.domain.formula.render import literal
from chuyi_desktop.domain.formula.tree import Aggregate, Compare, Constant, Name
from chuyi_desktop.domain.indicator import REPORT_YEAR
from chuyi_desktop.domain.values import Value
from chuyi_desktop.packs.nearest import hint, listed

Entry = Mapping[str, object]
"""An indicator, roster, column or document as its file has it."""

_PLAIN = re.compile(r"[^\W\d]\w*")
_QUOTED_OR_BRACKETED = re.compile(r'"[^"]*"|“[^”]*”|【([^【】]*)】')
_RESERVED = frozenset({*WORDS, *WORDS.values(), "and", "or", "not", "where", "true", "false"})
_SIGNS = {word: chinese for chinese, word in WORDS.items()} | {
    "*": "×",
    "/": "÷",
    ">=": "≥",
    "<=": "≤",
    "!=": "≠",
}
_TIGHT = {"not": "非 "}
_MOST_BRACKETS = 99


class CellFault(Exception):  # noqa: N818  # not a failure of the program: becomes a problem at its cell
    """What a cell says cannot be used."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Lexicon:
    """Entries of one kind by id, each with the name people know it by; ``behind`` has what a word may mean
    where it means none of them."""

    own: Mapping[str, Entry]
    behind: "Lexicon | None" = None

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Everything that can be named."""
        return self.own if self.behind is None else {**self.behind.entries, **self.own}

    @cached_property
    def _ids(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that go by a name; an alias counts only where nothing has it as its name."""
        behind = {} if self.behind is None else self.behind._ids  # noqa: SLF001  # of the same class
        names: dict[str, tuple[str, ...]] = {}
        aliases: dict[str, tuple[str, ...]] = {}
        for key, entry in self.own.items():
            name = _name(entry)
            if name:
                names[name] = (*names.get(name, ()), key)
            more = entry.get("aliases")
            for alias in more if isinstance(more, list | tuple) else ():
                aliases[str(alias)] = (*aliases.get(str(alias), ()), key)
        return {**behind, **aliases, **names}

    def shown(self, key: str) -> str:
        """The name of ``key`` where it means nothing else, else the id itself."""
        entry = self.entries.get(key)
        name = "" if entry is None else _name(entry)
        clear = name and self._ids[name] == (key,) and name not in self.entries
        return name if clear else key

    def meant(self, word: str) -> str:
        """The id that ``word``, an id or a name, means. Raises CellFault where it means none or several."""
        if word in self.entries:
            return word
        found = tuple(dict.fromkeys(self._ids.get(word, ())))
        if len(found) == 1:
            return found[0]
        if found:
            raise CellFault("sheets.ambiguous", found=word, names=listed(found))
        raise CellFault("sheets.unknown_name", found=word, hint=hint(word, [*self.entries, *self._ids]))


def _name(entry: Entry) -> str:
    """The name of an entry; documents have a title."""
    return str(entry.get("name") or entry.get("title") or "").strip()


def _mapping(value: object) -> Mapping[str, Entry]:
    """``value`` as entries by id; a choice's label stands for its entry."""
    if not isinstance(value, Mapping):
        return {}
    return {
        str(key): entry if isinstance(entry, Mapping) else {"name": entry} for key, entry in value.items()
    }


@dataclass(frozen=True)
class Vocabulary:
    """Everything that cells may name."""

    indicators: Mapping[str, Entry] = field(default_factory=dict)
    tables: Mapping[str, Entry] = field(default_factory=dict)
    documents: Mapping[str, Entry] = field(default_factory=dict)

    @cached_property
    def indicator_names(self) -> Lexicon:
        """指标."""
        return Lexicon({REPORT_YEAR.id: {"name": REPORT_YEAR.name}, **self.indicators})

    @cached_property
    def table_names(self) -> Lexicon:
        """明细表."""
        return Lexicon(self.tables)

    @cached_property
    def document_names(self) -> Lexicon:
        """Documents."""
        return Lexicon(self.documents)

    def columns(self, table: str) -> Lexicon:
        """The columns of a roster."""
        return Lexicon(_mapping(self.tables.get(table, {}).get("columns")))

    def in_rows(self, table: str) -> Lexicon:
        """What names mean in a formula about the rows of ``table``, where there is one: its columns first."""
        return Lexicon(self.columns(table).own, self.indicator_names) if table else self.indicator_names

    def formula_shown(self, text: str, table: str = "") -> str:
        """A formula in Chinese. Raises FormulaError for what is none."""
        return _Speaker(self).written(parse(text), self.in_rows(table))

    def formula_meant(self, text: str, table: str = "") -> str:
        """A formula by ids. Raises FormulaError and CellFault for what cannot be read."""
        plain, names = _without_brackets(text)
        return write(_Reader(self, names).meant(parse(plain), self.in_rows(table)))


def choices_of(entry: Entry) -> Lexicon | None:
    """The options of a choice field; None for any other."""
    choices = _mapping(entry.get("choices"))
    return Lexicon(choices) if choices else None


class _Speaker:
    """Ids to names."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    def written(self, tree: Expression, lexicon: Lexicon) -> str:
        """The tree as people write it."""

        def name(node: Name) -> str:
            if not node.years_back:
                return _bracketed(lexicon.shown(node.id))
            word = _bracketed(self._words.indicator_names.shown(node.id))
            return f"{_SIGNS['years_back']}({word}, {node.years_back})"

        return write(
            _each_compare(tree, lexicon, _labelled),
            name,
            self._aggregate,
            lambda sign: _TIGHT.get(sign, _SIGNS.get(sign, sign)),
            _constant,
        )

    def _aggregate(self, tree: Aggregate) -> str:
        columns = self._words.columns(tree.table)
        subject = _bracketed(self._words.table_names.shown(tree.table))
        if tree.column is not None:
            subject += f".{_bracketed(columns.shown(tree.column))}"
        where = ""
        if tree.where is not None:
            where = f" {_SIGNS['where']} {self.written(tree.where, columns)}"
        return f"{_SIGNS[tree.aggregation.value]}({subject}{where})"


def _constant(value: Value) -> str:
    return _SIGNS["true" if value else "false"] if isinstance(value, bool) else literal(value)


def _bracketed(word: str) -> str:
    return word if _PLAIN.fullmatch(word) and word not in _RESERVED else f"【{word}】"


def _labelled(text: str, choices: Lexicon) -> str:
    return choices.shown(text)


def _each_compare(tree: Expression, lexicon: Lexicon, put: Callable[[str, Lexicon], str]) -> Expression:
    """``tree`` with ``put`` for every text that a choice field is compared with; rosters stay as they are."""
    if isinstance(tree, Aggregate):
        return tree
    if isinstance(tree, Compare):
        left, right = tree.left, tree.right
        return replace(
            tree, left=_option(left, right, lexicon, put), right=_option(right, left, lexicon, put)
        )
    return _parts_through(tree, lambda part: _each_compare(part, lexicon, put))


def _option(
    side: Expression, other: Expression, lexicon: Lexicon, put: Callable[[str, Lexicon], str]
) -> Expression:
    if isinstance(side, Constant) and isinstance(side.value, str) and isinstance(other, Name):
        choices = choices_of(lexicon.entries.get(other.id, {}))
        return side if choices is None else Constant(put(side.value, choices))
    return _each_compare(side, lexicon, put)


def _parts_through(tree: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """``tree`` with every direct part put through ``change``."""
    changes: dict[str, object] = {}
    for item in fields(tree):
        value = getattr(tree, item.name)
        if isinstance(value, tuple):
            changes[item.name] = tuple(change(entry) for entry in value)
        elif isinstance(value, NODES):
            changes[item.name] = change(value)
    return replace(tree, **changes) if changes else tree  # type: ignore[arg-type]  # fields of the same types


class _Reader:
    """Names to ids."""

    def __init__(self, words: Vocabulary, names: Mapping[str, str]) -> None:
        self._words = words
        self._names = names

    def meant(self, tree: Expression, lexicon: Lexicon) -> Expression:
        """The tree by ids; inside ``where`` the columns stand in for indicators."""
        by_ids = self._by_ids(tree, lexicon)
        return _each_compare(by_ids, lexicon, _option_meant)

    def _by_ids(self, tree: Expression, lexicon: Lexicon) -> Expression:
        if isinstance(tree, Name):
            known = self._words.indicator_names if tree.years_back else lexicon
            return replace(tree, id=self._id(tree.id, known))
        if isinstance(tree, Aggregate):
            table = self._id(tree.table, self._words.table_names)
            columns = self._words.columns(table)
            column = None if tree.column is None else self._id(tree.column, columns)
            where = None if tree.where is None else self.meant(tree.where, columns)
            return replace(tree, table=table, column=column, where=where)
        return _parts_through(tree, lambda part: self._by_ids(part, lexicon))

    def _id(self, word: str, lexicon: Lexicon) -> str:
        return lexicon.meant(self._names.get(word, word))


def _option_meant(text: str, choices: Lexicon) -> str:
    try:
        return choices.meant(text)
    except CellFault:
        options = listed(_name(entry) for entry in choices.entries.values())
        raise CellFault("sheets.unknown_option", found=text, options=options) from None


def _without_brackets(text: str) -> tuple[str, Mapping[str, str]]:
    """``text`` with a word of the same length for every name in 【】, so that positions stay, and the names
    by those words."""
    names: dict[str, str] = {}

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        if not match[1].strip() or len(names) >= _MOST_BRACKETS:
            raise CellFault("sheets.brackets", limit=_MOST_BRACKETS)
        word = f"Q{len(names)}".ljust(len(match[0]), "_")
        names[word] = match[1].strip()
        return word

    return _QUOTED_OR_BRACKETED.sub(put, text), names


def split_list(text: str) -> Iterable[str]:
    """The words of a list in a cell, however they are set apart."""
    return [word.strip() for word in re.split(r"[、,，;；\n]", text) if word.strip()]
