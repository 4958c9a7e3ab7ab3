"""Shared parts: merged around a pack's own entries, covered by its hash, faulted where they are written."""

from chuyi_desktop.domain.problem import Problem
from tests.packs.forms import BASE_FILE, CATALOGUE_FILE, QUALITY_FILE, Forms

PART_FILE = "parts/common.yaml"
PART = """\
before:
  sections:
    - id: first
      title: 前页
      indicators: [site]
  narratives:
    - {id: opening, title: 开头}
  dossier:
    - {kind: cover}
after:
  tables: [rooms]
  conditions:
    - id: integrity
      title: 一票否决
      conditions:
        - {id: honest, title: 诚信, attested: 没有弄虚作假}
  checks:
    - {id: any-room, title: 有实训室, grade: hint, holds: count(rooms) >= 1, advice: 请补}
  narratives:
    - {id: ending, title: 结尾}
  dossier:
    - {kind: evidence}
  unknown: [分值未公开]
"""
OWN = """\
narratives:
  - {id: middle, title: 中间}
dossier:
  - {kind: verdict}
unknown: [本包的未知]
"""


def with_part(forms: Forms, part: str = PART) -> None:
    forms.write(PART_FILE, part)
    forms.edit(BASE_FILE, "purpose: 试\n", "purpose: 试\nparts: [common]\n")
    forms.write("base/texts.yaml", OWN)


def only_own(forms: Forms) -> Problem:
    """The only problem, but for what is said of the pack that includes the faulty one."""
    (problem,) = (one for one in forms.problems() if one.code != "packs.included_faulty")
    return problem


def test_entries_stand_before_and_after_the_packs_own(forms: Forms) -> None:
    with_part(forms)
    assert forms.problems() == ()
    base = forms.library.programme("base")
    assert [section.id for section in base.sections] == ["first", "main"]
    assert [narrative.id for narrative in base.narratives] == ["opening", "middle", "ending"]
    assert [part.kind for part in base.dossier] == ["cover", "verdict", "evidence"]
    assert [group.id for group in base.condition_groups] == ["basic", "integrity"]
    assert [check.id for check in base.checks] == ["jump", "any-room"]
    assert list(base.tables) == ["rooms"]
    assert base.unknown == ("本包的未知", "分值未公开")


def test_several_parts_keep_the_order_in_which_they_are_named(forms: Forms) -> None:
    with_part(forms)
    forms.write("parts/more.yaml", "before:\n  dossier:\n    - {kind: contents}\n")
    forms.edit(BASE_FILE, "parts: [common]", "parts: [more, common]")
    kinds = [part.kind for part in forms.library.programme("base").dossier]
    assert kinds == ["contents", "cover", "verdict", "evidence"]


def test_the_packs_own_cover_stands_in_the_place_of_the_shared_one(forms: Forms) -> None:
    with_part(forms)
    forms.edit(
        "base/texts.yaml", "  - {kind: verdict}", "  - {kind: verdict}\n  - {kind: cover, title: 自评表}"
    )
    assert forms.problems() == ()
    plan = forms.library.programme("base").dossier
    assert [(part.kind, part.title) for part in plan] == [
        ("cover", "自评表"),
        ("verdict", ""),
        ("evidence", ""),
    ]


def test_only_what_a_dossier_has_once_is_replaced(forms: Forms) -> None:
    with_part(forms, PART.replace("    - {kind: evidence}", "    - {kind: verdict, title: 结论}"))
    plan = forms.library.programme("base").dossier
    assert [(part.kind, part.title) for part in plan] == [
        ("cover", ""),
        ("verdict", ""),
        ("verdict", "结论"),
    ]


def test_a_mistake_in_the_packs_own_cover_is_reported_in_its_file(forms: Forms) -> None:
    with_part(forms)
    forms.edit(
        "base/texts.yaml",
        "  - {kind: verdict}",
        "  - {kind: verdict}\n  - {kind: cover, settings: {fields: [sites]}}",
    )
    forms.is_at(only_own(forms), "base/texts.yaml", "sites]")


def test_a_rule_without_source_takes_the_default_of_the_pack_and_belongs_to_it(forms: Forms) -> None:
    with_part(forms)
    group = forms.library.programme("base").condition_groups[1]
    assert group.programme_id == "base"
    assert group.conditions[0].provenance.note == "建议"


def test_the_hash_covers_the_part_but_not_where_it_is_written(forms: Forms) -> None:
    with_part(forms)
    first = forms.library.programme("base").pack_hash
    forms.edit(PART_FILE, "没有弄虚作假", "没有造假")
    assert forms.library.programme("base").pack_hash != first
    forms.edit(PART_FILE, "没有造假", "没有弄虚作假")
    assert forms.library.programme("base").pack_hash == first


def test_another_pack_can_use_a_group_of_the_part_by_including(forms: Forms) -> None:
    with_part(forms)
    forms.edit(QUALITY_FILE, "groups: [basic]", "groups: [basic, integrity]")
    groups = forms.library.programme("quality").condition_groups
    assert [group.id for group in groups][:2] == ["basic", "integrity"]


# Mistakes


def test_a_mistake_in_a_part_is_reported_in_its_file_once(forms: Forms) -> None:
    with_part(forms)
    forms.edit(PART_FILE, "indicators: [site]", "indicators: [sites]")
    forms.edit(QUALITY_FILE, "purpose: 试\n", "purpose: 试\nparts: [common]\n")
    forms.edit(QUALITY_FILE, "tables: [rooms]\n", "")
    forms.edit(QUALITY_FILE, "indicators: [students, teachers, site, ", "indicators: [students, teachers, ")
    problem = next(one for one in forms.problems() if one.code == "packs.unknown_indicator")
    forms.is_at(problem, PART_FILE, "sites]", "sites")
    assert sum(one.place.file == PART_FILE for one in forms.problems()) == 1


def test_a_mistake_in_a_formula_of_a_part_points_into_it(forms: Forms) -> None:
    with_part(forms)
    forms.edit(PART_FILE, "holds: count(rooms)", "holds: count(room)")
    forms.is_at(only_own(forms), PART_FILE, "room)", "room", "rooms")


def test_own_mistakes_stay_in_the_packs_file(forms: Forms) -> None:
    with_part(forms)
    forms.edit(
        BASE_FILE, "indicators: [students, teachers, ratio]", "indicators: [students, teachers, ration]"
    )
    problem = next(one for one in forms.problems() if one.code == "packs.unknown_indicator")
    forms.is_at(problem, BASE_FILE, "ration]")


def test_an_id_said_in_the_part_and_in_the_pack_names_both_places(forms: Forms) -> None:
    with_part(forms)
    forms.edit("base/texts.yaml", "id: middle", "id: ending")
    forms.is_at(only_own(forms), PART_FILE, "ending", "base/texts.yaml:2")


def test_unknown_keys_of_a_part(forms: Forms) -> None:
    with_part(forms)
    forms.edit(PART_FILE, "  unknown: [分值未公开]", "  tiers: []")
    found = {problem.code: problem for problem in forms.problems()}
    forms.is_at(found["packs.unknown_key"], PART_FILE, "tiers: []", "tiers")
    forms.is_at(found["packs.shared_part_faulty"], BASE_FILE, "common]", "common")


def test_a_part_that_no_pack_names_is_read_all_the_same(forms: Forms) -> None:
    forms.write(PART_FILE, "befor: {}\n")
    forms.only_problem(PART_FILE, "befor", "before")


def test_unknown_part(forms: Forms) -> None:
    with_part(forms)
    forms.edit(BASE_FILE, "parts: [common]", "parts: [comon]")
    problem = next(one for one in forms.problems() if one.place.file == BASE_FILE)
    forms.is_at(problem, BASE_FILE, "comon]", "comon", "common")


def test_a_part_named_twice(forms: Forms) -> None:
    with_part(forms)
    forms.edit(BASE_FILE, "parts: [common]", "parts: [common, common]")
    problem = next(one for one in forms.problems() if one.place.file == BASE_FILE)
    assert problem.code == "packs.shared_part_twice"
    assert problem.place.line == forms.text(BASE_FILE).partition("parts:")[0].count("\n") + 1


def test_the_faulty_pack_says_what_is_wrong_in_its_part(forms: Forms) -> None:
    with_part(forms)
    forms.edit(PART_FILE, "  unknown: [分值未公开]", "  tiers: []")
    problems = forms.library.check()
    assert {one.place.file for one in problems} >= {PART_FILE, BASE_FILE}
    assert CATALOGUE_FILE not in {one.place.file for one in problems}
