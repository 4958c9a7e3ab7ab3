"""Values as plain data for programs: one writing for every answer that is printed as JSON."""

from datetime import date
from decimal import Decimal

from chuyi_desktop.domain.programme import Tier
from chuyi_desktop.domain.values import Maybe, Missing, canonical

Json = str | bool | int | None | list["Json"] | dict[str, "Json"]


def number_json(number: Decimal | None) -> str | None:
    """A number as the string of an exact decimal."""
    return None if number is None else canonical(number)


def value_json(value: Maybe) -> Json:
    """A value; null where there is none."""
    if isinstance(value, Missing):
        return None
    if isinstance(value, Decimal):
        return canonical(value)
    return value.isoformat() if isinstance(value, date) else value


def tier_json(tier: Tier) -> dict[str, Json]:
    """A tier, and on what its rule rests."""
    return {"id": tier.id, "name": tier.name, "basis": str(tier.provenance.basis)}
