"""On what each form pack rests, as a page: rules by basis, their sources, and what no text gives."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from chuyi_desktop.app.ports import ProgrammeLibrary
from chuyi_desktop.domain.errors import OutputError
from chuyi_desktop.domain.programme import Programme, Threshold
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.values import canonical, round_half_up
from chuyi_desktop.domain.wording import say

_HUNDRED = Decimal(100)


def write_coverage(library: ProgrammeLibrary, target: Path) -> None:
    """Write the page to ``target``, whole or not at all."""
    text = coverage_page([library.programme(one.id) for one in library.summaries()])
    waiting = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_bytes(text.encode("utf-8"))
        waiting.replace(target)
    except OSError as error:
        raise OutputError("app.page_unwritable", file=target, reason=error.strerror) from error


def coverage_page(programmes: Iterable[Programme]) -> str:
    """The page, in Markdown."""
    packs = list(programmes)
    blocks = [f"# {say('coverage.title')}", say("coverage.intro"), f"## {say('coverage.overview')}"]
    blocks.append("\n".join(_overview(packs)))
    for pack in packs:
        blocks += _section(pack)
    return "\n\n".join(blocks) + "\n"


def provenances(programme: Programme) -> Iterator[tuple[str, Provenance]]:
    """The source of every rule, with the rule's id; cases with a source of their own too."""
    for condition in programme.conditions():
        yield condition.id, condition.provenance
        if isinstance(condition.rule, Threshold):
            cases = (case.provenance for case in condition.rule.cases)
            yield from ((condition.id, each) for each in cases if each is not None)
    yield from ((item.id, item.provenance) for item in programme.scored_items())
    yield from ((tier.id, tier.provenance) for tier in programme.tiers)
    yield from ((check.id, check.provenance) for check in programme.checks)


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _heads(*columns: str) -> list[str]:
    return [_row(say(f"coverage.column.{column}") for column in columns), "|" + "---|" * len(columns)]


def _overview(packs: list[Programme]) -> Iterator[str]:
    bases = ("official", "national", "reference")
    yield from _heads("name", "applicant", "version", *bases, "share", "unknown")
    for pack in packs:
        counts = [sum(1 for one in _rules(pack) if one.basis is Basis(basis)) for basis in bases]
        name = f"[{pack.name}](#{pack.id})"
        yield _row((name, pack.applicant, pack.version, *counts, _share(pack), len(pack.unknown)))


def _rules(pack: Programme) -> list[Provenance]:
    """The sources of conditions and scored items, one each."""
    conditions = [condition.provenance for condition in pack.conditions()]
    return conditions + [item.provenance for item in pack.scored_items()]


def _share(pack: Programme) -> str:
    return f"{_percent(pack)}%" if pack.maximum else say("coverage.no_share")


def _percent(pack: Programme) -> str:
    return canonical(round_half_up(pack.reference_points() / pack.maximum * _HUNDRED, 1))


def _section(pack: Programme) -> Iterator[str]:
    yield f'<a id="{pack.id}"></a>'
    yield f"## {pack.name}"
    head = {"id": pack.id, "version": pack.version, "applicant": pack.applicant.rstrip("。")}
    yield say("coverage.head", head) + pack.purpose
    citation = "。".join(part for part in (pack.provenance.citation, pack.provenance.note) if part)
    yield say("coverage.source", {"source": citation})
    yield say("coverage.size", _size(pack)) + _included(pack)
    points = {"maximum": canonical(pack.maximum), "reference": canonical(pack.reference_points())}
    share = {"share": _percent(pack)} if pack.maximum else {}
    yield say("coverage.share", points | share) if pack.maximum else say("coverage.unscored")
    yield "\n".join(_bases(pack))
    yield f"**{say('coverage.sources')}**"
    yield "\n".join(_sources(pack))
    yield f"**{say('coverage.unknown')}**"
    yield "\n".join(f"- {one}" for one in pack.unknown) or say("coverage.nothing_unknown")


def _size(pack: Programme) -> dict[str, object]:
    derived = sum(1 for one in pack.indicators.values() if one.is_derived)
    return {
        "typed": len(pack.indicators) - derived,
        "derived": derived,
        "tables": len(pack.tables),
        "texts": len(pack.narratives),
        "conditions": sum(1 for _ in pack.conditions()),
        "items": sum(1 for _ in pack.scored_items()),
        "checks": len(pack.checks),
    }


def _included(pack: Programme) -> str:
    others = dict.fromkeys(group.programme_id for group in pack.condition_groups)
    names = [f"`{key}`" for key in others if key != pack.id]
    return say("coverage.included", {"packs": "、".join(names)}) if names else ""


def _bases(pack: Programme) -> Iterator[str]:
    yield from _heads("basis", "conditions", "items", "points", "tiers", "checks")
    for basis in Basis:
        items = [item for item in pack.scored_items() if item.provenance.basis is basis]
        points = sum((item.maximum for item in items), Decimal(0))
        others = (pack.conditions(), pack.tiers, pack.checks)
        conditions, tiers, checks = (
            sum(1 for one in rules if one.provenance.basis is basis) for rules in others
        )
        name = say(f"report.basis.{basis}")
        yield _row((name, conditions, len(items), canonical(points), tiers, checks))


def _sources(pack: Programme) -> Iterator[str]:
    """Each document with its articles, in the order of bases; what names no document last."""
    articles: dict[tuple[Basis, str, str], dict[str, int]] = {}
    for _, one in provenances(pack):
        found = articles.setdefault((one.basis, one.document, one.number), {})
        found[one.article] = found.get(one.article, 0) + 1
    order = list(Basis)
    for (basis, document, number), counts in sorted(
        articles.items(), key=lambda entry: (order.index(entry[0][0]), not entry[0][1], entry[0][1:])
    ):
        name = say(f"report.basis.{basis}")
        if not document:
            yield "- " + say("coverage.own", {"basis": name, "count": sum(counts.values())})
            continue
        source = Provenance(basis, document, number).citation
        told = "、".join(article for article in sorted(counts) if article)
        params = {"basis": name, "source": source, "articles": told, "count": sum(counts.values())}
        yield "- " + say("coverage.cited", params).replace(" ，", "，")
