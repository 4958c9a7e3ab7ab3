"""What both programs of the bundle start: the console, or, under the window program's name, the window."""

import sys
from pathlib import Path

from chuyi_desktop.__main__ import main

if Path(sys.executable).stem == "chuyi-desktop":
    sys.argv.insert(1, "gui")
main()
