"""Every kind of mistake in a pack, one by one: reported once, at its own place, with what to write."""

import pytest

from tests.packs.forms import BASE_FILE, CATALOGUE_FILE, QUALITY_FILE, Forms


def test_the_folder_is_correct_before_it_is_broken(forms: Forms) -> None:
    assert forms.problems() == ()
    assert [pack.id for pack in forms.library.summaries()] == ["base", "quality"]


Mistake = tuple[str, str, str, str, tuple[str, ...]]
"""File, what is replaced, by what, where the problem stands, words of its sentence."""

SHAPE: dict[str, Mistake] = {
    "unknown key": (
        QUALITY_FILE,
        "        requires: public",
        "        require: public",
        "require:",
        ("requires",),
    ),
    "unknown top key": (BASE_FILE, "checks:", "check:", "check:", ("checks",)),
    "key missing": (BASE_FILE, "    advice: 请核对\n", "", "id: jump", ("advice", "补上")),
    "version": (BASE_FILE, 'version: "1"', 'version: "第一版"', '"第一版"', ("第一版", "2026.1")),
    "text wanted": (BASE_FILE, 'version: "1"', "version: 1", "1\napplicant", ("version", "引号", "文字")),
    "number wanted": (BASE_FILE, "value: 20", "value: 二十", "二十", ("value", "数", "二十")),
    "whole number wanted": (QUALITY_FILE, "count: 1", "count: 1.5", "1.5", ("count", "整数")),
    "list wanted": (
        QUALITY_FILE,
        "tables: [rooms]",
        "tables: rooms",
        "rooms\nconditions",
        ("tables", "列表"),
    ),
    "mapping wanted": (
        BASE_FILE,
        "source: {basis: reference, note: 建议}",
        "source: 建议",
        "建议",
        ("映射",),
    ),
    "yes or no wanted": (QUALITY_FILE, "checks: true", 'checks: "true"', '"true"', ("true 或 false",)),
    "not one of": (BASE_FILE, "grade: explain", "grade: 核实", "核实", ("mandatory", "hint", "核实")),
    "unknown basis": (
        QUALITY_FILE,
        "{basis: reference, document",
        "{basis: formal, document",
        "formal",
        ("official",),
    ),
    "kind of indicator": (CATALOGUE_FILE, "kind: yes_no", "kind: bool", "bool", ("yes_no", "choice")),
    "field id": (CATALOGUE_FILE, "  site_each:", "  site-each:", "site-each", ("site-each", "下划线")),
    "rule id": (QUALITY_FILE, "id: is-public", "id: is_public", "is_public", ("is_public", "连字符")),
    "too small": (BASE_FILE, "{students: 1}", "{students: 0}", "0}", ("不能小于 1",)),
    "too few": (
        CATALOGUE_FILE,
        "{engineering: 工科, other: 其他}",
        "{engineering: 工科}",
        "{eng",
        ("至少 2",),
    ),
}

CATALOGUE: dict[str, Mistake] = {
    "derived without digits": (
        CATALOGUE_FILE,
        "    digits: 2\n    formula: students / teachers",
        "    formula: students / teachers",
        "name: 生师比",
        ("digits",),
    ),
    "no kind": (
        CATALOGUE_FILE,
        "    kind: decimal\n    unit: ㎡",
        "    unit: ㎡",
        "name: 占地面积",
        ("kind",),
    ),
    "choices missing": (
        CATALOGUE_FILE,
        "  public:",
        "  motto: {name: 校训, kind: choice}\n  public:",
        "{name: 校训",
        ("choices",),
    ),
    "choices too much": (
        CATALOGUE_FILE,
        "kind: choice\n    choices: {eng",
        "kind: text\n    choices: {eng",
        "choices: {eng",
        ("choice", "text"),
    ),
    "unit of a text": (
        CATALOGUE_FILE,
        "kind: yes_no",
        "kind: yes_no\n    unit: 人",
        "unit: 人\n  spare",
        ("unit", "数"),
    ),
    "bounds crossed": (
        CATALOGUE_FILE,
        "kind: decimal\n    unit: ㎡",
        "kind: decimal\n    minimum: 5\n    maximum: 4\n    unit: ㎡",
        "4\n",
        ("5", "4", "下限"),
    ),
    "same labels": (
        CATALOGUE_FILE,
        "{engineering: 工科, other: 其他}",
        "{engineering: 工科, other: 工科}",
        "{engineering",
        ("相同",),
    ),
    "column default": (CATALOGUE_FILE, "default: low", "default: lowest", "lowest", ("级别", "lowest")),
    "reserved word": (
        CATALOGUE_FILE,
        "  public:",
        "  where: {name: 某, kind: text}\n  public:",
        "where",
        ("where", "改名"),
    ),
    "circle": (
        CATALOGUE_FILE,
        "formula: site / students",
        "formula: site_each / students",
        "site_each / s",
        ("生均用地", "一圈"),
    ),
    "defined twice": (
        CATALOGUE_FILE,
        "  rooms:\n",
        "  students: {name: 表, columns: {a: {name: 列, kind: text}}}\n  rooms:\n",
        "students: {name",
        ("students", "catalogue/all.yaml:5"),
    ),
}

FORMULAS: dict[str, Mistake] = {
    "syntax": (
        BASE_FILE,
        "years_back(students, 1) * 1.2",
        "years_back(students, 1) ** 1.2",
        "* 1.2",
        ("第",),
    ),
    "sign unknown": (
        BASE_FILE,
        "years_back(students, 1) * 1.2",
        "years_back(students, 1) ; 1.2",
        "; 1.2",
        ("“;”",),
    ),
    "indicator": (BASE_FILE, "holds: students <=", "holds: studens <=", "studens", ("studens", "students")),
    "indicator far off": (QUALITY_FILE, "requires: public", "requires: zzzzz", "zzzzz", ("zzzzz", "public")),
    "in catalogue": (CATALOGUE_FILE, "site / students", "site / pupils", "pupils", ("pupils",)),
    "roster": (QUALITY_FILE, "count(rooms)", "count(roms)", "roms", ("roms", "rooms")),
    "roster as number": (
        QUALITY_FILE,
        "requires: public",
        "requires: rooms > 1",
        "rooms > 1",
        ("count(rooms)",),
    ),
    "column": (QUALITY_FILE, "rooms.area", "rooms.aera", "rooms.aera", ("实训室", "aera", "area")),
    "column in where": (
        QUALITY_FILE,
        'where level = "high"',
        'where lvel = "high"',
        "lvel",
        ("lvel", "level"),
    ),
    "roster in where": (
        QUALITY_FILE,
        'where level = "high"',
        "where count(rooms) > 1",
        "rooms) > 1",
        ("where",),
    ),
    "choice": (
        QUALITY_FILE,
        '= "engineering"',
        '= "enginering"',
        'enginering"',
        ("专业类别", "engineering（工科）"),
    ),
    "choice of column": (QUALITY_FILE, 'level = "high"', 'level = "top"', 'top"', ("级别", "high（高）")),
    "number wanted": (
        QUALITY_FILE,
        "subject: site\n",
        "subject: public\n",
        "public\n          comp",
        ("数", "是否"),
    ),
    "yes or no wanted": (
        QUALITY_FILE,
        "requires: public",
        "requires: students",
        "students\n",
        ("是否", "数"),
    ),
    "text plus number": (
        QUALITY_FILE,
        "requires: public",
        "requires: students + field > 1",
        "field > 1",
        ("数", "文字"),
    ),
    "text is not ordered": (
        QUALITY_FILE,
        "requires: public",
        'requires: field > "a"',
        'field > "a"',
        ("数", "文字"),
    ),
    "kinds compared": (
        QUALITY_FILE,
        "requires: public",
        "requires: students = public",
        "public\n      - id: site",
        ("数", "是否"),
    ),
    "if of two kinds": (
        QUALITY_FILE,
        "requires: public",
        "requires: if(public, 1, field) > 0",
        "field) > 0",
        ("数",),
    ),
    "sum of texts": (QUALITY_FILE, "rooms.area", "rooms.name", "rooms.name", ("数", "文字")),
    "units compared": (
        QUALITY_FILE,
        "requires: public",
        "requires: students > site",
        "students > site",
        ("人", "㎡"),
    ),
    "units added": (
        QUALITY_FILE,
        "requires: public",
        "requires: max(site, students) > 1",
        "site, students)",
        ("人", "㎡"),
    ),
    "function": (QUALITY_FILE, "count(rooms)", "total(rooms)", "total(", ("total", "count")),
}

ASKING: dict[str, Mistake] = {
    "indicator": (
        BASE_FILE,
        "[students, teachers, ratio]",
        "[students, teechers, teachers, ratio]",
        "teechers",
        ("teechers", "teachers"),
    ),
    "indicator twice": (
        BASE_FILE,
        "[students, teachers, ratio]",
        "[students, teachers, students, ratio]",
        "students, ratio",
        ("students", "删去"),
    ),
    "roster": (QUALITY_FILE, "tables: [rooms]", "tables: [rooms, roms]", "roms]", ("roms", "rooms")),
    "roster twice": (QUALITY_FILE, "tables: [rooms]", "tables: [rooms, rooms]", "rooms]\n", ("rooms",)),
    "typed one not asked": (
        QUALITY_FILE,
        "site, field, public,",
        "site, field,",
        "public\n      - id: site",
        ("是否公办", "sections"),
    ),
    "years of one not asked": (
        BASE_FILE,
        "{students: 1}",
        "{students: 1, site: 1}",
        "site: 1",
        ("site", "indicators"),
    ),
    "years of a derived one": (
        BASE_FILE,
        "{students: 1}",
        "{students: 1, ratio: 1}",
        "ratio: 1",
        ("ratio", "往年"),
    ),
    "included ones not asked": (
        QUALITY_FILE,
        "groups: [basic], checks: true}",
        "groups: [basic], checks: true}\n  - {pack: more}",
        "{pack: more",
        ("备用数", "sections"),
    ),
}

SOURCES: dict[str, Mistake] = {
    "no article": (
        BASE_FILE,
        "document: standard, article: 第七条",
        "document: standard",
        "{basis: national, document: standard}",
        ("national", "article"),
    ),
    "no document": (
        BASE_FILE,
        "document: standard, article: 第七条",
        "article: 第七条",
        "{basis: national, article",
        ("national", "document"),
    ),
    "no number": (
        BASE_FILE,
        "document: standard, article: 第七条",
        "document: notice, article: 第七条",
        "notice",
        ("notice", "文号"),
    ),
    "official without": (
        BASE_FILE,
        "{basis: national, document: standard, article: 第七条}",
        "{basis: official, note: 通知}",
        "{basis: official",
        ("official",),
    ),
    "unknown document": (
        BASE_FILE,
        "document: standard, article: 第七条",
        "document: standrad, article: 第七条",
        "standrad",
        ("standrad", "standard"),
    ),
    "reference without a word": (
        BASE_FILE,
        "{basis: national, document: standard, article: 第七条}",
        "{basis: reference}",
        "{basis: reference}\nchecks",
        ("note",),
    ),
    "default is national": (
        BASE_FILE,
        "default_source: {basis: reference, note: 建议}",
        "default_source: {basis: national, document: standard, article: 第一条}",
        "national, document: standard, article: 第一条}\nsections",
        ("reference",),
    ),
}

RULES: dict[str, Mistake] = {
    "two rules": (
        QUALITY_FILE,
        "        requires: public",
        "        requires: public\n        attested: 是",
        "id: is-public",
        ("threshold", "requires、attested"),
    ),
    "no rule": (QUALITY_FILE, "        requires: public\n", "", "id: is-public", ("is-public", "threshold")),
    "value and cases": (
        BASE_FILE,
        "value: 20}",
        "value: 20, cases: [{value: 3}]}",
        "{subject: ratio",
        ("value", "cases"),
    ),
    "last case with when": (
        QUALITY_FILE,
        "{value: 20000}",
        "{value: 20000, when: public}",
        "when: public",
        ("最后",),
    ),
    "case without when": (
        QUALITY_FILE,
        '{value: 30000, when: field = "engineering", label: 工科}',
        "{value: 30000}",
        "{value: 30000}",
        ("when", "最后"),
    ),
    "more than options": (QUALITY_FILE, "count: 1", "count: 3", "3\n          options", ("3", "2")),
    "condition id twice": (
        QUALITY_FILE,
        "id: is-public",
        "id: site-size",
        "site-size\n        title: 占地",
        ("site-size", "改名"),
    ),
    "id of an included rule": (
        QUALITY_FILE,
        "id: is-public",
        "id: ratio-limit",
        "ratio-limit",
        ("ratio-limit",),
    ),
    "option id twice": (
        QUALITY_FILE,
        "id: room-count",
        "id: is-public",
        "is-public, title: 实",
        ("is-public",),
    ),
    "item id as condition id": (
        QUALITY_FILE,
        "id: culture",
        "id: promise",
        "promise\n          title: 文化",
        ("promise",),
    ),
    "rule id as indicator id": (
        QUALITY_FILE,
        "id: is-public",
        "id: students",
        "students\n        title: 公办",
        ("students", "指标"),
    ),
    "group id twice": (
        QUALITY_FILE,
        "scoring:\n",
        "  - id: basic\n    title: 又\n    conditions: [{id: one-more, title: 又, attested: 是}]\nscoring:\n",
        "basic\n    title: 又",
        ("basic", "改名"),
    ),
    "check id twice": (
        BASE_FILE,
        "checks:\n",
        "checks:\n  - {id: jump, title: 又, grade: hint, holds: students > 1, advice: 看}\n",
        "jump\n    title: 变化",
        ("jump",),
    ),
    "section id twice": (
        BASE_FILE,
        "conditions:\n  - id: basic",
        "  - {id: main, title: 又, indicators: [site]}\nconditions:\n  - id: basic",
        "main, title: 又",
        ("main",),
    ),
    "narrative bounds": (QUALITY_FILE, "limit: 500", "limit: 500, minimum: 600", "600", ("600", "500")),
    "unknown pack": (QUALITY_FILE, "pack: base", "pack: basse", "basse", ("basse", "base")),
}

POINTS: dict[str, Mistake] = {
    "whole sum": (
        QUALITY_FILE,
        "scoring:\n  points: 10",
        "scoring:\n  points: 100",
        "100\n",
        ("100", "10 分"),
    ),
    "item without points": (
        QUALITY_FILE,
        "bound: 50, points: 1",
        "bound: 50, points: 3",
        "3}\n        - id: culture",
        ("降低",),
    ),
    "best is not the most": (
        QUALITY_FILE,
        "title: 好, points: 3",
        "title: 好, points: 2",
        "2}\n              - {id: poor",
        ("满分 3",),
    ),
    "bounds in order": (QUALITY_FILE, "bound: 50,", "bound: 150,", "150", ("从大到小",)),
    "falling bounds in order": (
        QUALITY_FILE,
        "            steps:\n",
        "            rising: false\n            steps:\n",
        "50, points",
        ("从小到大",),
    ),
    "otherwise": (
        QUALITY_FILE,
        "            steps:\n",
        "            otherwise: 2\n            steps:\n",
        "2\n            steps",
        ("otherwise",),
    ),
    "same ends": (QUALITY_FILE, "zero_at: 25, full_at: 16", "zero_at: 16, full_at: 16", "16}", ("0 分",)),
    "two methods": (
        QUALITY_FILE,
        "          linear: {subject: ratio, zero_at: 25, full_at: 16}",
        (
            "          linear: {subject: ratio, zero_at: 25, full_at: 16}\n"
            "          rubric: {levels: [{id: a, title: 甲, points: 4}, {id: b, title: 乙, points: 0}]}"
        ),
        "id: ratio-points",
        ("linear", "rubric"),
    ),
    "level id twice": (QUALITY_FILE, "id: poor", "id: good", "good, title: 差", ("good",)),
}

TIERS: dict[str, Mistake] = {
    "order of points": (
        QUALITY_FILE,
        "minimum_points: 8",
        "minimum_points: 5",
        "{id: grade-b",
        ("A档", "B档"),
    ),
    "order of groups": (
        QUALITY_FILE,
        "all_met: [basic, extra], min",
        "all_met: [extra], min",
        "{id: grade-b",
        ("A档", "B档"),
    ),
    "last one asks": (
        QUALITY_FILE,
        "{id: none, name: 未达到}",
        "{id: none, name: 未达到, minimum_points: 1}",
        "{id: none",
        ("最后一档",),
    ),
    "better one asks nothing": (BASE_FILE, ", all_met: [basic]}", "}", "{id: met", ("达标", "没有要求")),
    "unknown group": (BASE_FILE, "all_met: [basic]", "all_met: [basics]", "basics", ("basics", "basic")),
    "group both ways": (
        BASE_FILE,
        "all_met: [basic]",
        "all_met: [basic], most_unmet: {basic: 1}",
        "basic: 1",
        ("basic",),
    ),
    "too many points": (QUALITY_FILE, "minimum_points: 8", "minimum_points: 80", "80", ("80", "10")),
    "id twice": (BASE_FILE, "id: unmet", "id: met", "met, name: 不达标", ("met",)),
}

DOSSIER: dict[str, Mistake] = {
    "kind": (QUALITY_FILE, "kind: cover", "kind: covr", "covr", ("covr", "cover")),
    "setting": (
        QUALITY_FILE,
        "settings: {levels: [学校意见]}",
        "settings: {lines: [学校意见]}",
        "lines: [学",
        ("opinions", "levels"),
    ),
    "indicator": (
        QUALITY_FILE,
        "{indicators: [students, ratio]}",
        "{indicators: [students, ratios]}",
        "ratios",
        ("ratios", "ratio"),
    ),
    "cover": (
        QUALITY_FILE,
        "{kind: cover}",
        "{kind: cover, settings: {fields: [students, ratios]}}",
        "ratios",
        ("ratios", "ratio"),
    ),
    "roster": (QUALITY_FILE, "{table: rooms}", "{table: roms}", "roms", ("roms", "rooms")),
    "roster missing": (
        QUALITY_FILE,
        "  - kind: table\n    settings: {table: rooms}",
        "  - kind: table",
        "kind: table\n",
        ("table",),
    ),
    "narrative": (
        QUALITY_FILE,
        "{narratives: [overview]}",
        "{narratives: [overvew]}",
        "overvew",
        ("overvew", "overview"),
    ),
}


MORE = """\
name: 另一个包
version: "1"
applicant: 学校
purpose: 试
source: {basis: reference, note: 建议}
default_source: {basis: reference, note: 建议}
sections: [{id: main, title: 主要, indicators: [spare]}]
conditions:
  - id: more
    title: 又
    conditions: [{id: spare-one, title: 又, requires: spare > 1}]
tiers: [{id: met, name: 达标, all_met: [more]}, {id: unmet, name: 不达标}]
"""


def cases(*tables: dict[str, Mistake]) -> list[object]:
    return [pytest.param(*mistake, id=name) for table in tables for name, mistake in table.items()]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "words"),
    cases(CATALOGUE, FORMULAS, ASKING, SOURCES, RULES, POINTS, TIERS, DOSSIER),
)
def test_mistake(forms: Forms, file: str, old: str, new: str, at: str, words: tuple[str, ...]) -> None:
    forms.write("more/pack.yaml", MORE)
    forms.edit(file, old, new)
    found = [problem for problem in forms.problems() if problem.code != "packs.included_faulty"]
    assert len(found) == 1, [str(problem) for problem in found]
    forms.is_at(found[0], file, at, *words)


@pytest.mark.parametrize(("file", "old", "new", "at", "words"), cases(SHAPE))
def test_mistake_of_shape(
    forms: Forms, file: str, old: str, new: str, at: str, words: tuple[str, ...]
) -> None:
    """What does not have the shape of a pack is not looked at more closely, so this comes first."""
    forms.edit(file, old, new)
    forms.is_at(forms.problems()[0], file, at, *words)


def test_section_sum_is_noted_beside_the_whole(forms: Forms) -> None:
    forms.edit(QUALITY_FILE, "      points: 10\n", "      points: 9\n")
    whole, section = forms.problems()
    forms.is_at(whole, QUALITY_FILE, "10\n  sections", "10 分", "9 分")
    forms.is_at(section, QUALITY_FILE, "9\n", "9 分", "10 分")


def test_all_mistakes_are_gathered(forms: Forms) -> None:
    forms.edit(QUALITY_FILE, "minimum_points: 8", "minimum_points: 5")
    forms.edit(QUALITY_FILE, "kind: cover", "kind: covr")
    forms.edit(QUALITY_FILE, "rooms.area", "rooms.aera")
    forms.edit(BASE_FILE, "holds: students <=", "holds: studens <=")
    forms.edit(CATALOGUE_FILE, "default: low", "default: lowest")
    found = {problem.code for problem in forms.problems()}
    assert found >= {
        "packs.tier_order",
        "packs.unknown_part",
        "packs.unknown_column",
        "packs.unknown_indicator",
        "packs.default_value",
    }


def test_problems_come_in_order_of_files_and_lines(forms: Forms) -> None:
    forms.edit(QUALITY_FILE, "kind: cover", "kind: covr")
    forms.edit(QUALITY_FILE, "rooms.area", "rooms.aera")
    forms.edit(CATALOGUE_FILE, "default: low", "default: lowest")
    places = [(problem.place.file, problem.place.line) for problem in forms.problems()]
    assert places == sorted(places)
    assert len(places) == 3


def test_years_not_asked(forms: Forms) -> None:
    forms.edit(BASE_FILE, "years_back(students, 1)", "years_back(students, 3)")
    own, including = forms.problems()
    forms.is_at(own, BASE_FILE, "students <=", "在校生数", "3", "earlier_years")
    forms.is_at(including, QUALITY_FILE, "base, groups", "base")


def test_roster_not_asked(forms: Forms) -> None:
    forms.edit(QUALITY_FILE, "tables: [rooms]\n", "")
    codes = [problem.code for problem in forms.problems()]
    assert codes.count("packs.table_not_asked") == 2
    assert set(codes) == {"packs.table_not_asked", "packs.setting_unknown"}


def test_no_default_source(forms: Forms) -> None:
    forms.edit(BASE_FILE, "default_source: {basis: reference, note: 建议}\n", "")
    codes = [problem.code for problem in forms.problems() if problem.code != "packs.included_faulty"]
    assert codes == ["packs.no_source"] * 3


def test_options_are_not_nested(forms: Forms) -> None:
    options = "[{id: a, title: 甲, attested: 是}, {id: b, title: 乙, attested: 是}]"
    nested = f"at_least_of: {{count: 1, options: {options}}}"
    forms.edit(QUALITY_FILE, "attested: 承诺属实", nested)
    forms.only_problem(QUALITY_FILE, "at_least_of: {count", "promise")


def test_circle_of_includes(forms: Forms) -> None:
    forms.edit(BASE_FILE, "sections:", "include:\n  - {pack: quality}\nsections:")
    codes = {problem.code for problem in forms.problems()}
    assert "packs.include_circle" in codes
    sentence = next(one.sentence for one in forms.problems() if one.code == "packs.include_circle")
    assert "base" in sentence
    assert "quality" in sentence


def test_circle_of_two_indicators_is_said_once(forms: Forms) -> None:
    forms.edit(CATALOGUE_FILE, "formula: students / teachers", "formula: site_each + 1")
    forms.edit(CATALOGUE_FILE, "formula: site / students", "formula: ratio + 1")
    (problem,) = (one for one in forms.problems() if one.code == "packs.circle")
    assert "生师比（ratio）" in problem.sentence
    assert "生均用地（site_each）" in problem.sentence


def test_a_chain_without_an_end_is_said(forms: Forms) -> None:
    links = "".join(
        f"  link{at}: {{name: 环{at}, kind: decimal, digits: 2, formula: link{at + 1} + 1}}\n"
        for at in range(1500)
    )
    forms.write("catalogue/more.yaml", f"indicators:\n{links}  link1500: {{name: 底, kind: integer}}\n")
    assert "packs.long_chain" in {problem.code for problem in forms.problems()}


def test_key_in_two_files(forms: Forms) -> None:
    forms.write("base/tiers.yaml", "tiers:\n  - {id: only, name: 一档}\n")
    forms.only_problem("base/tiers.yaml", "tiers", "tiers", "base/pack.yaml")


def test_defined_twice_in_two_catalogue_files(forms: Forms) -> None:
    forms.write("catalogue/more.yaml", "indicators:\n  students: {name: 又, kind: text}\n")
    forms.only_problem("catalogue/more.yaml", "students", "students", "catalogue/all.yaml:5")


def test_a_faulty_entry_does_not_make_its_users_faulty_too(forms: Forms) -> None:
    forms.edit(CATALOGUE_FILE, "formula: students / teachers", "formula: students /")
    (problem,) = forms.problems()
    assert problem.place.file == CATALOGUE_FILE
    assert "公式结束" in problem.sentence


def test_formula_in_a_folded_text_is_placed_by_line_and_column(forms: Forms) -> None:
    forms.edit(
        BASE_FILE,
        "holds: students <= years_back(students, 1) * 1.2",
        "holds: >-\n      students\n      <= years_back(studens, 1)\n      * 1.2",
    )
    problem = next(one for one in forms.problems() if one.code == "packs.unknown_indicator")
    forms.is_at(problem, BASE_FILE, "studens", "students")


def test_formula_in_quotes_is_placed_by_column(forms: Forms) -> None:
    forms.edit(QUALITY_FILE, "requires: public", r'requires: "field = \"other\" and publik"')
    forms.only_problem(QUALITY_FILE, "publik", "public")
