"""What a pack asks a school to fill in, and that its rules rest on nothing it does not ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from chuyi_desktop.domain.formula import Expression
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Asked, Section
from chuyi_desktop.packs.formulas import Names, years_needed
from chuyi_desktop.packs.models import SectionModel
from chuyi_desktop.packs.nearest import hint
from chuyi_desktop.packs.spot import Spot


@dataclass(frozen=True, slots=True)
class Asking:
    """Earlier years by indicator asked, and the rosters asked."""

    names: Names
    sections: tuple[Section, ...]
    years: Mapping[str, int]
    tables: tuple[str, ...]

    def note_unasked(self, tree: Expression, spot: Spot) -> None:
        """Note everything a formula rests on that no school could fill in under this pack."""
        years, rosters = years_needed(tree, self.names.indicators)
        for key, back in years.items():
            name = self.names.indicators[key].name
            if key not in self.years:
                spot.fault("packs.not_asked", id=key, name=name)
            elif self.years[key] < back:
                spot.fault("packs.years_not_asked", id=key, name=name, wanted=back, found=self.years[key])
        for key in sorted(rosters):
            self.note_table_unasked(key, spot)

    def note_table_unasked(self, key: str, spot: Spot) -> None:
        """Note a roster that a rule rests on and this pack does not ask."""
        if key not in self.tables and key not in self.names.faulty and key in self.names.tables:
            spot.fault("packs.table_not_asked", id=key, name=self.names.tables[key].name)


def read_asking(sections: list[SectionModel], tables: list[str], spot: Spot, names: Names) -> Asking:
    """What the sections and the roster list ask, with their mistakes noted."""
    years: dict[str, int] = {}
    found: list[Section] = []
    for index, section in enumerate(sections):
        here = spot / "sections" / index
        asked = _section(section, here, names, years)
        found.append(Section(section.id, section.title, asked))
    rosters: list[str] = []
    for index, key in enumerate(tables):
        here = spot / "tables" / index
        if key in rosters:
            here.fault("packs.asked_twice", id=key)
        elif key in names.tables:
            rosters.append(key)
        elif key not in names.faulty:
            here.fault("packs.unknown_table", found=key, hint=hint(key, names.tables))
    return Asking(names, tuple(found), years, tuple(rosters))


def _section(model: SectionModel, spot: Spot, names: Names, years: dict[str, int]) -> tuple[Asked, ...]:
    asked: list[Asked] = []
    for index, key in enumerate(model.indicators):
        here = spot / "indicators" / index
        if key in years:
            here.fault("packs.asked_twice", id=key)
        elif key in names.indicators:
            back = model.earlier_years.get(key, 0)
            years[key] = back
            asked.append(Asked(key, back))
        elif key not in names.faulty:
            here.fault("packs.unknown_indicator", found=key, hint=hint(key, names.indicators))
    for key in model.earlier_years:
        if key not in model.indicators:
            (spot / "earlier_years" / key).key_fault("packs.years_of_unasked", id=key)
        elif _is_derived(names.indicators.get(key)):
            (spot / "earlier_years" / key).key_fault("packs.years_of_derived", id=key)
    return tuple(asked)


def _is_derived(indicator: Indicator | None) -> bool:
    return indicator is not None and indicator.is_derived
