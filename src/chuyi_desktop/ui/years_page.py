"""历年对比: two years side by side, the trend of all, and beginning the next year."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.compare_years import Trends, YearComparison, compare_years, trends, years_with_data
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.difference_words import change_words, points, rule_title, tier, told
from chuyi_desktop.report.year_words import change_said, relative_said, year_result
from chuyi_desktop.scoring.trends import IndicatorPair, JudgedYear
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_page import Title
from chuyi_desktop.ui.look import Tone
from chuyi_desktop.ui.told_tree import ToldTree

_MOST_YEARS = 5
"""Years beside each other: more columns would not be readable."""


class YearsPage(QWidget):
    """Two years chosen above; indicators, rules, and all years below."""

    roll_over_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        title = Title(self)
        title.setText(say("ui.years"))
        self.before_box, self.after_box = self._box("before"), self._box("after")
        self.roll_button = QPushButton(say("ui.years.roll_over"), self)
        self.roll_button.clicked.connect(self.roll_over_wanted)
        self.notes = QLabel(self)
        self.notes.setWordWrap(True)
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.indicators = ToldTree(say("years.indicators"), ["", "", "", "", ""], self)
        self.rules = ToldTree(say("years.rules"), ["", "", "", ""], self)
        self.trend = ToldTree(say("ui.years.trend"), [""], self)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.indicators, say("years.indicators"))
        self.tabs.addTab(self.rules, say("years.rules"))
        self.tabs.addTab(self.trend, say("ui.years.trend"))
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        for widget in (
            self.before_box,
            QLabel(say("ui.years.against"), self),
            self.after_box,
            self.roll_button,
        ):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.notes)
        column.addWidget(self.tabs, 1)
        column.addStretch(0)
        desk.changed.connect(self._changed)
        desk.cleared.connect(self._forget)

    def show_years(self) -> None:
        """Show the years as they are now; at first the latest two."""
        session = self._desk.session
        self.roll_button.setEnabled(self._desk.writable)
        years = years_with_data(session)
        self._offer(years)
        if len(years) < 2:  # noqa: PLR2004  # two are needed to compare
            self.summary.setText(
                say("ui.years.one", {"year": years[0] if years else session.assessment.year})
            )
            self._clear()
            return
        try:
            found, all_years = (
                compare_years(session, self._year(self.before_box), self._year(self.after_box)),
                trends(session),
            )
        except ChuyiError as error:
            self.summary.setText(error.sentence)
            self._clear()
            return
        self._show_pair(found)
        self._show_trend(all_years)

    def _show_pair(self, found: YearComparison) -> None:
        before, after = found.before, found.after
        sides = {"before": tier(before.verdict), "after": tier(after.verdict)}
        lines = [say("years.tier", sides)]
        if before.verdict.maximum or after.verdict.maximum:
            sides = {"before": points(before.verdict), "after": points(after.verdict)}
            lines.append(say("years.points", sides))
        self.summary.setText("　　".join(lines))
        self.notes.setText("\n".join(found.notes))
        self.notes.setVisible(bool(found.notes))
        self.tabs.show()
        heads = [_year(before), _year(after)]
        self.indicators.setHeaderLabels(
            [say("years.indicator"), *heads, say("years.change"), say("years.relative")]
        )
        self.indicators.start()
        for pair in found.indicators:
            if _is_known(pair):
                cells = [pair.indicator.name, pair.before.shown, pair.after.shown, change_said(pair)]
                self.indicators.line([*cells, relative_said(pair.move)])
        self.rules.setHeaderLabels([say("years.rule"), *heads, say("years.changed")])
        self.rules.start()
        for change in found.rules:
            cells = [told(side) or say("years.not_in_pack") for side in (change.before, change.after)]
            words = change_words(change)
            self.rules.line([rule_title(change), *cells, words], tone=Tone.ACCENT, strong=bool(words))

    def _show_trend(self, found: Trends) -> None:
        years = found.years[-_MOST_YEARS:]
        self.trend.setColumnCount(1 + len(years))
        self.trend.setHeaderLabels([say("years.indicator"), *(_year(each) for each in years)])
        self.trend.setHeaderHidden(False)
        for at in range(1, 1 + len(years)):
            self.trend.header().setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        self.trend.start()
        self.trend.line([say("years.tier_row"), *(tier(each.verdict) for each in years)], strong=True)
        if years[-1].verdict.maximum:
            self.trend.line([say("years.points_row"), *(points(each.verdict) for each in years)], strong=True)
        for indicator in found.indicators:
            if indicator.known:
                shown = [value.shown for value in indicator.values[-len(years) :]]
                self.trend.line([indicator.indicator.name, *shown])
        for rule in found.rules:
            self.trend.line([rule.title, *(year_result(each) for each in rule.years[-len(years) :])])

    def _offer(self, years: tuple[int, ...]) -> None:
        """The years to choose from; those chosen stay where they are still there."""
        for box, usual in ((self.before_box, years[-2:][:1]), (self.after_box, years[-1:])):
            chosen = box.currentData()
            with QSignalBlocker(box):
                box.clear()
                for year in years:
                    box.addItem(say("years.year", {"year": year}), year)
                wanted = chosen if chosen in years else next(iter(usual), None)
                box.setCurrentIndex(max(box.findData(wanted), 0))
            box.setEnabled(len(years) > 1)

    def _year(self, box: QComboBox) -> int:
        return int(box.currentData())

    def _box(self, code: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(say(f"ui.years.{code}"))
        box.currentIndexChanged.connect(lambda _at: self._chosen())
        return box

    def _chosen(self) -> None:
        if self._desk.is_open and self.isVisible():
            self.show_years()

    def _changed(self) -> None:
        if self.isVisible():
            self.show_years()

    def _clear(self) -> None:
        self.notes.hide()
        self.tabs.hide()
        for tree in (self.indicators, self.rules, self.trend):
            tree.start()

    def _forget(self) -> None:
        self._clear()
        self.summary.setText("")
        self.before_box.clear()
        self.after_box.clear()


def _year(year: JudgedYear) -> str:
    return say("years.year" if year.assessed else "years.not_assessed_mark", {"year": year.year})


def _is_known(pair: IndicatorPair) -> bool:
    return not (isinstance(pair.before.value, Missing) and isinstance(pair.after.value, Missing))
