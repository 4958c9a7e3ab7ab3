"""A whole dossier, word for word. ``CHUYI_UPDATE_GOLDEN=1`` writes the file anew; read the difference."""

import os
from pathlib import Path

from chuyi_desktop.report.compose import compose
from tests.report.dump import dump
from tests.report.school import MADE, assessment, programme, verdict

GOLDEN = Path(__file__).parents[1] / "golden" / "dossier.txt"


def test_the_dossier_reads_as_agreed() -> None:
    found = dump(compose(programme(), assessment(), verdict(), MADE))
    if os.environ.get("CHUYI_UPDATE_GOLDEN"):
        GOLDEN.write_text(found, "utf-8")
    assert found == GOLDEN.read_text("utf-8")
