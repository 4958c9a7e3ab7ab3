"""A workbook that LibreOffice opened and saved again still says the same."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.excel.school import contents, filled_fields, read, write


def resaved(source: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it, under a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("soffice is missing; `make setup` installs it")
    folder.mkdir()
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            folder,
            source,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / source.name


def test_a_resaved_workbook_says_the_same(tmp_path: Path) -> None:
    reading = read(resaved(write(tmp_path), tmp_path / "again"))
    assert reading.problems == ()
    assert contents(reading) == filled_fields()
