"""Work off the window's thread: what comes of it when it is cancelled late, or goes wrong."""

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from chuyi_desktop.app.ports import Progress
from chuyi_desktop.domain.errors import CancelledError, ChuyiError
from chuyi_desktop.ui.jobs import Job, Jobs
from chuyi_desktop.ui.place_list import PlaceKind
from tests.ui.conftest import Clerk
from tests.ui.school import GatedRenderer


@pytest.mark.parametrize(("holds_entry", "delivered"), [(True, False), (False, True)])
def test_what_a_cancelled_job_worked_out_is_not_made(
    qtbot: QtBot, *, holds_entry: bool, delivered: bool
) -> None:
    """A plan that is still to be made is dropped; a file that is written already is told of."""
    begun, gate = threading.Event(), threading.Event()
    results: list[object] = []
    failures: list[ChuyiError] = []

    def work(progress: Progress) -> str:
        progress(1, 1, "")
        begun.set()
        gate.wait(5)
        return "done"

    jobs = Jobs()
    job = Job("", work, results.append, failures.append, holds_entry=holds_entry)
    jobs.start(job)
    qtbot.waitUntil(begun.is_set)
    jobs.cancel(job)
    gate.set()
    qtbot.waitUntil(lambda: jobs.running is None)
    assert results == (["done"] if delivered else [])
    assert [type(failure) for failure in failures] == ([] if delivered else [CancelledError])
    jobs.close()


def _prints(clerk: Clerk, printed: Callable[..., object]) -> GatedRenderer:
    renderer = clerk.window.desk.program.renderer
    assert isinstance(renderer, GatedRenderer)
    renderer.render = printed
    return renderer


def test_a_fault_while_printing_a_preview_lets_another_be_printed(clerk: Clerk) -> None:
    page = clerk.window.pages.preview

    def fault(*_: object) -> None:
        raise LookupError("a fault of ours")

    renderer = _prints(clerk, fault)
    with clerk.qtbot.capture_exceptions() as caught:
        clerk.go(PlaceKind.DOSSIER)
        clerk.wait_for_jobs()
    assert [kind for kind, _, _ in caught] == [LookupError]
    assert page.refresh_button.isEnabled()
    del renderer.render
    page.refresh_button.click()
    clerk.qtbot.waitUntil(lambda: page.page_count == 2)
    clerk.wait_for_jobs()


def test_a_preview_of_an_assessment_that_was_left_is_not_shown(clerk: Clerk) -> None:
    begun, gate = threading.Event(), threading.Event()
    page = clerk.window.pages.preview
    own = clerk.window.desk.program.renderer.render

    def late(*given: object) -> object:
        begun.set()
        gate.wait(5)
        return own(*given[:3], lambda *_: None)

    _prints(clerk, late)
    clerk.go(PlaceKind.DOSSIER)
    clerk.qtbot.waitUntil(begun.is_set)
    clerk.window.desk.leave()
    gate.set()
    clerk.wait_for_jobs()
    assert page.page_count == 0
