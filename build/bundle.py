"""Build the one-folder bundle under out/ and run its own self-test where no Python is to be found."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out" / "bundle"
PROGRAM = OUT / "chuyi-desktop" / ("chuyi.exe" if os.name == "nt" else "chuyi")
KEPT = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "LD_LIBRARY_PATH")
"""Variables that the system itself needs."""


def build() -> None:
    """Freeze the program."""
    folders = ("--distpath", str(OUT), "--workpath", str(ROOT / "out" / "pyinstaller"))
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *folders]
    subprocess.run([*command, str(ROOT / "build" / "chuyi_desktop.spec")], cwd=ROOT, check=True)


def try_it() -> float:
    """Run ``chuyi selftest`` from another place, with an empty path and home; seconds it took to start."""
    with tempfile.TemporaryDirectory() as home:
        elsewhere = Path(home) / "搬到 别处"
        shutil.copytree(OUT / "chuyi-desktop", elsewhere, symlinks=True)
        program = elsewhere / PROGRAM.name
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {"PATH": home, "HOME": home, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
        begun = time.perf_counter()
        subprocess.run([program, "--version"], env=environment, cwd=home, check=True)
        start = time.perf_counter() - begun
        subprocess.run([program, "selftest"], env=environment, cwd=home, check=True)
        return start


def size() -> float:
    """Megabytes of the bundle."""
    files = (path for path in (OUT / "chuyi-desktop").rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


def main() -> None:
    """Build, try, report."""
    begun = time.perf_counter()
    build()
    built = time.perf_counter() - begun
    start = try_it()
    print(f"{OUT / 'chuyi-desktop'}: {size():.0f} MB, built in {built:.0f} s, starts in {start:.2f} s")


if __name__ == "__main__":
    main()
