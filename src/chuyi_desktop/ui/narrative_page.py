"""文字材料: a text with its limit, saved whenever the writer pauses."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from chuyi_desktop.app.edit import plan_text
from chuyi_desktop.domain.programme import Narrative
from chuyi_desktop.domain.text_length import length_as_word
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_page import Title
from chuyi_desktop.ui.look import Tone, colour

_PAUSE_MS = 1500


class NarrativePage(QWidget):
    """One narrative at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._narrative: Narrative | None = None
        self.title = Title(self)
        self._prompt = QLabel(self)
        self._prompt.setWordWrap(True)
        self.edit = QPlainTextEdit(self)
        self.edit.setPlaceholderText(say("ui.narrative.placeholder"))
        self.edit.setTabChangesFocus(True)
        self.edit.installEventFilter(self)
        self.length = QLabel(self)
        self.warning = QLabel(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.save)
        foot = QHBoxLayout()
        foot.addWidget(self.length)
        foot.addWidget(self.warning)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        for widget in (self.title, self._prompt, self.edit):
            column.addWidget(widget)
        column.addLayout(foot)
        self.edit.textChanged.connect(self._typed)
        desk.changed.connect(self._take)
        desk.leaving.connect(self.save)
        desk.cleared.connect(self.forget)

    def show_narrative(self, narrative: Narrative) -> None:
        """Show another narrative; the one before is saved."""
        self.save()
        self._narrative = narrative
        self.title.setText(narrative.title)
        self._prompt.setText(narrative.prompt)
        self._prompt.setVisible(bool(narrative.prompt))
        self.edit.setAccessibleName(narrative.title)
        self.edit.setReadOnly(not self._desk.writable)
        self._put(self._desk.session.assessment.text(narrative.id))

    def save(self) -> None:
        """Save what is written, if it is different."""
        self._pause.stop()
        if self._narrative is None or not self._desk.writable:
            return
        session = self._desk.session
        text = self.edit.toPlainText()
        if text.strip() == session.assessment.text(self._narrative.id):
            return
        label = say("ui.edit.text", {"label": self._narrative.title})
        plan = plan_text(session.assessment, self._narrative, text, session.program.stamp(label))
        self._desk.make(plan.changes, label)

    def forget(self) -> None:
        """Another assessment is open: what is shown is not its text."""
        self._pause.stop()
        self._narrative = None
        self._put("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the text saves it."""
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._count()
        if self._narrative is not None and self._desk.writable:
            self._pause.start()

    def _take(self) -> None:
        """Show what the assessment has now, unless it is what stands here already: a cursor stays put."""
        if self._narrative is None or not self._desk.is_open:
            return
        stored = self._desk.session.assessment.text(self._narrative.id)
        if not self._pause.isActive() and self.edit.toPlainText().strip() != stored:
            self._put(stored)

    def _put(self, text: str) -> None:
        self.edit.setPlainText(text)
        self._pause.stop()

    def _count(self) -> None:
        narrative = self._narrative
        if narrative is None:
            return
        length = length_as_word(self.edit.toPlainText())
        params = {"length": length, "limit": narrative.limit, "minimum": narrative.minimum}
        self.length.setText(
            say("ui.narrative.length_minimum" if narrative.minimum else "ui.narrative.length", params)
        )
        over, under = length - narrative.limit, narrative.minimum - length
        warning = ""
        if over > 0:
            warning = say("ui.narrative.over", {"count": over})
        elif 0 < under < narrative.minimum:
            warning = say("ui.narrative.under", {"count": under})
        self.warning.setText(warning)
        ink = colour(Tone.BAD, self.palette()).name()
        self.warning.setStyleSheet(f"color: {ink}")
