"""An open assessment: the one place where changes are made, journalled and judged again."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from types import TracebackType

from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.own_pack import JudgingPack, judging_pack, pack_words
from chuyi_desktop.app.ports import AssessmentHead, Workspace
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.assessment import Assessment, Change, Field
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring import Standing

Listener = Callable[[Changed], None]


def demand_writable(workspace: Workspace) -> None:
    """Raises WorkspaceError, naming the holder if there is one, where ``workspace`` is read only."""
    if workspace.holder:
        raise WorkspaceError("app.read_only", holder=workspace.holder)
    if workspace.read_only:
        raise WorkspaceError("app.only_readable", folder=workspace.folder)


class Session:
    """One assessment of one open workspace. Its assessment and verdict are values, replaced at every
    change; listeners hear which fields changed."""

    def __init__(
        self, program: Program, workspace: Workspace, head: AssessmentHead, pack: JudgingPack
    ) -> None:
        self.program = program
        self.workspace = workspace
        self.head = head
        self.pack = pack
        self._assessment = workspace.assessment(head.id)
        self._standing: Standing | None = None
        self._unjudged: set[Field] = set()
        self._judging = Lock()
        """Held while what stands and what is not judged yet are looked at together: a job asks for the
        verdict in its own thread while the user goes on typing."""
        self._listeners: list[Listener] = []

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def assessment(self) -> Assessment:
        """The assessment as it is now."""
        return self._assessment

    @property
    def verdict(self) -> Verdict:
        """How the school stands now; after changes only what they touch is judged again."""
        return self.standing.verdict

    @property
    def standing(self) -> Standing:
        """The assessment as it is now and its verdict, which belong together whatever is typed meanwhile."""
        with self._judging:
            if self._standing is None:
                self._standing = Standing(self.programme, self._assessment)
            elif self._unjudged:
                self._standing = self._standing.moved_to(self._assessment, self._unjudged)
            self._unjudged.clear()
            return self._standing

    @property
    def programme(self) -> Programme:
        """The pack it is judged by: its own, unless ``pack`` says otherwise."""
        return self.pack.programme

    @property
    def pack_versions(self) -> tuple[str, str]:
        """How its own pack and the installed one are called; with their hashes where only those differ."""
        installed = self.pack.installed
        own = self.head.pack_version
        if installed is None:
            return own, ""
        if installed.version != own:
            return own, installed.version
        return pack_words(own, self.head.pack_hash), pack_words(own, installed.pack_hash)

    @property
    def read_only(self) -> bool:
        """Whether changes are refused: the workspace is held by somebody else, or cannot be written."""
        return self.workspace.read_only

    def listen(self, listener: Listener) -> None:
        """Call ``listener`` after every change."""
        self._listeners.append(listener)

    def make(self, changes: Sequence[Change], label: str) -> Changed:
        """Make ``changes`` in one transaction and journal them under ``label``. All or none."""
        if not changes:
            return Changed()
        self.demand_writable()
        self.workspace.apply(self.head.id, changes, self.program.stamp(label))
        return self._took(changes)

    def undo(self) -> Changed:
        """Take the latest deed back."""
        self.demand_writable()
        return self._took(self.workspace.undo(self.head.id, self.program.stamp(say("app.undo"))))

    def redo(self) -> Changed:
        """Make the last undone deed again."""
        self.demand_writable()
        return self._took(self.workspace.redo(self.head.id, self.program.stamp(say("app.redo"))))

    def bind(self, programme: Programme, files: Mapping[str, str]) -> None:
        """Judge by ``programme`` from now on; ``files`` are what it is read from, and are kept. The journal
        has the deed; undoing does not take it back."""
        self.demand_writable()
        # Kept first: no assessment is bound to a pack that is not there.
        self.workspace.keep_pack(programme.pack_hash, files)
        before = pack_words(self.head.pack_version, self.head.pack_hash)
        after = pack_words(programme.version, programme.pack_hash)
        stamp = self.program.stamp(say("app.bind", {"before": before, "after": after}))
        self.head = self.workspace.bind_pack(self.head, programme.version, programme.pack_hash, stamp)
        self.pack = judging_pack(self.program.library, self.workspace, self.head)
        with self._judging:
            self._assessment = self.workspace.assessment(self.head.id)
            self._standing = None

    def close(self) -> None:
        """Let go of the workspace."""
        self._listeners.clear()
        self.workspace.close()

    def demand_writable(self) -> None:
        """Raises WorkspaceError, saying why, where the workspace cannot be written."""
        demand_writable(self.workspace)

    def _took(self, changes: Sequence[Change]) -> Changed:
        if not changes:
            return Changed()
        changed = Changed(frozenset(change.field for change in changes))
        with self._judging:
            self._assessment = self._assessment.after(changes)
            self._unjudged |= changed.fields
        for listener in tuple(self._listeners):
            listener(changed)
        return changed
