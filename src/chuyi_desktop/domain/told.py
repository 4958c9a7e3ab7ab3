"""Fields that are worked out when somebody reads them: a verdict's words cost more than its numbers, and most
verdicts are never read to the end.

A field declared ``explanation: Told[str] = Told()`` takes a value or ``Later(work)``. Whoever reads the
field, compares it or prints it gets the value; ``work`` runs at the first reading and is then let go. It must
be a function of values that never change, so that nobody can tell when it ran.
"""

from collections.abc import Callable
from typing import Generic, NoReturn, TypeVar, overload

Found = TypeVar("Found")


class Later(Generic[Found]):
    """A value that ``work`` gives when asked."""

    __slots__ = ("work",)

    def __init__(self, work: Callable[[], Found]) -> None:
        self.work = work


class Told(Generic[Found]):
    """A field of a frozen dataclass (without slots) that may be given as :class:`Later`."""

    def __init__(self, *default: Found) -> None:
        self._default = default
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> NoReturn: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Found: ...
    def __get__(self, instance: object | None, owner: type) -> Found:
        if instance is None:
            # How dataclasses ask for the default of a field.
            if not self._default:
                raise AttributeError(self._name)
            return self._default[0]
        held = instance.__dict__
        found: Found | Later[Found] = held[self._name]
        if isinstance(found, Later):
            # Two threads that read at once both work it out, to the same value.
            found = held[self._name] = found.work()
        return found

    def __set__(self, instance: object, value: Found | Later[Found]) -> None:
        """Called by the dataclass as it is made; afterwards it is frozen."""
        instance.__dict__[self._name] = value


Whole = TypeVar("Whole")


def revised(whole: Whole, **changes: object) -> Whole:
    """``whole`` with other values in some of its fields, like :func:`dataclasses.replace`, but without
    working out what is to be told later."""
    made = object.__new__(type(whole))
    made.__dict__.update(whole.__dict__)
    made.__dict__.update(changes)
    return made
