"""The program's icon, drawn from its own 楷体: resources/icons/chuyi.png and chuyi.ico. Run by hand after a
change: ``.venv/bin/python build/icons.py``."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "icons"
FONT = ROOT / "resources" / "fonts" / "ChuyiKai-Regular.ttf"
SIZE = 256
FINE = 4
"""Drawn so many times larger, then reduced, for smooth edges."""
GROUND, INK = "#b3261e", "#fff8ee"
WINDOWS_SIZES = [(size, size) for size in (16, 24, 32, 48, 64, 128, 256)]


def draw() -> Image.Image:
    """A red seal with the character 楚."""
    side = SIZE * FINE
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side // 6, fill=GROUND)
    edge = side // 14
    pen.rounded_rectangle(
        (edge, edge, side - edge, side - edge), radius=side // 9, outline=INK, width=side // 60
    )
    font = ImageFont.truetype(str(FONT), side * 66 // 100)
    pen.text(
        (side / 2, side / 2), "楚", font=font, fill=INK, anchor="mm", stroke_width=side // 90, stroke_fill=INK
    )
    return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def main() -> None:
    """Write both files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    image = draw()
    image.save(FOLDER / "chuyi.png", optimize=True)
    image.save(FOLDER / "chuyi.ico", sizes=WINDOWS_SIZES)


if __name__ == "__main__":
    main()
