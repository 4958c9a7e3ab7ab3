"""Fixtures of the packs room."""

from pathlib import Path

import pytest

from tests.packs.forms import Forms


@pytest.fixture
def forms(tmp_path: Path) -> Forms:
    """A correct forms folder to break."""
    return Forms(tmp_path / "forms")
