"""One open workspace: every write one committed transaction with its journal entry."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session

from chuyi_desktop.app.ports import AssessmentHead, JournalEntry, Stamp, StoredFile
from chuyi_desktop.domain.assessment import Assessment, Change
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.storage import fields, journal
from chuyi_desktop.storage.evidence import EvidenceStore
from chuyi_desktop.storage.failures import said_plainly
from chuyi_desktop.storage.heads import head_of, row_of
from chuyi_desktop.storage.journal import Turn
from chuyi_desktop.storage.lock import Lock
from chuyi_desktop.storage.packs import PackStore
from chuyi_desktop.storage.tables import AssessmentRow, EvidenceRow


@dataclass(frozen=True, slots=True)
class Access:
    """How a workspace was opened: with ``lock`` for writing; else read only, ``holder`` says for whom, and
    ``copy`` is the folder of the copy that is read, where the original cannot be."""

    engine: Engine
    lock: Lock | None = None
    holder: str = ""
    copy: TemporaryDirectory[str] | None = None


class SqliteWorkspace:
    """A workspace folder on SQLite. Can be used from several threads."""

    def __init__(self, folder: Path, access: Access) -> None:
        self._folder = folder
        self._access = access
        self._evidence = EvidenceStore(folder)
        self._packs = PackStore(folder)
        self._closed = False
        if access.lock is not None:
            self._evidence.clear_unfinished()
            self._packs.clear_unfinished()

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._folder

    @property
    def holder(self) -> str:
        """Who holds it for writing, if somebody else does; empty where we do."""
        return self._access.holder

    @property
    def read_only(self) -> bool:
        """Whether writes are refused, for whatever reason."""
        return self._access.lock is None

    def heads(self) -> tuple[AssessmentHead, ...]:
        """Its assessments, oldest first."""
        with self._reading() as session:
            return tuple(
                head_of(row) for row in session.scalars(select(AssessmentRow).order_by(AssessmentRow.ordinal))
            )

    def add_assessment(
        self, head: AssessmentHead, changes: Sequence[Change], stamp: Stamp, then: Sequence[Change] = ()
    ) -> None:
        """A new assessment with its first fields, and the changes ``then`` as a deed that can be undone."""
        with self._writing() as session:
            same_pair = (AssessmentRow.programme_id == head.programme_id) & (AssessmentRow.year == head.year)
            taken = session.scalars(
                select(AssessmentRow).where(or_(AssessmentRow.id == head.id, same_pair))
            ).first()
            if taken is not None:
                raise WorkspaceError(
                    "storage.assessment_exists", programme=head.programme_id, year=head.year, details=head.id
                )
            last = session.scalar(select(func.max(AssessmentRow.ordinal))) or 0
            session.add(row_of(head, last + 1))
            session.flush()
            made = fields.make(session, head.id, changes, "storage.changed_meanwhile")
            journal.record(session, head.id, made, stamp, founding=True)
            if then:
                made = fields.make(session, head.id, then, "storage.changed_meanwhile")
                journal.record(session, head.id, made, stamp)

    def assessment(self, assessment_id: str) -> Assessment:
        """An assessment whole, with the school's values of all years."""
        with self._reading() as session:
            head = head_of(self._known(session, assessment_id))
            filled = fields.load(session, assessment_id)
        return Assessment(head.id, head.programme_id, head.pack_version, head.pack_hash, head.year, filled)

    def apply(self, assessment_id: str, changes: Sequence[Change], stamp: Stamp) -> None:
        """Make ``changes``, all or none; no changes are no deed."""
        with self._writing() as session:
            self._known(session, assessment_id)
            if changes:
                made = fields.make(session, assessment_id, changes, "storage.changed_meanwhile")
                journal.record(session, assessment_id, made, stamp)

    def undo(self, assessment_id: str, stamp: Stamp) -> tuple[Change, ...]:
        """Take the latest deed back that is not undone. The first fields of an assessment stay."""
        with self._writing() as session:
            self._known(session, assessment_id)
            return journal.undo(session, assessment_id, stamp)

    def redo(self, assessment_id: str, stamp: Stamp) -> tuple[Change, ...]:
        """Make the last undone deed again, if nothing was done since."""
        with self._writing() as session:
            self._known(session, assessment_id)
            return journal.redo(session, assessment_id, stamp)

    def journal(self, limit: int = 500) -> tuple[JournalEntry, ...]:
        """The latest deeds, newest first."""
        with self._reading() as session:
            return journal.entries(session, limit)

    def turns(self, limit: int = 500) -> tuple[Turn, ...]:
        """Who took which deed back or made it again, newest first: for the audit view."""
        with self._reading() as session:
            return journal.turns(session, limit)

    def store_evidence(self, source: Path) -> StoredFile:
        """Keep a copy of ``source`` under its hash. Raises InputError for what cannot be taken."""
        self._demand_writable()
        with said_plainly(self._folder):
            return self._evidence.store(source)

    def keep_pack(self, pack_hash: str, files: Mapping[str, str]) -> None:
        """Keep the ``files`` of a form pack, by name, under its hash; what is kept already stays."""
        self._demand_writable()
        with said_plainly(self._folder):
            self._packs.keep(pack_hash, files)

    def kept_pack(self, pack_hash: str) -> Path | None:
        """The forms folder with the pack of that hash; None where it was not kept."""
        self._demand_open()
        return self._packs.path(pack_hash)

    def bind_pack(self, head: AssessmentHead, version: str, pack_hash: str, stamp: Stamp) -> AssessmentHead:
        """Bind the assessment to another kept pack; its head from now on. Undoing passes this deed over."""
        with self._writing() as session:
            row = self._known(session, head.id)
            if (row.pack_version, row.pack_hash) != (head.pack_version, head.pack_hash):
                raise WorkspaceError("storage.changed_meanwhile", count=1)
            if self._packs.path(pack_hash) is None:
                raise ValueError(pack_hash)
            row.pack_version, row.pack_hash = version, pack_hash
            journal.record(session, head.id, (), stamp, founding=True)
        return replace(head, pack_version=version, pack_hash=pack_hash)

    def evidence_path(self, sha256: str) -> Path:
        """Where a stored file lies. Raises WorkspaceError where it is gone or damaged."""
        self._demand_open()
        return self._evidence.path(sha256)

    def faulty_evidence(self) -> tuple[str, ...]:
        """The SHA-256 of every linked file that is gone or damaged."""
        with self._reading() as session:
            linked = session.scalars(select(EvidenceRow.sha256).distinct().order_by(EvidenceRow.sha256)).all()
        return tuple(sha256 for sha256 in linked if not self._is_whole(sha256))

    def close(self) -> None:
        """Let go of the folder. Closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        self._access.engine.dispose()
        if self._access.lock is not None:
            self._access.lock.release()
        if self._access.copy is not None:
            self._access.copy.cleanup()

    def _is_whole(self, sha256: str) -> bool:
        try:
            self._evidence.path(sha256)
        except WorkspaceError:
            return False
        return True

    def _known(self, session: Session, assessment_id: str) -> AssessmentRow:
        row = session.get(AssessmentRow, assessment_id)
        if row is None:
            raise WorkspaceError("storage.no_assessment", folder=self._folder, details=assessment_id)
        return row

    def _demand_open(self) -> None:
        if self._closed:
            raise WorkspaceError("storage.closed", folder=self._folder)

    def _demand_writable(self) -> None:
        self._demand_open()
        if self.read_only:
            raise WorkspaceError("storage.read_only", folder=self._folder)

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        self._demand_open()
        with said_plainly(self._folder), Session(self._access.engine) as session, session.begin():
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        self._demand_writable()
        engine = self._access.engine.execution_options(writing=True)
        with said_plainly(self._folder), Session(engine) as session, session.begin():
            yield session
