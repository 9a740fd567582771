"""Mitigations to and from plain dictionaries, as kept in a database, a JSON file or TOML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.mitigation import Confidence, Effect, EvidenceGrade, Kind, Mitigation, Where

Plain = dict[str, Any]
_T = TypeVar("_T")
_Named = TypeVar("_Named", bound=StrEnum)

_YEAR: Final = re.compile(r"(\d{4})(?:[/-](\d{2}|\d{4}))?( academic year| financial year)?")


def as_dict(mitigation: Mitigation) -> Plain:
    """Return a mitigation as plain data: text, numbers, lists and dictionaries that JSON can hold."""
    return {
        "reference": mitigation.reference,
        "title": mitigation.title,
        "effects": [_effect_as_dict(effect) for effect in mitigation.effects],
        "starts": mitigation.starts.isoformat(),
        "ramp": list(mitigation.ramp),
        "evidence": mitigation.evidence,
        "evidence_grade": str(mitigation.evidence_grade),
        "confidence": str(mitigation.confidence),
        "one_off": {str(year): pounds for year, pounds in sorted(mitigation.one_off.items())},
        "owner": mitigation.owner,
        "notes": mitigation.notes,
    }


def _effect_as_dict(effect: Effect) -> Plain:
    where = effect.where
    return {
        "kind": str(effect.kind),
        "amount": effect.amount,
        "unit": effect.unit,
        "where": {
            "ages": list(where.ages) if where.ages else None,
            "needs": list(where.needs),
            "placements": list(where.placements),
            "to": where.to,
            "line": where.line,
        },
        "after": effect.after,
        "ramp": list(effect.ramp),
    }


def from_dict(data: Mapping[str, Any]) -> Mitigation:
    """Read what `as_dict` writes; what is left out has its usual value.

    Raises ForecastError naming the mitigation, the effect and the entry for a name that is none, one that is
    missing, or a value of the wrong kind.
    """
    reference = str(data.get("reference", "?")) if isinstance(data, Mapping) else "?"
    try:
        return Mitigation(**_read(data, _MITIGATION, Mitigation))
    except ForecastError as error:
        raise ForecastError(f"Mitigation {reference}: {error}") from error


def start_of(value: object) -> date:
    """Read a start: 2021-09-01, 2021/22 (its 1 April) or "2021/22 academic year" (its 1 September)."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = str(value).strip()
    found = _YEAR.fullmatch(text)
    if found and (found[2] is None or int(found[2][-2:]) == (int(found[1]) + 1) % 100):
        return date(int(found[1]), 9 if found[3] == " academic year" else 4, 1)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ForecastError(
            f"{text!r} is no start. Enter a date such as 2021-09-01, a financial year such as 2021/22, or "
            "2021/22 academic year."
        ) from error


def _read(data: object, readers: Mapping[str, Callable[[object], object]], kind: type) -> Plain:
    if not isinstance(data, Mapping):
        raise ForecastError(f"{data!r} is not a set of names and values.")
    unknown = [str(name) for name in data if name not in readers]
    if unknown:
        raise ForecastError(f"there is no entry {', '.join(unknown)}. The entries are {', '.join(readers)}.")
    values: Plain = {}
    for name, reader in readers.items():
        if name not in data:
            continue
        try:
            values[name] = reader(data[name])
        except ForecastError as error:
            raise ForecastError(f"{name}: {error}") from error
    missing = [name for name in _REQUIRED[kind] if name not in values]
    if missing:
        raise ForecastError(f"{', '.join(missing)} is missing.")
    return values


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ForecastError(f"{value!r} is not text.")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ForecastError(f"{value!r} is not a number.")
    return float(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ForecastError(f"{value!r} is not a whole number.")
    return value


def _choice(kind: type[_Named]) -> Callable[[object], _Named]:
    def read(value: object) -> _Named:
        try:
            return kind(str(value))
        except ValueError as error:
            names = ", ".join(kind)
            raise ForecastError(f"there is no {value!r}. Use one of: {names}.") from error

    return read


def _list_of(reader: Callable[[object], _T]) -> Callable[[object], tuple[_T, ...]]:
    def read(value: object) -> tuple[_T, ...]:
        if not isinstance(value, list | tuple):
            raise ForecastError(f"{value!r} is not a list.")
        return tuple(reader(item) for item in value)

    return read


def _ages(value: object) -> tuple[int, int] | None:
    if value is None or value == []:
        return None
    ages = _list_of(_whole)(value)
    if len(ages) != 2 or ages[0] > ages[1]:
        raise ForecastError(f"{list(ages)} are no ages. Enter the first and the last, such as [5, 15].")
    return ages[0], ages[1]


def _one_off(value: object) -> dict[int, float]:
    if not isinstance(value, Mapping):
        raise ForecastError(f"{value!r} is not a list of financial years and pounds.")
    return {start_of(year).year: _number(pounds) for year, pounds in value.items()}


def _effects(value: object) -> tuple[Effect, ...]:
    if not isinstance(value, list | tuple):
        raise ForecastError(f"{value!r} is not a list.")
    effects = []
    for number, item in enumerate(value, start=1):
        try:
            effects.append(Effect(**_read(item, _EFFECT, Effect)))
        except ForecastError as error:
            raise ForecastError(f"effect {number}: {error}") from error
    return tuple(effects)


_WHERE: Final[dict[str, Callable[[object], object]]] = {
    "ages": _ages,
    "needs": _list_of(_text),
    "placements": _list_of(_text),
    "to": _text,
    "line": _text,
}
_EFFECT: Final[dict[str, Callable[[object], object]]] = {
    "kind": _choice(Kind),
    "amount": _number,
    "unit": _text,
    "where": lambda value: Where(**_read(value, _WHERE, Where)),
    "after": _whole,
    "ramp": _list_of(_number),
}
_MITIGATION: Final[dict[str, Callable[[object], object]]] = {
    "reference": _text,
    "title": _text,
    "effects": _effects,
    "starts": start_of,
    "ramp": _list_of(_number),
    "evidence": _text,
    "evidence_grade": _choice(EvidenceGrade),
    "confidence": _choice(Confidence),
    "one_off": _one_off,
    "owner": _text,
    "notes": _text,
}
_REQUIRED: Final[dict[type, tuple[str, ...]]] = {
    Mitigation: ("reference", "title", "effects", "starts"),
    Effect: ("kind", "amount", "unit"),
    Where: (),
}
