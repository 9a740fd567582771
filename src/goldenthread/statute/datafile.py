"""Reading the dated data in `statute/data`, strictly: a wrong or unknown field fails at load, by name."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

DATA = Path(__file__).parent / "data"
_E = TypeVar("_E", bound=StrEnum)
_REQUIRED: Any = object()


class StatuteDataError(ValueError):
    """The data files are wrong; the message names the file, the entry, the field and the mend."""


class UnknownEntryError(KeyError):
    """No rule, ground or code set has this name."""

    def __str__(self) -> str:
        return str(self.args[0])


class Mark(StrEnum):
    """How sure we are of an entry, as its source was read."""

    CONFIRMED = "confirmed"  # read in the source itself
    SECONDARY = "secondary"  # read in a page that restates the source
    INFERRED = "inferred"  # follows from a confirmed source
    MEMORY = "memory"  # general knowledge: check before relying on it
    UNKNOWN = "unknown"  # not found in any source: our own stand-in


class Entry:
    """One table of a data file, taken field by field; `finish` refuses what nobody asked for."""

    def __init__(self, values: dict[str, Any], where: str, defaults: dict[str, Any] | None = None) -> None:
        self._values = {**(defaults or {}), **values}
        named = (values.get(field) for field in ("id", "code", "name"))
        name = next((value for value in named if isinstance(value, str) and value), "no id")
        self.where = f"{where}: {name}"

    def fail(self, problem: str) -> StatuteDataError:
        """The error to raise, with the place in front."""
        return StatuteDataError(f"{self.where}: {problem}")

    def _take(self, field: str, kind: type, default: Any) -> Any:
        value = self._values.pop(field, default)
        if value is _REQUIRED:
            raise self.fail(f"{field} is missing; add it")
        if value is not default and type(value) is not kind:
            raise self.fail(f"{field} must be {kind.__name__}, not {type(value).__name__}")
        return value

    def text(self, field: str, default: Any = _REQUIRED) -> str:
        """A text field. Raises StatuteDataError when it is missing, empty or not text."""
        value: str = self._take(field, str, default)
        if value == "" and default is _REQUIRED:
            raise self.fail(f"{field} is empty; fill it in")
        return value

    def number(self, field: str, default: Any = _REQUIRED) -> int:
        """A whole number, zero or more."""
        value: int = self._take(field, int, default)
        if value is not default and value < 0:
            raise self.fail(f"{field} must not be negative")
        return value

    def flag(self, field: str) -> bool:
        """True or false; false when absent."""
        value: bool = self._take(field, bool, False)
        return value

    def day(self, field: str, default: Any = _REQUIRED) -> date:
        """A date."""
        value: date = self._take(field, date, default)
        return value

    def day_or_none(self, field: str) -> date | None:
        """A date, or None when absent."""
        value: date | None = self._take(field, date, None)
        return value

    def number_or_none(self, field: str) -> int | None:
        """A whole number, or None when absent."""
        value: int | None = self._take(field, int, None)
        return value

    def texts(self, field: str, default: Any = _REQUIRED) -> tuple[str, ...]:
        """A list of texts."""
        values = self._take(field, list, default)
        if any(type(value) is not str for value in values):
            raise self.fail(f"{field} must hold only text")
        return tuple(values)

    def tables(self, field: str) -> list[dict[str, Any]]:
        """A list of tables, such as the codes of a code set. Raises StatuteDataError when it is empty."""
        values: list[dict[str, Any]] = self._take(field, list, _REQUIRED)
        if not values or any(type(value) is not dict for value in values):
            raise self.fail(f"{field} must hold at least one table")
        return values

    def table(self, field: str) -> dict[str, Any]:
        """A table of values; empty when absent."""
        values: dict[str, Any] = self._take(field, dict, {})
        return values

    def choice(self, field: str, kind: type[_E], default: Any = _REQUIRED) -> _E:
        """One of the values of an enum."""
        value = self.text(field, default)
        try:
            return kind(value)
        except ValueError:
            allowed = ", ".join(kind)
            raise self.fail(f"{field} is '{value}'; use one of {allowed}") from None

    def refuse_twice(self, key: object, taken: Container[object]) -> None:
        """Refuse a second entry with the same key."""
        if key in taken:
            raise self.fail(f"{key} stands twice; keep one")

    def finish(self) -> None:
        """Refuse fields that no reader took: most often a misspelt name."""
        if self._values:
            unknown = ", ".join(sorted(self._values))
            raise self.fail(f"unknown field {unknown}; check the spelling")


def read(path: Path) -> dict[str, Any]:
    """One data file as a dict. Raises StatuteDataError when it is missing or is not TOML."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise StatuteDataError(f"{path.name}: the file is missing from {path.parent.name}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StatuteDataError(f"{path.name}: not valid TOML: {error}") from None


def entries(path: Path, table: str) -> Iterator[Entry]:
    """Each `[[table]]` of a file, with the file's `[defaults]` filled in. No other table may stand there."""
    content = read(path)
    defaults = content.pop("defaults", {})
    rows = content.pop(table, None)
    if content or not isinstance(rows, list):
        found = ", ".join(sorted(content)) or "none"
        raise StatuteDataError(f"{path.name}: expected [[{table}]] entries; other tables found: {found}")
    return (Entry(row, path.name, defaults) for row in rows)


def files(folder: Path) -> list[Path]:
    """The TOML files of a folder, in name order. Raises StatuteDataError when there are none."""
    found = sorted(folder.glob("*.toml"))
    if not found:
        raise StatuteDataError(f"{folder.name}: no .toml files in this folder")
    return found
