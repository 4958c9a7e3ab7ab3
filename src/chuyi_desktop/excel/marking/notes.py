"""Comments on the bad cells, beside those that people wrote."""

from collections.abc import Mapping

from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.marking.package import Package, related
from chuyi_desktop.excel.marking.spans import XmlPart, attribute, text
from chuyi_desktop.excel.sheet import column_letters, parse_reference

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LONGEST = 1500
_EMPTY_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:240pt;height:84pt;z-index:{layer};visibility:hidden" fillcolor="#FFFBEB" '
    'o:insetmode="auto" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:fill color2="#FFFBEB"/><v:textbox style="mso-direction-alt:auto"/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_FIRST_SHAPE = 90_001
"""Shapes that other programs made count from 1025."""


def add_notes(package: Package, sheet: str, words: Mapping[tuple[int, int], str]) -> str:
    """Put ``words`` by row and column into the sheet's comments; the id of a new relation to their drawing,
    empty where the sheet has one."""
    comments = related(package, sheet, "comments")
    new_sheet = not comments
    if new_sheet:
        comments = package.free_name("xl/commentsChuyi{}.xml")
        package.write(
            comments,
            f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'.encode(),
        )
        package.declare(comments, _COMMENTS)
        package.relate(sheet, "comments", comments)
    drawn = _written(package, comments, words)
    drawing, relation = related(package, sheet, "vmlDrawing"), ""
    if not drawing:
        drawing = package.free_name("xl/drawings/vmlDrawingChuyi{}.vml")
        package.write(drawing, _EMPTY_DRAWING.encode())
        package.declare_ending("vml", _DRAWING)
        relation = package.relate(sheet, "vmlDrawing", drawing)
    package.write(drawing, _drawn(package.read(drawing), [at for at in words if at not in drawn]))
    return relation


def _written(package: Package, comments: str, words: Mapping[tuple[int, int], str]) -> set[tuple[int, int]]:
    """Write the words; the places that had a comment, and so have a shape."""
    part = XmlPart(package.read(comments))
    authors, listed = part.first("authors"), part.first("commentList")
    if authors is None or listed is None:
        raise ValueError("comments without a list")
    number, x = len(part.all("author", authors)), listed.prefix
    part.append(authors, f"<{x}author>{text(say('excel.mark.author'))}</{x}author>")
    there = {
        place: one
        for one in part.all("comment", listed)
        if (place := parse_reference(one.attributes.get("ref", ""))) is not None
    }
    new: list[str] = []
    for place, said in sorted(words.items()):
        run = f'<{x}r><{x}t xml:space="preserve">{text(said[:_LONGEST])}{{}}</{x}t></{x}r>'
        old = next(iter(part.all("text", there[place])), None) if place in there else None
        if old is not None and not old.is_empty:
            # Before what a person wrote, which stays as it is, looks included.
            plain = next((each for each in part.all("t", old) if each.depth == old.depth + 1), None)
            if plain is None:
                part.insert(old.inside, run.format("\n\n"))
            elif plain.is_empty:
                part.insert(plain.end, run.format(""))
            else:
                # Words without looks stand before all runs, and Excel calls anything else damaged.
                part.set_attribute(plain, "xml:space", "preserve")
                part.insert(plain.inside, f"{text(said[:_LONGEST])}\n\n")
        else:
            reference = f"{column_letters(place[1])}{place[0]}"
            new.append(
                f'<{x}comment ref="{reference}" authorId="{number}"><{x}text>{run.format("")}</{x}text>'
                f"</{x}comment>"
            )
    part.append(listed, "".join(new))
    package.write(comments, part.result())
    return set(there)


def _drawn(drawing: bytes, places: list[tuple[int, int]]) -> bytes:
    """The drawing with a box for each place. Not parsed: what Excel writes there is not always XML."""
    end = drawing.rfind(b"</")
    if end < 0:
        raise ValueError("a drawing without an end")
    shapes = "".join(
        _SHAPE.format(
            number=_FIRST_SHAPE + layer,
            layer=layer + 1,
            row=row - 1,
            column=column - 1,
            left=column,
            right=column + 4,
            top=max(row - 2, 0),
            bottom=row + 4,
        )
        for layer, (row, column) in enumerate(sorted(places), drawing.count(b"ClientData"))
    )
    return drawing[:end] + shapes.encode() + drawing[end:]


def legacy_drawing(relation: str, prefix: str, namespace: str) -> str:
    """The element by which a sheet names the drawing of its comments."""
    return f"<{prefix}legacyDrawing xmlns:r={attribute(namespace)} r:id={attribute(relation)}/>"
