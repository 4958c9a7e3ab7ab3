"""A pack's workbook into a forms folder: read, tried out in a copy, and only then put in its place."""

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chuyi_desktop.app.ports import PackReading, TakenPack
from chuyi_desktop.domain.errors import InputError, OutputError, PackError
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.packs.files import HEAD
from chuyi_desktop.packs.models import RULE_ID
from chuyi_desktop.packs.sheet_catalogue import Changes, changed_files, changes
from chuyi_desktop.packs.sheet_export import catalogue_sources, own_data, read_vocabulary
from chuyi_desktop.packs.sheet_layout import ASKED, EARLIER, OTHERS, PACK_ID, ROWS, TABLES
from chuyi_desktop.packs.sheet_places import Origins
from chuyi_desktop.packs.sheet_reading import SheetData, read_sheets, scanned
from chuyi_desktop.packs.sheet_words import Entry, Vocabulary
from chuyi_desktop.packs.yaml_writing import file_text

_FILES: Mapping[str, tuple[str, ...]] = {
    HEAD: (
        "name",
        "version",
        "applicant",
        "purpose",
        "parts",
        "source",
        "default_source",
        "documents",
        "include",
        "sections",
        "tables",
        "tiers",
        "unknown",
    ),
    "conditions.yaml": ("conditions",),
    "scoring.yaml": ("scoring",),
    "checks.yaml": ("checks",),
    "dossier.yaml": ("narratives", "dossier"),
}
"""What stands in which file of a pack."""
_MOST_PROBLEMS = 300
_NOT_PACKS = frozenset({"catalogue", "parts", "schema"})


class Checked(Protocol):
    """A forms folder read anew."""

    def check(self, *, idle: bool = True) -> tuple[Problem, ...]:
        """Everything wrong in it; ``idle``: also what no pack uses."""

    def programme(self, programme_id: str) -> Programme:
        """One pack."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """The files to write, by name, and what they replace in the catalogue."""

    id: str
    files: Mapping[str, str]
    changed: Changes
    included: tuple[str, ...]


def take_book(
    reading: PackReading, target: Path, base: Path, new_id: str, read_folder: Callable[[Path], Checked]
) -> TakenPack:
    """Put the pack of a workbook into ``target``; an absent or empty folder begins as a copy of ``base``."""
    root = root_of(target, base)
    begun = root is not target
    sheets = read_sheets(reading)
    sources = catalogue_sources(root)
    words = _with_own(read_vocabulary(sources), sheets.data)
    sheets.finish(words)
    pack_id = new_id or str(sheets.data.get(PACK_ID, ""))
    problems = [*reading.problems, *sheets.problems, *_id_problem(pack_id, reading, sheets)]
    if any(problem.severity is Severity.ERROR for problem in problems):
        return TakenPack(pack_id, target, (), _each_once(problems), begun)
    draft = _draft(pack_id, sheets.data, root)
    with tempfile.TemporaryDirectory(prefix="chuyi-", ignore_cleanup_errors=True) as folder:
        trial = Path(folder) / "forms"
        _copy(root, trial, _needed(root, draft))
        _write(trial, draft)
        problems += _judged(read_folder, trial, root, draft, reading, sheets)
    problems = list(_each_once(problems))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return TakenPack(pack_id, target, (), tuple(problems), begun)
    try:
        if begun:
            _begin(root, target, draft)
        else:
            _write(target, draft)
    except OSError as error:
        raise OutputError("sheets.unwritable", folder=target, reason=error.strerror or error) from error
    return TakenPack(pack_id, target, tuple(draft.files), tuple(problems), begun)


def root_of(target: Path, base: Path) -> Path:
    """The forms folder that a workbook comes to: ``target``, or ``base`` where that is absent or empty."""
    if _is_empty(target):
        return base
    if not (target / "catalogue").is_dir():
        raise InputError("sheets.not_forms", folder=target)
    return target


def _is_empty(folder: Path) -> bool:
    try:
        return not folder.exists() or not any(folder.iterdir())
    except OSError as error:
        raise InputError("sheets.not_forms", folder=folder, details=repr(error)) from error


def _each_once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Each problem once; no more than anybody reads."""
    found: list[Problem] = []
    for problem in problems[:_MOST_PROBLEMS]:
        if problem not in found:
            found.append(problem)
    return tuple(found)


def _id_problem(pack_id: str, reading: PackReading, sheets: SheetData) -> list[Problem]:
    if re.fullmatch(RULE_ID, pack_id) and pack_id not in _NOT_PACKS:
        return []
    place = sheets.cells.get((PACK_ID,), Place(reading.file))
    return [Problem("packs.rule_id", place=place, params={"found": pack_id})]


def _with_own(known: Vocabulary, data: Mapping[str, object]) -> Vocabulary:
    """What the catalogue and the workbook name."""
    wanted = _wanted(data)
    documents = dict(scanned(data.get("documents")))
    return Vocabulary(
        {**known.indicators, **wanted["indicators"]},
        {**known.tables, **wanted["tables"]},
        {**known.documents, **documents},
    )


def _wanted(data: Mapping[str, object]) -> Changes:
    """The entries of the catalogue as the sheets have them."""
    indicators: dict[str, Entry] = dict(scanned(data.get(OTHERS)))
    for page in _dicts(data.get("sections")):
        indicators |= dict(scanned(page.get(ROWS)))
    tables = dict(scanned(data.get(TABLES)))
    return {"indicators": _without(indicators, EARLIER), "tables": _without(tables, ASKED)}


def _without(entries: Mapping[str, Entry], key: str) -> dict[str, Entry]:
    return {
        name: {field: value for field, value in entry.items() if field != key}
        for name, entry in entries.items()
    }


def _dicts(value: object) -> list[dict[str, object]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _draft(pack_id: str, data: Mapping[str, object], root: Path) -> _Draft:
    sources = catalogue_sources(root)
    known = read_vocabulary(sources)
    wanted = _wanted(data)
    changed = changes(wanted, {"indicators": dict(known.indicators), "tables": dict(known.tables)})
    files = changed_files(changed, sources, f"catalogue/90-{pack_id}.yaml")
    pack = _pack_data(data)
    for name, keys in _FILES.items():
        part = {key: pack[key] for key in keys if pack.get(key) not in (None, [], {})}
        if part:
            schema = "pack.schema.json" if name == HEAD else "pack-part.schema.json"
            files[f"{pack_id}/{name}"] = file_text(part, schema)
    return _Draft(pack_id, files, changed, tuple(str(one.get("pack")) for one in _dicts(pack.get("include"))))


def _pack_data(data: Mapping[str, object]) -> dict[str, object]:
    """The pack's own data as its files have it."""
    pack = {key: value for key, value in data.items() if not key.startswith("#")}
    sections: list[dict[str, object]] = []
    for page in _dicts(data.get("sections")):
        rows = dict(scanned(page.get(ROWS)))
        section: dict[str, object] = {key: page[key] for key in ("id", "title") if key in page}
        section["indicators"] = list(rows)
        earlier = {key: entry[EARLIER] for key, entry in rows.items() if EARLIER in entry}
        if earlier:
            section["earlier_years"] = earlier
        sections.append(section)
    pack["sections"] = sections
    pack["tables"] = [key for key, entry in scanned(data.get(TABLES)) if entry.get(ASKED) is True]
    return pack


def _needed(root: Path, draft: _Draft) -> frozenset[str] | None:
    """The packs to try the draft with: those it includes and those that include it; all (None) where what
    all share changes."""
    if any(draft.changed.values()):
        return None
    includes: dict[str, set[str]] = {}
    for path in root.iterdir():
        if path.name not in _NOT_PACKS and (path / HEAD).is_file():
            listed = _dicts(own_data(path, root).get("include"))
            includes[path.name] = {str(one.get("pack")) for one in listed}
    needed = {draft.id} | {key for key, others in includes.items() if draft.id in others}
    waiting = [*needed, *draft.included]
    while waiting:
        key = waiting.pop()
        needed.add(key)
        waiting += [other for other in includes.get(key, ()) if other not in needed]
    return frozenset(needed)


def _copy(root: Path, target: Path, packs: frozenset[str] | None) -> None:
    """The forms folder, whole or with some of its packs only."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(root.iterdir()):
        wanted = packs is None or path.name in _NOT_PACKS or path.name in packs
        if path.is_symlink() or path.name.startswith(".") or not wanted:
            continue
        if path.is_dir():
            shutil.copytree(path, target / path.name, dirs_exist_ok=True)
        elif packs is None:
            shutil.copy2(path, target / path.name)


def _begin(root: Path, target: Path, draft: _Draft) -> None:
    """A new forms folder, there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix=f".{target.name}.", dir=target.parent, ignore_cleanup_errors=True
    ) as folder:
        beside = Path(folder) / "forms"
        _copy(root, beside, None)
        _write(beside, draft)
        if target.exists():
            target.rmdir()
        beside.rename(target)


def _write(root: Path, draft: _Draft) -> None:
    """The draft's files into their folder, each whole; the pack's files that it no longer has go last."""
    for file, text in draft.files.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_bytes(text.encode("utf-8"))
        beside.replace(path)
    for path in sorted((root / draft.id).iterdir()):
        if path.suffix in {".yaml", ".yml"} and f"{draft.id}/{path.name}" not in draft.files:
            path.unlink()


def _judged(
    read_folder: Callable[[Path], Checked],
    trial: Path,
    root: Path,
    draft: _Draft,
    reading: PackReading,
    sheets: SheetData,
) -> list[Problem]:
    """What is wrong with the draft, by sheet and cell where it comes from there."""
    found = read_folder(trial).check(idle=False)
    own = f"{draft.id}/"
    kept = [
        problem
        for problem in found
        if problem.severity is Severity.ERROR or problem.place.file.startswith(own)
    ]
    origins = Origins(draft.files, reading, sheets)
    told = [origins.told(problem) for problem in kept[:_MOST_PROBLEMS]]
    if not any(problem.severity is Severity.ERROR for problem in told):
        return told + _notes(read_folder, trial, root, draft, origins, sheets)
    if any(problem.place.sheet for problem in told):
        # That other packs cannot include this one then follows.
        told = [problem for problem in told if problem.code != "packs.included_faulty"]
    if any(not problem.place.sheet for problem in told):
        told = [*_changed(draft, origins, "sheets.breaks_others", Severity.ERROR), *told]
    return told


def _changed(draft: _Draft, origins: Origins, code: str, severity: Severity) -> list[Problem]:
    """A problem for every entry of the catalogue that changes."""
    return [
        Problem(code, severity, origins.place_of(kind, key), {"id": key})
        for kind, entries in draft.changed.items()
        for key in entries
    ]


def _notes(
    read_folder: Callable[[Path], Checked],
    trial: Path,
    root: Path,
    draft: _Draft,
    origins: Origins,
    sheets: SheetData,
) -> list[Problem]:
    """What the user should know: what changes for all packs, and a version that was not counted up."""
    notes = _changed(draft, origins, "sheets.catalogue_changed", Severity.NOTE)
    if not (root / draft.id / HEAD).is_file():
        return notes
    try:
        before, now = read_folder(root).programme(draft.id), read_folder(trial).programme(draft.id)
    except PackError:
        return notes
    if before.pack_hash != now.pack_hash and before.version == now.version:
        place = sheets.cells.get(("version",), Place())
        notes.append(Problem("sheets.same_version", Severity.WARNING, place, {"version": now.version}))
    return notes
