"""The looks of a workbook: quiet colours, one face, every format made once."""

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from chuyi_desktop.excel.plan import Look

FACE = "微软雅黑"
"""On every Chinese Windows; WPS on 统信UOS and 麒麟 puts its own 黑体 in its place."""
INK, QUIET_INK, FAINT_INK = "#1F2933", "#52606D", "#8A94A0"
HEAD_FILL, REQUIRED_FILL, BAND_FILL = "#35566B", "#9A5B3C", "#E4ECF1"
INPUT_FILL, LOCKED_FILL, INFO_FILL = "#FFFBEB", "#ECEFF2", "#FFFFFF"
COMPUTED_FILL = "#F1F6F2"
LINE = "#C9D3DB"
ALERT_FILL, ALERT_INK = "#FDE8E4", "#A4262C"
SIZE = 10

_BASE: dict[str, object] = {"font_name": FACE, "font_size": SIZE, "font_color": INK, "valign": "vcenter"}
_BOX: dict[str, object] = {"border": 1, "border_color": LINE}
_LOOKS: dict[Look, dict[str, object]] = {
    Look.NUMBERING: {"align": "center", "font_color": QUIET_INK, "text_wrap": True, "bg_color": INFO_FILL},
    Look.NAME: {"text_wrap": True, "indent": 1, "bg_color": INFO_FILL},
    Look.INFO: {
        "text_wrap": True,
        "font_color": QUIET_INK,
        "font_size": 9,
        "bg_color": INFO_FILL,
        "indent": 1,
    },
    Look.INPUT: {"locked": False, "indent": 1, "bg_color": INPUT_FILL},
    Look.LOCKED: {"align": "center", "font_color": FAINT_INK, "bg_color": LOCKED_FILL, "text_wrap": True},
    Look.COMPUTED: {"align": "right", "indent": 1, "bg_color": COMPUTED_FILL, "text_wrap": True},
}


class Styles:
    """The formats of one workbook, each made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._cells: dict[tuple[Look, str, bool], Format] = {}

    def of(self, **properties: object) -> Format:
        """A format on top of the common face."""
        merged = _BASE | properties
        key = tuple(sorted(merged.items(), key=lambda pair: pair[0]))
        if key not in self._made:
            self._made[key] = self._book.add_format(merged)
        return self._made[key]

    def cell(self, look: Look, num_format: str = "General", *, is_number: bool = False) -> Format:
        """The format of a cell of the table."""
        key = (look, num_format, is_number)
        if key not in self._cells:
            self._cells[key] = self._made_for(look, num_format, is_number=is_number)
        return self._cells[key]

    def _made_for(self, look: Look, num_format: str, *, is_number: bool) -> Format:
        extra: dict[str, object] = {}
        if look is Look.INPUT:
            extra = {
                "num_format": num_format,
                "text_wrap": not is_number,
                "align": "right" if is_number else "left",
            }
        elif look in {Look.COMPUTED, Look.NUMBERING} and num_format != "@":
            extra = {"num_format": num_format}
        return self.of(**(_BOX | _LOOKS[look] | extra))

    def writing(self) -> Format:
        """The format of a cell for a long text."""
        return self.of(
            **(_BOX | _LOOKS[Look.INPUT] | {"num_format": "@", "text_wrap": True, "valign": "top"})
        )

    def spare(self, num_format: str, *, is_number: bool) -> Format:
        """An open cell of a row nobody has filled in yet, beyond those that are drawn."""
        align = "right" if is_number else "left"
        return self.of(locked=False, num_format=num_format, text_wrap=not is_number, align=align, indent=1)

    def small_input(self) -> Format:
        """The format of an input cell outside the table."""
        return self.of(**(_BOX | _LOOKS[Look.INPUT] | {"align": "center", "indent": 0}))

    def signing(self) -> Format:
        """The format of a place where somebody signs."""
        return self.of(**(_BOX | {"locked": False, "align": "left", "indent": 1}))

    def running_number(self) -> Format:
        """The format of the running number of a roster's row, open so that rows can be deleted."""
        return self.of(**(_BOX | _LOOKS[Look.NUMBERING] | {"locked": False}))

    def head(self, *, required: bool = False) -> Format:
        """The format of a head."""
        fill = REQUIRED_FILL if required else HEAD_FILL
        properties = {"bold": True, "font_color": "#FFFFFF", "bg_color": fill, "align": "center"}
        return self.of(**(_BOX | properties | {"text_wrap": True}))

    def band(self) -> Format:
        """The format of a sub-title within a table."""
        return self.of(bold=True, bg_color=BAND_FILL, font_color=HEAD_FILL, **_BOX)

    def band_figure(self, num_format: str) -> Format:
        """The format of a sum within a band."""
        properties = {"bold": True, "bg_color": BAND_FILL, "font_color": HEAD_FILL, "align": "right"}
        return self.of(**(_BOX | properties | {"num_format": num_format, "indent": 1}))

    def result(self) -> Format:
        """The format of how something came out."""
        return self.of(**_BOX, bold=True, align="center", text_wrap=True)

    def title(self) -> Format:
        """The format of a sheet's title."""
        return self.of(bold=True, font_size=16, font_color=HEAD_FILL)

    def hint(self) -> Format:
        """The format of the line below the title."""
        return self.of(font_size=9, font_color=QUIET_INK)

    def alert(self) -> Format:
        """What a conditional format does to a cell that breaks a limit."""
        return self.on_top(font_color=ALERT_INK, bg_color=ALERT_FILL, bold=True)

    def drawn(self) -> Format:
        """What a conditional format does to a spare row once something stands in it."""
        return self.on_top(border=1, border_color=LINE, bg_color=INPUT_FILL)

    def on_top(self, **properties: object) -> Format:
        """What a conditional format puts on top of a cell's own."""
        key = tuple(sorted(properties.items(), key=lambda pair: pair[0]))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]
