"""自评结论: the headline, what every tier asks, the hard conditions with their readings and sources."""

from collections.abc import Sequence

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.programme import Condition, DossierPart
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome, Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import (
    Align,
    Block,
    Cell,
    DataTable,
    Form,
    Paragraph,
    Part,
    TableColumn,
    TextStyle,
)
from chuyi_desktop.report.derivations import derivations
from chuyi_desktop.report.material import Material, joined, joined_sentences, reference_notes, source_in_row
from chuyi_desktop.report.numbering import item_heading, numbered_sections
from chuyi_desktop.report.rule_words import (
    Serial,
    conditions_by_id,
    gap,
    outcome,
    proof,
    reading,
    serials,
    standard,
    value,
)
from chuyi_desktop.report.tiers import tier_table, tier_words

_HASH_SHOWN = 16
"""Digits of the pack's hash on paper; the file's metadata has all."""


def conclusion(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """自评结论 with the derivations after the conditions."""
    unknown = [
        Paragraph(say("report.number.item", {"number": number, "title": line}))
        for number, line in enumerate(material.programme.unknown, 1)
    ]
    blocks = (
        *headline(material),
        Paragraph(say("report.honesty"), TextStyle.NOTE),
        *numbered_sections(
            [
                (say("report.verdict.overview"), (_overview(material),)),
                (say("report.verdict.tiers"), tier_table(material)),
                (say("report.verdict.conditions"), _conditions(material)),
                (say("report.verdict.derived"), derivations(material)),
                (say("report.verdict.unknown"), unknown),
            ]
        ),
    )
    return (Part(part.title or say("report.verdict.title"), blocks),)


def headline(material: Material) -> tuple[Paragraph, ...]:
    """The tier, or which tiers are still possible and what keeps them open."""
    verdict = material.verdict
    tiers = tier_words(material.programme.tiers, verdict)
    if verdict.tier is not None:
        return (Paragraph(say("report.verdict.tier", {"tier": tiers}), TextStyle.STRONG),)
    if not material.programme.tiers:
        return (Paragraph(say("report.verdict.no_tiers"), TextStyle.STRONG),)
    if not verdict.possible_tiers:
        return (Paragraph(say("report.verdict.none_reached"), TextStyle.STRONG),)
    blocks = [Paragraph(say("report.verdict.open", {"tiers": tiers}), TextStyle.STRONG)]
    missing = joined(*(rule.title for rule in verdict.conditions if rule.outcome is Outcome.MISSING))
    if missing:
        blocks.append(Paragraph(say("report.verdict.open_conditions", {"titles": missing})))
    if verdict.open_points:
        blocks.append(Paragraph(say("report.verdict.open_points", {"points": grouped(verdict.open_points)})))
    return tuple(blocks)


def _overview(material: Material) -> Form:
    verdict = material.verdict
    rows = [(say("report.verdict.overview.tier"), _tier_line(material))]
    if verdict.conditions:
        counts = {str(each): verdict.count(each) for each in Outcome} | {"total": len(verdict.conditions)}
        label = say("report.verdict.overview.conditions")
        rows.append((label, say("report.verdict.overview.counts", counts)))
    if verdict.items:
        rows.append((say("report.verdict.overview.points"), points_line(verdict)))
        params = {"points": grouped(verdict.reference_points), "maximum": grouped(verdict.maximum)}
        if verdict.reference_points:
            label = say("report.verdict.overview.reference")
            rows.append((label, say("report.verdict.overview.reference_points", params)))
    pack = {
        "programme": verdict.programme_name,
        "version": verdict.pack_version,
        "hash": verdict.pack_hash[:_HASH_SHOWN],
    }
    rows.append((say("report.verdict.overview.pack"), say("report.verdict.overview.pack_value", pack)))
    return Form((1, 4), tuple((Cell(label, label=True), Cell(text)) for label, text in rows))


def _tier_line(material: Material) -> str:
    verdict = material.verdict
    tiers = tier_words(material.programme.tiers, verdict)
    if verdict.tier is None and verdict.possible_tiers:
        return say("report.verdict.overview.possible", {"tiers": tiers})
    return tiers or say("report.none")


def points_line(verdict: Verdict) -> str:
    """``得分 62 分，未定 8 分，满分 100 分``."""
    params = {
        "points": grouped(verdict.points),
        "open": grouped(verdict.open_points),
        "maximum": grouped(verdict.maximum),
    }
    return say("report.verdict.points_open" if verdict.open_points else "report.verdict.points", params)


def _conditions(material: Material) -> tuple[Block, ...]:
    """The conditions group by group: a table of outcomes, then the readings with sources and proof."""
    groups = [
        (group.title, tuple(rule for rule in material.verdict.conditions if rule.group == group.id))
        for group in material.programme.condition_groups
    ]
    filled = [(title, rules) for title, rules in groups if rules]
    if not filled:
        return (Paragraph(say("report.verdict.no_conditions")),)
    by_id = conditions_by_id(material.programme)
    blocks: list[Block] = []
    for number, (title, rules) in enumerate(filled, 1):
        blocks.append(item_heading(number, title))
        blocks += [_outcomes(rules, by_id), _readings(material, rules, by_id)]
    return (
        *blocks,
        *(
            Paragraph(note, TextStyle.NOTE)
            for note in reference_notes(material, material.programme.conditions())
        ),
    )


def _outcomes(rules: tuple[RuleOutcome, ...], by_id: dict[str, Condition]) -> DataTable:
    columns = (
        TableColumn(say("report.verdict.number"), 4, Align.CENTER),
        TableColumn(say("report.verdict.condition"), 15),
        TableColumn(say("report.verdict.standard"), 9),
        TableColumn(say("report.verdict.value"), 9),
        TableColumn(say("report.verdict.outcome"), 5, Align.CENTER),
        TableColumn(say("report.verdict.gap"), 6),
        TableColumn(say("report.verdict.basis"), 4, Align.CENTER),
    )
    return DataTable(columns, tuple(_outcome_row(serial, by_id) for serial in serials(rules)))


def _outcome_row(serial: Serial, by_id: dict[str, Condition]) -> tuple[str, ...]:
    rule = serial.rule
    return (
        serial.number,
        serial.title,
        standard(rule, by_id.get(rule.id)),
        value(rule),
        outcome(rule),
        gap(rule),
        say(f"report.basis.{rule.provenance.basis}"),
    )


def _readings(material: Material, rules: tuple[RuleOutcome, ...], by_id: dict[str, Condition]) -> DataTable:
    cited = any(serial.rule.provenance.citation for serial in serials(rules))
    columns = (
        TableColumn(say("report.verdict.number"), 4, Align.CENTER),
        TableColumn(say("report.verdict.reading"), 26),
        TableColumn(say("report.verdict.source"), 18 if cited else 9),
        TableColumn(say("report.verdict.evidence"), 6, Align.CENTER),
    )
    rows: Sequence[tuple[str, ...]] = [
        (
            serial.number,
            joined_sentences(
                serial.title if not serial.number else "",
                reading(serial.rule, by_id.get(serial.rule.id), material),
            ),
            source_in_row(material, serial.rule.provenance),
            proof(serial.rule, material),
        )
        for serial in serials(rules)
    ]
    return DataTable(columns, tuple(rows), title=say("report.verdict.readings"))
