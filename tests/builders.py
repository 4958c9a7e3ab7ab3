"""Small programmes and assessments, made by hand for tests of any room."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    DeclaredEmpty,
    Entry,
    Explanation,
    Field,
    FieldKind,
    Rating,
    Row,
)
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.indicator import Choice, Column, Display, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import (
    Check,
    Condition,
    ConditionGroup,
    Grade,
    Programme,
    Rule,
    ScoredItem,
    ScoredSection,
    Threshold,
    ThresholdCase,
    Tier,
    TierRule,
)
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.values import Value

YEAR = 2026
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
STANDARD = Provenance(Basis.NATIONAL, "中等职业学校设置标准", "教职成〔2010〕12号", "第七条")
SUGGESTION = Provenance(Basis.REFERENCE, note="参考")


def count(id: str, name: str, unit: str = "人") -> Indicator:  # noqa: A002  # the domain's word
    """A typed whole number."""
    return Indicator(id, name, ValueKind.INTEGER, unit)


def number(id: str, name: str, unit: str = "", digits: int | None = 2) -> Indicator:  # noqa: A002
    """A typed decimal."""
    return Indicator(id, name, ValueKind.DECIMAL, unit, digits=digits)


def choice(id: str, name: str, **options: str) -> Indicator:  # noqa: A002
    """A choice: option id to label."""
    return Indicator(
        id, name, ValueKind.CHOICE, choices=tuple(Choice(each, label) for each, label in options.items())
    )


def derived(
    id: str,  # noqa: A002
    name: str,
    formula: str,
    unit: str = "",
    digits: int | None = 2,
    display: Display = Display.PLAIN,
) -> Indicator:
    """A number computed by ``formula``."""
    return Indicator(
        id, name, ValueKind.DECIMAL, unit, digits=digits, display=display, formula=parse(formula)
    )


def threshold(subject: str, comparison: str, *cases: str | int | Decimal | ThresholdCase) -> Threshold:
    """``subject comparison value``; cases are values or whole cases."""
    made = tuple(each if isinstance(each, ThresholdCase) else ThresholdCase(Decimal(each)) for each in cases)
    return Threshold(parse(subject), Comparison(comparison), made)


def case(value: str | int, when: str | None = None, label: str = "") -> ThresholdCase:
    """A threshold that holds ``when``."""
    return ThresholdCase(Decimal(value), None if when is None else parse(when), label)


def condition(id: str, rule: Rule, title: str = "", applies_when: str | None = None) -> Condition:  # noqa: A002
    """A condition of the national standard."""
    when = None if applies_when is None else parse(applies_when)
    return Condition(id, title or f"条件{id}", rule, STANDARD, applies_when=when)


def group(*conditions: Condition, id: str = "hard") -> ConditionGroup:  # noqa: A002
    """Conditions that stand together."""
    return ConditionGroup(id, f"条件组{id}", "test", conditions)


def section(*items: ScoredItem, id: str = "scored") -> ScoredSection:  # noqa: A002
    """Scored items that stand together."""
    return ScoredSection(id, f"评分{id}", items)


def tier(id: str, rule: TierRule) -> Tier:  # noqa: A002
    """A tier."""
    return Tier(id, f"{id}档", rule, SUGGESTION)


def check(
    id: str,  # noqa: A002  # the domain's word
    holds: str,
    grade: Grade = Grade.EXPLAIN,
    title: str = "",
    table: str = "",
) -> Check:
    """A consistency check, of the rows of ``table`` where one is named."""
    return Check(id, title or f"审核{id}", grade, parse(holds), "请核对", STANDARD, table)


def unlike(id: str, table: str, *columns: str, title: str = "") -> Check:  # noqa: A002  # the domain's word
    """A check that no two rows of ``table`` are alike in all of ``columns``."""
    return Check(id, title or f"审核{id}", Grade.EXPLAIN, None, "请核对", STANDARD, table, columns)


def roster(id: str, name: str, *columns: Column) -> Table:  # noqa: A002
    """A roster."""
    return Table(id, name, columns)


def programme(
    *indicators: Indicator,
    tables: Iterable[Table] = (),
    groups: Iterable[ConditionGroup] = (),
    scored: Iterable[ScoredSection] = (),
    tiers: Iterable[Tier] = (),
    checks: Iterable[Check] = (),
    **more: Any,
) -> Programme:
    """A programme with these parts and nothing else."""
    bare = Programme(
        id="test",
        name="测试项目",
        version="1",
        pack_hash="0" * 64,
        applicant="中等职业学校",
        purpose="测试",
        provenance=SUGGESTION,
        indicators={each.id: each for each in indicators},
        tables={each.id: each for each in tables},
        sections=(),
        condition_groups=tuple(groups),
        scored_sections=tuple(scored),
        tiers=tuple(tiers),
        checks=tuple(checks),
        narratives=(),
        dossier=(),
    )
    return replace(bare, **more)


def assessment(
    values: Mapping[str, Value | int | Entry | None] | None = None,
    *,
    earlier: Mapping[int, Mapping[str, Value | int]] | None = None,
    rows: Mapping[str, Iterable[Mapping[str, Value | int]]] | None = None,
    attested: Mapping[str, bool] | None = None,
    rated: Mapping[str, str] | None = None,
    explained: Mapping[str, Explanation] | None = None,
    more: Mapping[Field, Content] | None = None,
) -> Assessment:
    """What a school filled in; a value None is left out, an empty roster is declared empty."""
    fields: dict[Field, Content] = {}
    for year, given in {YEAR: values or {}, **(earlier or {})}.items():
        for id_, value in given.items():
            if value is not None:
                entry = value if isinstance(value, Entry) else Entry(_value(value))
                fields[Field(FieldKind.VALUE, id_, year)] = entry
    for table_id, given_rows in (rows or {}).items():
        listed = tuple(given_rows)
        for at, cells in enumerate(listed):
            plain = {key: _value(value) for key, value in cells.items()}
            fields[Field(FieldKind.ROW, table_id, YEAR, f"r{at}")] = Row(f"r{at}", at, plain)
        if not listed:
            fields[Field(FieldKind.EMPTY_TABLE, table_id, YEAR)] = DeclaredEmpty()
    for id_, holds in (attested or {}).items():
        fields[Field(FieldKind.ATTESTATION, id_)] = Attestation(holds)
    for id_, level in (rated or {}).items():
        fields[Field(FieldKind.RATING, id_)] = Rating(level)
    for id_, explanation in (explained or {}).items():
        fields[Field(FieldKind.EXPLANATION, id_)] = explanation
    return Assessment("a1", "test", "1", "0" * 64, YEAR, {**fields, **(more or {})})


def _value(value: Value | int) -> Value:
    return value if isinstance(value, bool | str | date | Decimal) else Decimal(value)
