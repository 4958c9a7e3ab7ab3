"""In-memory ports for tests of the use cases and faces."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from chuyi_desktop.app.ports import (
    AssessmentHead,
    JournalEntry,
    ProgrammeSummary,
    Stamp,
    StoredFile,
    WorkbookReading,
)
from chuyi_desktop.domain.assessment import Assessment, Change, Content, Field
from chuyi_desktop.domain.errors import InputError, WorkspaceError
from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.domain.programme import Programme

NOW = datetime(2026, 9, 1, 10, 32, 5, tzinfo=UTC)


class MemoryLibrary:
    """Programmes handed in."""

    def __init__(self, *programmes: Programme) -> None:
        self._programmes = {programme.id: programme for programme in programmes}
        self.others: dict[Path, MemoryLibrary] = {}
        """The libraries of other folders."""

    def summaries(self) -> tuple[ProgrammeSummary, ...]:
        return tuple(
            ProgrammeSummary(each.id, each.name, each.version, each.applicant, each.purpose)
            for each in self._programmes.values()
        )

    def programme(self, programme_id: str) -> Programme:
        try:
            return self._programmes[programme_id]
        except KeyError:
            raise InputError("app.none") from None

    def check(self) -> tuple[Problem, ...]:
        return ()

    def texts(self, programme_id: str) -> Mapping[str, str]:
        return {f"{programme_id}/pack.yaml": self.programme(programme_id).version}

    def at(self, folder: Path) -> "MemoryLibrary":
        return self.others[folder]

    def write_schema(self, folder: Path) -> tuple[Path, ...]:
        del folder
        return ()


class MemoryWorkspace:
    """A workspace that lives as long as its MemoryWorkspaces."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.holder = ""
        self.read_only = False
        self.closed = False
        self._heads: list[AssessmentHead] = []
        self._fields: dict[str, dict[Field, Content]] = {}
        self._deeds: list[JournalEntry] = []
        self._founding: set[int] = set()
        self._files: dict[str, Path] = {}
        self.packs: dict[str, Mapping[str, str]] = {}

    def heads(self) -> tuple[AssessmentHead, ...]:
        return tuple(self._heads)

    def add_assessment(
        self, head: AssessmentHead, changes: Sequence[Change], stamp: Stamp, then: Sequence[Change] = ()
    ) -> None:
        if any((head.programme_id, head.year) == (old.programme_id, old.year) for old in self._heads):
            raise WorkspaceError("app.none")
        self._heads.append(head)
        self._fields[head.id] = {}
        self.apply(head.id, changes, stamp)
        self._founding.add(len(self._deeds) - 1)
        if then:
            self.apply(head.id, then, stamp)

    def assessment(self, assessment_id: str) -> Assessment:
        head = next(head for head in self._heads if head.id == assessment_id)
        shared = {
            field: content
            for fields in self._fields.values()
            for field, content in fields.items()
            if field.year is not None
        }
        return Assessment(
            head.id,
            head.programme_id,
            head.pack_version,
            head.pack_hash,
            head.year,
            shared | self._fields[assessment_id],
        )

    def apply(self, assessment_id: str, changes: Sequence[Change], stamp: Stamp) -> None:
        self._make(assessment_id, changes)
        self._deeds = [deed for deed in self._deeds if not deed.undone]
        self._deeds.append(JournalEntry(len(self._deeds), assessment_id, stamp, tuple(changes), undone=False))

    def _make(self, assessment_id: str, changes: Sequence[Change]) -> None:
        now: Mapping[Field, Content] = self.assessment(assessment_id).fields
        if any(now.get(change.field) != change.old for change in changes):
            raise WorkspaceError("app.none")
        fields = self._fields[assessment_id]
        for change in changes:
            if change.new is None:
                fields.pop(change.field, None)
            else:
                fields[change.field] = change.new

    def undo(self, assessment_id: str, stamp: Stamp) -> tuple[Change, ...]:
        del stamp
        for index, deed in reversed(list(enumerate(self._deeds))):
            if not deed.undone and index not in self._founding:
                changes = tuple(change.undone for change in reversed(deed.changes))
                self._make(assessment_id, changes)
                self._deeds[index] = replace(deed, undone=True)
                return changes
        return ()

    def redo(self, assessment_id: str, stamp: Stamp) -> tuple[Change, ...]:
        del stamp
        for index, deed in enumerate(self._deeds):
            if deed.undone:
                self._make(assessment_id, deed.changes)
                self._deeds[index] = replace(deed, undone=False)
                return deed.changes
        return ()

    def journal(self, limit: int = 500) -> tuple[JournalEntry, ...]:
        return tuple(reversed(self._deeds))[:limit]

    def store_evidence(self, source: Path) -> StoredFile:
        name = f"{hash(source.read_bytes()) & 0xFFFF:064x}"
        self._files[name] = source
        return StoredFile(name, source.stat().st_size, "application/pdf")

    def keep_pack(self, pack_hash: str, files: Mapping[str, str]) -> None:
        self.packs.setdefault(pack_hash, files)

    def kept_pack(self, pack_hash: str) -> Path | None:
        return self.folder / pack_hash if pack_hash in self.packs else None

    def bind_pack(self, head: AssessmentHead, version: str, pack_hash: str, stamp: Stamp) -> AssessmentHead:
        assert pack_hash in self.packs
        bound = replace(head, pack_version=version, pack_hash=pack_hash)
        self._heads[self._heads.index(head)] = bound
        self._deeds = [deed for deed in self._deeds if not deed.undone]
        self._deeds.append(JournalEntry(len(self._deeds), head.id, stamp, (), undone=False))
        self._founding.add(len(self._deeds) - 1)
        return bound

    def evidence_path(self, sha256: str) -> Path:
        return self._files[sha256]

    def close(self) -> None:
        self.closed = True


class MemoryWorkspaces:
    """Workspaces by folder; nothing is on disk."""

    def __init__(self) -> None:
        self.made: dict[Path, MemoryWorkspace] = {}

    def create(self, folder: Path) -> MemoryWorkspace:
        self.made[folder] = MemoryWorkspace(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "workspace.sqlite3").touch()
        return self.made[folder]

    def open(self, folder: Path, *, write: bool = True) -> MemoryWorkspace:
        del write
        try:
            return self.made[folder]
        except KeyError:
            raise WorkspaceError("app.none") from None


class ScriptedWorkbooks:
    """Workbooks whose reading is set by the test; what is written or marked is remembered."""

    def __init__(self, reading: WorkbookReading | None = None) -> None:
        self.reading = reading or WorkbookReading((), (), ())
        self.written: list[tuple[Programme, Assessment, Path]] = []
        self.marked: list[tuple[Path, tuple[Problem, ...], Path]] = []

    def write(self, programme: Programme, assessment: Assessment, target: Path, progress: object) -> None:
        del progress
        self.written.append((programme, assessment, target))

    def write_live(
        self, programme: Programme, assessment: Assessment, judged: object, target: Path, progress: object
    ) -> None:
        del judged, progress
        self.written.append((programme, assessment, target))

    def read(self, source: Path, programme: Programme, year: int, progress: object) -> WorkbookReading:
        del source, programme, year, progress
        return self.reading

    def mark(self, source: Path, problems: Sequence[Problem], target: Path) -> None:
        self.marked.append((source, tuple(problems), target))
