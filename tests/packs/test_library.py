"""FormsFolder: summaries, programmes, failures, hashes."""

from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.ports import ProgrammeLibrary
from chuyi_desktop.domain.errors import InputError, OutputError, PackError
from chuyi_desktop.domain.formula import write
from chuyi_desktop.domain.programme import AtLeastOf, Bands, Linear, Requirement, Rubric, Threshold
from chuyi_desktop.domain.provenance import Basis
from chuyi_desktop.packs.library import FormsFolder
from tests.packs.forms import BASE, BASE_FILE, CATALOGUE_FILE, QUALITY, QUALITY_FILE, Forms


def test_it_is_a_programme_library(forms: Forms) -> None:
    library: ProgrammeLibrary = forms.library
    summary = library.summaries()[1]
    assert (summary.id, summary.name, summary.version, summary.applicant) == (
        "quality",
        "优质学校",
        "1",
        "学校",
    )


def test_a_programme_is_resolved_whole(forms: Forms) -> None:
    quality = forms.library.programme("quality")
    assert list(quality.indicators) == ["students", "teachers", "site", "field", "public", "ratio"]
    assert write(quality.indicators["ratio"].formula or pytest.fail()) == "students / teachers"
    assert [column.id for column in quality.tables["rooms"].columns] == ["name", "area", "level"]
    assert quality.sections[0].asked[0].earlier_years == 1
    basic, extra = quality.condition_groups
    assert (basic.id, basic.programme_id, extra.programme_id) == ("basic", "base", "quality")
    assert basic.conditions[0].provenance.citation == "《设置标准》（教职成〔2010〕12号）第七条"
    public, site, results = extra.conditions
    assert isinstance(public.rule, Requirement)
    assert public.provenance.basis is Basis.REFERENCE
    assert isinstance(site.rule, Threshold)
    assert [case.value for case in site.rule.cases] == [Decimal(30000), Decimal(20000)]
    assert isinstance(results.rule, AtLeastOf)
    assert [option.id for option in results.rule.options] == ["room-count", "promise"]
    linear, bands, rubric = (item.method for item in quality.scored_items())
    assert isinstance(linear, Linear)
    assert isinstance(bands, Bands)
    assert isinstance(rubric, Rubric)
    assert (quality.maximum, quality.reference_points()) == (10, 10)
    assert [tier.id for tier in quality.tiers] == ["grade-a", "grade-b", "none"]
    assert [check.id for check in quality.checks] == ["jump"]
    assert [part.settings for part in quality.dossier[1:3]] == [
        {"indicators": ["students", "ratio"]},
        {"table": "rooms"},
    ]


def test_a_programme_is_read_once(forms: Forms) -> None:
    library = forms.library
    assert library.programme("quality") is library.programme("quality")


def test_check_reads_anew(forms: Forms) -> None:
    library = forms.library
    library.programme("base")
    forms.edit(BASE_FILE, "grade: explain", "grade: exlain")
    assert library.check()[0].code == "packs.not_one_of"


def test_unknown_id(forms: Forms) -> None:
    with pytest.raises(InputError) as caught:
        forms.library.programme("qualty")
    assert "qualty" in caught.value.sentence
    assert "是否想写“quality”" in caught.value.sentence


@pytest.mark.parametrize("id", ["", "..", "../forms/base", "catalogue"])
def test_no_path_is_an_id(forms: Forms, id: str) -> None:  # noqa: A002  # the port's word
    with pytest.raises(InputError):
        forms.library.programme(id)


def test_a_faulty_pack_says_the_first_mistake_and_logs_all(forms: Forms) -> None:
    forms.edit(QUALITY_FILE, "kind: cover", "kind: covr")
    forms.edit(QUALITY_FILE, "rooms.area", "rooms.aera")
    with pytest.raises(PackError) as caught:
        forms.library.programme("quality")
    assert "2 处错误" in caught.value.sentence
    assert "quality/pack.yaml:" in caught.value.sentence
    assert "aera" in caught.value.sentence
    assert len(caught.value.details.splitlines()) == 2
    assert forms.library.programme("base").id == "base"


def test_a_pack_is_faulty_with_what_it_includes(forms: Forms) -> None:
    forms.edit(BASE_FILE, "holds: students <=", "holds: studens <=")
    with pytest.raises(PackError) as caught:
        forms.library.programme("quality")
    assert "studens" in caught.value.details


def test_a_faulty_catalogue_stops_every_pack(forms: Forms) -> None:
    forms.edit(CATALOGUE_FILE, "site / students", "site / pupils")
    with pytest.raises(PackError, match=r"catalogue/all\.yaml"):
        forms.library.programme("base")


def test_a_head_that_cannot_be_read_is_a_failure_of_the_list(forms: Forms) -> None:
    forms.edit(BASE_FILE, "name: 基本条件\n", "")
    with pytest.raises(PackError) as caught:
        forms.library.summaries()
    assert "name" in caught.value.sentence


def test_a_folder_that_cannot_be_an_id(forms: Forms) -> None:
    forms.write("My Pack/pack.yaml", BASE)
    (problem,) = forms.problems()
    assert (problem.code, problem.place.file) == ("packs.rule_id", "My Pack/pack.yaml")
    assert [summary.id for summary in forms.library.summaries()] == ["base", "quality"]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="文件夹"):
        FormsFolder(tmp_path / "nowhere").summaries()


def test_no_packs(tmp_path: Path) -> None:
    assert FormsFolder(tmp_path).summaries() == ()
    assert [problem.code for problem in FormsFolder(tmp_path).check()] == ["packs.none"]


# The hash


def hash_of(forms: Forms, pack: str = "quality") -> str:
    return forms.library.programme(pack).pack_hash


def test_the_hash_is_the_same_however_the_files_are_written(forms: Forms) -> None:
    first = hash_of(forms)
    tail = QUALITY[QUALITY.index("tiers:") :]
    forms.write(QUALITY_FILE, "# a remark\n" + QUALITY.replace(tail, ""))
    forms.write("quality/rest.yaml", tail)
    base = forms.root / BASE_FILE
    base.write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    assert hash_of(forms) == first


def test_the_hash_does_not_depend_on_where_the_folder_lies(forms: Forms, tmp_path: Path) -> None:
    assert hash_of(Forms(tmp_path / "elsewhere")) == hash_of(forms)


def test_the_hash_is_known(forms: Forms) -> None:
    """Held here so that a change of how hashes are made cannot slip in: old verdicts name these hashes."""
    assert hash_of(forms, "base") == "faf688c4a3d89d30584599ea6f6d93a9939662cbf77d8b2f81e1d87c2dd8be18"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            CATALOGUE_FILE,
            "digits: 2\n    formula: students / teachers",
            "digits: 1\n    formula: students / teachers",
        ),
        (CATALOGUE_FILE, "formula: students / teachers", "formula: students / (teachers + 1)"),
        (BASE_FILE, "value: 20}", "value: 20.5}"),
        (BASE_FILE, "students, 1) * 1.2", "students, 1) * 1.3"),
        (QUALITY_FILE, "bound: 100", "bound: 101"),
        (QUALITY_FILE, "minimum_points: 8", "minimum_points: 9"),
        (QUALITY_FILE, 'version: "1"', 'version: "2"'),
    ],
)
def test_the_hash_covers_everything_resolved(forms: Forms, file: str, old: str, new: str) -> None:
    first = hash_of(forms)
    forms.edit(file, old, new)
    assert hash_of(forms) != first


def test_the_hash_does_not_cover_what_the_pack_does_not_use(forms: Forms) -> None:
    first = hash_of(forms, "base")
    forms.edit(CATALOGUE_FILE, "name: 占地面积", "name: 校园占地")
    assert hash_of(forms, "base") == first
    assert hash_of(forms, "quality") == hash_of(forms, "quality")


# Schemas


def test_schemas_are_written(forms: Forms, tmp_path: Path) -> None:
    written = forms.library.write_schema(tmp_path / "new" / "schema")
    assert {path.name for path in written} == {
        "catalogue.schema.json",
        "pack.schema.json",
        "pack-part.schema.json",
        "shared-part.schema.json",
    }
    assert all(path.read_text("utf-8").startswith("{") for path in written)
    assert len(list((tmp_path / "new" / "schema").iterdir())) == len(written)


def test_schemas_that_cannot_be_written(forms: Forms, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(OutputError) as caught:
        forms.library.write_schema(tmp_path / "file")
    assert "没有改动" in caught.value.sentence
