"""What the law asks of a Local Offer, and where each part of it is: covered, stale or missing.

A page covers an item that its `covers` names while it is live; past its review it is stale. Some items are
kept by what the site does: for those a room registers a check that looks at live data. Where there is a
check its word counts, and a page that says otherwise only lifts the item from missing to stale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from goldenthread.core import clock
from goldenthread.localoffer.guidance import queries
from goldenthread.localoffer.guidance.enums import Cover
from goldenthread.statute.local_offer import LegalItem, all_items


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item is: a live page, or what a check looked at. `note` says what was found."""

    title: str
    address: str
    is_stale: bool = False
    review_due: date | None = None
    is_check: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item of the law stands, and where it is. `drafts` names pages that would cover it."""

    item: LegalItem
    cover: Cover
    places: tuple[Place, ...]
    failing: tuple[Place, ...] = ()
    drafts: tuple[str, ...] = ()


# What a check found: the place with whether it holds now.
Finding = tuple[bool, Place]
# A check answers for one or more items, by id.
Check = Callable[[], Mapping[str, Finding]]
_checks: dict[str, Check] = {}
_of_item: dict[str, list[str]] = defaultdict(list)


def register(name: str, items: Sequence[str], check: Check) -> None:
    """Let `check` answer for each of these items of the law; the same name again replaces it.

    Raises ValueError for an item that there is not.
    """
    known = {one.id for one in all_items()}
    unknown = [one for one in items if one not in known]
    if unknown:
        raise ValueError(f"{name}: no item of the law is called {', '.join(unknown)}")
    for names in _of_item.values():
        if name in names:
            names.remove(name)
    _checks[name] = check
    for one in items:
        _of_item[one].append(name)


def items_of(ids: Iterable[str]) -> list[LegalItem]:
    """The items with these ids, in the order of the law."""
    wanted = set(ids)
    return [one for one in all_items() if one.id in wanted]


def board(on: date | None = None) -> list[Standing]:
    """How every item stands on this day (today unless told), in the order of the law."""
    today = on or clock.today()
    pages: dict[str, list[Place]] = defaultdict(list)
    drafts: dict[str, list[str]] = defaultdict(list)
    fields = ("slug", "title", "covers", "state", "review_due")
    for slug, title, covers, state, due in queries.listed().order_by("topic", "order").values_list(*fields):
        stale = due is None or due <= today
        place = Place(title, reverse("lo_page", args=[slug]), stale, due)
        for item in covers:
            if state == "live":
                pages[item].append(place)
            else:
                drafts[item].append(slug)
    found = {name: check() for name, check in _checks.items()}
    return [
        standing(item, pages[item.id], [found[name][item.id] for name in _of_item[item.id]], drafts[item.id])
        for item in all_items()
    ]


def standing(
    item: LegalItem, pages: Sequence[Place], found: Sequence[Finding], drafts: Sequence[str] = ()
) -> Standing:
    """How one item stands, given the live pages that cover it and what its checks found. Pure."""
    holding = [place for holds, place in found if holds]
    failing = tuple(place for holds, place in found if not holds)
    fresh = [place for place in pages if not place.is_stale]
    if failing:
        cover = Cover.STALE if pages or holding else Cover.MISSING
    elif holding or fresh:
        cover = Cover.COVERED
    else:
        cover = Cover.STALE if pages else Cover.MISSING
    return Standing(item, cover, (*pages, *holding), failing, tuple(drafts))


def counts(rows: Sequence[Standing]) -> dict[Cover, int]:
    """How many items stand how."""
    return {cover: sum(row.cover == cover for row in rows) for cover in Cover}
