"""Form packs kept in the workspace: whole, unchanged, and never outside their folder."""

from dataclasses import replace
from pathlib import Path

import pytest

from chuyi_desktop.domain.errors import WorkspaceError
from tests.storage.builders import STUDENTS, entry, put, stamp, started, workspaces

HASH = "ab" * 32
FILES = {"catalogue/10-school.yaml": "indicators: {}\n", "base/pack.yaml": "name: 基本条件\n"}


def test_a_kept_pack_is_there_after_reopening(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    assert workspace.kept_pack(HASH) is None
    workspace.keep_pack(HASH, FILES)
    workspace.close()
    reopened = workspaces().open(tmp_path / "w", write=False)
    folder = reopened.kept_pack(HASH)
    reopened.close()
    assert folder is not None
    assert {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    } == FILES


def test_what_is_kept_stays(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.keep_pack(HASH, FILES)
    workspace.keep_pack(HASH, {"base/pack.yaml": "name: 另一份\n"})
    folder = workspace.kept_pack(HASH)
    workspace.close()
    assert folder is not None
    assert (folder / "base/pack.yaml").read_text("utf-8") == FILES["base/pack.yaml"]
    assert [path.name for path in folder.parent.iterdir()] == [HASH]


@pytest.mark.parametrize(
    "name", ["../out.yaml", "/etc/out.yaml", "base/../../out.yaml", ".hidden", "", "a b/c"]
)
def test_a_name_that_leads_elsewhere_is_refused_and_nothing_is_kept(tmp_path: Path, name: str) -> None:
    workspace = started(tmp_path / "w")
    with pytest.raises(ValueError):
        workspace.keep_pack(HASH, {**FILES, name: "x"})
    assert workspace.kept_pack(HASH) is None
    workspace.close()
    assert not [path for path in tmp_path.rglob("*") if path.name == "out.yaml"]
    assert not list((tmp_path / "w/packs").iterdir())


def test_one_who_only_reads_keeps_nothing(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    reader = workspaces().open(tmp_path / "w", write=False)
    with pytest.raises(WorkspaceError):
        reader.keep_pack(HASH, FILES)
    reader.close()
    assert not (tmp_path / "w/packs").exists()


def test_an_assessment_is_bound_to_another_kept_pack_in_one_journalled_deed(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("3091"))], stamp("填写"))
    workspace.keep_pack(HASH, FILES)
    (before,) = workspace.heads()
    after = workspace.bind_pack(before, "2.0", HASH, stamp("改用表单包 1.0 → 2.0"))
    assert after == replace(before, pack_version="2.0", pack_hash=HASH)
    workspace.close()
    reopened = workspaces().open(tmp_path / "w")
    assert reopened.heads() == (after,)
    assert (reopened.assessment("a").pack_version, reopened.assessment("a").pack_hash) == ("2.0", HASH)
    assert [(deed.stamp.label, deed.changes) for deed in reopened.journal()[:1]] == [
        ("改用表单包 1.0 → 2.0", ())
    ]
    # Undoing passes it over, to what was typed before.
    assert [change.field for change in reopened.undo("a", stamp("撤销"))] == [STUDENTS]
    assert reopened.heads() == (after,)
    reopened.close()


def test_what_was_undone_before_the_binding_is_not_redone_after_it(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("3091"))], stamp("填写"))
    workspace.undo("a", stamp("撤销"))
    workspace.keep_pack(HASH, FILES)
    workspace.bind_pack(workspace.heads()[0], "2.0", HASH, stamp("改用"))
    assert workspace.redo("a", stamp("重做")) == ()
    workspace.close()


def test_binding_to_a_pack_that_is_not_kept_changes_nothing(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    before, deeds = workspace.heads(), workspace.journal()
    with pytest.raises(ValueError):
        workspace.bind_pack(before[0], "2.0", HASH, stamp("改用"))
    assert (workspace.heads(), workspace.journal()) == (before, deeds)
    workspace.close()


def test_binding_what_was_bound_otherwise_meanwhile_is_refused(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.keep_pack(HASH, FILES)
    (stale,) = workspace.heads()
    bound = workspace.bind_pack(stale, "2.0", HASH, stamp("改用"))
    with pytest.raises(WorkspaceError, match="已被改过"):
        workspace.bind_pack(stale, "2.1", HASH, stamp("改用"))
    assert workspace.heads() == (bound,)
    workspace.close()


def test_one_who_only_reads_binds_nothing(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.keep_pack(HASH, FILES)
    workspace.close()
    reader = workspaces().open(tmp_path / "w", write=False)
    before = reader.heads()
    with pytest.raises(WorkspaceError):
        reader.bind_pack(before[0], "2.0", HASH, stamp("改用"))
    assert reader.heads() == before
    reader.close()


def test_no_pack_is_kept_under_what_is_no_hash(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    assert workspace.kept_pack("../w") is None
    workspace.close()
