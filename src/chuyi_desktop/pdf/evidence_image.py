"""Evidence that is a picture: turned upright, reduced to what paper shows, encoded afresh.

Encoding afresh leaves behind whatever else the file carries, such as where a photo was taken.
"""

import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from chuyi_desktop.pdf.evidence_limits import Limits, Unplaced

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "MPO")
PRINT_DPI = 200
"""The resolution pictures are reduced to."""
SCREEN_DPI = 96
"""Taken where a picture does not say its own."""
MOST_DPI = 2400
QUALITY = 85
PREFER_LOSSLESS = 1.5
"""Lossless up to this many times the size of a JPEG: line drawings and screenshots."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture and the size it has by nature, in points."""

    width: float
    height: float
    pixels: tuple[int, int]
    colours: str
    bits: int
    jpeg: bool
    data: bytes


def read_pictures(path: Path, limits: Limits, room: tuple[float, float]) -> tuple[Picture, ...]:
    """Every page of a picture file, reduced to ``room`` in points. Raises Unplaced."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            frames = 1 if image.format in {"JPEG", "MPO"} else getattr(image, "n_frames", 1)
            if frames > limits.pages:
                raise Unplaced("too_many_pages", found=frames, limit=limits.pages)
            return tuple(_read_frame(image, number, limits, room) for number in range(frames))
    except Unplaced:
        raise
    except Exception as error:
        raise Unplaced("damaged", details=repr(error)) from error


def _read_frame(image: Image.Image, number: int, limits: Limits, room: tuple[float, float]) -> Picture:
    if number:
        image.seek(number)
    count = image.width * image.height
    if count > limits.pixels:
        found, limit = -(-count // 1_000_000), limits.pixels // 1_000_000
        raise Unplaced("too_many_pixels", found=found, limit=limit)
    across, down = _dpi(image)
    width, height = image.width * 72 / across, image.height * 72 / down
    turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
    if turned:
        width, height = height, width
    long_side, short_side = max(room), min(room)
    shown = min(1.0, long_side / max(width, height), short_side / min(width, height))
    most = int(max(width, height) * shown * PRINT_DPI / 72) + 1
    # Half as many pixels is as far as the decoder itself can go; it saves most of the work for photos.
    image.draft(None, (most, most))
    upright = ImageOps.exif_transpose(image)
    reduced = _reduce(_plain(upright), most)
    return _encode(reduced, width, height, photo=image.format in {"JPEG", "MPO"})


def _dpi(image: Image.Image) -> tuple[float, float]:
    found = image.info.get("dpi", (0, 0))
    try:
        across, down = float(found[0]), float(found[1])
    except (TypeError, ValueError, IndexError):
        return SCREEN_DPI, SCREEN_DPI
    usable = all(SCREEN_DPI / 2 < value < MOST_DPI for value in (across, down))
    return (across, down) if usable else (SCREEN_DPI, SCREEN_DPI)


def _plain(image: Image.Image) -> Image.Image:
    """The picture on white, in one of three modes: black and white, grey, colour."""
    if image.mode in {"1", "L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode in {"I", "I;16", "I;16B", "F"}:
        return (
            image.point(lambda value: value / 256).convert("L") if image.mode != "F" else image.convert("L")
        )
    if "A" in image.mode or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return image.convert("RGB")


def _reduce(image: Image.Image, most: int) -> Image.Image:
    longest = max(image.size)
    if longest <= most:
        return image
    size = tuple(max(1, round(side * most / longest)) for side in image.size)
    grey = image.convert("L") if image.mode == "1" else image
    return grey.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=3)


def _encode(image: Image.Image, width: float, height: float, *, photo: bool) -> Picture:
    data, jpeg = b"", image.mode != "1"
    if jpeg:
        written = BytesIO()
        image.save(written, "JPEG", quality=QUALITY, optimize=True, subsampling=0)
        data = written.getvalue()
    if not photo or not jpeg:
        lossless = zlib.compress(image.tobytes(), 6)
        if not jpeg or len(lossless) <= PREFER_LOSSLESS * len(data):
            data, jpeg = lossless, False
    bits = 1 if image.mode == "1" else 8
    colours = "/DeviceRGB" if image.mode == "RGB" else "/DeviceGray"
    return Picture(width, height, image.size, colours, bits, jpeg, data)
