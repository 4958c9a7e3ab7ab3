"""The school's own word on who supplies what: a thing goes to another department, or a department is called
otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from chuyi_desktop.app.departments.register import read_register, write_register
from chuyi_desktop.app.departments.shares import Owners, Supplied, supplied
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say

LONGEST_NAME = 30
"""Characters of a department's name."""


def owned(session: Session) -> tuple[Supplied, ...]:
    """Everything the programme asks, with who supplies it."""
    owners = read_register(session.workspace.folder).owners
    return tuple(supplied(session.programme, session.assessment.year, owners))


def change_owners(session: Session, settings: Mapping[str, str]) -> int:
    """``settings`` are things (id or name) or departments to the department that supplies them from now on;
    an empty one gives the usual back. How many things changed hands. All or none.

    Raises InputError for a name nothing is called by, or a name no department can have.
    """
    session.demand_writable()
    register = read_register(session.workspace.folder)
    programme, year = session.programme, session.assessment.year
    owners = register.owners
    for name, department in settings.items():
        owners = _changed(programme, year, owners, name.strip(), department.strip())
    before = [item.owner for item in supplied(programme, year, register.owners)]
    after = [item.owner for item in supplied(programme, year, owners)]
    if owners != register.owners:
        write_register(session.workspace.folder, replace(register, owners=owners))
    return sum(1 for old, new in zip(before, after, strict=True) if old != new)


def _changed(programme: Programme, year: int, owners: Owners, name: str, department: str) -> Owners:
    if len(department) > LONGEST_NAME or not department.isprintable():
        raise InputError("departments.name", found=department[:LONGEST_NAME], limit=LONGEST_NAME)
    items = tuple(supplied(programme, year, owners))
    found = _item(items, name)
    if found is not None:
        without = owners.moved(found.id, "")
        needless = not department or without.of(found.id, found.usual) == department
        return without if needless else owners.moved(found.id, department)
    usual = {item.usual for item in items}
    there = {item.owner for item in items} | usual
    if name in there:
        is_usual = name in usual
        return owners.renamed(name, department, is_usual=is_usual) if department else owners.restored(name)
    known = [*(item.id for item in items), *(item.title for item in items), *there]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    hint = say("departments.near", {"near": "、".join(near)}) if near else say("departments.see_owners")
    raise InputError("departments.no_such_thing", name=name, near=hint)


def _item(items: tuple[Supplied, ...], name: str) -> Supplied | None:
    by_id = next((item for item in items if item.id == name), None)
    return by_id or next((item for item in items if item.title == name), None)
