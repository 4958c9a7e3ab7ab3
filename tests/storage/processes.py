"""Other programs that use a workspace at the same time: real processes, steered over their pipes."""

import subprocess
import sys
from pathlib import Path

WRITER = """
import sys
from pathlib import Path
from decimal import Decimal
from chuyi_desktop.domain.assessment import Change, Entry, Field, FieldKind
from tests.storage.builders import stamp, workspaces

workspace = workspaces(user="赵老师").open(Path(sys.argv[1]))
fields = [Field(FieldKind.VALUE, f"n{place}", 2025) for place in range(20)]
known = workspace.assessment("a").fields
number = int(known[fields[0]].value) if fields[0] in known else 0
print("open", workspace.holder, flush=True)
while True:
    number += 1
    old = {field: known.get(field) for field in fields}
    known = {field: Entry(Decimal(number)) for field in fields}
    workspace.apply("a", [Change(field, old[field], known[field]) for field in fields], stamp(str(number)))
    print(number, flush=True)
"""
"""Writes deeds as fast as it can, each raising twenty fields, and says each number once it is kept."""

HOLDER = """
import sys
from pathlib import Path
from tests.storage.builders import workspaces

workspace = workspaces(user="赵老师", host=sys.argv[2]).open(Path(sys.argv[1]))
print("open", workspace.holder, flush=True)
sys.stdin.readline()
workspace.close()
print("closed", flush=True)
sys.stdin.readline()
"""
"""Opens for writing, closes when told, and ends when told again."""


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    """A process that runs ``script``; its first line, already read, says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", script, *map(str, arguments)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert said(process).startswith("open"), "it did not open"
    return process


def said(process: "subprocess.Popen[str]") -> str:
    """The next line it says."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def tell(process: "subprocess.Popen[str]") -> None:
    """Let it go on."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def end(process: "subprocess.Popen[str]") -> str:
    """Kill it at once, as the power would; what it had said by then."""
    process.kill()
    rest, _ = process.communicate()
    return rest
