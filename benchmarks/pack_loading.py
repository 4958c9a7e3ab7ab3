"""How long form packs take to read, in processor time: every pack, the list, and what a window opens.

    python benchmarks/pack_loading.py [FORMS_DIR]

Prints Markdown rows for docs/measurements.md. Each figure is the best of several rounds, each on a new
FormsFolder, after one round that warms the interpreter: what is cold is the folder, not Python.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.packs.quick import read_quickly
from chuyi_desktop.packs.source import read_wholly

ROUNDS = 5
LINES: list[str] = []


def best(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of processor time of the quickest round."""
    found = []
    for _ in range(rounds + 1):
        start = time.process_time()
        job()
        found.append(time.process_time() - start)
    return min(found[1:]) * 1000


def row(what: str, milliseconds: float) -> None:
    """One line of the table."""
    LINES.append(f"| {what} | {milliseconds:.0f} ms |")


def main(root: Path) -> None:
    """Measure the folder ``root``."""
    texts = [path.read_text("utf-8") for path in sorted(root.rglob("*.yaml"))]
    size = sum(len(text.encode("utf-8")) for text in texts) // 1024
    ids = [one.id for one in FormsFolder(root).summaries()]
    LINES.append(f"| {len(ids)} packs, {len(texts)} files, {size} KB | processor time |")
    LINES.append("|---|---|")
    row(
        "YAML of all files, whole parser (ruamel.yaml)",
        best(lambda: [read_wholly(t, "", []) for t in texts], 1),
    )
    row("YAML of all files, quick reader", best(lambda: [read_quickly(text) for text in texts]))
    row("the list of packs (heads only)", best(lambda: FormsFolder(root).summaries()))
    for key in ("conditions-secondary", "quality-secondary-school", "teaching-team"):
        if key in ids:
            row(f"one pack with the catalogue: {key}", best(lambda key=key: FormsFolder(root).programme(key)))

    def every() -> None:
        library = FormsFolder(root)
        for key in ids:
            library.programme(key)

    row("all packs, cold", best(every))
    library = FormsFolder(root)
    for key in ids:
        library.programme(key)
    row("all packs, kept by the same library", best(lambda: [library.programme(key) for key in ids]))
    row("`chuyi forms check` (second look included)", best(lambda: FormsFolder(root).check(), 1))
    sys.stdout.write("\n".join(LINES) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "forms")
