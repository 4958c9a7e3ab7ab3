"""The dossier of a verdict that the scoring room gave."""

import re

from chuyi_desktop.report.compose import compose
from chuyi_desktop.report.summary import as_json
from chuyi_desktop.scoring import assess
from tests.report.dump import column, part, tables, texts
from tests.report.school import MADE, assessment, programme

_ID = re.compile(r"[a-z]+(?:_[a-z]+)+")


def test_a_scored_verdict_is_composed_without_ids_or_endless_numbers() -> None:
    dossier = compose(programme(), assessment(), assess(programme(), assessment()), MADE)
    for text in texts(dossier):
        assert not _ID.search(text), text
        assert not re.search(r"\d\.\d{7}", text), text
    outcomes = tables(part(dossier, "自评结论"))[1]
    assert column(outcomes, "结果") == ["达到", "未填", "未达到"]
    assert column(outcomes, "差距")[2].startswith("差 ≈9.04")


def test_the_readings_say_a_statement_once() -> None:
    dossier = compose(programme(), assessment(), assess(programme(), assessment()), MADE)
    readings = column(tables(part(dossier, "自评结论"))[4], "判定过程")
    assert [text.count("近三年没有发生安全责任事故") for text in readings if "安全责任" in text] == [1]


def test_a_scored_verdict_as_json_has_every_rule() -> None:
    found = as_json(programme(), assess(programme(), assessment()))
    rules = found["rules"]
    assert isinstance(rules, list)
    assert len(rules) == 10
