"""Fields that are worked out when somebody reads them."""

from dataclasses import FrozenInstanceError, dataclass
from typing import Any

import pytest

from chuyi_desktop.domain.told import Later, Told, revised


class Asked:
    """Counts how often it is asked."""

    def __init__(self, answer: str) -> None:
        self.answer, self.times = answer, 0

    def __call__(self) -> str:
        self.times += 1
        return self.answer


@pytest.fixture
def said_of() -> type[Any]:
    """Something with words of its own; made anew, for the making is tested too."""

    @dataclass(frozen=True)
    class Said:
        words: Told[str] = Told()
        size: int = 0
        note: Told[str] = Told("")

    return Said


def test_work_is_done_when_read_and_only_once(said_of: type[Any]) -> None:
    work = Asked("达到")
    said = said_of(Later(work), 1)
    assert work.times == 0
    assert (said.words, said.words, work.times) == ("达到", "达到", 1)


def test_a_value_given_at_once_is_that_value(said_of: type[Any]) -> None:
    assert said_of("达到").words == "达到"
    assert said_of("达到").note == ""
    assert said_of("达到", note="注").note == "注"
    assert said_of("达到", note=Later(lambda: "注")).note == "注"


def test_what_has_no_default_must_be_given(said_of: type[Any]) -> None:
    with pytest.raises(TypeError):
        said_of()


def test_equal_and_printed_as_if_it_had_been_there(said_of: type[Any]) -> None:
    later, now = said_of(Later(lambda: "达到"), 3), said_of("达到", 3)
    assert later == now
    assert hash(later) == hash(now)
    assert repr(later) == repr(now)
    assert said_of(Later(lambda: "达到")) != said_of(Later(lambda: "未达到"))


def test_it_is_frozen(said_of: type[Any]) -> None:
    said = said_of("达到")
    with pytest.raises(FrozenInstanceError):
        said.words = "未达到"
    assert said.words == "达到"


def test_revising_leaves_the_rest_untold_and_the_first_as_it_was(said_of: type[Any]) -> None:
    work = Asked("达到")
    first = said_of(Later(work), 1, "注")
    second = revised(first, size=2, note=Later(lambda: "另注"))
    assert work.times == 0
    assert (second.size, second.note, second.words) == (2, "另注", "达到")
    assert (first.size, first.note, first.words) == (1, "注", "达到")
    assert type(second) is said_of
