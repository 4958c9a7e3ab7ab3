"""The shape of the YAML files, checked strictly: no key beyond these, no value of another type.

What the keys mean is said in the message table (``packs.schema.<model>.<key>``), from which the JSON
Schema for editors takes its descriptions.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.indicator import Display, ValueKind
from chuyi_desktop.domain.programme import Grade
from chuyi_desktop.domain.provenance import Basis

FIELD_ID = r"^[a-z][a-z0-9_]{0,59}$"
"""Ids of indicators, rosters, columns and choices: names of the formula language."""
RULE_ID = r"^[a-z][a-z0-9-]{0,59}$"
"""Ids of packs, groups, conditions, items, tiers, checks and texts."""

VERSION = r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,30}$"
"""Versions of packs."""


def _exact(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    raise PydanticCustomError("number_type", "a number is wanted")


FieldId = Annotated[str, Field(pattern=FIELD_ID)]
RuleId = Annotated[str, Field(pattern=RULE_ID)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Formula = Annotated[str, Field(min_length=1, max_length=2000)]
Number = Annotated[Decimal, BeforeValidator(_exact), WithJsonSchema({"type": "number"})]
Digits = Annotated[int, Field(ge=0, le=12)]
Choices = Annotated[dict[FieldId, Text], Field(min_length=2)]


class Model(BaseModel):
    """What all files share: strict types, unknown keys refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class DocumentModel(Model):
    """An official document that sources refer to by its id."""

    title: Text
    number: Text | None = None


class SourceModel(Model):
    """出处 of a rule."""

    basis: Annotated[Basis, Field(strict=False)]
    document: RuleId | None = None
    article: Text | None = None
    note: Text | None = None


class FieldModel(Model):
    """What an indicator and a column of a roster have in common."""

    name: Text
    kind: Annotated[ValueKind, Field(strict=False)]
    unit: Text | None = None
    definition: Text | None = None
    aliases: list[Text] = []
    choices: Choices | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    digits: Digits | None = None


class IndicatorModel(FieldModel):
    """指标, typed or derived."""

    kind: Annotated[ValueKind, Field(strict=False)] = ValueKind.DECIMAL
    scope: Text | None = None
    period: Text | None = None
    owner: Text | None = None
    evidence: Text | None = None
    source: SourceModel | None = None
    display: Annotated[Display, Field(strict=False)] = Display.PLAIN
    formula: Formula | None = None


class ColumnModel(FieldModel):
    """A column of a roster."""

    required: bool = False
    default: Text | None = None
    width: Annotated[int, Field(ge=2, le=80)] = 12


class TableModel(Model):
    """明细表."""

    name: Text
    definition: Text | None = None
    owner: Text | None = None
    aliases: list[Text] = []
    columns: Annotated[dict[FieldId, ColumnModel], Field(min_length=1)]


class CatalogueModel(Model):
    """A file under forms/catalogue/."""

    documents: dict[RuleId, DocumentModel] = {}
    indicators: dict[FieldId, IndicatorModel] = {}
    tables: dict[FieldId, TableModel] = {}


class IncludeModel(Model):
    """Condition groups, and perhaps checks, of another pack by reference."""

    pack: RuleId
    groups: list[RuleId] = []
    checks: bool = False


class SectionModel(Model):
    """Indicators that stand together on a page."""

    id: RuleId
    title: Text
    indicators: Annotated[list[FieldId], Field(min_length=1)]
    earlier_years: dict[FieldId, Annotated[int, Field(ge=1, le=10)]] = {}


class CaseModel(Model):
    """A threshold and when it holds."""

    value: Number
    when: Formula | None = None
    label: Text | None = None
    source: SourceModel | None = None


class ThresholdModel(Model):
    """Subject, comparison and one value or several cases."""

    subject: Formula
    comparison: Annotated[Comparison, Field(strict=False)]
    value: Number | None = None
    cases: list[CaseModel] = []


class AtLeastOfModel(Model):
    """k-of-n."""

    count: Annotated[int, Field(ge=1)]
    options: Annotated[list["ConditionModel"], Field(min_length=2)]


class ConditionModel(Model):
    """条件: exactly one of the four kinds of rule."""

    id: RuleId
    title: Text
    threshold: ThresholdModel | None = None
    requires: Formula | None = None
    at_least_of: AtLeastOfModel | None = None
    attested: Text | None = None
    applies_when: Formula | None = None
    source: SourceModel | None = None
    note: Text | None = None
    evidence: Text | None = None


class GroupModel(Model):
    """Conditions that stand together."""

    id: RuleId
    title: Text
    conditions: Annotated[list[ConditionModel], Field(min_length=1)]


class BandModel(Model):
    """A step of bands."""

    bound: Number
    points: Number


class BandsModel(Model):
    """Points by steps."""

    subject: Formula
    rising: bool = True
    steps: Annotated[list[BandModel], Field(min_length=1)]
    otherwise: Number = Decimal(0)


class LinearModel(Model):
    """Points in proportion."""

    subject: Formula
    zero_at: Number
    full_at: Number


class LevelModel(Model):
    """A level of a rubric."""

    id: RuleId
    title: Text
    points: Number
    description: Text | None = None


class RubricModel(Model):
    """Levels, best first."""

    levels: Annotated[list[LevelModel], Field(min_length=2)]


class ScoredItemModel(Model):
    """评分项: exactly one of the three methods."""

    id: RuleId
    title: Text
    points: Number
    bands: BandsModel | None = None
    linear: LinearModel | None = None
    rubric: RubricModel | None = None
    source: SourceModel | None = None
    note: Text | None = None
    evidence: Text | None = None


class ScoredSectionModel(Model):
    """Scored items that stand together; their points sum to its own."""

    id: RuleId
    title: Text
    points: Number
    items: Annotated[list[ScoredItemModel], Field(min_length=1)]


class ScoringModel(Model):
    """All scored sections; their points sum to the whole."""

    points: Number
    sections: Annotated[list[ScoredSectionModel], Field(min_length=1)]


class TierModel(Model):
    """档次, best first."""

    id: RuleId
    name: Text
    all_met: list[RuleId] = []
    most_unmet: dict[RuleId, Annotated[int, Field(ge=0)]] = {}
    minimum_points: Number | None = None
    source: SourceModel | None = None
    note: Text | None = None


class CheckModel(Model):
    """审核: exactly one of ``holds`` and ``unique``; with ``table``, of every row of a roster."""

    id: RuleId
    title: Text
    grade: Annotated[Grade, Field(strict=False)]
    table: FieldId | None = None
    holds: Formula | None = None
    unique: list[FieldId] = []
    advice: Text
    source: SourceModel | None = None


class NarrativeModel(Model):
    """A text the school writes."""

    id: RuleId
    title: Text
    prompt: Text | None = None
    limit: Annotated[int, Field(ge=1, le=20000)] = 3000
    minimum: Annotated[int, Field(ge=0, le=20000)] = 0


class SettingsModel(Model):
    """Settings of a part of the dossier; which of them fit is decided by its kind."""

    fields: list[FieldId] | None = None
    indicators: list[FieldId] | None = None
    sections: list[RuleId] | None = None
    table: FieldId | None = None
    tables: list[FieldId] | None = None
    narratives: list[RuleId] | None = None
    levels: list[Text] | None = None
    lines: list[Text] | None = None
    seals: list[Text] | None = None
    closing: list[Text] | None = None


class PartModel(Model):
    """A part of the dossier."""

    kind: Text
    title: Text | None = None
    settings: SettingsModel = SettingsModel()


class PieceModel(Model):
    """The lists of a pack that shared parts may add to."""

    sections: list[SectionModel] = []
    tables: list[FieldId] = []
    conditions: list[GroupModel] = []
    checks: list[CheckModel] = []
    narratives: list[NarrativeModel] = []
    dossier: list[PartModel] = []
    unknown: list[Text] = []


class SharedPartModel(Model):
    """A file under forms/parts/: what stands before, and after, the own entries of a pack that names it."""

    before: PieceModel = PieceModel()
    after: PieceModel = PieceModel()


class PackPartModel(PieceModel):
    """A file of a pack beside pack.yaml: some of the same keys."""

    documents: dict[RuleId, DocumentModel] = {}
    include: list[IncludeModel] = []
    scoring: ScoringModel | None = None
    tiers: list[TierModel] = []


class PackModel(PackPartModel):
    """pack.yaml: the head, and whatever is not in files beside it."""

    name: Text
    version: Annotated[str, Field(pattern=VERSION)]
    applicant: Text
    purpose: Text
    parts: list[RuleId] = []
    source: SourceModel
    default_source: SourceModel | None = None


AtLeastOfModel.model_rebuild()
