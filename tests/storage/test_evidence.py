"""佐证材料: kept once by content, told by content, found again or said to be gone."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.app.ports import StoredFile
from chuyi_desktop.domain.assessment import EvidenceLink, Field, FieldKind
from chuyi_desktop.domain.errors import InputError, WorkspaceError
from chuyi_desktop.storage import evidence
from chuyi_desktop.storage.evidence import media_type_of
from chuyi_desktop.storage.workspace import SqliteWorkspace
from tests.storage.builders import PDF, put, stamp, started, workspaces

SHA256 = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def workspace(tmp_path: Path) -> SqliteWorkspace:
    return started(tmp_path / "w")


def given_file(tmp_path: Path, content: bytes = PDF, name: str = "证明材料.pdf") -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def refusal(workspace: SqliteWorkspace, source: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        workspace.store_evidence(source)
    assert source.name in caught.value.sentence
    assert [path for path in (workspace.folder / "evidence").rglob("*") if path.is_file()] == []
    return caught.value


def test_a_file_is_kept_once_under_its_hash(tmp_path: Path, workspace: SqliteWorkspace) -> None:
    stored = workspace.store_evidence(given_file(tmp_path))
    again = workspace.store_evidence(given_file(tmp_path, name="又一份.dat"))
    assert stored == again == StoredFile(SHA256, len(PDF), "application/pdf")
    kept = [path for path in (workspace.folder / "evidence").rglob("*") if path.is_file()]
    assert kept == [workspace.folder / "evidence" / SHA256[:2] / SHA256]
    assert workspace.evidence_path(SHA256) == kept[0]
    assert kept[0].read_bytes() == PDF
    workspace.close()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\xef\xbb\xbf\r\n" + PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0..JFIF", "image/jpeg"),
        (b"II*\x00....", "image/tiff"),
        (b"MM\x00*....", "image/tiff"),
    ],
)
def test_the_type_is_told_by_content(
    tmp_path: Path, workspace: SqliteWorkspace, content: bytes, media_type: str
) -> None:
    stored = workspace.store_evidence(given_file(tmp_path, content, "无扩展名"))
    workspace.close()
    assert (stored.media_type, stored.size) == (media_type, len(content))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 a docx", b"MZ\x90\x00", b"<svg/>", b"GIF89a", b" " * 1024 + PDF]
)
def test_other_types_are_refused_whatever_their_name(
    tmp_path: Path, workspace: SqliteWorkspace, content: bytes
) -> None:
    error = refusal(workspace, given_file(tmp_path, content))
    workspace.close()
    assert error.code == "storage.evidence.other_type"
    assert all(name in error.sentence for name in ("PDF", "PNG", "JPEG", "TIFF"))


def test_what_cannot_be_taken_is_said(
    tmp_path: Path, workspace: SqliteWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder.pdf").mkdir()
    monkeypatch.setattr(evidence, "LARGEST", 2 * 1024**2)
    codes = [
        refusal(workspace, source).code
        for source in (
            tmp_path / "absent.pdf",
            tmp_path / "folder.pdf",
            given_file(tmp_path, b"", "empty.pdf"),
            given_file(tmp_path, PDF + b"\0" * (2 * 1024**2), "large.pdf"),
        )
    ]
    workspace.close()
    assert codes == [f"storage.evidence.{what}" for what in ("missing", "no_file", "empty", "too_large")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_no_file(tmp_path: Path, workspace: SqliteWorkspace) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert refusal(workspace, tmp_path / "pipe.pdf").code == "storage.evidence.no_file"
    workspace.close()


def test_a_source_that_fails_while_read_is_not_the_workspace_s_fault(
    tmp_path: Path, workspace: SqliteWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Faulty:
        def __enter__(self) -> "Faulty":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def read(self, _: int) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(evidence, "_opened", lambda _: Faulty())
    assert refusal(workspace, tmp_path / "stick.pdf").code == "storage.evidence.unreadable"
    workspace.close()


def test_damage_and_loss_are_noticed_and_storing_again_heals(
    tmp_path: Path, workspace: SqliteWorkspace
) -> None:
    source = given_file(tmp_path)
    workspace.store_evidence(source)
    link = EvidenceLink(SHA256, "证明.pdf", "application/pdf", len(PDF), 0)
    workspace.apply("a", [put(Field(FieldKind.EVIDENCE, "safe", None, SHA256), link)], stamp())
    path = workspace.evidence_path(SHA256)
    assert workspace.faulty_evidence() == ()
    path.write_bytes(PDF[:-1] + b"!")
    with pytest.raises(WorkspaceError) as caught:
        workspace.evidence_path(SHA256)
    assert caught.value.code == "storage.evidence_damaged"
    assert workspace.faulty_evidence() == (SHA256,)
    workspace.store_evidence(source)
    assert workspace.evidence_path(SHA256).read_bytes() == PDF
    path.unlink()
    with pytest.raises(WorkspaceError) as caught:
        workspace.evidence_path(SHA256)
    assert caught.value.code == "storage.evidence_gone"
    assert workspace.faulty_evidence() == (SHA256,)
    workspace.close()


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, "/etc/passwd", "0" * 64 + "\n"]
)
def test_only_a_hash_names_a_file(workspace: SqliteWorkspace, name: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        workspace.evidence_path(name)
    workspace.close()
    assert caught.value.code == "storage.evidence_gone"


def test_what_a_killed_process_left_is_cleared_when_next_opened(workspace: SqliteWorkspace) -> None:
    workspace.close()
    left = workspace.folder / "evidence" / f"{evidence._UNFINISHED}abc"
    left.write_bytes(b"half")
    workspaces().open(workspace.folder, write=False).close()
    assert left.exists()
    workspaces().open(workspace.folder).close()
    assert not left.exists()


@given(st.binary(max_size=64))
def test_a_type_is_never_guessed(head: bytes) -> None:
    told = media_type_of(head)
    assert told in {"", "application/pdf", "image/png", "image/jpeg", "image/tiff"}
    assert not told or head[:2] in {b"\x89P", b"\xff\xd8", b"II", b"MM"} or b"%PDF-" in head
