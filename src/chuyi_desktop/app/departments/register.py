"""What a workspace knows of its departments: who supplies what by the school's own word, which workbooks went
out and which came back. It is a small file beside the database, written whole or not at all: none of it is a
figure of the school, and a workspace without it is none the poorer."""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from chuyi_desktop.app.departments.shares import Owners
from chuyi_desktop.domain.errors import OutputError, WorkspaceError

FILE = "departments.json"
_FORMAT = 1
_LARGEST = 4_000_000
"""Bytes; far above what any school needs."""


@dataclass(frozen=True, slots=True)
class HandOut:
    """A department's workbook that was written."""

    assessment_id: str
    department: str
    file: str
    when: datetime
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A department's workbook that was merged; ``deed`` is the number of the journal's entry with the
    changes, 0 where it brought none."""

    assessment_id: str
    department: str
    file: str
    when: datetime
    deed: int = 0


@dataclass(frozen=True, slots=True)
class Register:
    """The whole of it."""

    owners: Owners = field(default_factory=Owners)
    handed_out: tuple[HandOut, ...] = ()
    delivered: tuple[Delivered, ...] = ()

    def with_handed_out(self, handed_out: tuple[HandOut, ...]) -> "Register":
        """The same with workbooks that went out; a department's last one counts."""
        again = {(each.assessment_id, each.department) for each in handed_out}
        kept = tuple(each for each in self.handed_out if (each.assessment_id, each.department) not in again)
        return replace(self, handed_out=kept + handed_out)


def read_register(folder: Path) -> Register:
    """The register of the workspace in ``folder``; an empty one where there is none. Raises WorkspaceError
    where it cannot be read."""
    path = folder / FILE
    try:
        if not path.exists():
            return Register()
        if path.stat().st_size > _LARGEST:
            raise ValueError(path.stat().st_size)
        content = json.loads(path.read_text("utf-8"))
        if content["format"] > _FORMAT:
            raise ValueError(content["format"])
        return Register(
            Owners(_texts(content["departments"]), _texts(content["items"])),
            tuple(
                HandOut(
                    *_texts_of(each), _moment(each), date.fromisoformat(each["due"]) if each["due"] else None
                )
                for each in content["handed_out"]
            ),
            tuple(
                Delivered(*_texts_of(each), _moment(each), int(each["deed"])) for each in content["delivered"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WorkspaceError("departments.register_unreadable", file=path, details=repr(error)) from error


def write_register(folder: Path, register: Register) -> None:
    """Keep ``register``. Raises OutputError, with the old one still there, where the disk refuses."""
    content = {
        "format": _FORMAT,
        "departments": dict(register.owners.departments),
        "items": dict(register.owners.items),
        "handed_out": [
            _json_of(each) | {"due": each.due.isoformat() if each.due else None}
            for each in register.handed_out
        ],
        "delivered": [_json_of(each) | {"deed": each.deed} for each in register.delivered],
    }
    path = folder / FILE
    beside = folder / f".{FILE}.{secrets.token_hex(4)}.tmp"
    try:
        with beside.open("x", encoding="utf-8") as stream:
            json.dump(content, stream, ensure_ascii=False, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        raise OutputError("departments.register_unwritable", file=path, details=repr(error)) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _json_of(each: HandOut | Delivered) -> dict[str, object]:
    return {
        "assessment": each.assessment_id,
        "department": each.department,
        "file": each.file,
        "when": each.when.isoformat(),
    }


def _texts_of(each: dict[str, object]) -> tuple[str, str, str]:
    return str(each["assessment"]), str(each["department"]), str(each["file"])


def _moment(each: dict[str, object]) -> datetime:
    return datetime.fromisoformat(str(each["when"]))


def _texts(found: dict[str, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in found.items()}
