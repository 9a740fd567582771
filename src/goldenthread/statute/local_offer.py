"""What the law asks of a Local Offer, as data: `data/local_offer_items.toml`, one entry an item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from goldenthread.statute.datafile import DATA, Mark, StatuteDataError, UnknownEntryError, entries


class Part(StrEnum):
    """Where an item comes from, by the letter that its id begins with."""

    SCHEDULE = "S2"
    ACT = "A30"
    REGULATIONS = "R"
    CODE = "C4"


@dataclass(frozen=True, slots=True)
class LegalItem:
    """One thing that a Local Offer must have or do, in short words of our own."""

    id: str
    part: Part
    title: str
    text: str
    source: str
    mark: Mark
    notes: str


def load_items(folder: Path = DATA) -> dict[str, LegalItem]:
    """Every item by id, in the order of the law. Raises StatuteDataError on the first wrong entry."""
    items: dict[str, LegalItem] = {}
    for entry in entries(folder / "local_offer_items.toml", "item"):
        name = entry.text("id")
        found = LegalItem(
            id=name,
            part=_part(name),
            title=entry.text("title"),
            text=entry.text("text"),
            source=entry.text("source"),
            mark=entry.choice("mark", Mark),
            notes=entry.text("notes", ""),
        )
        entry.finish()
        entry.refuse_twice(name, items)
        items[name] = found
    return items


def _part(name: str) -> Part:
    for part in Part:
        if name.startswith(part):
            return part
    raise StatuteDataError(f"local_offer_items.toml: {name}: begin an id with one of {', '.join(Part)}")


@cache
def _items() -> dict[str, LegalItem]:
    return load_items()


def legal_item(item_id: str) -> LegalItem:
    """One item by id. Raises UnknownEntryError when there is none."""
    found = _items().get(item_id)
    if found is None:
        raise UnknownEntryError(f"There is no item “{item_id}” of the Local Offer in statute/data.")
    return found


def all_items() -> tuple[LegalItem, ...]:
    """Every item, in the order of the law."""
    return tuple(_items().values())
