"""Settings of the tests of workbooks."""

from collections.abc import Iterator

import pytest

from chuyi_desktop.excel import roster_rendering


@pytest.fixture(autouse=True, scope="session")
def few_spare_rows() -> Iterator[None]:
    """Fewer blank rows, so that openpyxl, which plays the clerk, is not slow; one test asks for all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roster_rendering, "SPARE_ROWS", 25)
        yield
