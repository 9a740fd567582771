"""Whether two records look like one person: pure comparison, and the pairs in a great many at once.

Pairs are looked for among people born on one day who share a name, and among namesakes, so the work
grows with the number of people, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID

from goldenthread.people.enums import Likeness
from goldenthread.people.names import one_slip

# More namesakes than this, all with one date of birth, say more about how the file was made than of anyone.
MOST_IN_GROUP = 2_000


@dataclass(frozen=True, slots=True)
class Card:
    """What is compared: folded names and birth date."""

    key: UUID
    surname: str
    forename: str
    born: date


def compare(one: Card, other: Card) -> Likeness | None:
    """Why these may be one person, or None."""
    names, others = (one.surname, one.forename), (other.surname, other.forename)
    if one.born == other.born:
        if names == others:
            return Likeness.SAME
        if names == others[::-1]:
            return Likeness.SWAPPED
        if _one_slip_in(names, others):
            return Likeness.SLIP
        return None
    return Likeness.DATE if names == others and near_dates(one.born, other.born) else None


def _one_slip_in(names: tuple[str, str], others: tuple[str, str]) -> bool:
    """One name the same, the other one slip apart. One-letter names are too short to tell."""
    same = [name == other for name, other in zip(names, others, strict=True)]
    if sum(same) != 1:
        return False
    at = same.index(False)
    return min(len(names[at]), len(others[at])) > 2 and one_slip(names[at], others[at])


def near_dates(one: date, other: date) -> bool:
    """Whether one slip turns a date into the other: day and month changed round, or one digit wrong."""
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return True
    return sum(a != b for a, b in zip(f"{one:%d%m%Y}", f"{other:%d%m%Y}", strict=True)) == 1


Pair = tuple[UUID, UUID, Likeness]


def pairs_born_together(cards: Iterable[Card]) -> list[Pair]:
    """The pairs that look alike among people born on one day: those who share a name are compared."""
    groups: dict[str, dict[UUID, Card]] = defaultdict(dict)
    for card in cards:
        groups[card.surname][card.key] = card
        groups[card.forename][card.key] = card
    found: dict[tuple[UUID, UUID], Likeness] = {}
    for group in groups.values():
        found |= {(first, second): why for first, second, why in _pairs(list(group.values()))}
    return [(first, second, why) for (first, second), why in found.items()]


def pairs_of_namesakes(cards: Iterable[Card]) -> list[Pair]:
    """The pairs with near but different birth dates among people of one name."""
    return [pair for pair in _pairs(list(cards)) if pair[2] == Likeness.DATE]


def _pairs(cards: Sequence[Card]) -> Iterator[Pair]:
    for one, other in combinations(cards[:MOST_IN_GROUP], 2):
        why = compare(one, other)
        if why is not None:
            yield min(one.key, other.key), max(one.key, other.key), why
