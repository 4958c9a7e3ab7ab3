"""Import a ledger (台账), a table of the school's own making: open it, understand it, see what it would
change, take it whole or leave it.

    file = open_ledger(program, path)
    layout = understand(session, file, "teachers")      # guessed, or as remembered from last year
    layout = assign(session, file, layout, 3, "title")  # the clerk corrects
    plan = plan_ledger(session, file, layout)           # nothing is changed yet
    take_ledger(session, plan)                          # one transaction; the mapping is remembered
"""

from contextlib import suppress
from pathlib import Path

from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.ledgers.figures import FigurePlanner
from chuyi_desktop.app.ledgers.guess import Desk, assign_column, choose_sheet, understand_sheet
from chuyi_desktop.app.ledgers.layout import INDICATORS, Layout
from chuyi_desktop.app.ledgers.mapping import (
    LedgerMapping,
    mapping_of,
    read_mapping,
    remembered_in,
    write_mapping,
)
from chuyi_desktop.app.ledgers.names import assign_row as assign_name
from chuyi_desktop.app.ledgers.plan import LedgerPlan, Mode
from chuyi_desktop.app.ledgers.ports import LedgerFile, LedgerSheet
from chuyi_desktop.app.ledgers.rosters import RosterPlanner
from chuyi_desktop.app.ledgers.targets import destination
from chuyi_desktop.app.ledgers.turned import Turned
from chuyi_desktop.app.ports import Progress, silent
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import ChuyiError, InputError
from chuyi_desktop.domain.wording import say


def open_ledger(program: Program, source: Path, progress: Progress = silent) -> LedgerFile:
    """The school's own file, read whole. Raises InputError, saying what to do, for what is no table. Reads
    no database: a worker thread may run it, as everything here but ``take_ledger``."""
    return program.ledgers.open(source, progress)


def understand(
    session: Session,
    file: LedgerFile,
    into: str,
    *,
    sheet: str = "",
    head_row: int | None = None,
    mapping: LedgerMapping | None = None,
) -> Layout:
    """How a sheet of ``file`` goes into ``into``: the id or name of a 明细表, or ``indicators``. The sheet
    and the row of its heads (the last one; 0 for none) are guessed where they are not given; what
    ``mapping`` knows is taken as it says. Raises InputError for an unknown ``into`` or ``sheet``, or a
    mapping made for something else."""
    desk = _desk(session, into)
    if mapping is not None and mapping.into != desk.destination.id:
        raise InputError("ledger.mapping.other_target", found=mapping.into, wanted=desk.destination.label)
    chosen = choose_sheet(desk, file, sheet, mapping)
    return understand_sheet(desk, chosen, mapping, head_row)


def likely_destination(session: Session, file: LedgerFile) -> str:
    """Where ``file`` goes best: the roster most of whose columns it has, else ``indicators``."""
    best, most = INDICATORS, 0
    for table_id in session.programme.tables:
        try:
            layout = understand(session, file, table_id)
        except ChuyiError:
            continue
        found = len(layout.taken) - 2 * len(layout.absent)
        if found > most:
            best, most = table_id, found
    return best


def assign(session: Session, file: LedgerFile, layout: Layout, column: int, target: str) -> Layout:
    """The clerk says what a column is: a column id of the roster, a ``Role`` or ``value_target(year)`` of an
    indicator ledger; empty: nothing. Units, shares, words and keys are said with the ``with_…`` functions of
    ``ledgers.layout``."""
    return assign_column(_desk(session, layout.into), sheet_of(file, layout), layout, column, target)


def assign_row(session: Session, layout: Layout, row: int, indicator_id: str) -> Layout:
    """The clerk says which indicator a row of an indicator ledger is; empty: none."""
    return assign_name(_desk(session, layout.into).destination, layout, row, indicator_id)


def plan_ledger(
    session: Session, file: LedgerFile, layout: Layout, mode: Mode = Mode.UPDATE, progress: Progress = silent
) -> LedgerPlan:
    """What taking the sheet would do, every value as it would be stored. Nothing is changed; a plan with any
    refused cell is refused as a whole."""
    sheet = sheet_of(file, layout)
    stamp = session.program.stamp(_label(file.name, layout))
    if layout.into == INDICATORS:
        planner = FigurePlanner(file.name, sheet, layout, session.programme, session.assessment, mode, stamp)
        return planner.plan()
    table = session.programme.tables[layout.into]
    return RosterPlanner(file.name, sheet, layout, table, session.assessment, mode, stamp).plan(progress)


def take_ledger(session: Session, plan: LedgerPlan) -> Changed:
    """Make what ``plan`` says in one transaction with one journal entry, nothing where it is refused; the
    mapping is remembered in the workspace for next time."""
    if plan.refused:
        return Changed()
    changed = session.make(plan.plan.changes, _label(plan.file, plan.layout))
    remember(session, plan.layout)
    return changed


def remember(session: Session, layout: Layout) -> None:
    """Keep the mapping of ``layout`` in the workspace's folder. A disk that refuses costs only the memory."""
    target = remembered_in(session.workspace.folder, layout.into)
    with suppress(OSError, ChuyiError):
        target.parent.mkdir(exist_ok=True)
        write_mapping(mapping_of(layout, session.assessment.year), target)


def remembered(session: Session, into: str) -> LedgerMapping | None:
    """The mapping used last for ``into`` in this workspace; None where there is none that can be read."""
    try:
        return read_mapping(remembered_in(session.workspace.folder, _desk(session, into).destination.id))
    except InputError:
        return None


def targets_of(session: Session, layout: Layout) -> dict[str, str]:
    """What a column or row of ``layout`` can go into: id to name."""
    return {target.id: target.label for target in _desk(session, layout.into).destination.targets}


def sheet_of(file: LedgerFile, layout: Layout) -> LedgerSheet:
    """The sheet that ``layout`` is of, on its side where that looks at it so."""
    found = file.sheet(layout.sheet)
    if found is None:
        raise InputError("ledger.no_sheet", file=file.name, sheet=layout.sheet, there="")
    return Turned(found) if layout.turned else found


def _desk(session: Session, into: str) -> Desk:
    programme = session.programme
    return Desk(session.program.ledgers, programme, session.assessment.year, destination(programme, into))


def _label(file: str, layout: Layout) -> str:
    return say("ledger.taken", {"file": file, "sheet": layout.sheet, "into": layout.into_label})
