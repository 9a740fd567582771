"""The grounds on which a late step is excused, as data: `data/exceptions.toml`.

Each ground names the limits it can lift; `exceptions` tests whether a claim on a ground stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from goldenthread.statute.datafile import DATA, Mark, UnknownEntryError, entries


class GroundTest(StrEnum):
    """What has to be shown for a ground to stand."""

    CLOSURE = "closure"  # advice was asked of a setting near or in a long closure
    ABSENCE = "absence"  # away from the area for long enough
    CIRCUMSTANCES = "circumstances"  # a judgement, in writing, with the dates it covers
    EVENT = "event"  # something happened on a day in the period


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground on which a late step is excused. It lifts a named limit and moves no date."""

    id: str
    title: str
    text: str
    test: GroundTest
    minimum_days: int
    lifts: tuple[str, ...]
    source: str
    mark: Mark
    in_force_from: date
    notes: str


def load_grounds(folder: Path = DATA) -> dict[str, Ground]:
    """Every ground by id. Raises StatuteDataError on the first wrong entry."""
    grounds: dict[str, Ground] = {}
    for entry in entries(folder / "exceptions.toml", "ground"):
        found = Ground(
            id=entry.text("id"),
            title=entry.text("title"),
            text=entry.text("text"),
            test=entry.choice("test", GroundTest),
            minimum_days=entry.number("minimum_days", 0),
            lifts=entry.texts("lifts"),
            source=entry.text("source"),
            mark=entry.choice("mark", Mark),
            in_force_from=entry.day("in_force_from"),
            notes=entry.text("notes", ""),
        )
        entry.finish()
        entry.refuse_twice(found.id, grounds)
        grounds[found.id] = found
    return grounds


@cache
def _grounds() -> dict[str, Ground]:
    return load_grounds()


def ground(ground_id: str) -> Ground:
    """One ground by id. Raises UnknownEntryError when there is none."""
    found = _grounds().get(ground_id)
    if found is None:
        raise UnknownEntryError(f"There is no ground called '{ground_id}'. The grounds are in statute/data.")
    return found


def all_grounds() -> tuple[Ground, ...]:
    """Every ground, in the order of the data."""
    return tuple(_grounds().values())
