"""The quick reader says what the whole YAML parser says, or nothing."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chuyi_desktop.packs.quick import GiveUp, read_quickly
from chuyi_desktop.packs.source import Source, read_text, read_wholly
from tests.packs.forms import BASE, CATALOGUE, QUALITY

FORMS = Path(__file__).parents[2] / "forms"
SHIPPED = sorted(path.relative_to(FORMS).as_posix() for path in FORMS.rglob("*.yaml"))


def whole(text: str) -> Source | None:
    problems: list[object] = []
    found = read_wholly(text, "a.yaml", problems)  # type: ignore[arg-type]  # only counted here
    return None if problems else found


def agree(text: str) -> bool:
    """Whether the quick reader read ``text``; fails where it says something else than the whole parser."""
    try:
        quick = read_quickly(text)
    except GiveUp:
        return False
    slow = whole(text)
    assert slow is not None, "read quickly what is a mistake"
    assert repr(quick) == repr(slow.data)
    return True


@pytest.mark.parametrize("file", SHIPPED)
def test_every_shipped_file_is_read_quickly_and_alike(file: str) -> None:
    assert agree((FORMS / file).read_text("utf-8"))


@pytest.mark.parametrize("text", [CATALOGUE, BASE, QUALITY, "", "# nothing\n", "\n\n"])
def test_small_files(text: str) -> None:
    assert agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x\n", "a: !!str 1\n", "a: 1\na: 2\n", "a:\n\t- 1\n", "a: \"x\\n\"\n", "--- \na: 1\n",
        "a: b: c\n", "a: 'x\n  y'\n", "a: x\n  y\n", "a: >+\n  x\n", "a: [x\n", "a: {b: 1, b: 2}\n",
        "- - 1\n", "? a\n: 1\n", "a: |2\n   x\n", "a: >-\n  x\n    y\n", "a: [b: 1]\n", "a: {b, c: 1}\n",
        "a: @x\n",
        "%YAML 1.2\n",
        "a: 1\n b: 2\n", "a:\n  b: 1\n c: 2\n", "text\n", "a: [1, 2]x\n", "a: \u0007\n",
        "a: 'x' y\n", "a: {b: c: d}\n",
    ],
)  # fmt: skip
def test_at_anything_else_it_gives_up(text: str) -> None:
    assert not agree(text)


def test_a_nest_too_deep_is_left_to_the_whole_parser() -> None:
    assert not agree("a: " + "[" * 30 + "]" * 30)
    assert not agree("".join(f"{'  ' * depth}a:\n" for depth in range(30)))


_SCALARS = st.sampled_from(
    ["1", "-2", "1.50", "true", "null", "~", "", "x", "甲：乙", '"a # b"', "'it''s'", "a - b", "x >= 1",
     "a(b, c)",
     "-x", "a:b", "a #c", "0x1", "01", "1e3", '"1"', "2024-01-01", "a # note", "“引号”", "#", "{}",
     "[]", "a,b", "?x"]
)  # fmt: skip
_FLOW = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: "[" + ", ".join(each) + "]"),
        st.lists(st.tuples(st.sampled_from("abc"), inner), max_size=3).map(
            lambda each: "{" + ", ".join(f"{key}: {value}" for key, value in each) + "}"
        ),
    ),
    max_leaves=6,
)


@st.composite
def _documents(draw: st.DrawFn, indent: int = 0, depth: int = 0) -> str:
    """Block mappings and lists, mostly right, sometimes not."""
    lines: list[str] = []
    pad = " " * indent
    for number in range(draw(st.integers(1, 3))):
        head = f"{pad}- " if indent and draw(st.booleans()) else f"{pad}k{number}: "
        kind = draw(st.integers(0, 5))
        if kind == 0 and depth < 3:
            lines.append(head.rstrip())
            lines.append(
                draw(_documents(indent=indent + draw(st.sampled_from([0, 2, 2, 2, 3])), depth=depth + 1))
            )
        elif kind == 1:
            lines.append(head + draw(st.sampled_from([">-", ">", "|", "|-", "| # c"])))
            inner = " " * (indent + draw(st.sampled_from([1, 2, 2])))
            texts = st.sampled_from(["x", "y: z", "# no comment", "", "- a", " more", "end "])
            lines += [inner + text if text else "" for text in draw(st.lists(texts, min_size=1, max_size=4))]
        elif kind == 2:
            lines.append(head + draw(_FLOW))
        else:
            lines.append(head + draw(_SCALARS))
        if draw(st.integers(0, 5)) == 0:
            lines.append(draw(st.sampled_from(["", "# note", "    # note", "  "])))
    return "\n".join(lines)


@given(_documents())
@example("a:\n- 1\n- b: 2\n  c: 3\nd: 4\n")
@example("a: [1,\n  2,\n  {b: c}]\nd: e\n")
@example("a: |\n  x\n\n\n  y\n\n\nb: >\n  x\n\n  y\n# c\nc: 1\n")
def test_generated_files(text: str) -> None:
    agree(text)


@given(st.data())
def test_a_damaged_file(data: st.DataObject) -> None:
    """A sound file with a few characters changed."""
    text = data.draw(st.sampled_from([CATALOGUE, BASE, QUALITY]))
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : start + 300]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(piece)))
        cut = data.draw(st.integers(0, 2))
        put = data.draw(
            st.sampled_from(
                ["", " ", "  ", "\n", ":", ": ", "- ", "#", " #", "'", '"', "{", "]", ",", "|", ">-", "甲"]
            )
        )
        piece = piece[:at] + put + piece[at + cut :]
    agree(piece)


def test_where_a_piece_stands_is_found_out_when_asked() -> None:
    source = read_text("a:\n  - b: 1\n    c: x + y\n", "f.yaml", [])
    assert source is not None
    assert str(source.place(("a", 0, "c"))) == "f.yaml:3:8"
    assert str(source.key_place(("a", 0, "b"))) == "f.yaml:2:5"
    assert str(source.place_in(("a", 0, "c"), 5)) == "f.yaml:3:12"
