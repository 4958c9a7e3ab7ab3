"""``chuyi`` and ``python -m chuyi_desktop``."""

import sys

from chuyi_desktop import bootstrap, locations
from chuyi_desktop.cli.context import Faces
from chuyi_desktop.cli.main import run


def main() -> None:
    """Run one command and exit with its code."""
    faces = Faces(bootstrap.open_window, bootstrap.try_window, locations.log_folder)
    sys.exit(run(sys.argv[1:], bootstrap.build_program, faces))


if __name__ == "__main__":
    main()
