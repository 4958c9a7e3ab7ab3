"""The form packs of one forms folder: the adapter of :class:`~chuyi_desktop.app.ports.ProgrammeLibrary`."""

import re
from pathlib import Path

from chuyi_desktop.app.ports import ProgrammeSummary
from chuyi_desktop.domain.errors import InputError, PackError
from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.packs.catalogue import Catalogue, read_catalogue
from chuyi_desktop.packs.files import HEAD, read_files, read_head, yaml_files
from chuyi_desktop.packs.models import RULE_ID
from chuyi_desktop.packs.nearest import hint
from chuyi_desktop.packs.pack import resolve
from chuyi_desktop.packs.schema import write_schemas
from chuyi_desktop.packs.source import read_source
from chuyi_desktop.packs.spot import Spot

CATALOGUE = "catalogue"
_NO_PACKS = frozenset({CATALOGUE, "schema"})


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
            raise InputError("packs.no_such_pack", id=programme_id, hint=hint(programme_id, known))
        if self._shelf is None:
            self._shelf = _Shelf(self._path)
        found = self._shelf.take(programme_id)
        if found is None:
            raise _faulty(programme_id, self._shelf.problems_of(programme_id))
        return found

    def check(self) -> tuple[Problem, ...]:
        """Every mistake in every pack and in the catalogue, each with file, line and remedy."""
        shelf = _Shelf(self._path)
        folders = _pack_folders(self._path)
        if not folders:
            return (Problem("packs.none", place=Place(file=self._path.as_posix())),)
        ids = _pack_ids(self._path)
        for key in ids:
            shelf.take(key)
        misnamed = [
            Problem("packs.rule_id", place=Place(f"{name}/{HEAD}", line=1, column=1), params={"found": name})
            for name in folders
            if name not in ids
        ]
        return (*misnamed, *shelf.all_problems())

    def write_schema(self, folder: Path) -> tuple[Path, ...]:
        """Write the JSON Schemas for editors of packs; the files written."""
        return write_schemas(folder)

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
        self._open: list[str] = []
        self._includes: dict[str, list[str]] = {}
        self._unread = False

    def take(self, key: str) -> Programme | None:
        """A pack that exists; None where it, the catalogue or a pack it includes is faulty."""
        catalogue = self._read_catalogue()
        if key not in self._programmes:
            problems = self._problems.setdefault(key, [])
            self._open.append(key)
            read = read_files(self._root / key, self._root, problems)
            if read is None or self._unread:
                # Without a file of the catalogue every name in it would be reported as unknown.
                self._programmes[key] = None
            else:
                self._programmes[key] = resolve(key, *read, catalogue, self._include)
            self._open.pop()
        return None if self._catalogue_problems else self._programmes[key]

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
        return _each_once(found)

    def all_problems(self) -> tuple[Problem, ...]:
        """Every mistake, each once, in order of files and lines."""
        found = [*self._catalogue_problems]
        for problems in self._problems.values():
            found += problems
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
                self._catalogue = read_catalogue([one for one in read if one is not None], problems)
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


def _each_once(problems: list[Problem]) -> list[Problem]:
    found: list[Problem] = []
    for problem in problems:
        if problem not in found:
            found.append(problem)
    return found
