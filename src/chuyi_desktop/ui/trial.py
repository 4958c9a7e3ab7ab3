"""试算: values assumed for a moment, and several such trials side by side. Nothing of it is saved."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from chuyi_desktop.app.what_if import Overlay, WhatIf, plan_overlay, try_out
from chuyi_desktop.domain.assessment import Change, Field
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk

MOST_KEPT = 4
"""Trials set aside to compare: more would not fit beside each other."""


class Trial(QObject):
    """The changes assumed now, and those set aside. They lie over the school's data, which stay as they
    are; where the school's own data change, a trial of the same field stays a trial."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.name = say("what_if.label")
        self._changes: dict[Field, Change] = {}
        self.kept: list[Overlay] = []
        desk.cleared.connect(self._forget)
        desk.changed.connect(self.changed)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is assumed."""
        return not self._changes

    def assumed(self, field: Field) -> Change | None:
        """What is assumed for a field."""
        return self._changes.get(field)

    def assume(self, indicator: Indicator, text: str) -> str:
        """Assume a value as typed; why not, where it cannot be read. Empty text assumes nothing any more."""
        if not text.strip():
            self._changes = {
                field: change for field, change in self._changes.items() if field.key != indicator.id
            }
            self.changed.emit()
            return ""
        plan = plan_overlay(self._desk.session, {indicator.id: text})
        if plan.refused:
            return "\n".join(str(problem) for problem in plan.problems)
        self._changes = {field: one for field, one in self._changes.items() if field.key != indicator.id}
        self._changes |= {change.field: change for change in plan.changes}
        self.changed.emit()
        return ""

    def take(self, name: str, changes: Sequence[Change]) -> None:
        """Assume the changes of a plan, in the place of what was assumed before."""
        self.name = name
        self._changes = {change.field: change for change in changes}
        self.changed.emit()

    def keep(self) -> bool:
        """Set what is assumed aside, to compare; whether there was room."""
        if self.is_empty or len(self.kept) >= MOST_KEPT:
            return False
        names = {each.name for each in self.kept}
        number = 1
        while (name := f"{self.name} {number}") in names:
            number += 1
        self.kept.append(Overlay(name, tuple(self._changes.values())))
        self.changed.emit()
        return True

    def reset(self) -> None:
        """Assume nothing."""
        self._changes.clear()
        self.name = say("what_if.label")
        self.changed.emit()

    def drop_kept(self) -> None:
        """Forget what was set aside."""
        self.kept.clear()
        self.changed.emit()

    def judged(self) -> WhatIf:
        """The verdict as it is, what is assumed now, and what was set aside."""
        now = () if self.is_empty else (Overlay(self.name, tuple(self._changes.values())),)
        return try_out(self._desk.session, (*now, *self.kept))

    def _forget(self) -> None:
        self._changes.clear()
        self.kept.clear()
        self.name = say("what_if.label")
