"""The results of a search as a page shows them: services with their numbers, filters, sorting, paging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from goldenthread.core.ui.lists import Chip
from goldenthread.localoffer import terms
from goldenthread.localoffer.enums import Day, Referral
from goldenthread.localoffer.freshness import next_check
from goldenthread.localoffer.presenters.public import words
from goldenthread.localoffer.projection import CLOSED_FOR_A_TIME
from goldenthread.localoffer.search.answers import Found, Hit
from goldenthread.localoffer.search.asking import CHOICES, SORTS, TIMES, Asked

KM: Final = 1.609344
DISTANCES: Final = tuple((f"{miles * KM:.3f}", miles) for miles in (1, 3, 5, 10, 20))
_MOST_TAGS: Final = 3
# The name under which the values of a filter are counted, by its name in the address.
_COUNTED_AS: Final = {name: field for field, name, _ in CHOICES} | {"time": "time_of_day"}
_SCHOOLING: Final = ("education", "school", "college", "early-years", "nursery")


@dataclass(frozen=True, slots=True)
class Item:
    """One service of the list. `number` is that of its pin; null for one without a place on the map."""

    key: str
    name: str
    organization: str
    summary: str
    href: str
    where: str
    distance: str
    more_places: int
    ages: str
    is_free: bool
    is_closed: bool
    checked_on: date | None
    is_overdue: bool
    tags: tuple[str, ...]
    number: int | None = None


def item(hit: Hit, today: date, number: int | None = None) -> Item:
    """A service as the list shows it."""
    place = hit.place
    where = " ".join(part for part in ((place.town or place.name), place.postcode) if part) if place else ""
    kinds = [terms.term(terms.KIND, code) for code in hit.kinds if code in terms.codes(terms.KIND)]
    above = {one.parent for one in kinds}
    return Item(
        str(hit.id),
        hit.name,
        hit.organization,
        words.shortened(hit.summary),
        reverse("lo_service", args=[hit.id]),
        where,
        words.distance(place.distance_m) if place and place.distance_m is not None else "",
        max(0, hit.places - 1),
        words.ages(hit.minimum_age, hit.maximum_age),
        bool(hit.is_free),
        hit.status == CLOSED_FOR_A_TIME,
        hit.checked_on,
        is_overdue(hit.checked_on, today),
        tuple(one.name for one in kinds if one.code not in above)[:_MOST_TAGS],
        number,
    )


def is_overdue(checked_on: date | None, today: date) -> bool:
    """Whether an entry was not checked for a year, or never."""
    return checked_on is None or next_check(checked_on) <= today


@dataclass(frozen=True, slots=True)
class Tick:
    """A value of a filter: `count` is what choosing it would show, null where it is not counted."""

    value: str
    text: str
    is_on: bool = False
    count: int | None = None
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A filter with its values. `kind` is checkbox or radio."""

    name: str
    title: str
    ticks: tuple[Tick, ...]
    kind: str = "checkbox"

    @property
    def is_on(self) -> bool:
        """Whether any of its values is chosen."""
        return any(tick.is_on and tick.value for tick in self.ticks)


def groups(asked: Asked, found: Found) -> list[Group]:
    """The filters, those for schools only where schools are asked for."""
    made = [
        Group("kind", "Kind of service", tuple(_kinds(asked, found.facets.get("kinds", {})))),
        _terms_group("need", "Need", terms.NEED, asked.needs, found),
        _group("day", "Day", [(day.value, day.label) for day in Day], asked.days, found),
        _one_group("time", "Time of day", TIMES, asked.time_of_day, found),
        _group("referral", "Who may ask for it", Referral.choices, asked.referral, found),
        _terms_group("access", "Getting in and around", terms.ACCESS, asked.access, found),
    ]
    if asked.settings or asked.phases or set(asked.kinds) & set(_SCHOOLING):
        made[1:1] = [
            _terms_group("setting", "Kind of school or setting", terms.SETTING, asked.settings, found),
            _terms_group("phase", "Phase", terms.PHASE, asked.phases, found),
        ]
    return made


def _kinds(asked: Asked, counts: Mapping[str, int]) -> Iterable[Tick]:
    """The kinds of the first level, and those below one that is chosen."""
    chosen = set(asked.kinds)
    for top in terms.tops(terms.KIND):
        below = terms.below(terms.KIND, top.code)
        yield Tick(top.code, top.name, top.code in chosen, _count(counts, top.code))
        if chosen & {top.code, *(one.code for one in below)}:
            for one in below:
                yield Tick(one.code, one.name, one.code in chosen, _count(counts, one.code), True)


def _count(counts: Mapping[str, int], code: str) -> int | None:
    return counts.get(code, 0) if counts else None


def _terms_group(name: str, title: str, slug: str, chosen: Sequence[str], found: Found) -> Group:
    return _group(name, title, [(one.code, one.name) for one in terms.shipped()[slug].terms], chosen, found)


def _group(
    name: str, title: str, choices: Iterable[tuple[str, str]], chosen: Sequence[str], found: Found
) -> Group:
    counts = found.facets.get(_COUNTED_AS[name], {})
    ticks = (Tick(value, text, value in chosen, _count(counts, value)) for value, text in choices)
    return Group(name, title, tuple(ticks))


def _one_group(name: str, title: str, choices: Mapping[str, str], chosen: str, found: Found) -> Group:
    counts = found.facets.get(_COUNTED_AS[name], {})
    ticks = [Tick("", "Any", not chosen)]
    ticks += [Tick(key, text, key == chosen, _count(counts, key)) for key, text in choices.items()]
    return Group(name, title, tuple(ticks), "radio")


def without(params: QueryDict, name: str, value: str = "") -> str:
    """The address without a parameter, or without one of its values; from page 1."""
    query = params.copy()
    query.pop("page", None)
    kept = [one for given in query.getlist(name) for one in given.split(",") if value and one != value]
    query.setlist(name, kept)
    return f"?{query.urlencode()}"


def with_(params: QueryDict, **given: str) -> str:
    """The address with these parameters set; from page 1 unless a page is given."""
    query = params.copy()
    query.pop("page", None)
    for name, value in given.items():
        query[name] = value
    return f"?{query.urlencode()}"


def chips(asked: Asked, params: QueryDict, made: Sequence[Group]) -> list[Chip]:
    """What is asked for besides words and place, each with the address without it."""
    found = []
    if asked.within_km is not None and asked.point is not None:
        miles = words.distance(asked.within_km * 1000)
        found.append(Chip(f"Within {miles} of {asked.postcode}", without(params, "within")))
    if asked.age is not None:
        found.append(Chip(f"Age {asked.age}", without(params, "age")))
    if asked.free:
        found.append(Chip("Free", without(params, "free")))
    for group in made:
        for tick in group.ticks:
            if tick.is_on and tick.value:
                found.append(Chip(tick.text, without(params, group.name, tick.value)))
    return found


@dataclass(frozen=True, slots=True)
class Sorting:
    """One way to put the list in order; the one that holds has no address."""

    text: str
    href: str


def sortings(asked: Asked, params: QueryDict) -> list[Sorting]:
    """The ways to put the list in order; by distance only where one may be measured."""
    return [
        Sorting(text, "" if key == asked.sort else with_(params, sort=key))
        for key, text in SORTS.items()
        if key != "distance" or asked.point is not None
    ]


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in the list one is, and the pages before and after."""

    page: int
    pages: int
    first: int
    last: int
    total: int
    before: str = ""
    after: str = ""


def paging(asked: Asked, found: Found, params: QueryDict, total: int) -> Paging:
    """The page of a list of so many."""
    first = (found.page - 1) * asked.per_page + 1
    return Paging(
        found.page,
        found.pages,
        first,
        min(total, found.page * asked.per_page),
        total,
        with_(params, page=str(found.page - 1)) if found.page > 1 else "",
        with_(params, page=str(found.page + 1)) if found.page < found.pages else "",
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of a page, and the services for the whole country apart."""

    items: list[Item] = field(default_factory=list)
    national: list[Item] = field(default_factory=list)


def listing(asked: Asked, found: Found, today: date) -> Listing:
    """The services of the page. A number stands at each that has a pin on the map."""
    start = (found.page - 1) * asked.per_page + 1
    items = [
        item(hit, today, number if _has_pin(hit) else None) for number, hit in enumerate(found.hits, start)
    ]
    return Listing(items, [item(hit, today) for hit in found.national])


def _has_pin(hit: Hit) -> bool:
    return hit.place is not None and hit.place.lat is not None and hit.place.lng is not None
