"""Checks data against a model; each mistake becomes a problem at its own line, saying what to write."""

import re
import typing
from collections.abc import Mapping
from types import UnionType

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.models import FIELD_ID, VERSION
from chuyi_desktop.packs.nearest import hint, listed
from chuyi_desktop.packs.spot import Spot

_WANTED: Mapping[str, str] = {
    "string_type": "text",
    "int_type": "whole_number",
    "number_type": "number",
    "bool_type": "yes_no",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}
M = typing.TypeVar("M", bound=BaseModel)
_ID_CODES = {FIELD_ID: "packs.field_id", VERSION: "packs.version"}
_QUOTED_NAME = re.compile(r"'([^']+)'")


def shaped(model: type[M], data: object, spot: Spot) -> M | None:
    """``data`` as ``model``; None, with every mistake noted, where it does not have its shape."""
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _note(model, detail, spot)
        return None


def faulty_entries(model: type[BaseModel], data: object) -> frozenset[tuple[str, str]]:
    """The entries, by their first two steps, in which ``data`` does not have the shape of ``model``."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        steps = (detail["loc"] for detail in error.errors(include_url=False))
        return frozenset((str(loc[0]), str(loc[1])) for loc in steps if len(loc) > 1)
    return frozenset()


def _note(model: type[BaseModel], detail: ErrorDetails, spot: Spot) -> None:
    *outer, last = detail["loc"] or ("",)
    for step in outer:
        spot /= step
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = _keys(model, tuple(outer))
        (spot / last).key_fault("packs.unknown_key", key=last, hint=hint(str(last), known))
    elif kind == "missing":
        spot.fault("packs.missing_key", key=last)
    elif last == "[key]":
        _note_id(spot, str(outer[-1]), context, on_key=True)
    elif kind == "string_pattern_mismatch":
        _note_id(spot / last, str(detail["input"]), context, on_key=False)
    elif kind == "enum":
        names = _QUOTED_NAME.findall(str(context.get("expected", "")))
        found = str(detail["input"])
        (spot / last).fault("packs.not_one_of", key=last, found=found, names=listed(names))
    elif kind in _WANTED:
        wanted = say(f"packs.wanted.{_WANTED[kind]}")
        (spot / last).fault("packs.wrong_kind", key=last, wanted=wanted, found=_told(detail["input"]))
    else:
        _note_bound(spot / last, kind, str(last), context)


def _note_id(spot: Spot, found: str, context: Mapping[str, object], *, on_key: bool) -> None:
    code = _ID_CODES.get(str(context.get("pattern")), "packs.rule_id")
    if on_key:
        spot.key_fault(code, found=found)
    else:
        spot.fault(code, found=found)


def _note_bound(spot: Spot, kind: str, key: str, context: Mapping[str, object]) -> None:
    """A value of the right type outside its bounds."""
    for name, code in (
        ("ge", "least"),
        ("le", "most"),
        ("max_length", "too_long"),
        ("min_length", "too_short"),
    ):
        if name in context:
            spot.fault(f"packs.bound.{code}", key=key, bound=context[name])
            return
    spot.fault("packs.bound.other", key=key, kind=kind)


def _told(value: object) -> str:
    """A value as a message repeats it."""
    if isinstance(value, dict):
        return say("packs.wanted.mapping")
    if isinstance(value, list):
        return say("packs.wanted.list")
    if isinstance(value, bool):
        return str(value).lower()
    return say("packs.wanted.nothing") if value is None else str(value)[:40]


def _keys(model: type[BaseModel], steps: tuple[str | int, ...]) -> list[str]:
    """The keys allowed at ``steps`` inside ``model``."""
    annotation: object = model
    for step in steps:
        annotation = _inside(annotation, step)
    found = _model_in(annotation)
    return [] if found is None else list(found.model_fields)


def _inside(annotation: object, step: str | int) -> object:
    model = _model_in(annotation)
    if model is not None:
        field = model.model_fields.get(str(step))
        return None if field is None else field.annotation
    for part in _parts(annotation):
        if typing.get_origin(part) is list:
            return typing.get_args(part)[0]
        if typing.get_origin(part) is dict:
            return typing.get_args(part)[1]
    return None


def _model_in(annotation: object) -> type[BaseModel] | None:
    for part in _parts(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def _parts(annotation: object) -> tuple[object, ...]:
    """The alternatives of ``X | None``, without what only annotates them."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _parts(typing.get_args(annotation)[0])
    if origin in {typing.Union, UnionType}:
        return tuple(part for one in typing.get_args(annotation) for part in _parts(one))
    return (annotation,)
