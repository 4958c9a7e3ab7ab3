"""A writer killed in the middle: every deed it was told is kept is there, whole, and none is there in part.

A few rounds here; CHUYI_KILL_ROUNDS says how many.
"""

import os
from pathlib import Path

from tests.storage.builders import started, workspaces
from tests.storage.processes import WRITER, end, said, start

ROUNDS = int(os.environ.get("CHUYI_KILL_ROUNDS", "4"))


def test_a_killed_writer_loses_nothing_and_halves_nothing(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    for turn in range(ROUNDS):
        writer = start(WRITER, tmp_path / "w")
        # Not to be killed always at the same moment, let it keep a different number of deeds each time.
        for _ in range(1 + (turn * 37) % 50):
            last = said(writer)
        rest = end(writer).split("\n")
        # The last piece may be a number that was not said to its end.
        promised = int(([last] + [line for line in rest[:-1] if line])[-1])
        workspace = workspaces().open(tmp_path / "w")
        fields = workspace.assessment("a").fields
        deeds = [deed for deed in workspace.journal() if deed.changes]
        workspace.close()
        (kept,) = {content.value for content in fields.values()}
        assert len(fields) == 20
        assert promised <= kept <= promised + 1
        labels = [int(deed.stamp.label) for deed in deeds]
        assert labels == list(range(int(kept), int(kept) - len(deeds), -1))
