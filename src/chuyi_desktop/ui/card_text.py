"""What the card beside a grid says about an indicator or a question, as rich text."""

from collections.abc import Iterable
from html import escape

from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Entry, OriginKind
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Attested, Condition, Rubric, ScoredItem
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.wording import say

Line = tuple[str, str]
"""The code of a label under ``ui.card.``, and plain text."""


def indicator_card(session: Session, indicator: Indicator, rules: Iterable[str]) -> str:
    """An indicator's definition, reckoning, source and use."""
    entry = session.assessment.entry(indicator.id)
    trace = session.verdict.derived.get(indicator.id)
    lines: list[Line] = [
        ("formula", "" if trace is None else trace.reading),
        ("definition", indicator.definition),
        ("scope", indicator.scope),
        ("period", indicator.period),
        ("bounds", _bounds(indicator)),
        ("choices", "、".join(choice.label for choice in indicator.choices)),
        ("owner", indicator.owner),
        ("evidence", _evidence(indicator.evidence, len(session.assessment.evidence(indicator.id)))),
        ("source", cited(indicator.provenance) if indicator.provenance else ""),
        ("uses", "；".join(rules) or say("ui.card.uses.none")),
        ("origin", "" if entry is None else _origin(entry)),
        ("note", "" if entry is None else entry.note),
        ("not_applicable", "" if entry is None else entry.not_applicable),
    ]
    title = indicator.name
    if indicator.unit:
        title = say("ui.card.title", {"name": indicator.name, "unit": indicator.unit})
    return _page(title, lines)


def question_card(session: Session, asked: Condition | ScoredItem) -> str:
    """What an attested condition or a rubric asks, and by which text."""
    lines: list[Line] = []
    if isinstance(asked, Condition) and isinstance(asked.rule, Attested):
        lines.append(("statement", asked.rule.statement))
    if isinstance(asked, ScoredItem) and isinstance(asked.method, Rubric):
        lines += [
            (
                "levels",
                say(
                    "ui.card.level",
                    {
                        "title": level.title,
                        "points": grouped(level.points),
                        "description": level.description,
                    },
                ),
            )
            for level in asked.method.levels
        ]
    lines += [
        ("note", asked.note),
        ("evidence", _evidence(asked.evidence, len(session.assessment.evidence(asked.id)))),
        ("source", cited(asked.provenance)),
    ]
    return _page(asked.title, lines)


def cited(provenance: Provenance) -> str:
    """The citation with its basis; said plainly where there is no published text."""
    citation = provenance.citation or (
        say("ui.card.no_source") if provenance.basis is Basis.REFERENCE else ""
    )
    text = say("ui.card.basis", {"basis": say(f"report.basis.{provenance.basis}"), "citation": citation})
    return "；".join(part for part in (text, provenance.note) if part)


def _page(title: str, lines: Iterable[Line]) -> str:
    rows = []
    before = ""
    for code, text in lines:
        if not text:
            continue
        label = say(f"ui.card.{code}") if code != before else ""
        before = code
        body = escape(text).replace("\n", "<br>")
        head = f'<td style="padding-right:10px; white-space:nowrap"><b>{escape(label)}</b></td>'
        rows.append(f"<tr>{head}<td>{body}</td></tr>")
    return (
        f'<p style="font-size:large"><b>{escape(title)}</b></p><table cellspacing="2">{"".join(rows)}</table>'
    )


def _bounds(indicator: Indicator) -> str:
    least, most = indicator.minimum, indicator.maximum
    if least is None and most is None:
        return ""
    code = "between" if least is not None and most is not None else "least" if least is not None else "most"
    params = {
        "minimum": "" if least is None else grouped(least),
        "maximum": "" if most is None else grouped(most),
    }
    return say(f"ui.card.bounds.{code}", params)


def _evidence(usual: str, count: int) -> str:
    if not count:
        return usual
    code = "ui.card.evidence_count" if usual else "ui.card.evidence_only"
    return say(code, {"evidence": usual, "count": count})


def _origin(entry: Entry) -> str:
    if entry.origin is None:
        return ""
    origin = entry.origin
    when = origin.when.astimezone().strftime("%Y-%m-%d %H:%M")
    code = origin.kind if origin.source or origin.kind is OriginKind.TYPED else OriginKind.TYPED
    return say(f"ui.card.origin.{code}", {"when": when, "who": origin.who, "source": origin.source})
