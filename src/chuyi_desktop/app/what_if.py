"""What-if: named changes laid over an assessment and judged, several side by side. Nothing is stored: an
overlay is a handful of changes, never a copy of the school's data, and never becomes the school's values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Change
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.differences import VerdictDifference, difference


@dataclass(frozen=True, slots=True)
class Overlay:
    """Named changes over an assessment."""

    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """An overlay and what would come of it, held against the verdict as it is."""

    overlay: Overlay
    difference: VerdictDifference

    @property
    def verdict(self) -> Verdict:
        """The verdict with the overlay's changes."""
        return self.difference.after


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The verdict as it is, and what would come of each overlay."""

    before: Verdict
    tried: tuple[Tried, ...]


def plan_overlay(session: Session, settings: Mapping[str, str]) -> Plan:
    """The changes of an overlay from names and texts as ``chuyi set`` takes them; what cannot be taken is
    among the problems."""
    stamp = session.program.stamp(say("what_if.label"))
    return plan_settings(session.programme, session.assessment, settings, stamp)


def try_out(session: Session, overlays: Sequence[Overlay]) -> WhatIf:
    """Judge every overlay; the session and its workspace stay as they are. Raises InputError where two
    overlays have one name."""
    names = [overlay.name for overlay in overlays]
    for name in names:
        if names.count(name) > 1:
            raise InputError("what_if.twice", name=name)
    standing = session.standing
    before = standing.verdict
    return WhatIf(
        before,
        tuple(
            Tried(overlay, difference(before, standing.after(overlay.changes).verdict))
            for overlay in overlays
        ),
    )
