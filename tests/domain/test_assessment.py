"""Assessments as values, and changes to them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import (
    Attestation,
    Change,
    Content,
    Entry,
    EvidenceLink,
    Explanation,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Rating,
    Text,
)
from chuyi_desktop.domain.values import Missing, MissingReason
from tests.builders import NOW, YEAR, assessment

fields = st.builds(
    Field,
    st.just(FieldKind.VALUE),
    st.sampled_from(["a", "b"]),
    st.sampled_from([YEAR, YEAR - 1]),
)
contents: st.SearchStrategy[Content] = st.builds(Entry, st.integers(0, 3).map(Decimal) | st.none())


@given(st.dictionaries(fields, contents), st.lists(st.tuples(fields, st.none() | contents), max_size=6))
def test_changes_taken_back_in_reverse_leave_no_trace(
    start: dict[Field, Content], wanted: list[tuple[Field, Content | None]]
) -> None:
    before = now = assessment(more=start)
    made: list[Change] = []
    for place, new in wanted:
        change = now.change(place, new)
        assert (change is None) == (now.fields.get(place) == new)
        if change is not None:
            now = now.after([change])
            assert now.fields.get(place) == new
            made.append(change)
    assert now == before.after(made)
    assert now.after(change.undone for change in reversed(made)) == before
    assert dict(before.fields) == start


def test_values_and_why_there_is_none() -> None:
    found = assessment(
        {"a": 0, "b": Entry(None), "c": Entry(None, not_applicable="无此项")}, earlier={YEAR - 1: {"a": 7}}
    )
    assert found.value("a") == 0
    assert found.value("a", YEAR - 1) == 7
    assert found.value("b") == Missing(fields=("b",))
    assert found.value("d") == Missing(fields=("d",))
    assert found.value("c") == Missing(MissingReason.NOT_APPLICABLE, ("c",))


def test_a_roster_without_a_word_is_missing_and_a_declared_one_is_empty() -> None:
    found = assessment(rows={"empty": [], "staff": [{"n": 1}, {"n": 2}]})
    assert found.rows("unsaid") is None
    assert found.rows("empty") == ()
    rows = found.rows("staff")
    assert rows is not None
    assert [row.cells["n"] for row in rows] == [1, 2]
    assert found.rows("staff", YEAR - 1) is None


def test_a_changed_origin_alone_is_no_change() -> None:
    place = Field(FieldKind.VALUE, "a", YEAR)
    typed = Entry(Decimal(1), Origin(OriginKind.TYPED, "王老师", NOW))
    found = assessment(more={place: typed})
    assert found.change(place, Entry(Decimal(1), Origin(OriginKind.IMPORTED, "李老师", NOW))) is None
    assert found.change(place, Entry(Decimal(1), note="按学籍")) is not None


def test_the_other_contents() -> None:
    links = {
        Field(FieldKind.EVIDENCE, "c", item=str(at)): EvidenceLink(
            str(at), f"{at}.pdf", "application/pdf", 1, -at
        )
        for at in range(2)
    }
    found = assessment(
        attested={"c": False},
        rated={"i": "top"},
        explained={"k": Explanation("情况属实如此")},
        more={Field(FieldKind.TEXT, "n"): Text("正文"), **links},
    )
    assert found.attestation("c") == Attestation(holds=False)
    assert found.rating("i") == Rating("top")
    assert found.explanation("k") == Explanation("情况属实如此")
    assert (found.text("n"), found.text("m")) == ("正文", "")
    assert [link.name for _, link in found.evidence("c")] == ["1.pdf", "0.pdf"]
    assert found.evidence("d") == ()
