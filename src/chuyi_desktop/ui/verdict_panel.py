"""自评结论: tier, points, hard conditions first, scored sections, findings; always true to what is typed."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.explain import plan_explanation
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.verdict import Finding, Outcome, Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.tiers import tier_words
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.explain_dialog import ExplainDialog
from chuyi_desktop.ui.rule_delegate import RuleDelegate
from chuyi_desktop.ui.verdict_tree import CHECK, ROW, RowPlace, VerdictTree

_POINTS_STEPS = 10_000
_INDENTATION = 16


class VerdictPanel(QWidget):
    """The right side of the window."""

    row_wanted = Signal(object)
    """A ``RowPlace`` the clerk wants to see."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._caption = QLabel(self)
        self.tier = QLabel(self)
        font = self.tier.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setBold(True)
        self.tier.setFont(font)
        self.tier.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(8)
        self._bar.setRange(0, _POINTS_STEPS)
        self.points = QLabel(self)
        self.points.setWordWrap(True)
        self.counts = QLabel(self)
        self.tree = VerdictTree(self)
        self.view = _tree_view(self.tree, self)
        self.explain_button = QPushButton(say("ui.verdict.explain"), self)
        self.explain_button.clicked.connect(self.explain)
        honesty = QLabel(say("report.honesty"), self)
        honesty.setWordWrap(True)
        honesty.setForegroundRole(honesty.foregroundRole().PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 10, 8)
        column.setSpacing(4)
        for widget in (self._caption, self.tier, self._bar, self.points, self.counts):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addWidget(self.explain_button, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(honesty)
        self.view.selectionModel().currentChanged.connect(self._enable)
        self.view.activated.connect(self._activated)
        desk.opened.connect(self._opened)
        desk.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the verdict as it is now."""
        session = self._desk.session
        verdict = session.verdict
        self._show_head(verdict)
        self.tree.show_verdict(session.programme, verdict)
        self._enable()

    def explain(self) -> None:
        """Let the clerk explain the selected finding."""
        finding = self._chosen()
        if finding is None or not self._desk.writable:
            return
        dialog = ExplainDialog(finding, self)
        if dialog.exec() != ExplainDialog.DialogCode.Accepted:
            return
        session = self._desk.session
        label = say("ui.edit.explanation", {"label": finding.check.title})
        plan = plan_explanation(
            session.assessment,
            finding.check.id,
            dialog.text,
            session.program.stamp(label),
            confirmed_by_head=dialog.confirmed_by_head,
        )
        self._desk.make(plan.changes, label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapped lines take another height at another width."""
        super().resizeEvent(event)
        self.view.scheduleDelayedItemsLayout()

    def _activated(self, index: QModelIndex) -> None:
        """A roster row is gone to; a finding is explained."""
        place = index.data(ROW)
        if isinstance(place, RowPlace):
            self.row_wanted.emit(place)
        else:
            self.explain()

    def _opened(self) -> None:
        self.tree.start()
        if not self._desk.is_open:
            return
        self.refresh()
        self.view.collapseAll()
        for row in range(self.tree.rowCount()):
            self.view.expand(self.tree.index(row, 0))

    def _show_head(self, verdict: Verdict) -> None:
        decided = verdict.tier is not None
        self._caption.setText(say("ui.verdict.tier" if decided else "ui.verdict.tier_open"))
        self._caption.setVisible(bool(verdict.possible_tiers) or decided)
        self.tier.setText(tier_words(self._desk.session.programme.tiers, verdict))
        self.tier.setVisible(bool(self.tier.text()))
        scored = bool(verdict.maximum)
        self._bar.setVisible(scored)
        self.points.setVisible(scored)
        if scored:
            self._bar.setValue(int(verdict.points * _POINTS_STEPS / verdict.maximum))
            params = {
                "points": grouped(verdict.points),
                "maximum": grouped(verdict.maximum),
                "open": grouped(verdict.open_points),
            }
            self.points.setText(
                say("ui.verdict.points_open" if verdict.open_points else "ui.verdict.points", params)
            )
            if verdict.reference_points:
                share = say("ui.verdict.reference", {"points": grouped(verdict.reference_points)})
                self.points.setText(f"{self.points.text()}；{share}")
            self._bar.setAccessibleName(self.points.text())
        counts = {outcome.value: verdict.count(outcome) for outcome in Outcome}
        self.counts.setText(say("ui.verdict.counts", counts))

    def _chosen(self) -> Finding | None:
        index = self.view.currentIndex()
        check_id = index.data(CHECK) or index.parent().data(CHECK)
        findings = self._desk.session.verdict.findings if self._desk.is_open else ()
        return next((finding for finding in findings if finding.check.id == check_id), None)

    def _enable(self) -> None:
        findings = self._desk.is_open and bool(self._desk.session.verdict.findings)
        self.explain_button.setVisible(findings)
        self.explain_button.setEnabled(self._chosen() is not None and self._desk.writable)


def _tree_view(tree: VerdictTree, parent: QWidget) -> QTreeView:
    view = QTreeView(parent)
    view.setModel(tree)
    view.setItemDelegate(RuleDelegate(view, view))
    view.setHeaderHidden(True)
    view.setIndentation(_INDENTATION)
    view.setUniformRowHeights(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setExpandsOnDoubleClick(False)
    view.setAccessibleName(say("ui.verdict.rules"))
    view.setToolTip(say("ui.verdict.unfold"))
    # A click anywhere on a rule unfolds it; the little arrow alone is hard to hit.
    view.clicked.connect(lambda index: _toggle(view, index))
    return view


def _toggle(view: QTreeView, index: QModelIndex) -> None:
    if index.parent().isValid() and view.model().hasChildren(index):
        view.setExpanded(index, not view.isExpanded(index))
