"""How long judging takes, in processor time: whole verdicts, one change, and many schools.

    python benchmarks/scoring.py [PACK …] [N=4000 | N=all]
    python benchmarks/scoring.py against [PACK …]

Prints Markdown rows for docs/measurements.md. Without names every pack that has a filled sample under
tests/packs/samples is measured; ``N`` is how many schools of the pack with the longest verdict are judged at
most (``all``: 10,000), in steps that show whether the time grows in proportion.

``against`` holds the same rules as Excel formulas against it, load and recalculation apart: the living
workbook of the sample (``chuyi export --live``) is recalculated by LibreOffice (``soffice`` on the path) and
by the library ``formulas``, in the same run and by the clock. That library is for this comparison only and
no dependency of the program: ``python -m venv out/formulas && out/formulas/bin/pip install
"formulas[excel]"`` beforehand.
"""

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.libre_office import measure  # noqa: E402
from tests.packs.test_samples import SAMPLES, filled, read  # noqa: E402

from chuyi_desktop.app.export_workbook import judged_school  # noqa: E402
from chuyi_desktop.app.ports import silent  # noqa: E402
from chuyi_desktop.domain.assessment import Assessment, Change, Content, Entry, Field  # noqa: E402
from chuyi_desktop.domain.indicator import ValueKind  # noqa: E402
from chuyi_desktop.domain.programme import Programme  # noqa: E402
from chuyi_desktop.domain.verdict import Verdict  # noqa: E402
from chuyi_desktop.excel.workbooks import ExcelWorkbooks  # noqa: E402
from chuyi_desktop.packs.library import FormsFolder  # noqa: E402
from chuyi_desktop.scoring import Standing, assess  # noqa: E402

ROUNDS = 7
STEPS = (1000, 2000, 4000, 10_000)
FORMULAS_PYTHON = ROOT / "out" / "formulas" / "bin" / "python"
PRELUDE = (
    "import sys, time, formulas\n"
    "start = time.perf_counter(); model = formulas.ExcelModel().loads(sys.argv[1]).finish()\n"
    "loaded = time.perf_counter(); model.calculate(); done = time.perf_counter()\n"
    "print(loaded - start, done - loaded)\n"
)


def best(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of processor time of the quickest round, after one that warms up."""
    found = []
    for _ in range(rounds + 1):
        start = time.process_time()
        job()
        found.append(time.process_time() - start)
    return min(found[1:]) * 1000


def read_whole(verdict: Verdict) -> int:
    """Every word of a verdict read, as a screen or a dossier reads it: how many characters."""
    said = 0
    for rule in (each for one in verdict.rules for each in (one, *one.options)):
        said += (
            len(rule.explanation) + len(rule.shown) + len(rule.shown_threshold) + len(rule.threshold_reason)
        )
        if rule.trace is not None:
            said += len(rule.trace.formula) + len(rule.trace.reading) + len(rule.trace.inputs)
    for trace in verdict.derived.values():
        said += len(trace.formula) + len(trace.reading) + len(trace.inputs)
    for finding in verdict.findings:
        said += len(finding.message) + len(finding.where) + sum(map(len, finding.row_messages))
    return said


def every_step(verdict: Verdict) -> int:
    """The whole derivation as data besides: how many steps."""
    rules = [each for one in verdict.rules for each in (one, *one.options)]
    traces = [rule.trace for rule in rules if rule.trace is not None]
    return sum(len(trace.steps) for trace in [*traces, *verdict.derived.values()])


def changes(programme: Programme, assessment: Assessment) -> Iterator[Change]:
    """Every number of the sample, one more."""
    for place, content in assessment.fields.items():
        if isinstance(content, Entry) and isinstance(content.value, Decimal):
            indicator = programme.indicators.get(place.key)
            if indicator is not None and indicator.kind.is_number:
                yield Change(place, content, replace(content, value=content.value + 1))


def one_change(programme: Programme, assessment: Assessment) -> tuple[int, float, float, float]:
    """How many numbers, and the median and worst milliseconds to judge one of them changed; then the worst
    with the words of the changed rules read as well."""
    before = Standing(programme, assessment)
    read_whole(before.verdict)
    plain, worded = [], []
    for change in changes(programme, assessment):
        plain.append(best(lambda change=change: before.after([change]).verdict, 3))
        worded.append(best(lambda change=change: read_whole(before.after([change]).verdict), 2))
    return len(plain), statistics.median(plain), max(plain), max(worded)


def schools(programme: Programme, assessment: Assessment, count: int) -> Iterator[Assessment]:
    """So many schools: the sample with every whole number somewhere between a half and twice itself."""
    random = Random(20260901)  # noqa: S311  # figures, no secrets
    numbers = [
        (place, content)
        for place, content in assessment.fields.items()
        if isinstance(content, Entry)
        and isinstance(content.value, Decimal)
        and place.key in programme.indicators
        and programme.indicators[place.key].kind is ValueKind.INTEGER
    ]
    for _ in range(count):
        fields: dict[Field, Content] = dict(assessment.fields)
        for place, content in numbers:
            fields[place] = Entry((content.value or Decimal(0)) * random.randint(50, 200) // 100)  # type: ignore[operator]  # numbers
        yield replace(assessment, fields=fields)


def judged(verdict: Verdict) -> tuple[object, ...]:
    """What a bureau keeps of a school."""
    rules = {each.id: (each.outcome, each.points) for rule in verdict.rules for each in (rule, *rule.options)}
    blocking = sum(1 for finding in verdict.findings if finding.blocks)
    return verdict.tier, verdict.possible_tiers, verdict.points, rules, len(verdict.findings), blocking


def many(programme: Programme, assessment: Assessment, count: int) -> tuple[float, float]:
    """Seconds for so many schools: judging them, and making them up. What stays loaded, packs and program, is
    taken out of Python's search for cycles first, as a long run should: judging itself leaves none."""
    gc.collect()
    gc.freeze()
    spent, start = 0.0, time.process_time()
    for school in schools(programme, assessment, count):
        begun = time.process_time()
        judged(assess(programme, school))
        spent += time.process_time() - begun
    return spent, time.process_time() - start - spent


def packs(names: list[str], most: int) -> None:
    """Measure packs, then many schools of the one that takes longest."""
    library = FormsFolder(ROOT / "forms")
    print_row("pack", "first verdict, words", "numbers only", "with words", "with steps", "numbers changed")
    print_row(*["---"] * 6)
    slowest: tuple[float, Programme, Assessment] | None = None
    for path in SAMPLES:
        if names and path.stem not in names:
            continue
        programme = library.programme(path.stem)
        sample = filled(programme, read(path))
        start = time.process_time()
        read_whole(assess(programme, sample))
        first = (time.process_time() - start) * 1000
        bare = best(lambda p=programme, s=sample: assess(p, s))
        words = best(lambda p=programme, s=sample: read_whole(assess(p, s)))
        steps = best(lambda p=programme, s=sample: _all(assess(p, s)))
        count, median, worst, worded = one_change(programme, sample)
        told = f"{count}: median {median:.2f}, worst {worst:.2f}, worst with words {worded:.2f} ms"
        print_row(path.stem, *(f"{ms:.1f} ms" for ms in (first, bare, words, steps)), told)
        if slowest is None or bare > slowest[0]:
            slowest = (bare, programme, sample)
    if slowest is not None:
        _, programme, sample = slowest
        print_row("schools", f"judged by {programme.id}", "a school", "(made up in)")
        print_row(*["---"] * 4)
        for count in (step for step in STEPS if step <= most):
            spent, made = many(programme, sample, count)
            print_row(f"{count:,}", f"{spent:.1f} s", f"{spent / count * 1000:.2f} ms", f"{made:.1f} s")


def _all(verdict: Verdict) -> int:
    return read_whole(verdict) + every_step(verdict)


def against(names: list[str]) -> None:
    """The same rules judged here, by LibreOffice and by ``formulas``."""
    library = FormsFolder(ROOT / "forms")
    print_row("pack", "by", "load", "judge or recalculate everything")
    print_row(*["---"] * 4)
    for path in (one for one in SAMPLES if one.stem in (names or ["school-undergraduate"])):
        start = time.perf_counter()
        programme = library.programme(path.stem)
        load = time.perf_counter() - start
        sample = filled(programme, read(path))
        whole = clock(lambda p=programme, s=sample: assess(p, s))
        print_row(path.stem, "this program, numbers", f"{load:.2f} s (the pack)", f"{whole:.1f} ms")
        words = clock(lambda p=programme, s=sample: read_whole(assess(p, s)))
        print_row(path.stem, "this program, with every word", "", f"{words:.1f} ms")
        count, changed, worst, _ = one_change(programme, sample)
        told = f"{changed:.2f} ms, worst of {count} numbers {worst:.2f} ms (processor time)"
        print_row(path.stem, "this program, one number changed", "", told)
        with tempfile.TemporaryDirectory() as folder:
            workbook = Path(folder) / "live.xlsx"
            judged = judged_school(programme, sample, assess(programme, sample))
            ExcelWorkbooks().write_live(programme, sample, judged, workbook, silent)
            print_row(path.stem, "LibreOffice headless", *libre_office(workbook))
            print_row(path.stem, "formulas", *formulas_library(workbook))


def clock(job: Callable[[], object]) -> float:
    """Milliseconds by the clock of the middle one of several rounds."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        job()
        found.append(time.perf_counter() - start)
    return statistics.median(found) * 1000


def libre_office(workbook: Path) -> tuple[str, str]:
    """Loading and recalculating, timed inside LibreOffice."""
    try:
        start, load, again = measure(workbook)
    except (RuntimeError, OSError) as error:
        return f"not measured: {error}", ""
    return f"{load:.2f} s (and {start:.2f} s to start)", f"{again * 1000:.0f} ms"


def formulas_library(workbook: Path) -> tuple[str, str]:
    """The library ``formulas`` in an environment of its own."""
    if not FORMULAS_PYTHON.exists():
        return "not installed: see the head of this file", ""
    command = [str(FORMULAS_PYTHON), "-c", PRELUDE, str(workbook.resolve())]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=3600)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["failed"])[-1], ""
    load, again = map(float, done.stdout.split())
    return f"{load:.2f} s", f"{again * 1000:.0f} ms"


def print_row(*cells: str) -> None:
    """One line of a table."""
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> None:
    """Measure what is asked for."""
    if arguments[:1] == ["against"]:
        against(arguments[1:])
        return
    wanted = [each.removeprefix("N=") for each in arguments if each.startswith("N=")]
    most = 4000 if not wanted else 10_000 if wanted[0] == "all" else int(wanted[0])
    packs([each for each in arguments if not each.startswith("N=")], most)


if __name__ == "__main__":
    main(sys.argv[1:])
