"""Excel in and out, the blank template, the dossier: everything that reads or writes files, in workers."""

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QWidget

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.export_dossier import prepare_dossier
from chuyi_desktop.app.export_workbook import export_workbook, judged_school, write_template
from chuyi_desktop.app.import_ledger import likely_destination, open_ledger, take_ledger
from chuyi_desktop.app.import_workbook import plan_import
from chuyi_desktop.app.ledgers.plan import LedgerPlan
from chuyi_desktop.app.ledgers.ports import LedgerFile
from chuyi_desktop.app.ports import PrintedDossier, Progress
from chuyi_desktop.domain.errors import CancelledError, ChuyiError
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.import_result import ImportResult
from chuyi_desktop.ui.jobs import Job, Jobs
from chuyi_desktop.ui.ledger_dialog import LedgerDialog
from chuyi_desktop.ui.messages import tell

_UNFIT_FOR_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class Exchange(QObject):
    """The deeds of one window."""

    def __init__(self, desk: Desk, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._window = desk, jobs, window

    def import_workbook(self) -> None:
        """Ask for a workbook and import it, all or nothing."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, say("ui.import.choose"), "", say("ui.files.excel")
        )
        if not name:
            return
        source, session = Path(name), self._desk.session

        def work(progress: Progress) -> Plan:
            return plan_import(session, source, progress)

        title = say("ui.import.job", {"file": source.name})
        self._jobs.start(Job(title, work, partial(self._imported, source), self._failed, holds_entry=True))

    def import_ledger(self) -> None:
        """Ask for a table of the school's own making, and show how it is understood."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, say("ui.ledger.choose"), "", say("ui.files.ledger")
        )
        if not name:
            return
        source, session = Path(name), self._desk.session

        def work(progress: Progress) -> tuple[LedgerFile, str]:
            file = open_ledger(session.program, source, progress)
            return file, likely_destination(session, file)

        title = say("ui.ledger.job", {"file": source.name})
        self._jobs.start(Job(title, work, self._show_ledger, self._failed, holds_entry=True))

    def _show_ledger(self, opened: tuple[LedgerFile, str]) -> None:
        (file, into), session = opened, self._desk.session

        def mark(plan: LedgerPlan) -> None:
            self._mark(file.path, plan.plan)

        dialog = LedgerDialog(session, file, mark, self._window, into=into)
        if dialog.exec() != QDialog.DialogCode.Accepted or dialog.plan is None:
            return
        plan = dialog.plan
        if self._desk.attempt(lambda: take_ledger(session, plan)) is not None:
            params = {"file": file.name, "count": len(plan.plan.changes)}
            self._desk.said.emit(say("ui.ledger.taken", params))

    def export_workbook(self) -> None:
        """Ask where to, and write what is filled in as a workbook."""
        session = self._desk.session
        target = self._target("ui.export.choose", self._name("ui.export.name"), "ui.files.excel_new")
        if target is None:
            return
        work = partial(export_workbook, session, target)
        title = say("ui.export.job", {"file": target.name})
        self._jobs.start(Job(title, work, lambda _none: self._written(target), self._failed))

    def export_live(self) -> None:
        """Ask where to, and write the workbook whose conclusions are living formulas."""
        session = self._desk.session
        target = self._target("ui.live.choose", self._name("ui.live.name"), "ui.files.excel_new")
        if target is None:
            return
        # Judged here: the worker only writes.
        judged = judged_school(session.programme, session.assessment, session.verdict)
        workbooks = session.program.workbooks
        programme, assessment = session.programme, session.assessment

        def work(progress: Progress) -> None:
            workbooks.write_live(programme, assessment, judged, target, progress)

        title = say("ui.export.job", {"file": target.name})
        self._jobs.start(Job(title, work, lambda _none: self._written(target), self._failed))

    def write_template(self) -> None:
        """Ask for a programme and where to, and write its blank workbook."""
        program = self._desk.program
        try:
            summaries = program.library.summaries()
        except ChuyiError as error:
            self._desk.failed.emit(error)
            return
        names = {each.name: each.id for each in summaries}
        here = self._desk.session.programme.name if self._desk.is_open else ""
        at = list(names).index(here) if here in names else 0
        name, taken = QInputDialog.getItem(
            self._window, say("ui.title"), say("ui.template.which"), list(names), at, editable=False
        )
        if not taken or name not in names:
            return
        year = self._desk.session.assessment.year if self._desk.is_open else program.clock().year
        suggested = _file_name("ui.template.name", programme=name, year=str(year))
        target = self._target("ui.template.choose", suggested, "ui.files.excel_new")
        if target is None:
            return
        work = partial(write_template, program, names[name], year, target)
        title = say("ui.export.job", {"file": target.name})
        self._jobs.start(Job(title, work, lambda _none: self._written(target), self._failed))

    def export_dossier(self) -> None:
        """Ask where to, and print the dossier."""
        target = self._target("ui.dossier.choose", self._name("ui.dossier.name"), "ui.files.pdf")
        if target is None:
            return
        try:
            dossier = prepare_dossier(self._desk.session)
        except ChuyiError as error:
            self._desk.failed.emit(error)
            return
        work = partial(dossier.print, target)
        then = partial(self._printed, target)
        self._jobs.start(Job(say("ui.dossier.job"), work, then, self._failed))

    def _imported(self, source: Path, plan: Plan) -> None:
        if plan.changes and not self._desk.make(plan.changes, say("app.import", {"file": source.name})):
            return
        dialog = ImportResult(source, plan, lambda: self._mark(source, plan), self._window)
        self._desk.said.emit(dialog.summary.text())
        dialog.exec()

    def _mark(self, source: Path, plan: Plan) -> None:
        suggested = say("ui.import.mark_name", {"name": source.stem})
        target = self._target("ui.import.mark", str(source.with_name(suggested)), "ui.files.excel_new")
        if target is None:
            return

        def work(progress: Progress) -> None:
            del progress
            self._desk.program.workbooks.mark(source, plan.problems, target)

        sentence = say("ui.import.marked", {"file": target.name})
        self._jobs.start(
            Job(say("ui.import.mark_job"), work, lambda _none: tell(self._window, sentence), self._failed)
        )

    def _printed(self, target: Path, printed: PrintedDossier) -> None:
        self._desk.said.emit(say("ui.dossier.written", {"file": target, "pages": printed.pages}))
        if printed.problems:
            problems = "\n".join(str(problem) for problem in printed.problems)
            tell(self._window, say("ui.dossier.problems", {"problems": problems}))

    def _written(self, target: Path) -> None:
        self._desk.said.emit(say("ui.written", {"file": target}))

    def _failed(self, error: ChuyiError) -> None:
        if isinstance(error, CancelledError):
            self._desk.said.emit(say("ui.cancelled"))
        else:
            self._desk.failed.emit(error)

    def _name(self, code: str) -> str:
        session = self._desk.session
        school = session.assessment.value(SCHOOL_NAME)
        return _file_name(
            code,
            school=school if isinstance(school, str) else "",
            programme=session.programme.name,
            year=str(session.assessment.year),
        )

    def _target(self, title: str, suggested: str, files: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(self._window, say(title), suggested, say(files))
        if not name:
            return None
        target, ending = Path(name), ".pdf" if files == "ui.files.pdf" else ".xlsx"
        return target if target.suffix.lower() == ending else target.with_name(target.name + ending)


def _file_name(code: str, **parts: str) -> str:
    """A name for a file, without the characters some system refuses in names."""
    return _UNFIT_FOR_NAMES.sub("", say(code, parts))
