"""指标填报: a section's grid, with definition, source and use of the selected indicator."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHeaderView, QWidget

from chuyi_desktop.domain.programme import Section
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.card_text import indicator_card
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_page import GridPage
from chuyi_desktop.ui.indicator_model import NAME, THIS_YEAR, IndicatorModel
from chuyi_desktop.ui.uses import uses

_FEW_YEARS = 2


class IndicatorPage(GridPage):
    """One section at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.model = IndicatorModel(desk)
        super().__init__(desk, self.model, say("ui.grid.hint"), parent)
        self.model.setParent(self)
        self.view.verticalHeader().hide()
        self._uses: Mapping[str, tuple[str, ...]] = {}

    def show_section(self, section: Section) -> None:
        """Show another section, the cursor on its first field."""
        self.title.setText(section.title)
        self._uses = uses(self.desk.session.programme)
        self.model.show_section(section)
        self._set_widths()
        self.view.start()

    def go_to(self, indicator_id: str) -> None:
        """Put the cursor on this year's field of an indicator."""
        for row in range(self.model.rowCount()):
            if self.model.indicator(row).id == indicator_id:
                self.view.setCurrentIndex(self.model.index(row, THIS_YEAR))
                self.view.setFocus()
                return

    def show_card(self, row: int) -> None:
        """The card of the row's indicator."""
        if not self.desk.is_open or not 0 <= row < self.model.rowCount():
            self.card.show_nothing()
            return
        indicator = self.model.indicator(row)
        rules = self._uses.get(indicator.id, ())
        self.card.show_text(indicator_card(self.desk.session, indicator, rules), indicator.id)

    def _set_widths(self) -> None:
        header = self.view.horizontalHeader()
        letter = self.fontMetrics().horizontalAdvance("国")
        years = self.model.unit_column - THIS_YEAR
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        names = (self.model.shown(row, NAME) for row in range(self.model.rowCount()))
        longest = max((self.fontMetrics().horizontalAdvance(name) for name in names), default=0)
        header.resizeSection(NAME, min(longest + 2 * letter, letter * (19 if years <= _FEW_YEARS else 15)))
        for column in range(THIS_YEAR, self.model.unit_column):
            header.resizeSection(column, letter * (9 if years > 1 else 14))
        header.resizeSection(self.model.unit_column, letter * 5)
        header.setStretchLastSection(True)
