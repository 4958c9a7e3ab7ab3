"""Divide the asking among the departments: a workbook for each, with what is known already filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chuyi_desktop.app.departments.field_marks import marks, roster_mark, row_mark
from chuyi_desktop.app.departments.register import HandOut, read_register, write_register
from chuyi_desktop.app.departments.shares import Share, part_of, shares
from chuyi_desktop.app.ports import HandedOut, Progress, ShareCover, silent
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Assessment, Field, FieldKind, Text
from chuyi_desktop.domain.errors import InputError, OutputError
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.wording import say

ENDING = ".xlsx"
_LONGEST_PART = 40
"""Characters of the school's and of the department's name that a file's name keeps."""
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_") | dict.fromkeys(map(chr, range(32)), " "))
_LONGEST_SHOWN = 32_767
"""UTF-16 units of a text that a cell still shows."""


@dataclass(frozen=True, slots=True)
class Split:
    """The workbooks that were written, a department and a file each; ``noted`` says whether the workspace
    keeps that they went out, which one opened for reading only cannot."""

    files: tuple[tuple[Share, Path], ...]
    noted: bool


def split_workbook(
    session: Session,
    folder: Path,
    *,
    departments: Sequence[str] = (),
    due: date | None = None,
    contact: str = "",
    progress: Progress = silent,
) -> Split:
    """Write the workbooks of ``departments``, all by default, into ``folder``. A file that is there already
    may be somebody's work: then nothing is written.

    Raises InputError for an unknown department, OutputError where a file is there or cannot be written.
    """
    assessment = session.assessment
    register = read_register(session.workspace.folder)
    every = shares(session.programme, assessment.year, register.owners)
    wanted = _wanted(every, departments)
    files = tuple(zip(wanted, _targets(folder, wanted, assessment), strict=True))
    there = [target.name for _, target in files if target.exists()]
    if there:
        raise OutputError("departments.file_there", files="、".join(there), folder=folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("departments.no_folder", folder=folder, details=repr(error)) from error
    for done, (share, target) in enumerate(files):
        progress(done, len(files), say("departments.progress.writing", {"department": share.department}))
        cover = _cover(session, share, due, contact)
        part = part_of(session.programme, share)
        session.program.workbooks.write_share(part, assessment, cover, target, silent)
    if not session.read_only:
        now = session.program.clock()
        handed_out = tuple(
            HandOut(session.head.id, share.department, target.name, now, due) for share, target in files
        )
        write_register(session.workspace.folder, register.with_handed_out(handed_out))
    return Split(files, noted=not session.read_only)


def handed_out(share: Share, assessment: Assessment) -> tuple[HandedOut, ...]:
    """The list that a department's workbook carries: its fields with the marks of what stands in them now."""
    return tuple(line for place in share.fields for line in _lines(place, assessment))


def workspace_mark(session: Session) -> str:
    """Tells one workspace from another, whatever the school is called."""
    return session.workspace.heads()[0].created.isoformat()


def _lines(place: Field, assessment: Assessment) -> Iterator[HandedOut]:
    if place.kind is not FieldKind.ROW:
        content = assessment.fields.get(place)
        if isinstance(content, Text) and len(content.text.encode("utf-16-le")) > 2 * _LONGEST_SHOWN:
            # No cell shows it, so that the workbook hands it out blank.
            content = None
        found = marks(content)
        yield HandedOut(place, found.value, found.note)
        return
    rows = assessment.rows(place.key, place.year)
    yield HandedOut(place, "" if rows is None else roster_mark(row.cells for row in rows))
    for row in rows or ():
        yield HandedOut(Field(FieldKind.ROW, place.key, place.year, row.id), row_mark(row.cells))


def _cover(session: Session, share: Share, due: date | None, contact: str) -> ShareCover:
    school = session.assessment.value(SCHOOL_NAME)
    return ShareCover(
        share.department,
        school if isinstance(school, str) else "",
        workspace_mark(session),
        handed_out(share, session.assessment),
        due,
        contact.strip(),
    )


def _wanted(every: tuple[Share, ...], departments: Sequence[str]) -> tuple[Share, ...]:
    known = {share.department for share in every}
    unknown = [name for name in departments if name.strip() not in known]
    if unknown:
        raise InputError("departments.unknown", name=unknown[0], there="、".join(sorted(known)))
    asked = {name.strip() for name in departments} or known
    return tuple(share for share in every if share.department in asked)


def _targets(folder: Path, wanted: Sequence[Share], assessment: Assessment) -> Iterator[Path]:
    """A file a department, ``学校-年度-部门.xlsx``, in characters that every system takes; each name once."""
    school = assessment.value(SCHOOL_NAME)
    front = [_safe(school)] if isinstance(school, str) and _safe(school) else []
    taken: set[str] = set()
    for share in wanted:
        base = "-".join(
            [*front, str(assessment.year), _safe(share.department) or say("departments.department")]
        )
        name, number = base, 2
        while name.casefold() in taken:
            name, number = f"{base}-{number}", number + 1
        taken.add(name.casefold())
        yield folder / f"{name}{ENDING}"


def _safe(words: str) -> str:
    return " ".join(words.translate(_FORBIDDEN).split())[:_LONGEST_PART].strip(" .")
