"""Every service of a feed: first all pages of the list, then each service by its own address.

The list is read before anything else, so that one that changes meanwhile is noticed and read again. Who stops
answering is left alone: nothing of it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from goldenthread.localoffer.oruk.checker.sources import Source, Unreadable

MOST_PAGES: Final = 100_000
READINGS: Final = 3
# A service alone may be broken; so many one after the other are a feed that broke down.
MOST_FAILURES: Final = 5


class CannotRead(Exception):  # noqa: N818 - says what the file is
    """Nothing can be read from there; the message says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One service and where it stood; `problem` where it could not be read, and then no document."""

    place: str
    document: dict[str, Any] | None = None
    problem: str = ""


def item(place: str, body: Any) -> Item:
    """What stood at a place, if it is a service at all. Our own part is set here, not by others."""
    if not isinstance(body, dict):
        return Item(place, problem="This is no service.")
    return Item(place, {name: part for name, part in body.items() if name != "local_offer"})


def services(source: Source) -> Iterator[Item]:
    """Every service in full. Raises CannotRead for what is no feed of 3.0, and where it stops answering."""
    failures = 0
    keys, is_whole = _all_keys(source)
    for key in keys:
        one = _full(source, key)
        failures = failures + 1 if one.problem else 0
        if failures == MOST_FAILURES:
            raise CannotRead(
                f"The feed stopped answering: {failures} services one after the other could not be read, "
                f"the last at {one.place}. {one.problem} Try again later."
            )
        yield one
    if not is_whole:
        yield Item(
            "/services",
            problem=f"The list changed each of {READINGS} times that it was read, so some may be missing: "
            "import again at a quieter time.",
        )


def _all_keys(source: Source) -> tuple[list[str], bool]:
    """The keys of the list, and whether it stood still while it was read; if not, of several readings."""
    found: dict[str, None] = {}
    for _ in range(READINGS):
        keys, is_whole = _keys(source)
        if is_whole:
            return list(dict.fromkeys(keys)), True
        found |= dict.fromkeys(keys)
    return list(found), False


def _keys(source: Source) -> tuple[list[str], bool]:
    keys: list[str] = []
    totals = set()
    for number in range(1, MOST_PAGES + 1):
        page = _page(source, number)
        contents = page["contents"]
        totals.add(page.get("total_items"))
        keys += [str(one.get("id") or "") if isinstance(one, dict) else "" for one in contents]
        if page.get("last_page") is True or not contents or number >= _pages(page):
            break
    stated = totals - {None}
    return keys, len(set(keys)) == len(keys) and stated <= {len(keys)}


def _page(source: Source, number: int) -> dict[str, Any]:
    address = f"/services?page={number}"
    try:
        page = source.get("/services", {"page": number}).body
    except Unreadable as error:
        raise CannotRead(f"{address}: {error}") from error
    if isinstance(page, dict) and isinstance(page.get("content"), list) and "contents" not in page:
        raise CannotRead(
            f"{address} is Open Referral UK 1.0 (its list is called “content”); this reads 3.0. Ask who runs "
            "the feed for its address of version 3.0, or export the tables as CSV and import these."
        )
    contents = page.get("contents") if isinstance(page, dict) else None
    if not isinstance(contents, list) or (number > 1 and page.get("page_number") != number):
        raise CannotRead(f"{address} is no page of services.")
    found: dict[str, Any] = page
    return found


def _pages(page: dict[str, Any]) -> int:
    total = page.get("total_pages")
    return total if isinstance(total, int) else MOST_PAGES


def _full(source: Source, key: str) -> Item:
    place = f"/services/{quote(key, safe='')}"
    if not key:
        return Item("/services", problem="A service of the list has no id, so it cannot be asked for.")
    try:
        body = source.get(place).body
    except Unreadable as error:
        return Item(place, problem=str(error))
    return item(place, body)
