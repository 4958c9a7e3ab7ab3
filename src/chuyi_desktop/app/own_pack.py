"""Which pack an assessment is judged by: its own, kept in the workspace, whatever is installed by now."""

from dataclasses import dataclass
from enum import StrEnum

from chuyi_desktop.app.ports import AssessmentHead, ProgrammeLibrary, Workspace
from chuyi_desktop.domain.errors import ChuyiError, InputError, PackError
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say


class PackState(StrEnum):
    """How the pack that an assessment is judged by stands to its own and to the installed one."""

    INSTALLED = "installed"
    """Its own, which is the one installed."""
    OTHER_INSTALLED = "other_installed"
    """Its own, from the workspace; another is installed."""
    NOT_INSTALLED = "not_installed"
    """Its own, from the workspace; none that can be used is installed."""
    NOT_KEPT = "not_kept"
    """The installed one: its own was not kept."""
    KEPT_UNUSABLE = "kept_unusable"
    """The installed one: what was kept as its own cannot be read, or says something else by now."""


@dataclass(frozen=True, slots=True)
class JudgingPack:
    """The pack in use, and the installed one; None where that is not to be had."""

    programme: Programme
    installed: Programme | None
    state: PackState


def judging_pack(library: ProgrammeLibrary, workspace: Workspace, head: AssessmentHead) -> JudgingPack:
    """The assessment's own pack, else the installed one. Raises where neither can be used."""
    try:
        installed = library.programme(head.programme_id)
    except ChuyiError:
        kept = _kept_if_usable(library, workspace, head)
        if kept is None:
            raise
        return JudgingPack(kept, None, PackState.NOT_INSTALLED)
    if installed.pack_hash == head.pack_hash:
        return installed_pack(installed)
    try:
        return JudgingPack(kept_pack(library, workspace, head), installed, PackState.OTHER_INSTALLED)
    except ChuyiError as error:
        state = PackState.NOT_KEPT if error.code == "app.pack_not_kept" else PackState.KEPT_UNUSABLE
        return JudgingPack(installed, installed, state)


def pack_words(version: str, pack_hash: str) -> str:
    """A version of a pack, told from others of the same name by the beginning of its hash."""
    return say("app.pack_version", {"version": version, "hash": pack_hash[:8]})


def installed_pack(programme: Programme) -> JudgingPack:
    """``programme``, which is installed, as an assessment's own."""
    return JudgingPack(programme, programme, PackState.INSTALLED)


def kept_pack(library: ProgrammeLibrary, workspace: Workspace, head: AssessmentHead) -> Programme:
    """The pack the assessment is bound to, from the workspace. Raises InputError where it was not kept,
    PackError where it is not what it was."""
    folder = workspace.kept_pack(head.pack_hash)
    if folder is None:
        raise InputError("app.pack_not_kept", folder=workspace.folder, version=head.pack_version)
    found = library.at(folder).programme(head.programme_id)
    if found.pack_hash != head.pack_hash:
        raise PackError("app.kept_pack_changed", folder=folder, version=head.pack_version)
    return found


def _kept_if_usable(
    library: ProgrammeLibrary, workspace: Workspace, head: AssessmentHead
) -> Programme | None:
    try:
        return kept_pack(library, workspace, head)
    except ChuyiError:
        return None
