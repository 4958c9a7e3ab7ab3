"""评分表: every scored item with its method, how its points came about, and the sums."""

from decimal import Decimal

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.programme import (
    Band,
    Bands,
    DossierPart,
    Linear,
    Method,
    Rubric,
    ScoredItem,
    ScoredSection,
)
from chuyi_desktop.domain.values import ARITHMETIC, round_half_up
from chuyi_desktop.domain.verdict import RuleOutcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Align, Block, DataTable, Paragraph, Part, TableColumn, TextStyle
from chuyi_desktop.report.conclusion import points_line
from chuyi_desktop.report.material import (
    Material,
    joined_sentences,
    marked,
    quantity,
    reference_notes,
    source_in_row,
)
from chuyi_desktop.report.numbering import numbered_sections
from chuyi_desktop.report.rule_words import points, proof, value

_CITED_WIDTH, _UNCITED_WIDTH = 22, 14
_HUNDRED = Decimal(100)


def scores(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """评分表, on turned paper for its many columns."""
    title = part.title or say("report.scores.title")
    programme, verdict = material.programme, material.verdict
    if not programme.scored_sections:
        return (Part(title, (Paragraph(say("report.scores.none")),)),)
    sections: list[tuple[str, tuple[Block, ...]]] = [
        (say("report.scores.summary"), (_summary(material), *_on_reference(material)))
    ]
    for section in programme.scored_sections:
        params = {"title": section.title, "maximum": grouped(section.maximum)}
        sections.append((say("report.scores.section", params), (_section(material, section),)))
    blocks = (
        Paragraph(points_line(verdict), TextStyle.STRONG),
        Paragraph(say("report.honesty"), TextStyle.NOTE),
        *numbered_sections(sections),
    )
    return (Part(title, blocks, wide=True),)


def _summary(material: Material) -> DataTable:
    columns = (
        TableColumn(say("report.scores.section_name"), 30),
        *(
            TableColumn(say(f"report.scores.{key}"), 10, Align.DECIMAL)
            for key in ("maximum", "points", "open")
        ),
    )
    verdict = material.verdict
    rows = tuple(
        (section.title, grouped(section.maximum), grouped(section.points), grouped(section.open_points))
        for section in verdict.sections
    )
    sums = (verdict.maximum, verdict.points, verdict.open_points)
    return DataTable(columns, rows, total=(say("report.scores.total"), *(grouped(each) for each in sums)))


def _on_reference(material: Material) -> tuple[Paragraph, ...]:
    """How much of the maximum rests on weights that no published text gives."""
    verdict = material.verdict
    if not verdict.reference_points or not verdict.maximum:
        return (Paragraph(say("report.scores.no_reference"), TextStyle.NOTE),)
    share = ARITHMETIC.divide(ARITHMETIC.multiply(verdict.reference_points, _HUNDRED), verdict.maximum)
    params = {
        "points": grouped(verdict.reference_points),
        "maximum": grouped(verdict.maximum),
        "share": grouped(round_half_up(share, 1)),
    }
    return (
        Paragraph(say("report.scores.reference", params), TextStyle.NOTE),
        *(
            Paragraph(note, TextStyle.NOTE)
            for note in reference_notes(material, material.programme.scored_items())
        ),
    )


def _section(material: Material, section: ScoredSection) -> DataTable:
    cited = any(item.provenance.citation for item in section.items)
    source_width = _CITED_WIDTH if cited else _UNCITED_WIDTH
    columns = (
        TableColumn(say("report.verdict.number"), 4, Align.CENTER),
        TableColumn(say("report.scores.item"), 13),
        TableColumn(say("report.scores.maximum"), 4, Align.DECIMAL),
        TableColumn(say("report.scores.method"), 31),
        TableColumn(say("report.verdict.value"), 7),
        TableColumn(say("report.scores.reading"), 36),
        TableColumn(say("report.scores.points"), 5, Align.DECIMAL),
        TableColumn(say("report.verdict.source"), source_width),
        TableColumn(say("report.verdict.evidence"), 5, Align.CENTER),
    )
    outcomes = {rule.id: rule for rule in material.verdict.items}
    rows = tuple(
        _row(material, number, item, outcomes[item.id])
        for number, item in enumerate(section.items, 1)
        if item.id in outcomes
    )
    total = next((each.points for each in material.verdict.sections if each.id == section.id), Decimal(0))
    sums = ("", say("report.scores.subtotal"), grouped(section.maximum), "", "", "", grouped(total), "", "")
    return DataTable(columns, rows, total=sums)


def _row(material: Material, number: int, item: ScoredItem, rule: RuleOutcome) -> tuple[str, ...]:
    rating = material.assessment.rating(item.id)
    note = say("report.scores.note", {"note": rating.note}) if rating is not None and rating.note else ""
    provenance = item.provenance
    return (
        str(number),
        marked(item.title, provenance),
        grouped(item.maximum),
        joined_sentences(method_words(item.method, item.maximum, rule.unit), item.note),
        value(rule),
        joined_sentences(rule.explanation, note),
        points(rule),
        source_in_row(material, provenance),
        proof(rule, material),
    )


def method_words(method: Method, maximum: Decimal, unit: str) -> str:
    """How points are given, in words."""
    match method:
        case Bands(steps=steps, rising=rising, otherwise=otherwise):
            best_first = sorted(steps, key=lambda band: band.bound, reverse=rising)
            last = say("report.scores.otherwise", {"points": grouped(otherwise)})
            return joined_sentences(*(_band(band, unit, rising=rising) for band in best_first), last)
        case Linear(zero_at=zero_at, full_at=full_at):
            params = {
                "zero": quantity(zero_at, unit),
                "full": quantity(full_at, unit),
                "points": grouped(maximum),
            }
            return say("report.scores.linear", params)
        case Rubric(levels=levels):
            return joined_sentences(
                *(
                    say(
                        "report.scores.level_description" if level.description else "report.scores.level",
                        {
                            "title": level.title,
                            "description": level.description.rstrip("。"),
                            "points": grouped(level.points),
                        },
                    )
                    for level in levels
                )
            )


def _band(band: Band, unit: str, *, rising: bool) -> str:
    code = "report.scores.band_up" if rising else "report.scores.band_down"
    return say(code, {"bound": quantity(band.bound, unit), "points": grouped(band.points)})
