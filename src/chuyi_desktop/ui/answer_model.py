"""The grid of what the school declares about itself: attested conditions, levels of rubrics."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt

from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.edit import plan_answer
from chuyi_desktop.domain.assessment import Assessment, Field, FieldKind
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.programme import Attested, Condition, Programme, Rubric, ScoredItem
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_model import CellPlan, GridModel, Position
from chuyi_desktop.ui.look import Tone

TITLE, ANSWER, KIND, EVIDENCE = range(4)
Answerable = Condition | ScoredItem


def answerable(programme: Programme) -> tuple[Answerable, ...]:
    """Everything the school answers itself."""
    attested = [each for each in programme.conditions() if isinstance(each.rule, Attested)]
    rubrics = [each for each in programme.scored_items() if isinstance(each.method, Rubric)]
    return (*attested, *rubrics)


def field_of(asked: Answerable) -> Field:
    """Where the answer is kept."""
    kind = FieldKind.ATTESTATION if isinstance(asked, Condition) else FieldKind.RATING
    return Field(kind, asked.id)


def answered(programme: Programme, assessment: Assessment) -> tuple[int, int]:
    """How many answers are given, of how many."""
    asked = answerable(programme)
    return sum(1 for each in asked if field_of(each) in assessment.fields), len(asked)


class AnswerModel(GridModel):
    """The answers of the open assessment."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: tuple[Answerable, ...] = ()

    def show_answers(self) -> None:
        """Show those of the open programme."""
        self.beginResetModel()
        self._asked = answerable(self.desk.session.programme)
        self.endResetModel()

    def asked(self, row: int) -> Answerable:
        """What a row asks."""
        return self._asked[row]

    def rowCount(self, parent: object = None) -> int:
        """One row a question."""
        del parent
        return len(self._asked)

    def columnCount(self, parent: object = None) -> int:
        """Title, answer, kind, evidence."""
        del parent
        return EVIDENCE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return say(f"ui.answers.{('title', 'answer', 'kind', 'evidence')[section]}")

    def key_at(self, row: int, column: int) -> Field | None:
        """The answer's field."""
        return field_of(self._asked[row]) if column == ANSWER and 0 <= row < len(self._asked) else None

    def plan(self, texts: Mapping[Position, str]) -> CellPlan:
        """Each answer by itself."""
        assessment, stamp = self.desk.session.assessment, self.desk.program.stamp(self.label(texts))
        return self.cell_by_cell(
            texts, lambda row, _, text: plan_answer(assessment, self._asked[row], text, stamp)
        )

    def label(self, texts: Mapping[Position, str]) -> str:
        """自评 and the title."""
        row, _ = next(iter(texts))
        return say("ui.edit.answer", {"label": self._asked[row].title if row < len(self._asked) else ""})

    def shown(self, row: int, column: int) -> str:
        """What a cell shows."""
        asked = self._asked[row]
        match column:
            case 0:
                return asked.title
            case 1:
                return self.edit_text(row, column) or say("input.missing.not_filled")
            case 2:
                if isinstance(asked, Condition):
                    return say("ui.answers.kind.attested")
                return say("ui.answers.kind.rubric", {"maximum": grouped(asked.maximum)})
            case _:
                count = len(self.desk.session.assessment.evidence(asked.id))
                code = "ui.answers.evidence_count" if count else "ui.answers.evidence_none"
                return say(code, {"count": count})

    def edit_text(self, row: int, column: int) -> str:
        """The answer as one would choose it."""
        if column != ANSWER:
            return ""
        asked, assessment = self._asked[row], self.desk.session.assessment
        if isinstance(asked, Condition):
            found = assessment.attestation(asked.id)
            return "" if found is None else say("input.yes" if found.holds else "input.no")
        rating = assessment.rating(asked.id)
        levels = asked.method.levels if isinstance(asked.method, Rubric) else ()
        return next(
            (level.title for level in levels if rating is not None and level.id == rating.level_id), ""
        )

    def choices(self, row: int, column: int) -> Sequence[str] | None:
        """是 or 否, or the levels."""
        if column != ANSWER:
            return None
        asked = self._asked[row]
        if isinstance(asked, ScoredItem) and isinstance(asked.method, Rubric):
            return [level.title for level in asked.method.levels]
        return [say("input.yes"), say("input.no")]

    def tone(self, row: int, column: int) -> Tone | None:
        """What is still open stands out."""
        if column == KIND:
            return Tone.MUTED
        if column == ANSWER and not self.edit_text(row, column):
            return Tone.OPEN
        if column == EVIDENCE and not self.desk.session.assessment.evidence(self._asked[row].id):
            return Tone.MUTED
        return None

    def drop(self) -> None:
        """No rows."""
        self._asked = ()

    def refresh(self, changed: Changed) -> None:
        """Answers and evidence."""
        kinds = {FieldKind.ATTESTATION, FieldKind.RATING, FieldKind.EVIDENCE}
        if any(place.kind in kinds for place in changed.fields):
            self._repaint()
