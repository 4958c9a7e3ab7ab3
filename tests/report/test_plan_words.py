"""The head of a plan claims no more than is proved."""

from decimal import Decimal

import pytest

from chuyi_desktop.domain.programme import TierRule
from chuyi_desktop.report.plan_words import plan_head
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.planning.improvement import Improvement
from tests.builders import assessment, programme, tier


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (None, "不保证最省"),
        (Decimal("0.1"), "最多还能再省 10%"),
        (Decimal("0.0000004"), "最多还能再省 0.1%"),
        (Decimal("0.17325"), "最多还能再省 17.4%"),
    ],
)
def test_a_gap_is_never_rounded_away(gap: Decimal | None, said: str) -> None:
    good = tier("good", TierRule())
    verdict = assess(programme(tiers=[good]), assessment())
    plan = Improvement((), Decimal("0.35"), good, False, gap, verdict, (), ())  # noqa: FBT003  # not proved
    assert plan_head(1, plan) == f"方案一（代价 0.35，{said}）"
