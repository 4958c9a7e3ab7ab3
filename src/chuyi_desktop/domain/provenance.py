"""出处: where a rule comes from, so that nothing is dressed up as official."""

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """What authority stands behind a rule."""

    OFFICIAL = "official"
    """The programme's own notice says it."""
    NATIONAL = "national"
    """A national standard in force says it."""
    REFERENCE = "reference"
    """No published text gives it: this program's editable suggestion, shown as 参考."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Document, number and article of a rule. ``official`` and ``national`` rules have all three."""

    basis: Basis
    document: str = ""
    number: str = ""
    article: str = ""
    note: str = ""

    @property
    def citation(self) -> str:
        """``《中等职业学校设置标准》（教职成〔2010〕12号）第七条``; empty where there is no document."""
        title = f"《{self.document}》" if self.document else ""
        number = f"（{self.number}）" if self.number else ""
        return f"{title}{number}{self.article}"
