"""Makes resources/fonts from pinned registry packages: fetch, check, subset, rename, write the manifest.

A maintainer's tool; neither the program nor its tests need it or the network. The result is the same to the
byte on every run. Needs npm on the path and brotli (both in the development set-up).

    make fonts                                     # fetches the packages again
    python build/fonts/make_fonts.py FOLDER        # takes the archives from FOLDER where they are there
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[2] / "resources" / "fonts"


@dataclass(frozen=True)
class Package:
    """A package of the npm registry, held fast by its checksum, and its licence text."""

    name: str
    version: str
    sha512: str
    licence: str

    @property
    def archive(self) -> str:
        """The name `npm pack` gives the archive."""
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"


SERIF = Package(
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCVdCMhRqMjQtu0ZRgc29u8A+CU3akfw==",
    "package/LICENSE_FONT",
)
SANS = Package(
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==",
    "package/LICENSE_FONT",
)
KAI = Package(
    "@fontsource/lxgw-wenkai",
    "5.3.0",
    "+U5AAOXeaB7o+3G0Qm7I7Djz2Jd1hqNY+kClOZH8bTunyyGa2WxY12LZftt2AqUsxlfxwdQpd75Js1HQIt4H4g==",
    "package/LICENSE",
)

Charset = Callable[[set[int], set[int]], set[int]]
"""From what the face has, and what the full 宋体 has, to what is kept."""


HAN = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0), range(0x3007, 0x3008))
KOREAN = range(0xAC00, 0xD7B0)
TICKED, BOX, TICK = 0x2611, 0x25A1, 0x221A


def is_han(code: int) -> bool:
    """Whether ``code`` is a Han character, in any plane."""
    return any(code in block for block in HAN)


def encodable(encoding: str) -> set[int]:
    """Every character of a Chinese national code set."""
    return {code for code in range(0x20, 0x10000) if _encodes(chr(code), encoding)}


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


# Beyond the code sets: Latin letters of foreign names, punctuation, arrows, mathematics, circled numbers,
# boxes and ticks, units.
SIGNS = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2040),
    *range(0x2070, 0x20C0),
    *range(0x2100, 0x2400),
    *range(0x2460, 0x2500),
    *range(0x2500, 0x2700),
    *range(0x2700, 0x27C0),
    *range(0x3000, 0x3040),
    *range(0x3200, 0x3400),
    *range(0xFE30, 0xFE50),
    *range(0xFF00, 0xFFF0),
}
GB2312 = encodable("gb2312") | SIGNS
GBK = encodable("gbk") | SIGNS


def whole_han(has: set[int], song: set[int]) -> set[int]:
    """Everything but Korean syllables: no rare character of a name may be lost."""
    del song
    return {code for code in has if code not in KOREAN}


def gb2312(has: set[int], song: set[int]) -> set[int]:
    """The characters of running text."""
    del song
    return has & GB2312


def gb2312_and_rare(has: set[int], song: set[int]) -> set[int]:
    """The characters of running text, and the Han characters 宋体 does not have."""
    return has & GB2312 | {code for code in has - song if is_han(code)}


def gbk_and_rare(has: set[int], song: set[int]) -> set[int]:
    """The characters of Windows, and the Han characters 宋体 does not have."""
    return has & GBK | {code for code in has - song if is_han(code)}


@dataclass(frozen=True)
class Face:
    """A face to make: where from, what is kept, and the name it gets.

    A subset is a modified version, so it never carries the name of the original (OFL 1.1, article 3).
    """

    file: str
    role: str
    family: str
    style: str
    package: Package
    member: str
    keep: Charset

    @property
    def licence(self) -> str:
        """The file its licence text lies in."""
        return f"OFL-{self.family.replace(' ', '')}.txt"


FACES = (
    Face("ChuyiSong-Regular.ttf", "song", "Chuyi Song", "Regular", SERIF,
         "package/400Regular/NotoSerifSC_400Regular.ttf", whole_han),
    Face("ChuyiSong-Bold.ttf", "song_bold", "Chuyi Song", "Bold", SERIF,
         "package/700Bold/NotoSerifSC_700Bold.ttf", gb2312),
    Face("ChuyiHei-Regular.ttf", "hei", "Chuyi Hei", "Regular", SANS,
         "package/400Regular/NotoSansSC_400Regular.ttf", gbk_and_rare),
    Face("ChuyiKai-Regular.ttf", "kai", "Chuyi Kai", "Regular", KAI,
         "package/files/lxgw-wenkai-latin-500-normal.woff2", gb2312_and_rare),
)  # fmt: skip


def fetch(package: Package, folder: Path) -> Path:
    """The archive of ``package`` in ``folder``, fetched by npm unless there, checked in both cases."""
    archive = folder / package.archive
    if not archive.exists():
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("npm is needed to fetch the font packages")
        subprocess.run([npm, "pack", "--silent", f"{package.name}@{package.version}"], cwd=folder, check=True)
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.sha512:
        sys.exit(f"{package.name}@{package.version}: checksum {found} is not the pinned one")
    return archive


def member(archive: Path, name: str) -> bytes:
    """One file of an archive."""
    with tarfile.open(archive) as tar:
        stream = tar.extractfile(name)
        if stream is None:
            sys.exit(f"{archive.name} has no file {name}")
        return stream.read()


def subset(font: TTFont, codes: set[int]) -> None:
    """Reduce ``font`` to ``codes``, without layout, hints and vertical metrics, which nothing here uses."""
    options = Options(
        layout_features=[],
        hinting=False,
        notdef_outline=True,
        glyph_names=False,
        name_IDs=[0, 5, 13, 14],
        name_languages=[0x409],
        drop_tables=[
            "vmtx",
            "vhea",
            "VORG",
            "BASE",
            "GSUB",
            "GPOS",
            "GDEF",
            "morx",
            "DSIG",
            "meta",
            "feat",
            "kern",
        ],
        recalc_timestamp=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def add_ticked_box(font: TTFont) -> None:
    """☑, which forms are full of and none of the faces has: the face's own □ and √ one upon the other."""
    cmap = font.getBestCmap()
    if TICKED in cmap or not {BOX, TICK} <= cmap.keys():
        return
    box, tick = cmap[BOX], cmap[TICK]
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(box, (1, 0, 0, 1, 0, 0))
    outline = font["glyf"][tick]
    square = font["glyf"][box]
    scale = 0.72 * (square.xMax - square.xMin) / (outline.xMax - outline.xMin)
    dx = (square.xMin + square.xMax) / 2 - scale * (outline.xMin + outline.xMax) / 2
    dy = (square.yMin + square.yMax) / 2 - scale * (outline.yMin + outline.yMax) / 2
    pen.addComponent(tick, (scale, 0, 0, scale, round(dx), round(dy)))
    font.setGlyphOrder([*font.getGlyphOrder(), "ticked"])
    font["glyf"]["ticked"] = pen.glyph()
    font["hmtx"]["ticked"] = font["hmtx"][box]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[TICKED] = "ticked"


def rename(font: TTFont, face: Face) -> None:
    """Give ``font`` the names of ``face``; copyright, version and licence stay."""
    names = font["name"]
    full = face.family if face.style == "Regular" else f"{face.family} {face.style}"
    postscript = f"{face.family.replace(' ', '')}-{face.style}"
    for number, text in ((1, face.family), (2, face.style), (3, postscript), (4, full), (6, postscript)):
        names.setName(text, number, 3, 1, 0x409)


def make(face: Face, source: bytes, song: set[int]) -> tuple[bytes, set[int]]:
    """The file of ``face`` and the characters it has."""
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    font.flavor = None
    subset(font, face.keep(set(font.getBestCmap()), song))
    add_ticked_box(font)
    rename(font, face)
    written = BytesIO()
    font.save(written, reorderTables=True)
    return written.getvalue(), set(font.getBestCmap())


def main(folder: Path) -> None:
    """Make every face, its licence text and the manifest."""
    TARGET.mkdir(parents=True, exist_ok=True)
    manifest: list[dict[str, object]] = []
    song: set[int] = set()
    for face in FACES:
        archive = fetch(face.package, folder)
        source = member(archive, face.member)
        made, codes = make(face, source, song)
        song = song or codes
        (TARGET / face.file).write_bytes(made)
        (TARGET / face.licence).write_bytes(member(archive, face.package.licence))
        manifest.append(
            {
                "file": face.file,
                "role": face.role,
                "family": face.family,
                "style": face.style,
                "licence": face.licence,
                "package": f"{face.package.name}@{face.package.version}",
                "package_sha512": face.package.sha512,
                "member": face.member,
                "member_sha256": hashlib.sha256(source).hexdigest(),
                "sha256": hashlib.sha256(made).hexdigest(),
                "size": len(made),
                "characters": len(codes),
                "han": sum(1 for code in codes if is_han(code)),
            }
        )
        print(f"{face.file}: {len(made):,} bytes, {len(codes):,} characters")
    text = json.dumps({"faces": manifest}, ensure_ascii=False, indent=2)
    (TARGET / "fonts.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
