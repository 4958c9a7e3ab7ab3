"""Fuzzing of what comes in as a workbook: for MINUTES, broken workbooks are imported, read as a ledger and
marked. Every one must end in a result or in a sentence of our own, within its time and memory, and an import
that is refused must have changed nothing.

``python build/fuzz_excel.py [--minutes 10] [--seed N]``. Prints a row for docs/measurements.md; what went
wrong is kept under out/fuzz-excel with its seed, and ends with exit code 1.
"""

import argparse
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.builders import YEAR
from tests.excel.school import small_programme, write
from tests.fakes import MemoryLibrary

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.import_workbook import import_workbook
from chuyi_desktop.app.ports import silent
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.excel.ledger.files import FileLedgers
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from chuyi_desktop.storage.workspaces import SqliteWorkspaces

OUT = ROOT / "out" / "fuzz-excel"
SECONDS_EACH = 20
"""A broken workbook may take this long; the largest that is allowed takes about 3 s."""
MEMORY = 2 * 2**30
RIGHT = 0.05
"""Share of cases that are left whole, so that a reader that refuses everything would be noticed."""

Change = Callable[[random.Random, bytes], bytes]


# What is done to a file


def flipped(chance: random.Random, data: bytes) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(chance: random.Random, data: bytes) -> bytes:
    """The end, or a piece of the middle, is gone."""
    start = chance.randrange(len(data))
    return data[:start] if chance.random() < 0.5 else data[:start] + data[start + chance.randrange(2000) :]


def doubled(chance: random.Random, data: bytes) -> bytes:
    """A piece comes twice, or very often."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 400)]
    return data[:start] + piece * chance.choice((2, 50, 5000)) + data[start:]


ABSURD_NUMBERS = (b"0", b"-1", b"99999999999", b"1048577", b"16385", b"1e999", b"NaN", b"", "１".encode())
ABSURD_PLACES = (b"XFD1048576", b"A0", b"ZZZZ9", b"A1", b"", b"$A$1", b"A1:XFD1048576", b"a1", "中1".encode())
ABSURD_TEXTS = (
    b"x" * 1_000_000,
    b"=1+1",
    b"&#x0;",
    b"&lol;",
    b"&#xD800;",
    b"_x0000_",
    b"#REF!",
    "\ue000\U000f0000".encode(),
    b"1.1E+17",
    b"9" * 400,
    b"]]>",
    b"chuyi|1|||section|",
    "不适用".encode(),
)


def replaced(
    chance: random.Random, data: bytes, pattern: bytes, form: bytes, absurd: tuple[bytes, ...]
) -> bytes:
    """Some of what fits ``pattern`` becomes ``form`` with something absurd in it."""
    share = chance.choice((0.01, 0.1, 0.5))

    def one(match: re.Match[bytes]) -> bytes:
        return form % chance.choice(absurd) if chance.random() < share else match.group()

    return re.sub(pattern, one, data)


def other_numbers(chance: random.Random, data: bytes) -> bytes:
    """Some numbers are absurd ones."""
    return replaced(chance, data, rb"\d+", b"%s", ABSURD_NUMBERS)


def other_references(chance: random.Random, data: bytes) -> bytes:
    """Cells stand at absurd places."""
    return replaced(chance, data, rb'r="[A-Z]+\d+"', b'r="%s"', ABSURD_PLACES)


def other_texts(chance: random.Random, data: bytes) -> bytes:
    """Texts are very long ones, formulas, references to entities, or characters that hurt."""
    return replaced(chance, data[:200_000], rb">[^<]+<", b">%s<", ABSURD_TEXTS)


def without_elements(chance: random.Random, data: bytes) -> bytes:
    """Some tags are gone, doubled or of another name."""
    tags = re.findall(rb"<[^>]+>", data)
    if not tags:
        return data
    tag = chance.choice(tags)
    return data.replace(
        tag, chance.choice((b"", tag * 2, b"<a>", b"<row>", b"<c><c>" * 500)), chance.choice((1, 5, -1))
    )


def with_doctype(chance: random.Random, data: bytes) -> bytes:
    """A document type with entities, inside or outside."""
    entity = chance.choice((b'SYSTEM "file:///etc/passwd"', b'"&lol;&lol;"', b'SYSTEM "http://127.0.0.1/x"'))
    head, mark, rest = data.partition(b"?>")
    return head + mark + b"<!DOCTYPE a [<!ENTITY lol %s>]>" % entity + rest if mark else data


def in_another_encoding(chance: random.Random, data: bytes) -> bytes:
    """Another encoding than is said."""
    return data.decode("utf-8", "replace").encode(chance.choice(("utf-16", "gb18030", "utf-32", "utf-8-sig")))


INSIDE: dict[Change, int] = {
    flipped: 1,
    cut: 1,
    doubled: 1,
    other_numbers: 4,
    other_references: 4,
    other_texts: 4,
    without_elements: 3,
    with_doctype: 1,
    in_another_encoding: 1,
}
"""What is done to a part, and how often: most of it leaves well-formed XML that says something mad."""
OUTSIDE: tuple[Change, ...] = (flipped, cut, doubled)


def broken(chance: random.Random, whole: bytes) -> bytes:
    """A workbook with something wrong in it."""
    if chance.random() < RIGHT:
        return whole
    if chance.random() < 0.2:
        return chance.choice(OUTSIDE)(chance, whole)
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in chance.sample(sorted(parts), k=chance.choice((1, 1, 1, 2, 4))):
        for _ in range(chance.choice((1, 1, 2))):
            (change,) = chance.choices(list(INSIDE), list(INSIDE.values()))
            parts[name] = change(chance, parts[name] or b" ")
    if chance.random() < 0.1:
        first, second = chance.sample(sorted(parts), k=2)
        parts[first], parts[second] = parts[second], parts[first]
    if chance.random() < 0.1:
        del parts[chance.choice(sorted(parts))]
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
        for name, content in parts.items():
            archive.writestr(name if chance.random() < 0.99 else f"../{name}", content)
    return stream.getvalue()


# What must hold


def ended(name: str, deed: Callable[[], object]) -> str:
    """Do ``deed``: it ends well or in a sentence of our own."""
    try:
        deed()
    except ChuyiError as error:
        assert error.sentence, error.code
        return f"{name}: {error.code}"
    return f"{name}: done"


def import_all_or_nothing(session: Session, source: Path) -> None:
    """A refused import changes nothing; one that is taken is one deed of all its changes."""
    before, deeds = session.assessment, session.workspace.journal(1)
    try:
        plan = import_workbook(session, source)
    except ChuyiError:
        assert session.workspace.journal(1) == deeds
        assert session.workspace.assessment(session.head.id) == before
        raise
    assert not (plan.refused and plan.changes)
    assert session.workspace.assessment(session.head.id) == before.after(plan.changes)
    if not plan.changes:
        assert session.workspace.journal(1) == deeds
        return
    (deed,) = session.workspace.journal(1)
    assert deed.changes == plan.changes
    session.undo()


def read_as_ledger(source: Path) -> None:
    """Every cell can be asked for."""
    file = FileLedgers().open(source, silent)
    for sheet in file.sheets:
        for row in list(sheet.row_numbers)[:200]:
            for column in range(1, min(sheet.last_column, 40) + 1):
                sheet.text(row, column)
                sheet.looks(row, column)


def outcomes(session: Session, source: Path, problems: Sequence[Problem]) -> Iterator[str]:
    """What becomes of one file, three ways."""
    yield ended("import", lambda: import_all_or_nothing(session, source))
    yield ended("ledger", lambda: read_as_ledger(source))
    yield ended("mark", lambda: ExcelWorkbooks().mark(source, problems, source.with_name("marked.xlsx")))


def work(worker: int, seed: int, until: float) -> None:
    """One process: broken workbooks until the time is over."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _too_long)
    folder = OUT / f"worker-{worker}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    whole = write(folder).read_bytes()
    programme = small_programme()
    library = MemoryLibrary(programme)
    program = Program(
        library,
        SqliteWorkspaces(host="fuzz", user="fuzz"),
        ExcelWorkbooks(),
        renderer=None,  # type: ignore[arg-type]  # nothing is printed here
        pages=None,  # type: ignore[arg-type]
        clock=lambda: datetime(2026, 9, 1, tzinfo=UTC),
        who="fuzz",
        samples=folder,
    )
    session = begin(program, folder / "workspace", programme.id, YEAR, {"school_name": "某校"})
    told: Counter[str] = Counter()
    case = seed * 1_000_000 + worker * 500_000
    slowest = 0.0
    problems = [
        Problem("input.not_a_plain_number", place=Place("f", "基本情况", "E6"), params={"found": "x"})
    ]
    while time.time() < until:
        case += 1
        source = folder / "case.xlsx"
        source.write_bytes(broken(random.Random(case), whole))  # noqa: S311  # repeatable, not secret
        start = time.monotonic()
        signal.alarm(SECONDS_EACH)
        try:
            told.update(outcomes(session, source, problems))
        except BaseException:
            signal.alarm(0)
            (OUT / f"fault-{case}.xlsx").write_bytes(source.read_bytes())
            (OUT / f"fault-{case}.txt").write_text(traceback.format_exc(), "utf-8")
            told["FAULT"] += 1
        signal.alarm(0)
        slowest = max(slowest, time.monotonic() - start)
    told["slowest ms"] = int(slowest * 1000)
    lines = [f"{count}\t{what}" for what, count in sorted(told.items())]
    (folder / "told.txt").write_text("\n".join(lines), "utf-8")


def _too_long(*_: object) -> None:
    raise TimeoutError(f"longer than {SECONDS_EACH} s")


def main() -> int:
    """Run the workers and say what came of it."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument("--workers", type=int, default=2, help="how many processes")
    asked.add_argument("--worker", type=int, default=-1)
    asked.add_argument("--until", type=float, default=0)
    given = asked.parse_args()
    if given.worker >= 0:
        work(given.worker, given.seed, given.until)
        return 0
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("fault-*"):
        old.unlink()
    until = time.time() + given.minutes * 60
    shared = [sys.executable, __file__, "--seed", str(given.seed), "--until", str(until)]
    workers = [subprocess.Popen([*shared, "--worker", str(number)]) for number in range(given.workers)]
    died = sum(worker.wait() != 0 for worker in workers)
    told: Counter[str] = Counter()
    slowest = 0
    for number in range(given.workers):
        for line in (OUT / f"worker-{number}" / "told.txt").read_text("utf-8").splitlines():
            count, _, what = line.partition("\t")
            if what == "slowest ms":
                slowest = max(slowest, int(count))
            else:
                told[what] += int(count)
    for what, count in sorted(told.items()):
        print(f"{count:8} {what}")
    cases = sum(count for what, count in told.items() if what.startswith("import"))
    faults = told["FAULT"]
    print(
        f"| broken workbooks imported, read as a ledger and marked | {cases} in {given.minutes:g} min, "
        f"{faults} with a fault, slowest {slowest} ms | `make fuzz-excel`, seed {given.seed} |"
    )
    return 1 if faults or died else 0


if __name__ == "__main__":
    sys.exit(main())
