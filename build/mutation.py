"""Mutation testing of domain/: does any test notice when a line of it says something else?

Works on a copy under out/mutation, with mutmut in an environment of its own; the checkout is never changed.
``python build/mutation.py [MODULE …]`` runs the modules named (``values``, ``formula.parser``), or all of
domain/, and prints what was killed and what survived. ``-n N`` is how many processes (1).
"""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out" / "mutation"
MUTMUT = "mutmut==3.8.1"
"""Not locked with the rest: nothing but this file needs it."""
ROOM = "chuyi_desktop.domain"
COPIED = ("domain", "scoring", "naive")
TESTS = (
    "domain",
    *(f"scoring/test_{name}.py" for name in ("checks", "conditions", "items", "laws", "row_checks", "tiers")),
)
"""The quick ones of these rooms that need no packs."""
LEFT_OUT = {
    "src/chuyi_desktop/domain/wording/zh_cn/*": "message tables: sentences, not behaviour",
}
KILLED = frozenset({"killed", "timeout", "segfault", "caught by type check"})
SETTINGS = """\
[mutmut]
source_paths=src
only_mutate=src/chuyi_desktop/domain/*
do_not_mutate={left_out}
also_copy=
    pytest.ini
    conftest.py
pytest_add_cli_args_test_selection=
    {tests}
track_dependencies=false
use_git_change_detection=false
timeout_multiplier=5
"""
# test_wording reads the sources as text, where mutants stand beside the code they are made of. The window's
# plugin would load Qt.
PYTEST = """\
[pytest]
addopts = -q -p no:cacheprovider -p no:pytestqt -p no:xdist --deselect tests/domain/test_wording.py
"""
# A call of a mutated function goes through two more; a mutant that never ends must not fill the memory.
CONFTEST = """\
import sys

sys.setrecursionlimit(10_000)
if sys.platform == "linux":
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, resource.getrlimit(resource.RLIMIT_AS)[1]))
"""


def prepared() -> str:
    """The Python that has mutmut and, behind it, everything the tests need; never the checkout itself."""
    home = OUT / "venv"
    python = str(home / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    if not Path(python).exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", MUTMUT], check=True)
        asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
        answer = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
        # A path file of ours is read, the path files of that folder (the editable install) are not.
        (Path(answer) / "tests_of_the_project.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return python


def copied() -> Path:
    """A fresh copy of the sources and the tests that are run."""
    tree = OUT / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", tree / "src", ignore=leave)
    for name in COPIED:
        shutil.copytree(ROOT / "tests" / name, tree / "tests" / name, ignore=leave)
    for file in (ROOT / "tests").glob("*.py"):
        shutil.copy(file, tree / "tests")
    tests = "\n    ".join(f"tests/{name}" for name in TESTS)
    settings = SETTINGS.format(left_out="\n    ".join(["", *LEFT_OUT]), tests=tests)
    (tree / "setup.cfg").write_text(settings, "utf-8")
    (tree / "pytest.ini").write_text(PYTEST, "utf-8")
    (tree / "conftest.py").write_text(CONFTEST, "utf-8")
    return tree


def outcomes(python: str, tree: Path) -> dict[str, str]:
    """What became of every mutant that was run."""
    told = subprocess.run(
        [python, "-m", "mutmut", "results", "--all", "true"],
        cwd=tree,
        check=True,
        capture_output=True,
        text=True,
    )
    pairs = (line.strip().rsplit(": ", 1) for line in told.stdout.splitlines() if ": " in line)
    return {name: outcome for name, outcome in pairs if outcome != "not checked"}


def report(found: dict[str, str]) -> None:
    """Killed, survived and total, by module and together, and the survivors by name."""
    modules: dict[str, Counter[str]] = {}
    for name, outcome in found.items():
        module = name.rsplit(".", 1)[0].removeprefix(f"{ROOM}.")
        modules.setdefault(module, Counter())["killed" if outcome in KILLED else "survived"] += 1
    print(f"{'module':32}{'killed':>8}{'survived':>10}{'share':>8}")
    for module, counts in [*sorted(modules.items()), ("all", sum(modules.values(), Counter()))]:
        killed, survived = counts["killed"], counts["survived"]
        print(f"{module:32}{killed:8}{survived:10}{killed / max(1, killed + survived):8.1%}")
    for name, outcome in found.items():
        if outcome not in KILLED:
            print(f"{outcome}: {name}")


def main() -> int:
    """Copy, mutate, test, tell; 1 where less than nine tenths of all of domain/ were killed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("modules", nargs="*", help="values, formula.parser …; all of domain/ if none")
    asked.add_argument("-n", type=int, default=1, help="processes")
    given = asked.parse_args()
    begun = time.perf_counter()
    python, tree = prepared(), copied()
    names = [f"{ROOM}.{module}.*" for module in given.modules]
    environment = os.environ | {"HYPOTHESIS_PROFILE": "mutation"}
    command = [python, "-m", "mutmut", "run", "--max-children", str(given.n), *names]
    subprocess.run(command, cwd=tree, env=environment, check=False)
    found = outcomes(python, tree)
    report(found)
    for pattern, reason in LEFT_OUT.items():
        print(f"left out: {pattern}: {reason}")
    print(f"{time.perf_counter() - begun:.0f} s")
    killed = sum(outcome in KILLED for outcome in found.values())
    return 0 if found and (given.modules or killed >= 0.9 * len(found)) else 1


if __name__ == "__main__":
    sys.exit(main())
