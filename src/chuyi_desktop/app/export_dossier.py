"""Print the dossier of an assessment as PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chuyi_desktop.app.ports import PrintedDossier, Progress, silent
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.session import Session
from chuyi_desktop.report.blocks import Dossier
from chuyi_desktop.report.compose import compose


@dataclass(frozen=True, slots=True)
class DossierJob:
    """A dossier composed and its evidence found: all that printing needs, so that a worker thread can."""

    program: Program
    dossier: Dossier
    evidence: Mapping[str, Path]

    def print(self, target: Path, progress: Progress = silent) -> PrintedDossier:
        """Write ``target`` whole or not at all."""
        return self.program.renderer.render(self.dossier, self.evidence.__getitem__, target, progress)


def prepare_dossier(session: Session) -> DossierJob:
    """Compose the dossier of the assessment as it is now. Raises WorkspaceError for lost evidence."""
    made = session.program.clock().date()
    dossier = compose(session.programme, session.assessment, session.verdict, made)
    paths = {piece.sha256: session.workspace.evidence_path(piece.sha256) for piece in dossier.evidence}
    return DossierJob(session.program, dossier, paths)


def export_dossier(session: Session, target: Path, progress: Progress = silent) -> PrintedDossier:
    """The dossier of the open assessment as PDF."""
    return prepare_dossier(session).print(target, progress)
