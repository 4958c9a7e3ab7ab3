"""The checks of a pack: of its figures, or of every row of a roster."""

from chuyi_desktop.domain.formula import Expression
from chuyi_desktop.domain.indicator import Table
from chuyi_desktop.domain.programme import Check
from chuyi_desktop.packs.desk import Desk
from chuyi_desktop.packs.formulas import YES_NO
from chuyi_desktop.packs.models import CheckModel
from chuyi_desktop.packs.nearest import hint
from chuyi_desktop.packs.spot import Spot


def read_checks(models: list[CheckModel], spot: Spot, desk: Desk) -> tuple[Check, ...]:
    """The pack's own checks, with their mistakes noted."""
    return tuple(_check(model, spot / index, desk) for index, model in enumerate(models))


def _check(model: CheckModel, spot: Spot, desk: Desk) -> Check:
    table = None if model.table is None else _table(model.table, spot / "table", desk)
    if (model.holds is None) == (not model.unique):
        spot.fault("packs.check_one_way", id=model.id)
    if model.unique:
        _note_columns(model, table, spot / "unique")
    # A table that cannot be had was noted; what the formula says of it could only be misread.
    readable = model.holds is not None and (model.table is None or table is not None)
    holds = _holds(model, table, spot, desk) if readable else None
    return Check(
        model.id,
        model.title,
        model.grade,
        holds,
        model.advice,
        desk.sources.of(model.source, spot),
        model.table or "",
        tuple(model.unique),
    )


def _holds(model: CheckModel, table: Table | None, spot: Spot, desk: Desk) -> Expression:
    return desk.formula(model.holds or "", spot / "holds", YES_NO, table)


def _table(key: str, spot: Spot, desk: Desk) -> Table | None:
    names = desk.asking.names
    found = names.tables.get(key)
    if found is None:
        if key not in names.faulty:
            spot.fault("packs.unknown_table", found=key, hint=hint(key, names.tables))
        return None
    desk.asking.note_table_unasked(key, spot)
    return found


def _note_columns(model: CheckModel, table: Table | None, spot: Spot) -> None:
    if model.table is None:
        spot.fault("packs.unique_without_table", id=model.id)
    if table is None:
        return
    for index, key in enumerate(model.unique):
        if key not in table.by_id:
            known = hint(key, table.by_id)
            (spot / index).fault("packs.unknown_column", table=table.name, found=key, hint=known)
        elif key in model.unique[:index]:
            (spot / index).fault("packs.column_twice", name=table.by_id[key].name)
