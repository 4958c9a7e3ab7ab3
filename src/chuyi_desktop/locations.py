"""Where forms/ and resources/ are: beside the source tree, inside a wheel, or inside a frozen bundle.
The only module that knows."""

import os
import sys
from pathlib import Path

from platformdirs import user_log_path

FORMS_VARIABLE = "CHUYI_FORMS"
"""Environment variable that names another forms folder: a school's or bureau's own packs."""


def _data_root() -> Path:
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = ([Path(frozen)] if frozen else []) + [package / "_data", package.parent.parent]
    return next((root for root in candidates if (root / "forms").is_dir()), candidates[-1])


def forms_folder() -> Path:
    """The form packs in force."""
    chosen = os.environ.get(FORMS_VARIABLE)
    return Path(chosen) if chosen else _data_root() / "forms"


def resources_folder() -> Path:
    """Fonts, icons and the sample school."""
    return _data_root() / "resources"


def log_folder() -> Path:
    """Where reports of the program's own faults go."""
    return user_log_path("chuyi-desktop", appauthor=False, ensure_exists=True)
