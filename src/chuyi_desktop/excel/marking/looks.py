"""The styles of the marked copy: every style a bad cell has, once more with a fill."""

from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.excel.marking.spans import Element, XmlPart, with_attribute
from chuyi_desktop.excel.styles import FACE, HEAD_FILL, LINE

FILLS = {Severity.ERROR: "FFF4B8B0", Severity.WARNING: "FFFBE3A1", Severity.NOTE: "FFCFE3F2"}
_PLAIN = b'<xf numFmtId="0" fontId="0" borderId="0"/>'
_QUIET, _LINK = "FF52606D", "FF2B6CB0"
_DARK = f"FF{HEAD_FILL[1:]}"


class Looks:
    """The styles part with what was added to it; ``marked`` and the list's own styles are numbers to write
    in a cell."""

    def __init__(self, styles: bytes) -> None:
        self._part = XmlPart(styles)
        self._added: dict[str, list[str]] = {"fonts": [], "fills": [], "borders": [], "cellXfs": []}
        self._cells = self._children("cellXfs", "xf")
        self._marked: dict[tuple[int, Severity], int] = {}
        self._fills = {
            severity: self._add("fills", _solid(colour), "fill") for severity, colour in FILLS.items()
        }
        self._list_styles()

    def marked(self, style: int, severity: Severity) -> int:
        """The style of a cell, filled as its problem weighs."""
        key = (style, severity)
        if key not in self._marked:
            there = style < len(self._cells)
            raw = self._part.raw(self._cells[style]) if there else _PLAIN
            end = raw.index(b">") + 1
            head = with_attribute(raw[:end], "fillId", str(self._fills[severity]))
            head = with_attribute(head, "applyFill", "1")
            self._marked[key] = self._add("cellXfs", (head + raw[end:]).decode(), "xf")
        return self._marked[key]

    def result(self) -> bytes:
        """The styles part."""
        for name, added in self._added.items():
            parent = self._part.first(name)
            if parent is None or not added:
                continue
            count = len(self._children(name, _CHILD[name])) + len(added)
            if parent.is_empty:
                raise ValueError(f"no {name}")
            self._part.set_attribute(parent, "count", str(count))
            self._part.append(parent, "".join(added))
        return self._part.result()

    def _list_styles(self) -> None:
        prefix = self._prefix("fonts")
        box = self._add("borders", _border(self._prefix("borders")), "border")
        dark = self._add("fills", _solid(_DARK), "fill")
        title = self._font(prefix, 16, _DARK, bold=True)
        hint, head = self._font(prefix, 9, _QUIET), self._font(prefix, 10, "FFFFFFFF", bold=True)
        body, link = self._font(prefix, 10, "FF1F2933"), self._font(prefix, 10, _LINK, underlined=True)
        self.title, self.hint = self._style(title), self._style(hint)
        self.head = self._style(head, dark, 0, "center")
        self.body, self.centred = self._style(body, 0, box, "left"), self._style(body, 0, box, "center")
        self.link = self._style(link, 0, box, "center")
        self.severity = {
            severity: self._style(body, fill, box, "center") for severity, fill in self._fills.items()
        }

    def _font(self, x: str, size: int, colour: str, *, bold: bool = False, underlined: bool = False) -> int:
        marks = (f"<{x}b/>" if bold else "") + (f"<{x}u/>" if underlined else "")
        face = f'<{x}sz val="{size}"/><{x}color rgb="{colour}"/><{x}name val="{FACE}"/>'
        return self._add("fonts", f"<{x}font>{marks}{face}</{x}font>")

    def _style(self, font: int, fill: int = 0, border: int = 0, across: str = "") -> int:
        x = self._prefix("cellXfs")
        wrap = f'<{x}alignment horizontal="{across}" vertical="center" wrapText="1"/>' if across else ""
        written = (
            f'<{x}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
            f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">{wrap}</{x}xf>'
        )
        return self._add("cellXfs", written)

    def _add(self, name: str, written: str, child: str = "") -> int:
        """The number of what was added to a list of the part."""
        prefix = self._prefix(name)
        if child and prefix and written.startswith(f"<{child}"):
            written = _prefixed(written, prefix)
        self._added[name].append(written)
        return len(self._children(name, _CHILD[name])) + len(self._added[name]) - 1

    def _prefix(self, name: str) -> str:
        parent = self._part.first(name)
        if parent is None:
            raise ValueError(f"no {name}")
        return parent.prefix

    def _children(self, name: str, child: str) -> list[Element]:
        parent = self._part.first(name)
        if parent is None:
            return []
        return [each for each in self._part.all(child, parent) if each.depth == parent.depth + 1]


_CHILD = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}


def _solid(colour: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/>'
        "</patternFill></fill>"
    )


def _border(x: str) -> str:
    line = f'<{x}color rgb="FF{LINE[1:]}"/>'
    sides = "".join(
        f'<{x}{side} style="thin">{line}</{x}{side}>' for side in ("left", "right", "top", "bottom")
    )
    return f"<{x}border>{sides}<{x}diagonal/></{x}border>"


def _prefixed(written: str, prefix: str) -> str:
    return written.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")
