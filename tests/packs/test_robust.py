"""Whatever is written in a pack, checking it ends in problems with places and sentences, never in a crash."""

import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import chuyi_desktop.packs
from chuyi_desktop.domain.wording import ZH_CN
from tests.packs.forms import BASE_FILE, CATALOGUE_FILE, QUALITY_FILE, Forms

FILES = st.sampled_from([CATALOGUE_FILE, BASE_FILE, QUALITY_FILE])
TOKEN = re.compile(r"[\w㎡%.]+|[^\w\s]")
JUNK = st.sampled_from(
    ["", "null", "1", "-1.5", "[]", "{}", "[1, {a: b}]", "true", '"x"', "students", "students / 0", "x" * 500,
     "count(rooms", "日期", "a: b", "years_back(students, 12)", "ratio", "1.0000000000000000000000000000001"]
)  # fmt: skip


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(FILES, st.integers(0, 10_000), JUNK, st.sampled_from(["value", "token"]))
def test_a_piece_replaced_by_anything(file: str, number: int, junk: str, what: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        forms = Forms(Path(folder))
        text = forms.text(file)
        values = r"(?<=: )\S.*$"
        pieces = list(re.finditer(values, text, re.MULTILINE) if what == "value" else TOKEN.finditer(text))
        piece = pieces[number % len(pieces)]
        forms.write(file, text[: piece.start()] + junk + text[piece.end() :])
        for problem in forms.problems():
            assert problem.sentence
            assert problem.place.file
            assert "\n" not in problem.sentence


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(FILES, st.integers(0, 10_000), st.sampled_from([0, 2]))
def test_a_line_lost_or_doubled(file: str, number: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        forms = Forms(Path(folder))
        lines = forms.text(file).splitlines(keepends=True)
        at = number % len(lines)
        lines[at : at + 1] = [lines[at]] * times
        forms.write(file, "".join(lines))
        for problem in forms.problems():
            assert problem.sentence
            assert problem.place.line >= 1


def test_every_sentence_is_in_the_table_and_every_sentence_of_the_table_is_used() -> None:
    room = Path(chuyi_desktop.packs.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in room.glob("*.py"))
    used = set(re.findall(r'"(packs\.[a-z0-9_.]+)"', source))
    known = {code for code in ZH_CN if code.startswith("packs.") and not code.startswith("packs.schema.")}
    computed = {code for code in known if code.startswith(("packs.wanted.", "packs.bound."))}
    assert used - known == set()
    assert known - used - computed == set()
