"""Cells that hold several things: one a line, its parts between bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from goldenthread.localoffer import values
from goldenthread.localoffer.document import Document

BAR: Final = " | "
YES: Final = {"yes", "y", "true", "1"}
NO: Final = {"no", "n", "false", "0"}


def plain(value: Any) -> str:
    """A value in a cell: bars and line ends of its own would be read as others."""
    return " ".join(str(value).replace("|", "/").split())


def joined(parts: Sequence[Any]) -> str:
    """The parts of one line; empty ones at the end are left away."""
    words = [plain(part) for part in parts]
    while words and not words[-1]:
        words.pop()
    return BAR.join(words)


def parted(text: str, most: int, what: str) -> list[list[str]]:
    """The parts of each line, filled up to `most`. Raises WrongValueError for a line with more."""
    found = []
    for line in filter(str.strip, text.splitlines()):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > most:
            raise values.WrongValueError(f"“{line.strip()[:60]}” has more than {most} parts. Write {what}.")
        found.append([*parts, *[""] * (most - len(parts))])
    return found


def yes_no(text: str) -> bool:
    """Yes or no. Raises WrongValueError for anything else."""
    word = text.strip().lower()
    if word not in YES | NO:
        raise values.WrongValueError("write Yes or No.")
    return word in YES


def kept(old: Sequence[Document], new: Sequence[Document]) -> list[Document]:
    """The new parts over the old ones of the same place, whose keys and other words they keep."""
    return [(dict(old[at]) if at < len(old) else {}) | one for at, one in enumerate(new)]


def times_text(document: Document) -> str:
    """`MO,WE | 15:30 | 17:00 | WEEKLY | Term time only`, a line each."""
    names = ("byday", "opens_at", "closes_at", "freq", "description")
    rows = (joined([one.get(name, "") for name in names]) for one in document.get("schedules", []))
    return "\n".join(rows)


def set_times(document: Document, text: str) -> None:
    """Read times. Raises WrongValueError."""
    names = ("byday", "opens_at", "closes_at", "freq", "description")
    fixes: dict[str, Callable[[str], Any]] = {
        "byday": values.days_of, "opens_at": values.clock_time, "closes_at": values.clock_time,
        "freq": values.freq,
    }  # fmt: skip
    rows = parted(text, 5, "MO,WE | 15:30 | 17:00 | WEEKLY | Term time only")
    found = []
    for row in rows:
        given = {
            name: fixes.get(name, str)(part) if part else None for name, part in zip(names, row, strict=True)
        }
        found.append(given)
    document["schedules"] = _without_none(kept(document.get("schedules", []), found))


def costs_text(document: Document) -> str:
    """`A session | 4.50`, a line each."""
    rows = (
        joined([one.get("option", ""), one.get("amount", "")]) for one in document.get("cost_options", [])
    )
    return "\n".join(rows)


def set_costs(document: Document, text: str) -> None:
    """Read prices. Raises WrongValueError."""
    found = []
    for option, amount in parted(text, 2, "A session | 4.50"):
        try:
            found.append({"option": option or None, "amount": values.money(amount) if amount else None})
        except ValueError as error:
            told = str(error) if isinstance(error, values.WrongValueError) else "give a number."
            raise values.WrongValueError(f"“{amount[:30]}”: {told}") from None
    document["cost_options"] = _without_none(kept(document.get("cost_options", []), found))


def _without_none(rows: Sequence[Document]) -> list[Document]:
    return [{key: part for key, part in row.items() if part is not None} for row in rows]


PLACE: Final = ("name", "street", "town", "postcode", "hidden")
_ADDRESS: Final = {"street": "address_1", "town": "city", "postcode": "postal_code"}


def place_parts(document: Document, at: int) -> dict[str, str]:
    """The parts of one place as cells; empty where there is none."""
    places = document.get("service_at_locations", [])
    if at >= len(places):
        return dict.fromkeys(PLACE, "")
    one = places[at]
    location = one["location"]
    address = (location.get("addresses") or [{}])[0]
    hidden = set(document.get("local_offer", {}).get("hidden_locations", ()))
    found = {name: str(address.get(field, "")) for name, field in _ADDRESS.items()}
    is_hidden = bool(hidden & {str(one.get("id", "")), str(location.get("id", ""))})
    return {"name": str(location.get("name", ""))} | found | {"hidden": "Yes" if is_hidden else ""}


def set_place(document: Document, at: int, given: dict[str, str]) -> None:
    """Put cells on one place; a new postcode takes the old position away."""
    places = [dict(one) for one in document.get("service_at_locations", [])]
    while len(places) <= at:
        places.append({"location": {"location_type": "physical"}})
    location = dict(places[at]["location"])
    location.setdefault("id", f"place {at + 1}")
    address = dict((location.get("addresses") or [{}])[0])
    if "postcode" in given and values.postcode(given["postcode"]) != address.get("postal_code", ""):
        location.pop("latitude", None)
        location.pop("longitude", None)
    for name, field in _ADDRESS.items():
        if name in given:
            address[field] = values.postcode(given[name]) if name == "postcode" else given[name]
    address = {key: part for key, part in address.items() if part != ""}
    if "name" in given:
        location["name"] = given["name"]
    if address:
        location["addresses"] = [address, *location.get("addresses", [])[1:]]
    places[at]["location"] = location
    document["service_at_locations"] = places
    if "hidden" in given:
        _hide(document, str(location["id"]), str(places[at].get("id", "")), yes_no(given["hidden"] or "No"))


def _hide(document: Document, location_id: str, place_id: str, is_hidden: bool) -> None:
    own = dict(document.get("local_offer", {}))
    hidden = [key for key in own.get("hidden_locations", []) if key not in {location_id, place_id}]
    own["hidden_locations"] = [*hidden, *([location_id] if is_hidden else [])]
    document["local_offer"] = own


def others_text(document: Document) -> str:
    """The places after the first, `name | street | town | postcode | hidden`, a line each."""
    many = len(document.get("service_at_locations", []))
    return "\n".join(joined([place_parts(document, at)[name] for name in PLACE]) for at in range(1, many))


def set_others(document: Document, text: str) -> None:
    """Read the places after the first. Raises WrongValueError."""
    rows = parted(text, 5, "name | street | town | postcode | Yes if it is hidden")
    places = document.get("service_at_locations", [])
    if rows and not places:
        raise values.WrongValueError("give the first place in the columns “Place”.")
    document["service_at_locations"] = places[: len(rows) + 1]
    for at, row in enumerate(rows, start=1):
        set_place(document, at, dict(zip(PLACE, row, strict=True)))
