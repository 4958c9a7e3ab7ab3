"""How long the way to each tier takes to find, for the filled sample of every pack, and how near to proved it
is: ``python benchmarks/planning.py [SECONDS [PACK …]]``."""

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.packs.test_samples import filled  # noqa: E402  # as above

from chuyi_desktop.packs.library import FormsFolder  # noqa: E402  # after the path
from chuyi_desktop.scoring import assess  # noqa: E402  # as above
from chuyi_desktop.scoring.planning.improvement import Improvements, Terms  # noqa: E402  # as above
from chuyi_desktop.scoring.planning.improving import improve  # noqa: E402  # as above
from chuyi_desktop.scoring.planning.reached import reaches  # noqa: E402  # as above
from chuyi_desktop.solver.highs import HighsSolver  # noqa: E402  # as above


@dataclass
class Watch:
    """So many seconds from now."""

    end: float

    def seconds_left(self) -> float:
        """Seconds left."""
        return self.end - time.monotonic()

    def at(self, done: int, total: int) -> None:
        """Nobody looks on."""
        del done, total


def told(answer: Improvements) -> str:
    """Cost and proof in a word."""
    if not answer.plans:
        return "no way: " + "；".join(answer.reasons)
    plan = answer.plans[0]
    if plan.optimal:
        return f"cost {plan.cost}, proved"
    gap = "gap unknown" if plan.gap is None else f"gap {plan.gap:.1%}"
    return f"cost {plan.cost}, {gap}"


def main() -> None:
    """Every pack, every tier; one plan each."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    library = FormsFolder(ROOT / "forms")
    packs = sys.argv[2:] or [summary.id for summary in library.summaries()]
    for pack in packs:
        programme = library.programme(pack)
        sample = json.loads((ROOT / f"tests/packs/samples/{pack}.json").read_text("utf-8"))
        school = filled(programme, sample)
        for tier in programme.tiers[:-1]:
            begun = time.monotonic()
            answer = improve(programme, school, Terms(tier, plans=1), HighsSolver(), Watch(begun + seconds))
            took = time.monotonic() - begun
            if answer.reached:
                continue
            for plan in answer.plans:
                if not reaches(programme, tier, assess(programme, school.after(plan.changes))):
                    raise AssertionError((pack, tier.id))
            print(f"{pack:28} {tier.id:14} {took:5.1f} s  {told(answer)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
