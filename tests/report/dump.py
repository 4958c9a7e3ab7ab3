"""A dossier as plain text, and every text in it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from chuyi_desktop.report.blocks import DataTable, Dossier, Form, Part

_NOT_READ = {"identity", "sha256", "media_type", "align", "style"}


def texts(node: Any) -> Iterator[str]:
    """Every text a reader of the dossier could see."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for entry in node:
            yield from texts(entry)
    elif is_dataclass(node):
        for item in fields(node):
            if item.name not in _NOT_READ:
                yield from texts(getattr(node, item.name))


def dump(dossier: Dossier) -> str:
    """The whole tree, a line a block, row or cell line, for comparison by eye."""
    lines = [
        f"title: {dossier.title}",
        f"school: {dossier.school}",
        f"made: {dossier.made}",
        f"watermark: {dossier.watermark}",
        f"footer: {dossier.footer}",
    ]
    lines += [
        f"evidence {piece.number}: {piece.name} <- {' + '.join(piece.proves)}" for piece in dossier.evidence
    ]
    for part in dossier.parts:
        lines += ["", f"== {part.title or '(untitled)'}{' [wide]' if part.wide else ''}"]
        for block in part.blocks:
            lines += _block(block)
    return "\n".join(lines) + "\n"


def part(dossier: Dossier, words: str) -> Part:
    """The one part whose title has ``words``."""
    (found,) = (each for each in dossier.parts if words in each.title)
    return found


def tables(of: Part) -> list[DataTable]:
    """The data tables of a part."""
    return [block for block in of.blocks if isinstance(block, DataTable)]


def column(table: DataTable, title: str) -> list[str]:
    """The cells under the head ``title``."""
    at = [each.title for each in table.columns].index(title)
    return [row[at] for row in table.rows]


def _block(block: Any) -> Iterator[str]:
    name = type(block).__name__
    if isinstance(block, Form):
        yield f"Form {block.widths}"
        for row in block.rows:
            yield "  | " + " | ".join(f"[{cell.text}]" if cell.label else cell.text for cell in row)
    elif isinstance(block, DataTable):
        yield f"DataTable {block.title}".rstrip()
        yield "  # " + " | ".join(f"{each.title}:{each.align}" for each in block.columns)
        for cells in block.rows:
            yield "  - " + " | ".join(cells)
        if block.total is not None:
            yield "  = " + " | ".join(block.total)
        if block.empty:
            yield f"  ({block.empty})"
    else:
        shown = [
            f"{item.name}={getattr(block, item.name)!s}" for item in fields(block) if item.name != "text"
        ]
        text = f": {block.text}" if hasattr(block, "text") else ""
        yield f"{name} {' '.join(shown)}{text}".rstrip()
