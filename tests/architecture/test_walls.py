"""The walls hold: contracts bite, and the inner rooms need nothing but Python."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"
PLANTED = {
    "domain/values.py": "import pathlib, sqlalchemy",
    "scoring/__init__.py": "import chuyi_desktop.report.blocks",
    "report/blocks.py": "import reportlab",
    "app/changes.py": "import chuyi_desktop.storage.workspaces",
    "cli/console.py": "import chuyi_desktop.ui.application",
    "storage/workspaces.py": "import PySide6",
    "excel/workbooks.py": "import sqlalchemy",
    "packs/library.py": "import openpyxl",
    "report/summary.py": "import highspy",
}


def _lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(checkout / "src")}
    return subprocess.run(
        [LINTER, "--no-cache"], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("module", PLANTED)
def test_a_forbidden_import_is_caught(tmp_path: Path, module: str) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / "src/chuyi_desktop" / module
    planted.write_text(f"{planted.read_text('utf-8')}\n{PLANTED[module]}\n", "utf-8")
    result = _lint(tmp_path)
    assert result.returncode != 0
    assert "BROKEN" in result.stdout, result.stdout + result.stderr


_BLOCK = """
import sys
outer = set(sys.argv.pop(1).split(","))
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in outer:
            raise ImportError(f"{name} is not there")
sys.meta_path.insert(0, Blocker())
import pytest
sys.exit(pytest.main(sys.argv[1:]))
"""


def _outer_libraries() -> set[str]:
    """What the contract for the inner rooms forbids."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    inner = next(each for each in contracts if each["name"].startswith("The inner rooms"))
    return set(inner["forbidden_modules"])


def test_the_inner_rooms_pass_their_tests_with_python_alone() -> None:
    rooms = [f"tests/{room}" for room in ("domain", "scoring", "report", "app")]
    options = ["-q", "-p", "no:pytest-qt", "-p", "no:xdist", "-p", "no:cacheprovider", "-c", os.devnull]
    outer = ",".join(sorted(_outer_libraries()))
    result = subprocess.run(
        [sys.executable, "-c", _BLOCK, outer, *options, *rooms],
        cwd=ROOT,
        env=os.environ | {"HYPOTHESIS_PROFILE": "few"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
