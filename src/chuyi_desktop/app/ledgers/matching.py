"""Which head means which column, which name means which indicator: by the same words, by what offices call
it, by likeness; with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.app.ledgers.layout import Suggestion, Trust, Why
from chuyi_desktop.app.ledgers.ports import Ledgers
from chuyi_desktop.app.ledgers.targets import Destination, Name, Target, Words
from chuyi_desktop.domain import office_words
from chuyi_desktop.domain.units import convert, same_unit

SAME, COMMON, PART = 100, 98, 92
NEAR = 85
"""From here on a likeness is taken, for checking."""
WORTH_SAYING = 55
"""From here on a likeness is worth suggesting."""
_CLEAR_LEAD = 4
_MISFIT = 40
_TELLING_CAP = NEAR - 1
_MOST_SUGGESTIONS = 3
_NAME_KINDS = {"name": SAME, "alias": SAME, "common": COMMON, "base": COMMON}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target that a head may mean: how well, and why."""

    target: Target
    score: int
    why: Why
    exact: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A head or name to be matched: the words of its rows, lowest first, and how badly its content fits a
    target (0 to 100)."""

    parts: tuple[Words, ...]
    unit: str = ""


class Matcher:
    """Matches words to the targets of one destination."""

    def __init__(self, ledgers: Ledgers, destination: Destination) -> None:
        self._ledgers = ledgers
        self._targets = destination.targets
        self._names = [(name, target) for target in destination.targets for name in target.names]
        self._plain = [name.plain for name, _ in self._names]
        self._known: dict[str, list[Candidate]] = {}

    def candidates(self, head: Head) -> list[Candidate]:
        """What ``head`` may mean, best first."""
        best: dict[str, Candidate] = {}
        whole = Words(
            "".join(p.full for p in reversed(head.parts)), "".join(p.base for p in reversed(head.parts))
        )
        looked = [(part, 0 if index == 0 else SAME - PART) for index, part in enumerate(head.parts)]
        if len(head.parts) > 1:
            looked.append((whole, 0))
        for words, less in looked:
            for found in self._of(words):
                score = found.score - less
                if found.target.id not in best or score > best[found.target.id].score:
                    best[found.target.id] = Candidate(found.target, score, found.why, found.exact)
        judged = [_with_unit(candidate, head.unit) for candidate in best.values()]
        return sorted(judged, key=lambda each: -each.score)

    def _of(self, words: Words) -> list[Candidate]:
        key = f"{words.full}\n{words.base}"
        if key not in self._known:
            self._known[key] = self._look(words)
        return self._known[key]

    def _look(self, words: Words) -> list[Candidate]:
        if not words.full:
            return []
        best: dict[str, Candidate] = {}
        likeness = self._ledgers.likeness(words.base or words.full, self._plain)
        for (name, target), alike in zip(self._names, likeness, strict=True):
            candidate = _candidate(words, name, target, alike)
            if candidate is not None and (target.id not in best or candidate.score > best[target.id].score):
                best[target.id] = candidate
        return list(best.values())


def _candidate(words: Words, name: Name, target: Target, alike: int) -> Candidate | None:
    if name.plain in {words.full, words.base}:
        score = _NAME_KINDS[name.kind] - (words.full != name.plain)
        return Candidate(target, score, Why(f"ledger.why.{name.kind}", {"name": name.shown}), exact=True)
    if _tells_apart(words.base, name.plain):
        alike = min(alike, _TELLING_CAP)
    if alike < WORTH_SAYING:
        return None
    why = Why("ledger.why.near", {"name": name.shown, "likeness": alike})
    return Candidate(target, min(alike, PART), why, exact=False)


def _tells_apart(one: str, other: str) -> bool:
    return bool((set(one) ^ set(other)) & office_words.TELLING)


def _with_unit(candidate: Candidate, unit: str) -> Candidate:
    """The unit in a head speaks for a target that measures the same, and against every other."""
    if not unit:
        return candidate
    wanted = candidate.target.field.unit
    fits = candidate.target.field.kind.is_number and (
        same_unit(unit, wanted) or convert(Decimal(1), unit, wanted) is not None
    )
    if not fits:
        return Candidate(candidate.target, candidate.score - _MISFIT, candidate.why, exact=False)
    code = "ledger.why.with_unit" if same_unit(unit, wanted) else "ledger.why.with_other_unit"
    why = Why(code, {"reason": candidate.why, "unit": unit, "wanted": wanted})
    return Candidate(candidate.target, candidate.score, why, candidate.exact)


@dataclass(frozen=True, slots=True)
class Match:
    """What was decided for one head."""

    target: Target | None
    trust: Trust
    why: Why
    suggestions: tuple[Suggestion, ...]


def decide(found: Sequence[Sequence[Candidate]]) -> list[Match]:
    """One decision a head, best first, each target once. Where two heads fit a target equally well, or two
    targets a head, nobody but the clerk can know."""
    decided: dict[int, Match] = {}
    taken: set[str] = set()
    pairs = sorted(
        ((candidate, index) for index, candidates in enumerate(found) for candidate in candidates),
        key=lambda pair: -pair[0].score,
    )
    for candidate, index in pairs:
        if index in decided or candidate.target.id in taken or candidate.score < NEAR:
            continue
        rivals = [
            at
            for other, at in pairs
            if at != index
            and at not in decided
            and other.target.id == candidate.target.id
            and other.score == candidate.score
        ]
        others = [each for each in found[index] if each.target.id not in {candidate.target.id, *taken}]
        unclear = others and candidate.score - others[0].score < (1 if candidate.exact else _CLEAR_LEAD)
        if rivals or unclear:
            code = "ledger.why.rivals" if rivals else "ledger.why.unclear"
            why = Why(code, {"name": candidate.target.label})
            for each in (index, *rivals):
                decided[each] = Match(None, Trust.OPEN, why, _suggestions(found[each], set()))
            continue
        trust = Trust.CERTAIN if candidate.exact else Trust.LIKELY
        decided[index] = Match(candidate.target, trust, candidate.why, _suggestions(found[index], set()))
        taken.add(candidate.target.id)
    return [decided.get(index) or _open(candidates, taken) for index, candidates in enumerate(found)]


def _open(candidates: Sequence[Candidate], taken: set[str]) -> Match:
    suggestions = _suggestions(candidates, taken)
    if not suggestions:
        return Match(None, Trust.OPEN, Why("ledger.why.unknown"), ())
    first = suggestions[0]
    why = Why("ledger.why.doubtful", {"name": first.label, "likeness": first.likeness})
    return Match(None, Trust.OPEN, why, suggestions)


def _suggestions(candidates: Sequence[Candidate], taken: set[str]) -> tuple[Suggestion, ...]:
    worth = [each for each in candidates if each.score >= WORTH_SAYING and each.target.id not in taken]
    return tuple(
        Suggestion(each.target.id, each.target.label, max(each.score, 0))
        for each in worth[:_MOST_SUGGESTIONS]
    )
