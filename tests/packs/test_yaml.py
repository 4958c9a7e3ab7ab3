"""Files from outside: what is not plain, small YAML is refused at its place, whatever it tries."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.packs.source import DEEPEST, LARGEST, MOST_PIECES, Source, read_text
from tests.packs.forms import BASE, BASE_FILE, QUALITY_FILE, Forms


def read(text: str) -> tuple[Source | None, list[Problem]]:
    problems: list[Problem] = []
    return read_text(text, "file.yaml", problems), problems


def refused(text: str) -> Problem:
    source, problems = read(text)
    assert source is None
    (problem,) = problems
    assert problem.place.file == "file.yaml"
    assert problem.sentence
    return problem


BOMB = 'a: &a ["x","x"]\n' + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{','.join([f'*{chr(97 + level)}'] * 9)}]\n"
    for level in range(12)
)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (BOMB, "packs.alias", 1, 4),
        ("a: 1\nb: *x\n", "packs.alias", 2, 4),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", "packs.tag", 2, 4),
        ("a: !new {b: 1}\n", "packs.tag", 1, 4),
        ("a: !!binary aGk=\n", "packs.tag", 1, 4),
        ("a: 1\n---\nb: 2\n", "packs.several_documents", 2, 1),
        ("%YAML 1.1\n---\na: 1\n", "packs.directive", 2, 1),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "packs.directive", 2, 1),
        ("? [a, b]\n: 1\n", "packs.key_not_text", 1, 3),
        ("a:\n\tb: 1\n", "packs.tab", 2, 1),
        ("a: [1, 2\nb: 3\n", "packs.not_yaml", 2, 2),
        ("a: 1\n b: 2\n", "packs.not_yaml", 2, 3),
        ('a: "open\n', "packs.not_yaml", 2, 1),
        ("a: 1\nb: x\x07y\n", "packs.control", 2, 5),
        ("[" * 100_000, "packs.too_deep", 1, DEEPEST + 2),
        ("{a: " * 50_000, "packs.too_deep", 1, 4 * (DEEPEST + 1) + 1),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, str) else str(value),
)
def test_refused(text: str, code: str, line: int, column: int) -> None:
    problem = refused(text)
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)


def test_many_pieces() -> None:
    assert refused("- 1\n" * (MOST_PIECES + 1)).code == "packs.too_many_pieces"


def test_a_key_twice_is_noted_and_the_first_value_stays() -> None:
    source, problems = read("a: 1\nb: {c: 2}\na: [3, {d: 4}]\n")
    assert source is not None
    assert source.data == {"a": 1, "b": {"c": 2}}
    assert [(one.code, one.place.line, one.place.column) for one in problems] == [("packs.key_twice", 3, 1)]
    assert "第 1 行" in problems[0].sentence


def test_numbers_are_exact_and_nothing_else_is_guessed() -> None:
    source, problems = read(
        "a: 0.1\nb: 12\nc: '12'\nd: 2022-04-08\ne: yes\nf: 1e5\n"
        "g: 0x10\nh: 010\ni: true\nj: ~\nk:\nl: .5\nm: -3\n"
    )
    assert problems == []
    assert source is not None
    assert source.data == {
        "a": Decimal("0.1"), "b": 12, "c": "12", "d": "2022-04-08", "e": "yes", "f": "1e5", "g": "0x10",
        "h": "010", "i": True, "j": None, "k": None, "l": ".5", "m": -3,
    }  # fmt: skip


def test_an_empty_file_is_empty() -> None:
    source, problems = read("# nothing\n")
    assert problems == []
    assert source is not None
    assert source.data is None


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    source, problems = read(text)
    assert source is not None or problems
    for problem in problems:
        assert problem.sentence
        assert problem.place.line >= 1
        assert problem.place.column >= 1


@given(st.text(alphabet="[]{}&*!|>'\"%@`#-:? \n\tab1,", max_size=120))
def test_any_tangle_of_signs_is_read_or_refused(text: str) -> None:
    source, problems = read(text)
    assert source is not None or problems


WORDS = st.lists(st.text(alphabet="学校abc+*", min_size=1, max_size=4), min_size=1, max_size=6)


@given(WORDS, st.sampled_from(["plain", "'", '"', ">-", "|"]), st.data())
def test_characters_of_a_text_are_found_in_the_file(
    words: list[str], style: str, data: st.DataObject
) -> None:
    value = " ".join(["x", *words])
    folded = "\n  ".join(["x", *words])
    written = {
        "plain": f"key: {value}\nnext: 1\n",
        "'": f"key: '{value}'\nnext: 1\n",
        '"': f'key: "{value}"\nnext: 1\n',
        ">-": f"key: >-\n  {folded}\nnext: 1\n",
        "|": f"key: |\n  {folded}\nnext: 1\n",
    }[style]
    source, problems = read(written)
    assert problems == []
    assert source is not None
    at = data.draw(st.sampled_from([index for index, one in enumerate(value) if one != " "])) + 1
    place = source.place_in(("key",), at)
    assert written.split("\n")[place.line - 1][place.column - 1] == value[at - 1]


# The same through the folder


def test_huge_file(forms: Forms) -> None:
    forms.write(QUALITY_FILE, "#" * (LARGEST + 1))
    (problem,) = forms.problems()
    assert (problem.code, problem.place.file) == ("packs.too_large", QUALITY_FILE)


def test_not_utf8(forms: Forms) -> None:
    (forms.root / BASE_FILE).write_bytes(BASE.encode("gb18030"))
    problem = forms.problems()[0]
    assert (problem.code, problem.place.file) == ("packs.not_utf8", BASE_FILE)
    assert "UTF-8" in problem.sentence


def test_a_link_leads_nowhere(forms: Forms, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("tiers: [{id: secret, name: 秘密}]\n", "utf-8")
    (forms.root / "base" / "more.yaml").symlink_to(secret)
    problem = forms.problems()[0]
    assert (problem.code, problem.place.file) == ("packs.link", "base/more.yaml")
    assert not any("secret" in str(one) for one in forms.problems())


@pytest.mark.parametrize("pack", ["../base", "/etc", "Base", "a/b"])
def test_an_include_cannot_leave_the_folder(forms: Forms, pack: str) -> None:
    forms.edit(QUALITY_FILE, "pack: base", f'pack: "{pack}"')
    (problem,) = forms.problems()
    assert problem.code == "packs.rule_id"
    forms.is_at(problem, QUALITY_FILE, f'"{pack}"')


def test_a_broken_catalogue_file_makes_no_noise_in_the_packs(forms: Forms) -> None:
    forms.write("catalogue/more.yaml", "indicators:\n  a: [\n")
    (problem,) = forms.problems()
    assert problem.place.file == "catalogue/more.yaml"
