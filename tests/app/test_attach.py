from pathlib import Path

import pytest

from chuyi_desktop.app.attach import attach, detach
from chuyi_desktop.app.begin import begin
from chuyi_desktop.domain.errors import InputError
from tests.app.school import small_program


def test_evidence_is_linked_by_id_or_title_once_in_order(tmp_path: Path) -> None:
    first, second = tmp_path / "校园平面图.pdf", tmp_path / "花名册.pdf"
    first.write_bytes(b"%PDF-1")
    second.write_bytes(b"%PDF-2")
    with begin(small_program(tmp_path), tmp_path / "ws", "small", 2026, {}) as session:
        assert attach(session, first, "site_area").anything
        assert attach(session, second, "生师比不高于 20").anything
        assert not attach(session, second, "ratio").anything
        found = session.assessment.evidence()
        assert [(key, link.name, link.position) for key, link in found] == [
            ("site_area", "校园平面图", 1),
            ("ratio", "花名册", 2),
        ]
        detach(session, "ratio", found[1][1].sha256)
        assert len(session.assessment.evidence()) == 1
        session.undo()
        assert len(session.assessment.evidence()) == 2


def test_an_unknown_item_is_refused_with_the_nearest(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"%PDF")
    with begin(small_program(tmp_path), tmp_path / "ws", "small", 2026, {}) as session:
        with pytest.raises(InputError, match="是不是：site_area"):
            attach(session, source, "site_aera")
        assert session.assessment.evidence() == ()
