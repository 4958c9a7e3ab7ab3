"""The files of one pack's folder as one: pack.yaml, and files beside it with some of its keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.packs.models import PackModel, PackPartModel
from chuyi_desktop.packs.shape import shaped
from chuyi_desktop.packs.source import Source, read_source
from chuyi_desktop.packs.spot import Spot, Step, Steps

HEAD = "pack.yaml"
MOST_FILES = 50
"""Files a pack's folder, or the catalogue, may have."""


Origin = tuple[Source, Steps]
"""The file that an entry of a pack stands in, and the way to it there."""


@dataclass(frozen=True, slots=True)
class PackFiles:
    """Where each key of a pack stands: ``parts`` has the file of every top-level key not in pack.yaml,
    ``origins`` the place of every entry, by key and number, of a list that shared parts add to."""

    head: Source
    parts: Mapping[str, Source]
    origins: Mapping[tuple[Step, Step], Origin] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """pack.yaml."""
        return self.head.file

    @property
    def all_sources(self) -> tuple[Source, ...]:
        """Every file that something of the pack stands in."""
        found = [self.head, *self.parts.values(), *(source for source, _ in self.origins.values())]
        return tuple({source.file: source for source in found}.values())

    def place(self, steps: Steps) -> Place:
        """Where the value at ``steps`` begins."""
        source, there = self._of(steps)
        return source.place(there)

    def key_place(self, steps: Steps) -> Place:
        """Where the key of ``steps`` stands."""
        source, there = self._of(steps)
        return source.key_place(there)

    def place_in(self, steps: Steps, at: int) -> Place:
        """Where character ``at`` of the text at ``steps`` stands."""
        source, there = self._of(steps)
        return source.place_in(there, at)

    def _of(self, steps: Steps) -> Origin:
        key, entry = steps[:1], steps[:2]
        if len(entry) == 2 and (found := self.origins.get((entry[0], entry[1]))) is not None:  # noqa: PLR2004  # key and number
            return found[0], (*found[1], *steps[2:])
        return (self.parts.get(str(key[0]), self.head) if key else self.head), steps


def yaml_files(folder: Path, root: Path, problems: list[Problem]) -> list[tuple[Path, str]]:
    """The YAML files directly in ``folder`` in order of name, each with its name relative to ``root``.
    A link is followed by no pack: it could lead out of the folder."""
    found: list[tuple[Path, str]] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.suffix not in {".yaml", ".yml"}:
            continue
        file = path.relative_to(root).as_posix()
        if path.is_symlink() or not path.is_file():
            problems.append(Problem("packs.link", place=Place(file=file, line=1, column=1)))
        elif len(found) == MOST_FILES:
            place = Place(file=file, line=1, column=1)
            problems.append(Problem("packs.too_many_files", place=place, params={"limit": MOST_FILES}))
            break
        else:
            found.append((path, file))
    return found


def read_head(folder: Path, root: Path, problems: list[Problem]) -> tuple[PackModel, Source] | None:
    """pack.yaml of the pack in ``folder``; None, with its mistakes noted, where it cannot be read."""
    path = folder / HEAD
    file = path.relative_to(root).as_posix()
    if path.is_symlink():
        problems.append(Problem("packs.link", place=Place(file=file, line=1, column=1)))
        return None
    source = read_source(path, file, problems)
    if source is None:
        return None
    model = shaped(PackModel, source.data, Spot(source, problems))
    return None if model is None else (model, source)


def read_files(folder: Path, root: Path, problems: list[Problem]) -> tuple[PackModel, PackFiles] | None:
    """All files of the pack in ``folder`` as one; None, with their mistakes noted, where one is faulty."""
    head = read_head(folder, root, problems)
    parts: dict[str, Source] = {}
    values: dict[str, object] = {}
    whole = True
    for path, file in yaml_files(folder, root, problems):
        if path.name == HEAD:
            continue
        source = read_source(path, file, problems)
        model = None if source is None else shaped(PackPartModel, source.data, Spot(source, problems))
        if source is None or model is None:
            whole = False
            continue
        taken = set(parts) | (head[0].model_fields_set if head else set())
        for key in sorted(model.model_fields_set):
            if key in taken:
                first = parts[key].file if key in parts else f"{folder.name}/{HEAD}"
                (Spot(source, problems) / key).key_fault("packs.key_in_two_files", key=key, first=first)
                continue
            parts[key], values[key] = source, getattr(model, key)
    if head is None or not whole:
        return None
    return head[0].model_copy(update=values), PackFiles(head[1], parts)
