"""Rules, checks and indicators of every pack can be explained, and the account says what the verdict says."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

from chuyi_desktop.domain.values import Missing
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.report.account_line import Line
from chuyi_desktop.report.explain_json import explain_json
from chuyi_desktop.report.explain_words import account
from chuyi_desktop.report.explained import explained_check, explained_indicator, explained_rule
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.differences import every_rule
from tests.packs.test_samples import SAMPLES, filled, read

FORMS = Path(__file__).parents[2] / "forms"


@pytest.fixture(scope="module")
def library() -> FormsFolder:
    return FormsFolder(FORMS)


def of_part(lines: Sequence[Line], label: str) -> list[str]:
    """The lines under ``label``."""
    found: list[str] = []
    now = ""
    for line in lines:
        now = line.label or now
        if now == label:
            found.append(line.text)
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_account_of_a_sample(path: Path, library: FormsFolder) -> None:
    programme = library.programme(path.stem)
    assessment = filled(programme, read(path))
    verdict = assess(programme, assessment)
    for key, rule in islice(every_rule(verdict).items(), 0, None, 3):
        told = explained_rule(programme, assessment, verdict, key)
        lines = account(told)
        texts = [line.text for line in lines]
        assert rule.explanation in texts
        labels = [line.label for line in lines if line.label]
        assert len(labels) == len(set(labels)), (key, labels)
        inputs = () if rule.trace is None else rule.trace.inputs
        for each, line in zip(inputs, of_part(lines, "所用的数"), strict=True):
            # Nothing that was computed with goes untold, and nothing 未填 is told as a number.
            assert line.startswith((f"{each.label} ", f"{each.label}（"))
            assert each.shown in line
            if isinstance(each.value, Missing):
                assert "未填" in line or "不适用" in line
    for check in programme.checks[::4]:
        told = explained_check(programme, assessment, verdict, check.id)
        found = any(finding.check.id == check.id for finding in verdict.findings)
        assert (told.finding is not None) == found
        assert account(told)
    for indicator_id in list(programme.indicators)[::12]:
        plain = explain_json(explained_indicator(programme, assessment, verdict, indicator_id))
        assert plain["lines"]
