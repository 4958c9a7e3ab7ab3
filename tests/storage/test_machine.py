"""Edits, undo, redo and reopening in any order, against a model that is only dicts and lists."""

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chuyi_desktop.app.ports import JournalEntry
from chuyi_desktop.domain.assessment import (
    Attestation,
    Change,
    Content,
    DeclaredEmpty,
    Entry,
    Explanation,
    Field,
    FieldKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.storage.contents import from_json, same, to_json
from tests.storage.builders import TYPED, head, stamp, workspaces

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
VALUES = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9),
    st.sampled_from([Decimal("1E+5"), Decimal("-0.0"), Decimal(1), Decimal(0)]),
    TEXTS,
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
CONTENTS: Mapping[Field, st.SearchStrategy[Content]] = {
    Field(FieldKind.VALUE, "x", 2025): st.builds(Entry, st.none() | VALUES, st.none(), TEXTS, TEXTS),
    Field(FieldKind.VALUE, "x", 2024): st.builds(Entry, VALUES, st.just(TYPED)),
    Field(FieldKind.ROW, "t", 2025, "r1"): st.builds(
        Row, st.just("r1"), st.integers(0, 3), st.dictionaries(TEXTS, VALUES, max_size=3)
    ),
    Field(FieldKind.ROW, "t", 2025, "r2"): st.builds(Row, st.just("r2"), st.integers(0, 3), st.just({})),
    Field(FieldKind.EMPTY_TABLE, "t", 2025): st.just(DeclaredEmpty()),
    Field(FieldKind.TEXT, "n"): st.builds(Text, TEXTS),
    Field(FieldKind.ATTESTATION, "c"): st.builds(Attestation, st.booleans(), TEXTS),
    Field(FieldKind.RATING, "s"): st.builds(Rating, TEXTS, TEXTS, st.just(TYPED)),
    Field(FieldKind.EXPLANATION, "k"): st.builds(Explanation, TEXTS, st.booleans()),
}
EDITS = st.lists(
    st.sampled_from(list(CONTENTS)).flatmap(
        lambda field: st.tuples(st.just(field), st.none() | CONTENTS[field])
    ),
    min_size=1,
    max_size=3,
)
IDS = st.sampled_from(["a", "b"])


class WorkspaceMachine(RuleBasedStateMachine):
    """Two assessments of one school; the model knows shared fields, own fields, and two stacks each."""

    @initialize()
    def begin(self) -> None:
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name) / "w"
        self.workspace = workspaces().create(self.folder)
        self.fields: dict[tuple[str, Field], Content] = {}
        self.done: dict[str, list[tuple[Change, ...]]] = {"a": [], "b": []}
        self.taken_back: dict[str, list[tuple[Change, ...]]] = {"a": [], "b": []}
        self.deeds = 2
        for assessment_id in ("a", "b"):
            self.workspace.add_assessment(head(assessment_id, assessment_id), (), stamp())

    def place(self, assessment_id: str, field: Field) -> tuple[str, Field]:
        return ("" if field.year is not None else assessment_id, field)

    def present(self, assessment_id: str, field: Field) -> Content | None:
        return self.fields.get(self.place(assessment_id, field))

    def make(self, assessment_id: str, changes: tuple[Change, ...]) -> bool:
        """Whether all ``changes`` fit; they are then made."""
        after = dict(self.fields)
        for change in changes:
            place = self.place(assessment_id, change.field)
            if not same(after.get(place), change.old):
                return False
            after.pop(place, None)
            if change.new is not None:
                after[place] = change.new
        self.fields = after
        return True

    @rule(assessment_id=IDS, edits=EDITS)
    def edit(self, assessment_id: str, edits: list[tuple[Field, Content | None]]) -> None:
        unique = dict(edits)
        changes = tuple(
            Change(field, self.present(assessment_id, field), new) for field, new in unique.items()
        )
        self.workspace.apply(assessment_id, changes, stamp())
        assert self.make(assessment_id, changes)
        self.done[assessment_id].append(changes)
        self.taken_back[assessment_id].clear()
        self.deeds += 1

    @rule(assessment_id=IDS, edits=EDITS)
    def edit_on_a_false_ground(self, assessment_id: str, edits: list[tuple[Field, Content | None]]) -> None:
        field, new = edits[0]
        false_ground = new if not same(new, self.present(assessment_id, field)) else None
        if same(false_ground, self.present(assessment_id, field)):
            return
        refused = False
        try:
            self.workspace.apply(assessment_id, [Change(field, false_ground, None)], stamp())
        except WorkspaceError as error:
            refused = error.code == "storage.changed_meanwhile"
        assert refused

    @rule(assessment_id=IDS)
    def undo(self, assessment_id: str) -> None:
        stack = self.done[assessment_id]
        wanted = tuple(change.undone for change in reversed(stack[-1])) if stack else ()
        if self.turned(assessment_id, wanted, again=False) and stack:
            self.taken_back[assessment_id].append(stack.pop())

    @rule(assessment_id=IDS)
    def redo(self, assessment_id: str) -> None:
        stack = self.taken_back[assessment_id]
        wanted = stack[-1] if stack else ()
        if self.turned(assessment_id, wanted, again=True) and stack:
            self.done[assessment_id].append(stack.pop())

    def turned(self, assessment_id: str, wanted: tuple[Change, ...], *, again: bool) -> bool:
        fits = self.make(assessment_id, wanted)
        try:
            made = (self.workspace.redo if again else self.workspace.undo)(assessment_id, stamp())
        except WorkspaceError as error:
            assert error.code in {"storage.undo_contradicted", "storage.redo_contradicted"}
            assert not fits
            return False
        assert fits
        assert made == wanted
        return True

    @rule(write=st.booleans())
    def reopen(self, write: bool) -> None:  # noqa: FBT001 (a drawn value)
        self.workspace.close()
        if not write:
            reader = workspaces().open(self.folder, write=False)
            self.compare(reader.assessment("a").fields, "a")
            reader.close()
        self.workspace = workspaces().open(self.folder)

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        for assessment_id in ("a", "b"):
            self.compare(self.workspace.assessment(assessment_id).fields, assessment_id)

    def compare(self, found: Mapping[Field, Content], assessment_id: str) -> None:
        wanted = {
            field: content for (owner, field), content in self.fields.items() if owner in {"", assessment_id}
        }
        assert found.keys() == wanted.keys()
        for field, content in wanted.items():
            assert same(found[field], content)
            assert found[field].origin == content.origin

    @invariant()
    def forgets_no_deed(self) -> None:
        journal = self.workspace.journal()
        assert len(journal) == self.deeds
        for assessment_id in ("a", "b"):
            standing = [one.changes for one in reversed(journal) if self.stands(one, assessment_id)]
            assert standing == self.done[assessment_id]

    def stands(self, one: JournalEntry, assessment_id: str) -> bool:
        return one.assessment_id == assessment_id and not one.undone and bool(one.changes)

    def teardown(self) -> None:
        self.workspace.close()
        self.temporary.cleanup()


TestWorkspace = WorkspaceMachine.TestCase
TestWorkspace.settings = settings(max_examples=50, stateful_step_count=10)


@given(EDITS)
def test_the_journal_reads_what_it_wrote(edits: list[tuple[Field, Content | None]]) -> None:
    for field, content in edits:
        read = from_json(field.kind, json.loads(json.dumps(to_json(content), ensure_ascii=False)))
        assert same(read, content)
        assert read is None or content is None or read.origin == content.origin
