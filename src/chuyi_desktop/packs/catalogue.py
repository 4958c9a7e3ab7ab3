"""forms/catalogue/: indicators, rosters and documents that all packs share, each defined once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from chuyi_desktop.domain.formula import references
from chuyi_desktop.domain.indicator import (
    REPORT_YEAR,
    Choice,
    Column,
    Display,
    Fillable,
    Indicator,
    Table,
    ValueKind,
)
from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.domain.typed_input import read_typed
from chuyi_desktop.packs.fingerprint import Written
from chuyi_desktop.packs.formulas import DATE, NUMBER, TEXT, YES_NO, Names, read_formula
from chuyi_desktop.packs.models import (
    CatalogueModel,
    ColumnModel,
    DocumentModel,
    FieldModel,
    IndicatorModel,
    TableModel,
)
from chuyi_desktop.packs.nearest import listed
from chuyi_desktop.packs.provenances import Sources
from chuyi_desktop.packs.shape import faulty_entries, shaped
from chuyi_desktop.packs.source import Source
from chuyi_desktop.packs.spot import Spot

_RESERVED = frozenset({"and", "or", "not", "where", "true", "false", "if", REPORT_YEAR.id})
_GIVES = {
    ValueKind.INTEGER: NUMBER,
    ValueKind.DECIMAL: NUMBER,
    ValueKind.TEXT: TEXT,
    ValueKind.YES_NO: YES_NO,
    ValueKind.DATE: DATE,
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the packs share."""

    names: Names
    documents: Mapping[str, DocumentModel]
    faulty_documents: frozenset[str] = frozenset()
    written: Written = field(default_factory=dict, compare=False)


def read_catalogue(sources: Iterable[Source], problems: list[Problem]) -> Catalogue:
    """The files of the catalogue as one, with every mistake noted. A faulty entry is left out, and its id
    remembered, so that what refers to it is not reported too."""
    reading = _Reading(problems)
    read: list[tuple[CatalogueModel, Spot]] = []
    for source in sources:
        spot = Spot(source, problems)
        model = shaped(CatalogueModel, source.data, spot)
        if model is None:
            model = reading.without_faulty(source.data, spot)
        if model is not None:
            read.append((model, spot))
    for model, spot in read:
        reading.documents_of(model, spot)
    for model, spot in read:
        reading.fields_of(model, spot)
    return reading.finished()


_LONGEST_CHAIN = 50
"""Derived indicators that may stand on each other, as judging follows them."""


class _Reading:
    """The catalogue as it grows, file by file."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._documents: dict[str, DocumentModel] = {}
        self._indicators: dict[str, Indicator] = {}
        self._tables: dict[str, Table] = {}
        self._spots: dict[str, Spot] = {}
        self._document_spots: dict[str, Spot] = {}
        self._formulas: dict[str, str] = {}
        self._faulty: set[str] = set()
        self._faulty_documents: set[str] = set()

    def without_faulty(self, data: object, spot: Spot) -> CatalogueModel | None:
        """What is left of a file without the entries that do not have their shape, whose ids are kept."""
        if not isinstance(data, dict):
            return None
        faulty = faulty_entries(CatalogueModel, data)
        rest: dict[str, object] = {}
        for key, entries in data.items():
            if key in CatalogueModel.model_fields and isinstance(entries, dict):
                rest[key] = {name: entry for name, entry in entries.items() if (key, name) not in faulty}
        for key, name in faulty:
            (self._faulty_documents if key == "documents" else self._faulty).add(name)
        return shaped(CatalogueModel, rest, Spot(spot.located, []))

    def documents_of(self, model: CatalogueModel, spot: Spot) -> None:
        """Take in the documents of a file."""
        for key, document in model.documents.items():
            if _is_new(key, spot / "documents" / key, self._document_spots):
                self._documents[key] = document

    def fields_of(self, model: CatalogueModel, spot: Spot) -> None:
        """Take in the indicators and rosters of a file."""
        sources = Sources(self._documents, faulty=frozenset(self._faulty_documents))
        for key, indicator in model.indicators.items():
            here = spot / "indicators" / key
            if _is_new(key, here, self._spots):
                self._indicators[key] = _indicator(key, indicator, sources, here)
                if indicator.formula is not None:
                    self._formulas[key] = indicator.formula
        for key, table in model.tables.items():
            here = spot / "tables" / key
            if _is_new(key, here, self._spots):
                self._tables[key] = _table(key, table, here)

    def finished(self) -> Catalogue:
        """The catalogue, with its formulas read and its circles refused."""
        names = Names(self._indicators, self._tables, frozenset(self._faulty))
        trees = {}
        for key, text in self._formulas.items():
            wanted = _GIVES[self._indicators[key].kind]
            trees[key] = read_formula(text, self._spots[key] / "formula", names, wanted)
        for key, tree in trees.items():
            self._indicators[key] = replace(self._indicators[key], formula=tree)
        self._note_circles()
        for key, tree in trees.items():
            if tree is None or self._indicators[key].formula is None:
                del self._indicators[key]
                self._faulty.add(key)
        return Catalogue(
            Names(self._indicators, self._tables, frozenset(self._faulty)),
            dict(self._documents),
            frozenset(self._faulty_documents),
        )

    def _note_circles(self) -> None:
        """Derived indicators must come down to typed ones in a few steps; a circle is noted once and cut."""
        settled: set[str] = set()
        for key in list(self._formulas):
            circle = self._circle(key, (), settled)
            if len(circle) > _LONGEST_CHAIN:
                (self._spots[key] / "formula").fault("packs.long_chain", limit=_LONGEST_CHAIN)
                self._indicators[key] = replace(self._indicators[key], formula=None)
            elif circle:
                names = listed(f"{self._indicators[one].name}（{one}）" for one in circle)
                (self._spots[circle[0]] / "formula").fault("packs.circle", names=names)
                self._indicators[circle[0]] = replace(self._indicators[circle[0]], formula=None)

    def _circle(self, key: str, path: tuple[str, ...], settled: set[str]) -> tuple[str, ...]:
        if len(path) > _LONGEST_CHAIN:
            return path
        if key in path:
            return path[path.index(key) :]
        indicator = self._indicators.get(key)
        if key in settled or indicator is None or indicator.formula is None:
            return ()
        for reference in references(indicator.formula):
            circle = self._circle(reference.id, (*path, key), settled)
            if circle:
                return circle
        settled.add(key)
        return ()


def _is_new(key: str, spot: Spot, taken: dict[str, Spot]) -> bool:
    """Whether ``id``, which must not be a word of the formula language, was not defined before."""
    if key in taken:
        first = taken[key].located.key_place(taken[key].steps)
        spot.key_fault("packs.defined_twice", id=key, first=f"{first.file}:{first.line}")
        return False
    if key in _RESERVED:
        spot.key_fault("packs.reserved", id=key)
    taken[key] = spot
    return True


def _indicator(key: str, model: IndicatorModel, sources: Sources, spot: Spot) -> Indicator:
    _note_field(model, spot)
    if model.formula is None:
        if "kind" not in model.model_fields_set:
            spot.fault("packs.missing_key", key="kind")
        if model.display is not Display.PLAIN and not model.kind.is_number:
            (spot / "display").fault("packs.only_numbers", key="display")
    elif model.kind is ValueKind.CHOICE:
        (spot / "kind").fault("packs.derived_choice")
    elif model.kind.is_number and model.digits is None and model.kind is not ValueKind.INTEGER:
        spot.fault("packs.derived_digits")
    return Indicator(
        id=key,
        name=model.name,
        kind=model.kind,
        unit=model.unit or "",
        definition=model.definition or "",
        scope=model.scope or "",
        period=model.period or "",
        owner=model.owner or "",
        evidence=model.evidence or "",
        provenance=None if model.source is None else sources.read(model.source, spot / "source"),
        aliases=tuple(model.aliases),
        choices=_choices(model),
        minimum=model.minimum,
        maximum=model.maximum,
        digits=0 if model.formula and model.kind is ValueKind.INTEGER else model.digits,
        display=model.display,
    )


def _table(key: str, model: TableModel, spot: Spot) -> Table:
    columns = tuple(
        _column(column_id, column, spot / "columns" / column_id)
        for column_id, column in model.columns.items()
    )
    return Table(
        id=key,
        name=model.name,
        columns=columns,
        definition=model.definition or "",
        owner=model.owner or "",
        aliases=tuple(model.aliases),
    )


def _column(key: str, model: ColumnModel, spot: Spot) -> Column:
    _note_field(model, spot)
    column = Column(
        id=key,
        name=model.name,
        kind=model.kind,
        unit=model.unit or "",
        definition=model.definition or "",
        aliases=tuple(model.aliases),
        choices=_choices(model),
        minimum=model.minimum,
        maximum=model.maximum,
        digits=model.digits,
        required=model.required,
        default=model.default,
        width=model.width,
    )
    if model.default is not None:
        _note_default(column, model.default, spot / "default")
    return column


def _note_default(column: Fillable, default: str, spot: Spot) -> None:
    if read_typed(default, column).value is None:
        spot.fault("packs.default_value", name=column.name, found=default)


def _choices(model: FieldModel) -> tuple[Choice, ...]:
    return tuple(Choice(key, label) for key, label in (model.choices or {}).items())


def _note_field(model: FieldModel, spot: Spot) -> None:
    """What an indicator's or column's keys must say together."""
    if model.kind is ValueKind.CHOICE and model.choices is None:
        spot.fault("packs.missing_key", key="choices")
    if model.kind is not ValueKind.CHOICE and model.choices is not None:
        (spot / "choices").key_fault("packs.choices_without_choice", kind=model.kind.value)
    labels = list((model.choices or {}).values())
    if len(set(labels)) < len(labels):
        (spot / "choices").fault("packs.label_twice")
    if not model.kind.is_number:
        for key in ("minimum", "maximum", "digits", "unit"):
            if getattr(model, key) is not None:
                (spot / key).key_fault("packs.only_numbers", key=key)
    elif model.minimum is not None and model.maximum is not None and model.minimum > model.maximum:
        (spot / "maximum").fault("packs.bounds", least=_plain(model.minimum), most=_plain(model.maximum))
    if model.kind is ValueKind.INTEGER and model.digits:
        (spot / "digits").fault("packs.whole_digits")


def _plain(number: Decimal) -> str:
    return format(number, "f")
