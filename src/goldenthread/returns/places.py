"""The places of a later return against those in the record: added or brought up to date, never taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from goldenthread.placements.actions import NewPlacement
from goldenthread.returns.merge import merged
from goldenthread.returns.values import PLACE_KEY, PLACE_VALUES, Values, plain


@dataclass(slots=True)
class PlaceMerge:
    """What to add and change, and by position what differs but was kept."""

    new: list[NewPlacement] = field(default_factory=list)
    changes: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)


def places(says: Sequence[NewPlacement], before: Sequence[Values] | None, held: Sequence[Any]) -> PlaceMerge:
    """Hold what this return says against what the last said and what the record has."""
    out = PlaceMerge()
    said = {_key_of(one): one for one in before or ()}
    free = list(held)
    for number, place in enumerate(says, start=1):
        present = _same(place, free)
        if present is None:
            if _key(place) not in said:
                out.new.append(place)
            # Else it was loaded before and is not there any more: somebody here moved or removed it.
            continue
        free.remove(present)
        found = merged(PLACE_VALUES, place, said.get(_key(place), {}), present)
        if found.changes:
            _in_order(found.changes, present)
            out.changes.append((present, found.changes))
        out.kept |= {f"PlacementDetail[{number}].{name}": value for name, value in found.kept.items()}
    return out


def _in_order(changes: dict[str, Any], present: Any) -> None:
    """A place cannot end before it begins: then its dates stay as they were."""
    starts = changes.get("starts_on", present.starts_on)
    ends = changes.get("ends_on", present.ends_on)
    if starts and ends and ends < starts:
        changes.pop("starts_on", None)
        changes.pop("ends_on", None)


def _same(place: NewPlacement, held: Sequence[Any]) -> Any | None:
    for one in held:
        if _key(one) == _key(place):
            return one
    # Without a first day on one side, the only place of that setting and rank is meant.
    alike = [one for one in held if _key(one)[:-1] == _key(place)[:-1]]
    one = alike[0] if len(alike) == 1 else None
    return one if one is not None and (one.starts_on is None or place.starts_on is None) else None


def _key(place: Any) -> tuple[Any, ...]:
    return tuple(plain(getattr(place, name)) for name in PLACE_KEY)


def _key_of(values: Values) -> tuple[Any, ...]:
    return tuple(values.get(name, "" if name == "sen_setting" else None) for name in PLACE_KEY)
