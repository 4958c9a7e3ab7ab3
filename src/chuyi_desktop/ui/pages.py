"""The centre of the window: one page a kind of place, shown as the list at the left says."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from chuyi_desktop.ui.advice_page import AdvicePage
from chuyi_desktop.ui.answer_page import AnswerPage
from chuyi_desktop.ui.departments_page import DepartmentsPage
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.evidence_page import EvidencePage
from chuyi_desktop.ui.indicator_page import IndicatorPage
from chuyi_desktop.ui.jobs import Jobs
from chuyi_desktop.ui.narrative_page import NarrativePage
from chuyi_desktop.ui.place_list import Place, PlaceKind
from chuyi_desktop.ui.preview_page import PreviewPage
from chuyi_desktop.ui.roster_page import RosterPage
from chuyi_desktop.ui.years_page import YearsPage


class Pages(QStackedWidget):
    """All pages; ``show_place`` brings one up."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.indicators = IndicatorPage(desk, self)
        self.roster = RosterPage(desk, self)
        self.narrative = NarrativePage(desk, self)
        self.answers = AnswerPage(desk, self)
        self.evidence = EvidencePage(desk, jobs, self)
        self.departments = DepartmentsPage(desk, jobs, self)
        self.advice = AdvicePage(desk, jobs, self)
        self.years = YearsPage(desk, self)
        self.preview = PreviewPage(desk, jobs, self)
        for page in (
            self.indicators,
            self.roster,
            self.narrative,
            self.answers,
            self.evidence,
            self.departments,
            self.advice,
            self.years,
            self.preview,
        ):
            self.addWidget(page)

    def show_place(self, place: Place) -> None:
        """Bring up the page of ``place``."""
        programme = self._desk.session.programme
        self.narrative.save()
        match place.kind:
            case PlaceKind.SECTION:
                self.setCurrentWidget(self.indicators)
                self.indicators.show_section(
                    next(each for each in programme.sections if each.id == place.key)
                )
            case PlaceKind.TABLE:
                self.setCurrentWidget(self.roster)
                self.roster.show_table(programme.tables[place.key])
            case PlaceKind.NARRATIVE:
                self.setCurrentWidget(self.narrative)
                self.narrative.show_narrative(
                    next(each for each in programme.narratives if each.id == place.key)
                )
            case PlaceKind.ANSWERS:
                self.setCurrentWidget(self.answers)
                self.answers.show_answers()
            case PlaceKind.EVIDENCE:
                self.setCurrentWidget(self.evidence)
                self.evidence.refresh()
            case PlaceKind.DEPARTMENTS:
                self.setCurrentWidget(self.departments)
                self.departments.refresh()
            case PlaceKind.ADVICE:
                self.setCurrentWidget(self.advice)
                self.advice.refresh()
            case PlaceKind.YEARS:
                self.setCurrentWidget(self.years)
                self.years.show_years()
            case PlaceKind.DOSSIER:
                self.setCurrentWidget(self.preview)
                self.preview.show_preview()
