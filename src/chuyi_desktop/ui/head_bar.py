"""The head of the window: which school, programme and year, and how it stands; always in sight."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from chuyi_desktop.app.own_pack import PackState
from chuyi_desktop.app.ports import AssessmentHead
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.material import marked
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.look import Tone, colour, tint


class Fact(QWidget):
    """A small label over a value."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        caption = QLabel(label, self)
        font = caption.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        caption.setFont(font)
        caption.setForegroundRole(caption.foregroundRole().PlaceholderText)
        self.value = QLabel(self)
        bold = self.value.font()
        bold.setBold(True)
        self.value.setFont(bold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(caption)
        column.addWidget(self.value)

    def show_value(self, text: str, tone: Tone | None = None) -> None:
        """Show ``text``, in a colour with a meaning where given."""
        self.value.setText(text)
        ink = f"color: {colour(tone, self.palette()).name()}" if tone else ""
        self.value.setStyleSheet(ink)


class HeadBar(QWidget):
    """School and assessment at the left, how it stands at the right, notices below."""

    switched = Signal(object)
    """Another assessment of the workspace is wanted: its ``AssessmentHead``."""
    move_wanted = Signal()
    """The installed pack is to be held against the one in use, and perhaps used."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(say("ui.head"))
        self.school = QLabel(self)
        font = self.school.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        self.school.setFont(font)
        self.assessments = QComboBox(self)
        self.assessments.setAccessibleName(say("ui.head.assessment"))
        self.assessments.setToolTip(say("ui.head.assessment"))
        self.assessments.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.assessments.activated.connect(lambda at: self.switched.emit(self.assessments.itemData(at)))
        self.tier = Fact(say("ui.head.tier"), self)
        self.points = Fact(say("ui.head.points"), self)
        self.findings = Fact(say("ui.head.findings"), self)
        self.saved = Fact(say("ui.head.saved_label"), self)
        self.notice = QLabel(self)
        self.notice.setWordWrap(True)
        self.notice.setContentsMargins(8, 4, 8, 4)
        self.move_button = QPushButton(self)
        self.move_button.setToolTip(say("ui.head.move.tip"))
        self.move_button.clicked.connect(lambda _checked: self.move_wanted.emit())
        notices = QHBoxLayout()
        notices.addWidget(self.notice, 1)
        notices.addWidget(self.move_button)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.school)
        row.addWidget(self.assessments)
        row.addStretch(1)
        for fact in (self.tier, self.points, self.findings, self.saved):
            row.addWidget(fact)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(notices)
        column.addWidget(line)
        desk.opened.connect(self._opened)
        desk.changed.connect(self._changed)

    @property
    def school_name(self) -> str:
        """The school's name as filled in."""
        name = self._desk.session.assessment.value(SCHOOL_NAME)
        return name if isinstance(name, str) else say("ui.school_unnamed")

    def refresh(self) -> None:
        """Show how the school stands now."""
        self.school.setText(self.school_name)
        verdict = self._desk.session.verdict
        self._show_tier(verdict)
        self.points.setVisible(bool(verdict.maximum))
        params = {"points": grouped(verdict.points), "maximum": grouped(verdict.maximum)}
        self.points.show_value(say("ui.head.points_value", params))
        open_ = sum(1 for finding in verdict.findings if not finding.settled)
        tone = Tone.BAD if verdict.blocked else Tone.OPEN if open_ else Tone.GOOD
        self.findings.show_value(say("ui.head.findings_value", {"count": open_}), tone)

    def _show_tier(self, verdict: Verdict) -> None:
        if verdict.tier is not None:
            self.tier.show_value(marked(verdict.tier.name, verdict.tier.provenance), Tone.ACCENT)
        elif verdict.possible_tiers:
            tiers = "、".join(tier.name for tier in verdict.possible_tiers)
            self.tier.show_value(say("ui.head.tier_open", {"tiers": tiers}), Tone.OPEN)
        else:
            self.tier.show_value(say("ui.head.no_tier"), Tone.MUTED)

    def _opened(self) -> None:
        if not self._desk.is_open:
            return
        session = self._desk.session
        self.assessments.clear()
        for head in session.workspace.heads():
            self.assessments.addItem(self._named(head), head)
            if head.id == session.head.id:
                self.assessments.setCurrentIndex(self.assessments.count() - 1)
        # Qt measures wide marks such as “” too narrow and would cut the year off.
        spare = self.assessments.fontMetrics().horizontalAdvance("“”")
        self.assessments.setMinimumWidth(self.assessments.sizeHint().width() + 2 * spare)
        self.saved.show_value(
            say("ui.head.read_only_value" if session.read_only else "ui.head.opened"),
            Tone.OPEN if session.read_only else Tone.MUTED,
        )
        self._show_notice()
        self.refresh()

    def _changed(self) -> None:
        now = self._desk.program.clock().strftime("%H:%M:%S")
        self.saved.show_value(say("ui.head.saved", {"time": now}), Tone.GOOD)
        self.refresh()

    def _show_notice(self) -> None:
        session = self._desk.session
        notices = []
        if session.read_only:
            holder = session.workspace.holder
            notices.append(
                say("ui.head.read_only" if holder else "ui.head.only_readable", {"holder": holder})
            )
        notices += self._pack_notice()
        self.notice.setText("\n".join(notices))
        self.notice.setVisible(bool(notices))
        ground, ink = tint(Tone.OPEN, self.palette()), colour(Tone.OPEN, self.palette())
        self.notice.setStyleSheet(f"background: {ground.name()}; color: {ink.name()}; border-radius: 4px")

    def _pack_notice(self) -> list[str]:
        """Which pack the assessment is judged by, where that is not simply the installed one; the button then
        offers the installed one."""
        session = self._desk.session
        state, (own, installed) = session.pack.state, session.pack_versions
        other = state not in {PackState.INSTALLED, PackState.NOT_INSTALLED}
        self.move_button.setText(say("ui.head.move", {"installed": installed}))
        self.move_button.setVisible(other and not session.read_only)
        if state is PackState.INSTALLED:
            return []
        return [say(f"ui.head.pack_state.{state}", {"own": own, "installed": installed})]

    def _named(self, head: AssessmentHead) -> str:
        return say(
            "ui.head.assessment_item",
            {"programme": _programme_name(self._desk, head.programme_id), "year": head.year},
        )


def _programme_name(desk: Desk, programme_id: str) -> str:
    if programme_id == desk.session.programme.id:
        return desk.session.programme.name
    try:
        summaries = desk.program.library.summaries()
    except ChuyiError:
        # Another pack of the folder is faulty; this assessment is not the less usable for it.
        return programme_id
    return next((each.name for each in summaries if each.id == programme_id), programme_id)
