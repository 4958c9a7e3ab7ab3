"""Times a workbook inside LibreOffice: loading it, and recalculating all of it, by a macro of its own.

    python benchmarks/libre_office.py WORKBOOK.xlsx

Prints seconds: for start and end of the process, for loading, and for one hard recalculation (the quickest
of several). A throw-away profile holds the macro; nothing of the user's LibreOffice is touched.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.sax.saxutils import escape

MACRO = """
Sub Measure(source As String, target As String)
  Dim arguments(0) As New com.sun.star.beans.PropertyValue
  Dim document As Object, start As Long, load As Long, once As Long, best As Long, i As Integer
  arguments(0).Name = "Hidden" : arguments(0).Value = True
  start = GetSystemTicks()
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, arguments())
  load = GetSystemTicks() - start
  best = 2000000000
  For i = 1 To 7
    start = GetSystemTicks()
    document.calculateAll()
    once = GetSystemTicks() - start
    If once < best Then best = once
  Next i
  document.close(True)
  Open ConvertFromURL(target) For Output As #1
  Print #1, CStr(load) & " " & CStr(best)
  Close #1
End Sub
"""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMES = 'xmlns:script="http://openoffice.org/2000/script" xmlns:library="http://openoffice.org/2000/library"'
FILES = {
    "script.xlc": f'<library:libraries {NAMES.split(" ", 1)[1]} xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/"'
    ' xlink:type="simple" library:link="false"/></library:libraries>',
    "Standard/script.xlb": f'<library:library {NAMES.split(" ", 1)[1]} library:name="Standard"'
    ' library:readonly="false" library:passwordprotected="false">'
    '<library:element library:name="Bench"/></library:library>',
    "Standard/Bench.xba": f'<script:module {NAMES.split(" ", 1)[0]} script:name="Bench"'
    f' script:language="StarBasic">{escape(MACRO)}</script:module>',
}


def measure(workbook: Path) -> tuple[float, float, float]:
    """Seconds: the process without the work, loading, recalculating. Raises RuntimeError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        profile, told = Path(folder) / "profile", Path(folder) / "told.txt"
        soffice = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
        # The first start fills the profile, and would overwrite the macro.
        _run([*soffice, "--terminate_after_init"])
        for name, text in FILES.items():
            place = profile / "user" / "basic" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(HEAD + text, "utf-8")
        macro = f'macro:///Standard.Bench.Measure("{workbook.resolve().as_uri()}","{told.as_uri()}")'
        start = time.perf_counter()
        done = _run([*soffice, macro])
        whole = time.perf_counter() - start
        if not told.exists():
            message = f"soffice told nothing (exit {done.returncode}): {done.stderr.strip()[:200]}"
            raise RuntimeError(message)
        load, again = (int(part) / 1000 for part in told.read_text().split())
    return whole - load - 7 * again, load, again


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


if __name__ == "__main__":
    sys.stdout.write(" ".join(f"{seconds:.4f}" for seconds in measure(Path(sys.argv[1]))) + "\n")
