"""The form packs of one forms folder: the adapter of :class:`~chuyi_desktop.app.ports.ProgrammeLibrary`."""

import re
from collections.abc import Mapping
from pathlib import Path

from chuyi_desktop.app.ports import PackBook, PackReading, PackSheet, ProgrammeSummary, TakenPack
from chuyi_desktop.domain.errors import InputError, PackError
from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.catalogue import Catalogue, read_catalogue
from chuyi_desktop.packs.files import HEAD, PackFiles, read_files, read_head, yaml_files
from chuyi_desktop.packs.models import RULE_ID, PackModel, SharedPartModel
from chuyi_desktop.packs.nearest import hint, listed
from chuyi_desktop.packs.pack import resolve
from chuyi_desktop.packs.parts import FOLDER as PARTS
from chuyi_desktop.packs.parts import SharedPart, merged
from chuyi_desktop.packs.schema import write_schemas
from chuyi_desktop.packs.second_look import look_again
from chuyi_desktop.packs.shape import shaped
from chuyi_desktop.packs.sheet_export import catalogue_sources, pack_book, read_vocabulary
from chuyi_desktop.packs.sheet_forms import FORMS
from chuyi_desktop.packs.sheet_import import root_of, take_book
from chuyi_desktop.packs.sheet_layout import empty_sheet
from chuyi_desktop.packs.source import Source, read_source
from chuyi_desktop.packs.spot import Spot
from chuyi_desktop.packs.xlsform import as_pack
from chuyi_desktop.packs.xlsform_survey import xlsform_sheets

CATALOGUE = "catalogue"
_NO_PACKS = frozenset({CATALOGUE, PARTS, "schema"})


class FormsFolder:
    """Reads packs when they are first asked for and keeps them: it shows the folder as it was then.
    ``check`` always reads anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._summaries: tuple[ProgrammeSummary, ...] | None = None
        self._shelf: _Shelf | None = None

    def summaries(self) -> tuple[ProgrammeSummary, ...]:
        """Every pack, ordered by id. Raises PackError for a pack without a readable head."""
        if self._summaries is None:
            self._summaries = tuple(self._summary(key) for key in _pack_ids(self._path))
        return self._summaries

    def programme(self, programme_id: str) -> Programme:
        """A pack, resolved. Raises InputError for an unknown id, PackError for a faulty pack."""
        known = _pack_ids(self._path)
        if programme_id not in known:
            # However many there are: without its id no pack can be chosen.
            every = say("packs.hint.one_of", {"names": listed(known) or "—"})
            raise InputError("packs.no_such_pack", id=programme_id, hint=hint(programme_id, known) or every)
        if self._shelf is None:
            self._shelf = _Shelf(self._path)
        found = self._shelf.take(programme_id)
        if found is None:
            raise _faulty(programme_id, self._shelf.problems_of(programme_id))
        return found

    def check(self, *, idle: bool = True) -> tuple[Problem, ...]:
        """Every mistake in every pack and in the catalogue, and as warnings what only smells, each with file,
        line and remedy; ``idle``: also what no pack uses."""
        shelf = _Shelf(self._path)
        folders = _pack_folders(self._path)
        if not folders:
            return (Problem("packs.none", place=Place(file=self._path.as_posix())),)
        ids = _pack_ids(self._path)
        for key in ids:
            shelf.take(key)
        shelf.read_parts()
        misnamed = [
            Problem("packs.rule_id", place=Place(f"{name}/{HEAD}", line=1, column=1), params={"found": name})
            for name in folders
            if name not in ids
        ]
        return (*misnamed, *shelf.all_problems(again=True, idle=idle))

    def texts(self, programme_id: str) -> Mapping[str, str]:
        """The files a pack is read from, by name: put into a folder, they give the same pack again."""
        self.programme(programme_id)
        return {} if self._shelf is None else self._shelf.texts_of(programme_id)

    def at(self, folder: Path) -> "FormsFolder":
        """The packs of another folder."""
        return FormsFolder(folder)

    def write_schema(self, folder: Path) -> tuple[Path, ...]:
        """Write the JSON Schemas for editors of packs; the files written."""
        return write_schemas(folder)

    def as_book(self, programme_id: str) -> PackBook:
        """A pack as the sheets of a workbook. Raises as ``programme`` does."""
        return pack_book(self._path, self.programme(programme_id))

    def book_form(self) -> tuple[PackSheet, ...]:
        """The sheets that every such workbook has, without their lines."""
        return tuple(empty_sheet(form) for form in FORMS)

    def take_book(self, reading: PackReading, folder: Path, new_id: str = "") -> TakenPack:
        """Put the pack of a workbook into ``folder``."""
        return take_book(reading, folder, self._path, new_id, FormsFolder)

    def xlsform_sheets(self) -> tuple[PackSheet, ...]:
        """The sheets that an XLSForm has."""
        return xlsform_sheets()

    def take_xlsform(self, reading: PackReading, folder: Path, new_id: str = "") -> TakenPack:
        """Put a pack made of an XLSForm into ``folder``."""
        known = read_vocabulary(catalogue_sources(root_of(folder, self._path)))
        return self.take_book(as_pack(reading, known), folder, new_id)

    def _summary(self, key: str) -> ProgrammeSummary:
        problems: list[Problem] = []
        head = read_head(self._path / key, self._path, problems)
        if head is None:
            raise _faulty(key, problems)
        model = head[0]
        return ProgrammeSummary(key, model.name, model.version, model.applicant, model.purpose)


def _pack_ids(root: Path) -> list[str]:
    """The folders that hold a pack."""
    return [name for name in _pack_folders(root) if re.fullmatch(RULE_ID, name)]


def _pack_folders(root: Path) -> list[str]:
    """The folders with a pack.yaml, whatever they are called."""
    try:
        return sorted(
            path.name
            for path in root.iterdir()
            if path.name not in _NO_PACKS and not path.is_symlink() and (path / HEAD).is_file()
        )
    except OSError as error:
        raise PackError("packs.no_folder", folder=root, details=str(error)) from error


def _faulty(key: str, problems: list[Problem]) -> PackError:
    first = problems[0] if problems else Problem("packs.not_yaml", place=Place(file=f"{key}/{HEAD}"))
    return PackError(
        "packs.faulty",
        pack=key,
        count=max(len(problems), 1),
        place=str(first.place),
        sentence=first.sentence,
        details="\n".join(str(problem) for problem in problems),
    )


class _Shelf:
    """One reading of a forms folder: the catalogue once, each pack once, problems by what they are in."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._catalogue_problems: list[Problem] = []
        self._catalogue: Catalogue | None = None
        self._programmes: dict[str, Programme | None] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._parts: dict[str, SharedPart | None] | None = None
        self._part_problems: list[Problem] = []
        self._open: list[str] = []
        self._includes: dict[str, list[str]] = {}
        self._read: dict[str, tuple[PackModel, PackFiles]] = {}
        self._sources: list[Source] = []
        self._unread = False

    def take(self, key: str) -> Programme | None:
        """A pack that exists; None where it, the catalogue or a pack it includes is faulty."""
        catalogue = self._read_catalogue()
        if key not in self._programmes:
            problems = self._problems.setdefault(key, [])
            self._open.append(key)
            read = read_files(self._root / key, self._root, problems)
            whole = None if read is None else self._with_parts(*read, problems)
            if whole is None or self._unread:
                # Without a file of the catalogue every name in it would be reported as unknown.
                self._programmes[key] = None
            else:
                model, files = self._read[key] = whole
                self._programmes[key] = resolve(key, model, Spot(files, problems), catalogue, self._include)
            self._open.pop()
        return None if self._catalogue_problems else self._programmes[key]

    def texts_of(self, key: str) -> dict[str, str]:
        """Every file behind a pack: the catalogue, its own, its parts, those of what it includes."""
        sources = [*self._sources]
        waiting, seen = [key], set[str]()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            model, files = self._read[one]
            sources += files.all_sources
            shared = (self.read_parts().get(name) for name in model.parts)
            sources += [part.source for part in shared if part is not None]
            waiting += self._includes.get(one, [])
        return {source.file: source.text for source in sources}

    def problems_of(self, key: str) -> list[Problem]:
        """What stands in the way of a pack: in the catalogue, in itself, in what it includes."""
        found = [*self._catalogue_problems]
        waiting, seen = [key], set[str]()
        while waiting:
            one = waiting.pop(0)
            if one not in seen:
                seen.add(one)
                found += self._problems.get(one, [])
                waiting += self._includes.get(one, [])
        if any(one.code == "packs.shared_part_faulty" for one in found):
            found += self._part_problems
        return _each_once(found)

    def read_parts(self) -> dict[str, SharedPart | None]:
        """The shared parts by name; None for a faulty one, its mistakes noted."""
        if self._parts is None:
            folder, problems = self._root / PARTS, self._part_problems
            self._parts = {}
            for path, file in yaml_files(folder, self._root, problems) if folder.is_dir() else []:
                source = read_source(path, file, problems)
                self._parts[path.stem] = None if source is None else _shared_part(source, problems)
        return self._parts

    def _with_parts(
        self, model: PackModel, files: PackFiles, problems: list[Problem]
    ) -> tuple[PackModel, PackFiles] | None:
        """A pack with the shared parts it names; None, with the mistake noted, without one of them."""
        if not model.parts:
            return model, files
        known = self.read_parts()
        found: list[SharedPart] = []
        for index, name in enumerate(model.parts):
            here = Spot(files, problems) / "parts" / index
            part = known.get(name)
            if name in model.parts[:index]:
                here.fault("packs.shared_part_twice", found=name)
            elif name not in known:
                here.fault("packs.unknown_shared_part", found=name, hint=hint(name, known))
            elif part is None:
                here.fault("packs.shared_part_faulty", found=name)
            else:
                found.append(part)
        return merged(model, files, found) if len(found) == len(model.parts) else None

    def all_problems(self, *, again: bool = False, idle: bool = True) -> tuple[Problem, ...]:
        """Every mistake, each once, in order of files and lines; with those that only a second look finds."""
        found = [*self._catalogue_problems, *self._part_problems]
        for problems in self._problems.values():
            found += problems
        if again and self._catalogue is not None and not self._catalogue_problems:
            whole = {key: one for key, one in self._programmes.items() if one is not None}
            packs = [(one, *self._read[key]) for key, one in whole.items()]
            every = len(whole) == len(self._programmes)
            parts = self.read_parts()
            found += look_again(self._catalogue, self._sources, parts, packs, whole=every and idle)
        ordered = sorted(found, key=lambda one: (one.place.file, one.place.line, one.place.column))
        return tuple(_each_once(ordered))

    def _read_catalogue(self) -> Catalogue:
        if self._catalogue is None:
            folder = self._root / CATALOGUE
            problems = self._catalogue_problems
            if folder.is_dir():
                files = yaml_files(folder, self._root, problems)
                read = [read_source(path, file, problems) for path, file in files]
                self._unread = None in read
                self._sources = [one for one in read if one is not None]
                self._catalogue = read_catalogue(self._sources, problems)
            else:
                problems.append(Problem("packs.no_catalogue", place=Place(file=f"{CATALOGUE}/")))
                self._catalogue = read_catalogue([], problems)
        return self._catalogue

    def _include(self, key: str, spot: Spot) -> Programme | None:
        """Another pack for the one being read."""
        known = _pack_ids(self._root)
        self._includes.setdefault(self._open[-1], []).append(key)
        if key in self._open:
            circle = [*self._open[self._open.index(key) :], key]
            spot.fault("packs.include_circle", names=" → ".join(circle))
            return None
        if key not in known:
            spot.fault("packs.unknown_pack", found=key, hint=hint(key, known))
            return None
        self.take(key)
        found = self._programmes[key]
        if found is None:
            spot.fault("packs.included_faulty", id=key)
        return found


def _shared_part(source: Source, problems: list[Problem]) -> SharedPart | None:
    model = shaped(SharedPartModel, source.data, Spot(source, problems))
    return None if model is None else SharedPart(model, source)


def _each_once(problems: list[Problem]) -> list[Problem]:
    found: list[Problem] = []
    for problem in problems:
        if problem not in found:
            found.append(problem)
    return found
