"""The live twin of every pack computes what the program computes: ``make twin`` proves it with hundreds of
schools a pack, and every test run with a few."""

import os

import pytest

from chuyi_desktop.packs.library import FormsFolder
from tests.excel.generated_schools import schools
from tests.excel.twin_proof import proofs
from tests.packs.test_samples import HERE as PACK_TESTS
from tests.packs.test_samples import filled, read

_SCHOOLS = int(os.environ.get("CHUYI_TWIN_SCHOOLS", "0"))
_FEW = (
    "conditions-college",
    "conditions-undergraduate",
    "culture-base",
    "quality-secondary-school",
    "specialty-undergraduate",
    "teaching-team",
)
_ALL = tuple(sorted(sample.stem for sample in (PACK_TESTS / "samples").glob("*.json")))


@pytest.fixture(scope="module")
def library() -> FormsFolder:
    return FormsFolder(PACK_TESTS.parents[1] / "forms")


@pytest.mark.parametrize("packs", [(pack,) for pack in _ALL] if _SCHOOLS else [_FEW], ids="+".join)
def test_the_workbook_computes_what_the_program_does(
    packs: tuple[str, ...], library: FormsFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = []
    for pack in packs:
        programme = library.programme(pack)
        sample = filled(programme, read(PACK_TESTS / "samples" / f"{pack}.json"))
        made += [(programme, each) for each in schools(programme, sample, _SCHOOLS or 2)]
    profile = tmp_path_factory.getbasetemp() / "office"
    for number, proof in enumerate(proofs(made, profile)):
        wrong = proof.differences()
        told = f"school {number} of {proof.verdict.programme_id}:\n" + "\n".join(wrong[:20])
        assert not wrong, told
        assert not proof.twin.fixed, proof.twin.fixed
        decided = proof.verdict.tier is not None
        assert (proof.shown("结论", "C5").startswith("尚不能确定")) is not decided


def test_every_pack_has_its_sample(library: FormsFolder) -> None:
    assert set(_ALL) == {each.id for each in library.summaries()}
