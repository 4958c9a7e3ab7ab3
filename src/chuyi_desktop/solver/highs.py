"""HiGHS solves integer programs. It is handed a file and asked for plain numbers: that way its extension
module works by itself, and numpy, ten times its size, stays out of the bundle."""

import importlib.util
import os
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, FileFinder
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from chuyi_desktop.domain.errors import CancelledError, OutputError
from chuyi_desktop.scoring.planning.integer_program import Ending, IntegerProgram, Solved, Watch

_DEAREST = 1e6
"""What the dearest unit costs the solver at most, and a cheap one at least a small part of it: its tolerances
are absolute."""


class HighsSolver:
    """Branch and cut by HiGHS, on this computer, in this process."""

    def solve(self, program: IntegerProgram, watch: Watch, seconds: float) -> Solved:
        """The cheapest solution found within ``seconds``. Raises CancelledError where ``watch`` does."""
        if not program.variables:
            return Solved(Ending.OPTIMAL, (), Fraction(0))
        scale = _scale(program)
        core = _core()
        highs = core._Highs()  # noqa: SLF001  # the class without numpy has no other name
        for option, value in _OPTIONS.items():
            highs.setOptionValue(option, value)
        highs.setOptionValue("time_limit", max(0.05, seconds))
        with _readable_folder() as folder:
            path = folder / "question.mps"
            path.write_text("\n".join(_mps(program, scale)), "ascii")
            highs.readModel(str(path))
        patience = _Patience(watch)
        highs.setCallback(patience.asked, None)
        for kind in ("kCallbackMipInterrupt", "kCallbackSimplexInterrupt"):
            highs.startCallback(getattr(core.cb.HighsCallbackType, kind))
        highs.run()
        patience.settle()
        if _denies(highs, core):
            # Floating point may deny what there is: another way round must say the same.
            highs.clearSolver()
            highs.setOptionValue("presolve", "off")
            highs.run()
            patience.settle()
        return _read(highs, core, program, scale)


_OPTIONS: dict[str, object] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}


class _Patience:
    """Asks the watch, whenever HiGHS asks, whether to go on; exceptions may not cross its frames."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.lost = False

    def asked(self, kind: int, message: str, said: object, answer: Any, data: object) -> None:  # noqa: ANN401
        """HiGHS' own signature; ``answer.user_interrupt`` ends the search."""
        del kind, message, said, data
        try:
            over = self._watch.seconds_left() <= 0
        except CancelledError:
            self.lost = over = True
        if over:
            answer.user_interrupt = True

    def settle(self) -> None:
        """Raises CancelledError where the onlooker gave up."""
        if self.lost:
            raise CancelledError


@cache
def _core() -> ModuleType:
    """The extension module alone, without the package around it, which asks for numpy."""
    package = importlib.util.find_spec("highspy")
    places = () if package is None else package.submodule_search_locations or ()
    # By the file itself: in a bundle other finders answer for the folder.
    finders = (FileFinder(place, (ExtensionFileLoader, EXTENSION_SUFFIXES)) for place in places)
    found = next((spec for finder in finders if (spec := finder.find_spec("_core")) is not None), None)
    if found is None or found.loader is None:
        raise OutputError("plan.no_solver")
    try:
        module = importlib.util.module_from_spec(found)
        found.loader.exec_module(module)
    except ImportError as error:
        # There, but not for this machine: a library of the system that it needs is missing or too old.
        raise OutputError("plan.no_solver") from error
    return module


class _ReadableFolder:
    """A folder for a moment, under a name that HiGHS can open: plain ASCII on Windows, where a user's own
    temporary folder may carry a Chinese name."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="chuyi-", dir=_plain_parent())

    def __enter__(self) -> Path:
        return Path(self._folder.name)

    def __exit__(self, *ignored: object) -> None:
        self._folder.cleanup()


def _readable_folder() -> _ReadableFolder:
    return _ReadableFolder()


def _plain_parent() -> str | None:
    if os.name != "nt":
        return None
    for name in ("TEMP", "TMP", "PUBLIC", "PROGRAMDATA"):
        folder = os.environ.get(name, "")
        if folder.isascii() and Path(folder).is_dir():
            return folder
    return None


def _scale(program: IntegerProgram) -> Fraction:
    """What costs are multiplied with so that the cheapest unit is no less than about one."""
    costs = [variable.cost for variable in program.variables if variable.cost > 0]
    if not costs:
        return Fraction(1)
    return min(1 / min(costs), Fraction(_DEAREST) / max(costs))


def _mps(program: IntegerProgram, scale: Fraction) -> Iterator[str]:
    """The program in the MPS format, free form."""
    yield "NAME plan"
    yield "ROWS"
    yield " N cost"
    for number, _ in enumerate(program.rows):
        yield f" G r{number}"
    columns: list[list[tuple[int, int]]] = [[] for _ in program.variables]
    for number, row in enumerate(program.rows):
        for variable, factor in row.terms.items():
            columns[variable].append((number, factor))
    sizes = [_size(row.terms.values()) for row in program.rows]
    yield "COLUMNS"
    yield " M1 'MARKER' 'INTORG'"
    for number, unit in enumerate(program.variables):
        yield f" x{number} cost {float(unit.cost * scale)!r}"
        for at, factor in columns[number]:
            yield f" x{number} r{at} {factor / sizes[at]!r}"
    yield " M2 'MARKER' 'INTEND'"
    yield "RHS"
    for number, row in enumerate(program.rows):
        if row.least:
            yield f" RHS r{number} {row.least / sizes[number]!r}"
    yield "BOUNDS"
    for number, unit in enumerate(program.variables):
        yield f" LO b x{number} {unit.lower}"
        yield f" UP b x{number} {unit.upper}"
    yield "ENDATA"
    yield ""


def _size(factors: Any) -> int:  # noqa: ANN401
    """What a row is divided by so that its factors lie about one."""
    sizes = sorted(abs(factor) for factor in factors)
    return max(1, sizes[0]) if sizes else 1


def _denies(highs: Any, core: ModuleType) -> bool:  # noqa: ANN401  # an untyped extension
    statuses = core.HighsModelStatus
    return highs.getModelStatus() in {statuses.kInfeasible, statuses.kUnboundedOrInfeasible}


def _read(highs: Any, core: ModuleType, program: IntegerProgram, scale: Fraction) -> Solved:  # noqa: ANN401
    status, info = highs.getModelStatus(), highs.getInfo()
    if _denies(highs, core):
        return Solved(Ending.INFEASIBLE)
    bound = info.mip_dual_bound
    sure = None if abs(bound) == float("inf") else Fraction(bound) / scale
    values = None
    if info.primal_solution_status == core.SolutionStatus.kSolutionStatusFeasible:
        values = tuple(round(value) for value in highs.getSolution().col_value)
        if len(values) != len(program.variables):
            values = None
    optimal = status == core.HighsModelStatus.kOptimal and values is not None
    return Solved(Ending.OPTIMAL if optimal else Ending.STOPPED, values, sure)
