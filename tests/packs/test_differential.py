"""Every pack judged twice: by the program and by the naive reading of the documents in tests/naive.

In the everyday run a few schools a pack; ``make fuzz`` tries many.
"""

from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from chuyi_desktop.domain.assessment import Assessment, Entry, Field, FieldKind
from chuyi_desktop.domain.formula import parse, write
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.scoring import Standing, assess
from tests.naive.judge import Judge, Opinion
from tests.naive.language import BLANK, plain, read
from tests.naive.schools import YEAR, edited, school
from tests.packs.test_samples import SAMPLES, filled
from tests.packs.test_samples import read as read_sample

FORMS = Path(__file__).parents[2] / "forms"
LIBRARY = FormsFolder(FORMS)
PACKS = [path.stem for path in SAMPLES]
FEW = settings(max_examples=max(2, settings().max_examples // 40))
RANDOM = st.randoms(use_true_random=True)
FORMULAS = frozenset({"formula", "holds", "when", "applies_when", "requires", "subject"})


@pytest.mark.parametrize("pack", PACKS)
@FEW
@given(random=RANDOM)
def test_any_school(pack: str, random: Random) -> None:
    programme = LIBRARY.programme(pack)
    drawn = school(programme, random)
    compare(programme, drawn, assess(programme, drawn))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@FEW
@given(random=RANDOM)
def test_the_sample_school_after_some_edits(path: Path, random: Random) -> None:
    """Also where only what the edits touch is judged again."""
    programme = LIBRARY.programme(path.stem)
    sample = filled(programme, read_sample(path))
    after = edited(programme, sample, random)
    places = {*sample.fields, *after.fields}
    changed = {place for place in places if sample.fields.get(place) != after.fields.get(place)}
    compare(programme, after, Standing(programme, sample).moved_to(after, changed).verdict)


@settings(max_examples=1)
@given(random=RANDOM)
def test_the_schools_drawn_show_everything(random: Random) -> None:
    """Else agreement on them would say little."""
    programme = LIBRARY.programme("quality-secondary-school")
    outcomes: Counter[str] = Counter()
    for share in (0.0, 0.9, 0.97, 1.0, 1.0, 1.0):
        opinion = Judge(programme, school(programme, random, share)).opinion()
        outcomes.update(rule.outcome for rule in opinion.rules.values())
        outcomes.update("finding" for _ in opinion.findings)
        outcomes.update("some points" for rule in opinion.rules.values() if rule.points)
        outcomes["tiers open" if len(opinion.tiers) > 1 else "tier certain"] += 1
    assert set(outcomes) >= {
        "met",
        "unmet",
        "missing",
        "finding",
        "some points",
        "tiers open",
        "tier certain",
    }


def test_one_figure_off_is_found_out() -> None:
    programme = LIBRARY.programme("conditions-secondary")
    sample = next(path for path in SAMPLES if path.stem == programme.id)
    assessment = filled(programme, read_sample(sample))
    place = Field(FieldKind.VALUE, "student_count", YEAR)
    entry = assessment.fields[place]
    assert isinstance(entry, Entry) and not isinstance(entry.value, str | bool | None)
    one_more = assessment.change(place, Entry(entry.value + 1))  # type: ignore[operator]  # a number
    assert one_more is not None
    program = said(assess(programme, assessment))
    naive = said_naively(Judge(programme, assessment.after([one_more])).opinion())
    assert any(not alike(name, program.get(name), naive.get(name)) for name in program)


@pytest.mark.parametrize("file", sorted(FORMS.rglob("*.yaml")), ids=lambda path: str(path.relative_to(FORMS)))
def test_every_formula_of_the_packs_is_read_alike(file: Path) -> None:
    for text in formulas(YAML(typ="safe").load(file)):
        assert read(text) == read(write(parse(text))), text


def formulas(part: Any) -> list[str]:
    """Every formula in a YAML file, as it is written there."""
    if isinstance(part, list):
        return [text for entry in part for text in formulas(entry)]
    if not isinstance(part, dict):
        return []
    here = [value for key, value in part.items() if key in FORMULAS and isinstance(value, str)]
    return here + [text for value in part.values() for text in formulas(value)]


def compare(programme: Programme, assessment: Assessment, verdict: Verdict) -> None:
    """Nothing that both say may differ."""
    program = said(verdict)
    naive = said_naively(Judge(programme, assessment).opinion())
    differing = [
        f"{name}: program {program.get(name)}, naive {naive.get(name)}"
        for name in {*program, *naive}
        if not alike(name, program.get(name), naive.get(name))
    ]
    assert not differing, "\n".join(differing)


def alike(name: str, program: Any, naive: Any) -> bool:
    """Whether both say the same. Right on a bound that must be passed (> 0) there is no distance, and the
    program names the least step instead; of that the documents only say that it is positive."""
    if name.endswith(" gap") and naive == 0:
        return isinstance(program, Fraction) and program > 0
    return bool(program == naive)


def said(verdict: Verdict) -> dict[str, Any]:
    """The verdict, flat."""
    found: dict[str, Any] = {"tiers": [tier.id for tier in verdict.possible_tiers]}
    found["tier"] = None if verdict.tier is None else verdict.tier.id
    options = (option for rule in verdict.conditions for option in rule.options)
    for rule in (*verdict.rules, *options):
        found[f"{rule.id} outcome"] = rule.outcome.value
        found[f"{rule.id} points"] = exact(rule.points)
        found[f"{rule.id} gap"] = exact(rule.gap)
        found[f"{rule.id} threshold"] = exact(rule.threshold)
        found[f"{rule.id} value"] = exact(rule.value)
    for name, trace in verdict.derived.items():
        found[f"derived {name}"] = exact(trace.result)
    for section in verdict.sections:
        found[f"section {section.id}"] = (exact(section.points), exact(section.open_points))
    found["total"] = (exact(verdict.points), exact(verdict.open_points))
    for finding in verdict.findings:
        rows = tuple(row.number for row in finding.rows)
        found[f"finding {finding.check.id}"] = (finding.settled, finding.row_count, rows)
    return found


def said_naively(opinion: Opinion) -> dict[str, Any]:
    """The second opinion, as flat."""
    tiers = opinion.tiers
    found: dict[str, Any] = {"tiers": tiers, "tier": tiers[0] if len(tiers) == 1 else None}
    for name, rule in opinion.rules.items():
        found[f"{name} outcome"] = rule.outcome
        found[f"{name} points"] = rule.points
        found[f"{name} gap"] = rule.gap
        found[f"{name} threshold"] = rule.threshold
        found[f"{name} value"] = exact(rule.value)
    for name, value in opinion.derived.items():
        found[f"derived {name}"] = exact(value)
    for name, pair in opinion.sections.items():
        found[f"section {name}"] = pair
    pairs = opinion.sections.values()
    found["total"] = tuple(sum((pair[at] for pair in pairs), Fraction(0)) for at in (0, 1))
    for name, (settled, rows) in opinion.findings.items():
        found[f"finding {name}"] = (settled, len(rows), rows[:20])
    return found


def exact(value: Any) -> Any:
    """A value of either side in one form; no value is None."""
    return None if value is BLANK or isinstance(value, Missing) else plain(value)
