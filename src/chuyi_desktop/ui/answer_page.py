"""承诺与自评: what the school declares, with the very words it declares."""

from PySide6.QtWidgets import QHeaderView, QWidget

from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.answer_model import ANSWER, EVIDENCE, KIND, TITLE, AnswerModel
from chuyi_desktop.ui.card_text import question_card
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_page import GridPage


class AnswerPage(GridPage):
    """Attested conditions and rubrics."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.model = AnswerModel(desk)
        super().__init__(desk, self.model, say("ui.answers.hint"), parent)
        self.model.setParent(self)
        self.title.setText(say("ui.answers"))
        self.view.verticalHeader().hide()

    def show_answers(self) -> None:
        """Show those of the open programme, the cursor on the first."""
        self.model.show_answers()
        header = self.view.horizontalHeader()
        letter = self.fontMetrics().horizontalAdvance("国")
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column, letters in ((ANSWER, 9), (KIND, 10), (EVIDENCE, 5)):
            header.resizeSection(column, letter * letters)
        self.view.start()

    def show_card(self, row: int) -> None:
        """What the row asks."""
        if not self.desk.is_open or not 0 <= row < self.model.rowCount():
            self.card.show_nothing()
            return
        asked = self.model.asked(row)
        self.card.show_text(question_card(self.desk.session, asked), asked.id)
