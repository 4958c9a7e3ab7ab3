"""Assessment and programme to verdict: derive, check, score and explain, as pure functions."""

from chuyi_desktop.scoring.standing import Standing
from chuyi_desktop.scoring.verdicts import assess

__all__ = ["Standing", "assess"]
