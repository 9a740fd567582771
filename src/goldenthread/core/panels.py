"""How a room above adds to a page of a room below, without the lower room knowing it.

A page names a slot (such as "case" or "person"); a room registers a function for it that returns the
template and what the template needs, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from goldenthread.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page: drawn by including `template` with `panel` set to this."""

    title: str
    template: str
    data: Any


Maker = Callable[[Any, Actor], Panel | None]
_makers: dict[str, list[tuple[int, Maker]]] = {}


def register(slot: str, maker: Maker, order: int = 100) -> None:
    """Let `maker(subject, by)` add a panel to `slot`; lower `order` comes first."""
    entries = _makers.setdefault(slot, [])
    if (order, maker) not in entries:
        entries.append((order, maker))
        entries.sort(key=lambda entry: entry[0])


def panels_for(slot: str, subject: Any, by: Actor) -> list[Panel]:
    """The panels that rooms above add to this page for this reader."""
    made = (maker(subject, by) for _, maker in _makers.get(slot, []))
    return [panel for panel in made if panel is not None]
