"""Plain data as the text of a YAML file that people go on writing in."""

from decimal import Decimal
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import LiteralScalarString

from chuyi_desktop.domain.values import canonical

_WIDTH = 10_000
"""A text of one line stays on one line: a fold in the middle of a formula helps nobody."""
_SCHEMA = "# yaml-language-server: $schema=../schema/{name}\n"


class _Representer(RoundTripRepresenter):
    """Decimals as exact numbers."""


def _decimal(representer: RoundTripRepresenter, value: Decimal) -> ScalarNode:
    text = canonical(value)
    tag = "float" if "." in text else "int"
    node: ScalarNode = representer.represent_scalar(f"tag:yaml.org,2002:{tag}", text)
    return node


_Representer.add_representer(Decimal, _decimal)


def file_text(data: object, schema: str, comment: str = "") -> str:
    """A whole file, with the schema for editors named first."""
    lead = f"# {comment}\n" if comment else ""
    return _SCHEMA.format(name=schema) + lead + yaml_text(data)


def yaml_text(data: object) -> str:
    """``data`` alone."""
    yaml = YAML(pure=True)
    yaml.Representer = _Representer
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    stream = StringIO()
    yaml.dump(_written(data), stream)
    return stream.getvalue()


def _written(data: object) -> object:
    """The same data, texts of several lines as blocks."""
    if isinstance(data, dict):
        return {key: _written(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_written(value) for value in data]
    if isinstance(data, str) and "\n" in data:
        return LiteralScalarString(data)
    return data
