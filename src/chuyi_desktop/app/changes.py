"""What an operation would change, and what it did change, so that windows refresh just that."""

from dataclasses import dataclass

from chuyi_desktop.domain.assessment import Change, Field, FieldKind
from chuyi_desktop.domain.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes worked out but not made, and what was found wrong on the way."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something wrong forbids making any of the changes."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def count(self, *kinds: FieldKind) -> int:
        """How many fields of these kinds would change."""
        return sum(1 for change in self.changes if change.field.kind in kinds)


@dataclass(frozen=True, slots=True)
class Changed:
    """Fields that are different now."""

    fields: frozenset[Field] = frozenset()

    @property
    def anything(self) -> bool:
        """Whether anything is different."""
        return bool(self.fields)
