"""What was found out about a ledger, to be used again next year: by the words of its heads, not by letters,
so that columns may move. Kept as a JSON file that a person can read and change."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from chuyi_desktop.app.ledgers.layout import LaidRow, Layout, Suggestion, Trust
from chuyi_desktop.app.ledgers.ports import Share
from chuyi_desktop.domain.errors import InputError, OutputError

VERSION = 1
"""Of the mapping file; a newer one is refused."""
_MARK = "chuyi_ledger_mapping"
_LARGEST = 2**20
_FOLDER = "ledgers"


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """What is remembered of a column: the words of its head, what it goes into (empty: nothing, on
    purpose), the unit and the way of shares that were said, and what choice words mean."""

    head: str
    into: str
    unit: str = ""
    share: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    """By word the id of the choice, or yes or no; empty: nobody has said yet."""
    maybe: tuple[str, ...] = ()
    """What it may be, for whoever fills in the file; nobody has decided yet."""

    @property
    def is_said(self) -> bool:
        """Whether it was decided: also that it goes nowhere."""
        return bool(self.into) or not self.maybe


@dataclass(frozen=True, slots=True)
class MappedRow:
    """What is remembered of a name in an indicator ledger."""

    name: str
    into: str
    maybe: tuple[str, ...] = ()

    @property
    def is_said(self) -> bool:
        """Whether it was decided: also that it is none."""
        return bool(self.into) or not self.maybe


@dataclass(frozen=True, slots=True)
class LedgerMapping:
    """How the school's ledger goes into a roster or the indicators. ``year`` is that of the assessment it
    was made for: columns with values of years move along with it."""

    into: str
    sheet: str
    year: int
    columns: tuple[MappedColumn, ...] = ()
    rows: tuple[MappedRow, ...] = ()
    keys: tuple[str, ...] = ()


def mapping_of(layout: Layout, year: int) -> LedgerMapping:
    """What of ``layout`` is worth remembering: all columns with heads, also those not taken."""
    columns = tuple(
        MappedColumn(
            column.key,
            column.target,
            column.rule.unit,
            str(column.rule.share) if column.share_reason is not None else "",
            {word.text: word.meaning for word in column.words},
            () if column.trust is Trust.CERTAIN or column.target else _maybe(column.suggestions),
        )
        for column in layout.columns
        if column.head or column.target
    )
    rows = tuple(
        MappedRow(row.name, row.target, () if _is_settled(row) else _maybe(row.suggestions))
        for row in layout.rows
        if _is_settled(row) or row.suggestions
    )
    return LedgerMapping(layout.into, layout.sheet, year, columns, rows, layout.keys)


def _is_settled(row: LaidRow) -> bool:
    return bool(row.target) or row.trust is Trust.CERTAIN


def _maybe(suggestions: Sequence[Suggestion]) -> tuple[str, ...]:
    return tuple(f"{each.target} {each.label} {each.likeness}%" for each in suggestions)


def to_json(mapping: LedgerMapping, targets: Mapping[str, str] | None = None) -> str:
    """The mapping as the text of its file. ``targets``, id to name, are listed for whoever changes it."""
    columns = [
        {
            key: value
            for key, value in (
                ("head", column.head),
                ("into", column.into),
                ("unit", column.unit),
                ("share", column.share),
                ("words", dict(column.words)),
                ("maybe", list(column.maybe)),
            )
            if value or key in {"head", "into"}
        }
        for column in mapping.columns
    ]
    whole: dict[str, object] = {
        _MARK: VERSION,
        "into": mapping.into,
        "sheet": mapping.sheet,
        "year": mapping.year,
        "columns": columns,
    }
    if mapping.rows:
        whole["rows"] = [
            {"name": row.name, "into": row.into} | ({"maybe": list(row.maybe)} if row.maybe else {})
            for row in mapping.rows
        ]
    if mapping.keys:
        whole["keys"] = list(mapping.keys)
    if targets:
        whole["targets"] = dict(targets)
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str, file: str) -> LedgerMapping:
    """The mapping that ``text``, the content of ``file``, holds. Raises InputError, saying what is wrong."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("ledger.mapping.not_json", file=file, details=repr(error)) from error
    if not isinstance(found, dict) or not isinstance(found.get(_MARK), int):
        raise InputError("ledger.mapping.other_file", file=file)
    if found[_MARK] > VERSION:
        raise InputError("ledger.mapping.newer", file=file, found=found[_MARK], known=VERSION)
    reader = _Reader(file)
    year = found.get("year", 0)
    return LedgerMapping(
        reader.text(found, "into", required=True),
        reader.text(found, "sheet"),
        year if isinstance(year, int) and not isinstance(year, bool) else reader.wrong("year"),
        tuple(reader.column(each) for each in reader.list(found, "columns")),
        tuple(reader.row(each) for each in reader.list(found, "rows")),
        reader.texts(found, "keys"),
    )


def read_mapping(source: Path) -> LedgerMapping:
    """The mapping in a file. Raises InputError for what cannot be read or is none."""
    try:
        if source.stat().st_size > _LARGEST:
            raise InputError("ledger.mapping.other_file", file=source.name)
        text = source.read_text("utf-8-sig")
    except OSError as error:
        raise InputError("ledger.mapping.unreadable", file=source.name, details=repr(error)) from error
    except UnicodeDecodeError as error:
        raise InputError("ledger.mapping.not_json", file=source.name, details=repr(error)) from error
    return from_json(text, source.name)


def write_mapping(mapping: LedgerMapping, target: Path, targets: Mapping[str, str] | None = None) -> None:
    """Write the mapping's file, whole or not at all. Raises OutputError where the disk refuses."""
    beside = target.with_name(f".{target.name}.tmp")
    try:
        beside.write_text(to_json(mapping, targets), "utf-8", newline="\n")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OutputError("ledger.mapping.unwritable", file=target.name, details=repr(error)) from error


def remembered_in(folder: Path, into: str) -> Path:
    """Where a workspace keeps the mapping used last for ``into``."""
    return folder / _FOLDER / f"{into}.json"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes the parts of a mapping file; what is not as it should be is named."""

    file: str

    def wrong(self, key: str) -> NoReturn:
        raise InputError("ledger.mapping.wrong_part", file=self.file, key=key)

    def text(self, found: Mapping[str, object], key: str, *, required: bool = False) -> str:
        value = found.get(key, "")
        if not isinstance(value, str) or (required and not value):
            self.wrong(key)
        return value

    def list(self, found: Mapping[str, object], key: str) -> list[object]:
        value = found.get(key, [])
        return value if isinstance(value, list) else self.wrong(key)

    def column(self, found: object) -> MappedColumn:
        if not isinstance(found, dict):
            self.wrong("columns")
        words = found.get("words", {})
        if not isinstance(words, dict) or not all(isinstance(each, str) for each in words.values()):
            self.wrong("words")
        share = self.text(found, "share")
        if share not in {"", *Share}:
            self.wrong("share")
        return MappedColumn(
            self.text(found, "head", required=True),
            self.text(found, "into"),
            self.text(found, "unit"),
            share,
            words,
            self.texts(found, "maybe"),
        )

    def row(self, found: object) -> MappedRow:
        if not isinstance(found, dict):
            self.wrong("rows")
        return MappedRow(
            self.text(found, "name", required=True), self.text(found, "into"), self.texts(found, "maybe")
        )

    def texts(self, found: Mapping[str, object], key: str) -> tuple[str, ...]:
        return tuple(each if isinstance(each, str) else self.wrong(key) for each in self.list(found, key))
