"""Every sentence the program says exists, and has what it fills in."""

import ast
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import chuyi_desktop
from chuyi_desktop.domain.wording import ZH_CN, say, zh_cn

SOURCES = Path(chuyi_desktop.__file__).parent
ROOMS = {found.name for found in pkgutil.iter_modules(zh_cn.__path__)}
PREFIXES = {code.partition(".")[0] for code in ZH_CN}
CODE = re.compile(rf"({'|'.join(sorted(PREFIXES))})\.[a-z0-9_]+(\.[a-z0-9_]+)*")
FILE_ENDINGS = (".pdf", ".xlsx", ".py", ".json", ".yaml", ".png", ".log", ".txt", ".sqlite3", ".html", ".csv")
BUILT_IN = {"FormulaError": {"at"}}
"""Parameters that an error class adds to those it is given."""


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCES.rglob("*.py")):
        if "wording" not in path.parts and "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def literal_keys(node: ast.expr | None) -> set[str] | None:
    """The keys of a dictionary written out; None where they are not to be seen."""
    if node is None:
        return set()
    if not isinstance(node, ast.Dict):
        return None
    keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
    return (
        {key for key in keys if isinstance(key, str)} if all(isinstance(key, str) for key in keys) else None
    )


def given_params(node: ast.Call) -> set[str] | None:
    """The parameters a call fills in a message with; None where they are not to be seen."""
    keywords = {keyword.arg: keyword.value for keyword in node.keywords}
    name = called(node)
    if name == "say":
        return literal_keys(node.args[1] if len(node.args) > 1 else keywords.get("params"))
    if name == "Problem":
        return literal_keys(node.args[3] if len(node.args) > 3 else keywords.get("params"))
    if None in keywords:
        return None
    return {str(key) for key in keywords} - {"details"} | BUILT_IN.get(name, set())


def spoken() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call that names a message by a literal: where, the call, the code."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and (called(node) in {"say", "Problem"} or called(node).endswith("Error"))
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
                and CODE.fullmatch(node.args[0].value)
            ):
                yield f"{path.relative_to(SOURCES)}:{node.lineno}", node, node.args[0].value


def whole_texts(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every text written in one piece, not as a part of a larger one."""
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in pieces)


def test_codes_named_in_the_program_exist() -> None:
    unknown = [
        f"{path.relative_to(SOURCES)}:{node.lineno} {node.value}"
        for path, tree in modules()
        for node in whole_texts(tree)
        if isinstance(node.value, str)
        and CODE.fullmatch(node.value)
        and not node.value.endswith(FILE_ENDINGS)
        and node.value not in ZH_CN
    ]
    assert unknown == []


def test_codes_put_together_have_messages() -> None:
    unknown = []
    for path, tree in modules():
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Name(id="say"), args=[ast.JoinedStr(values=[ast.Constant(value=start), *_])]
                ):
                    if not any(code.startswith(str(start)) for code in ZH_CN):
                        unknown.append(f"{path.relative_to(SOURCES)}:{node.lineno} {start}…")
    assert unknown == []


def test_every_message_is_said_somewhere() -> None:
    """By its whole code, or by a code that is put together."""
    whole: set[str] = set()
    composed: list[re.Pattern[str]] = []
    for _, tree in modules():
        whole |= {node.value for node in whole_texts(tree) if isinstance(node.value, str)}
        for node in ast.walk(tree):
            match node:
                case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if "." in start:
                    parts = (
                        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
                        for part in node.values
                    )
                    composed.append(re.compile("".join(parts)))
    unsaid = [
        code for code in ZH_CN if code not in whole and not any(one.fullmatch(code) for one in composed)
    ]
    assert unsaid == []


def test_messages_get_what_they_fill_in() -> None:
    lacking = []
    for where, node, code in spoken():
        params = given_params(node)
        if params is not None and code in ZH_CN and placeholders(ZH_CN[code]) - params:
            lacking.append(f"{where} {code} {sorted(placeholders(ZH_CN[code]) - params)}")
    assert lacking == []


def test_the_search_finds_calls() -> None:
    codes = {code for _, _, code in spoken()}
    assert {"scoring.circular", "formula.too_long", "scoring.met"} <= codes


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_each_room_has_codes_of_its_own(room: str) -> None:
    messages: dict[str, str] = import_module(f"{zh_cn.__name__}.{room}").MESSAGES
    others = {
        code for other in ROOMS - {room} for code in import_module(f"{zh_cn.__name__}.{other}").MESSAGES
    }
    assert not messages.keys() & others
    assert all(ZH_CN[code] == template for code, template in messages.items())
    own = room.removeprefix("typed_")
    # A large room has a table for each of its parts: ui_advice holds codes of ui.
    assert {code.partition(".")[0] for code in messages} <= {own, own.partition("_")[0]}


@pytest.mark.parametrize("code", sorted(ZH_CN))
def test_templates_can_be_filled(code: str) -> None:
    names = placeholders(ZH_CN[code])
    assert all(name.isidentifier() for name in names)
    assert say(code, dict.fromkeys(names, 7))


def test_an_unknown_code_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        say("scoring.no_such_sentence")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("“楚怡”优质学校", "没有“‘楚怡’优质学校”这一项"),
        ("“楚怡”和“双优”", "没有“‘楚怡’和‘双优’”这一项"),
        ("甲“乙“丙”丁”", "没有“甲‘乙“丙”丁’”这一项"),
        ("”开头", "没有“”开头”这一项"),
        ("在校生数", "没有“在校生数”这一项"),
    ],
)
def test_quotation_marks_inside_quotation_marks_are_single(name: str, sentence: str) -> None:
    assert say("app.unknown_field", {"name": name}) == sentence
