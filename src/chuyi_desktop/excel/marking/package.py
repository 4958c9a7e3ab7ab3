"""The parts of a workbook file, changed one by one and written again; what nobody changed is copied."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

from chuyi_desktop.excel.archive import open_archive
from chuyi_desktop.excel.marking.spans import XmlPart, attribute

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "[Content_Types].xml"


class Package:
    """A workbook's parts by name."""

    def __init__(self, source: Path) -> None:
        with open_archive(source) as archive:
            self._infos = archive.infolist()
            self._parts = {info.filename: archive.read(info) for info in self._infos}
        self._by_name = {_plain(name): name for name in self._parts}
        self._new: dict[str, bytes] = {}

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return _plain(part) in self._by_name or part in self._new

    def read(self, part: str) -> bytes:
        """A part as it is now. Raises LookupError where there is none."""
        if part in self._new:
            return self._new[part]
        return self._parts[self._by_name[_plain(part)]]

    def write(self, part: str, content: bytes) -> None:
        """Another content for a part, or a new one."""
        if part not in self._new and _plain(part) in self._by_name:
            self._parts[self._by_name[_plain(part)]] = content
        else:
            self._new[part] = content

    def free_name(self, form: str) -> str:
        """The first name of ``form``, such as ``xl/comments{}.xml``, that no part has."""
        number = 1
        while self.has(form.format(number)):
            number += 1
        return form.format(number)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind (the last word of its address) and target part of every relation of ``part``, by id."""
        name = _relations_of(part)
        if not self.has(name):
            return {}
        return {
            one.attributes.get("Id", ""): (
                one.attributes.get("Type", "").rpartition("/")[2],
                _target(part, one.attributes.get("Target", "")),
            )
            for one in XmlPart(self.read(name)).all("Relationship")
        }

    def relate(self, part: str, kind: str, target: str) -> str:
        """The id of a new relation of ``part`` to ``target``."""
        name = _relations_of(part)
        if not self.has(name):
            self.write(name, f'<Relationships xmlns="{_PACKAGE_RELATIONS}"></Relationships>'.encode())
        relations = XmlPart(self.read(name))
        taken = {one.attributes.get("Id", "") for one in relations.all("Relationship")}
        number = 1
        while f"rIdChuyi{number}" in taken:
            number += 1
        relation_id = f"rIdChuyi{number}"
        root = relations.elements[0]
        goes_to = attribute(relpath(target, dirname(part)))
        relations.append(
            root,
            f'<{root.prefix}Relationship Id="{relation_id}" Type="{RELATION}/{kind}" Target={goes_to}/>',
        )
        self.write(name, relations.result())
        return relation_id

    def declare(self, part: str, content_type: str) -> None:
        """Say what kind of part a new one is."""
        types = XmlPart(self.read(_CONTENT_TYPES))
        root = types.elements[0]
        said = {_plain(one.attributes.get("PartName", "")) for one in types.all("Override")}
        if _plain(part) not in said:
            types.append(
                root,
                f'<{root.prefix}Override PartName={attribute(f"/{part}")} ContentType="{content_type}"/>',
            )
            self.write(_CONTENT_TYPES, types.result())

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Say what kind of part everything with that ending is, unless it is said."""
        types = XmlPart(self.read(_CONTENT_TYPES))
        said = {one.attributes.get("Extension", "").casefold() for one in types.all("Default")}
        if ending not in said:
            root = types.elements[0]
            # Defaults stand before overrides in every writer's file; some readers count on it.
            types.insert(
                root.inside, f'<{root.prefix}Default Extension="{ending}" ContentType="{content_type}"/>'
            )
            self.write(_CONTENT_TYPES, types.result())

    def bytes(self) -> bytes:
        """The whole file."""
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._infos:
                archive.writestr(_same(info), self._parts[info.filename])
            for name, content in self._new.items():
                archive.writestr(_dated(name), content)
        return stream.getvalue()


def main_part(package: Package) -> str:
    """The part that is the workbook itself."""
    found = (target for kind, target in package.relations("").values() if kind == "officeDocument")
    return next(found, "xl/workbook.xml")


def related(package: Package, part: str, kind: str) -> str:
    """The part that ``part`` is related to so; empty where there is none."""
    return _first(target for found, target in package.relations(part).values() if found == kind)


def _first(names: Iterable[str]) -> str:
    return next(iter(names), "")


def _same(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(info.filename, info.date_time)
    copy.compress_type = zipfile.ZIP_STORED if info.is_dir() else zipfile.ZIP_DEFLATED
    copy.external_attr = info.external_attr
    return copy


def _dated(name: str) -> zipfile.ZipInfo:
    """No clock here: the first moment a zip file can name."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _target(part: str, target: str) -> str:
    plain = target.replace("\\", "/")
    return plain.lstrip("/") if plain.startswith("/") else normpath(join(dirname(part), plain))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
