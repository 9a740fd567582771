"""Whether two entries look like one service: pure comparison, and the pairs among very many.

Entries are compared only with those that share a key with them (a number, a name, a postcode, a telephone),
and of a long list of such only with their neighbours by name, so the work grows with the number of entries
and not with its square.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Final
from uuid import UUID

from goldenthread.localoffer.document import Document, urn_of

# A pair is told from this score on.
TOLD: Final = 30
# Up to so many that share a key, each is compared with each; of more, each with its neighbours by name.
MOST_TOGETHER: Final = 40
NEIGHBOURS: Final = 10
# A telephone that more entries share is that of an office, and says nothing of one service.
MOST_SHARED: Final = 6
NEAR: Final = 0.8
_CONTACTS: Final = {"phone": "telephone", "email": "email", "url": "website"}


@dataclass(frozen=True)
class Card:
    """What of an entry is compared; names folded."""

    key: UUID
    name: str
    organization: str
    urn: str = ""
    postcodes: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()

    @cached_property
    def bigrams(self) -> frozenset[str]:
        """The pairs of neighbouring letters of the name."""
        bare = self.name.replace(" ", "")
        return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two entries look alike, from 0 to 100, and why, in words."""

    score: int
    reasons: tuple[str, ...] = field(default_factory=tuple)


def card(document: Document, key: UUID, organization: str, urn: str = "") -> Card:
    """What of a clean document is compared. Hidden places count too: only editors see the pairs."""
    locations = (one.get("location", {}) for one in document.get("service_at_locations", []))
    codes = (
        address.get("postal_code", "") for location in locations for address in location.get("addresses", [])
    )
    phones = [one.get("number", "") for one in document.get("phones", [])]
    for contact in document.get("contacts", []):
        phones += [one.get("number", "") for one in contact.get("phones", [])]
    contacts = {f"phone:{digits}" for digits in map(_digits, phones) if len(digits) >= 9}
    if document.get("email"):
        contacts.add(f"email:{str(document['email']).lower()}")
    if document.get("url"):
        contacts.add(f"url:{_address(str(document['url']))}")
    return Card(
        key,
        folded(str(document.get("name", ""))),
        folded(organization),
        urn or urn_of(document),
        frozenset(code.replace(" ", "").upper() for code in codes if code),
        frozenset(contacts),
    )


def folded(text: str) -> str:
    """Small letters without accents, and digits; `&` is `and`, a leading article goes."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    words = re.sub(r"[^\w ]|_", " ", plain.lower().replace("&", " and ").replace("'", "").replace("’", ""))
    return re.sub(r"^the ", "", " ".join(words.split()))


def _digits(phone: str) -> str:
    found = re.sub(r"\D", "", phone)
    return "0" + found.removeprefix("44") if found.startswith("44") else found


def _address(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url.lower()).rstrip("/")


def compare(one: Card, other: Card, ignored: frozenset[str] = frozenset()) -> Likeness:
    """How much they look alike. `ignored`: contacts that too many share."""
    found: list[tuple[int, str]] = []
    if one.urn and one.urn == other.urn:
        found.append((60, f"the same number in the register ({one.urn})"))
    same_place = bool(one.postcodes & other.postcodes)
    found += _names(one, other, same_place=same_place)
    same_organization = bool(one.organization) and one.organization == other.organization
    for contact in sorted((one.contacts & other.contacts) - ignored):
        kind = _CONTACTS[contact.partition(":")[0]]
        # Services of one organisation share its telephone.
        found.append((5 if same_organization else 30, f"the same {kind}"))
    if same_organization and any(points >= 25 for points, _ in found):
        found.append((10, "the same organisation"))
    return Likeness(min(100, sum(points for points, _ in found)), tuple(words for _, words in found))


def _names(one: Card, other: Card, *, same_place: bool) -> list[tuple[int, str]]:
    elsewhere = bool(one.postcodes and other.postcodes) and not same_place
    place = [(20, "the same postcode")] if same_place else []
    if one.name and one.name == other.name:
        return [(15 if elsewhere else 40, "the same name"), *place]
    if _near(one, other):
        return [(5 if elsewhere else 25, "nearly the same name"), *place]
    return [(5, words) for _, words in place]


def _near(one: Card, other: Card) -> bool:
    """Whether the names differ by little: by the letters that stand beside each other in both."""
    both = len(one.bigrams) + len(other.bigrams)
    return both > 0 and 2 * len(one.bigrams & other.bigrams) / both >= NEAR


def pairs(cards: Iterable[Card]) -> dict[tuple[UUID, UUID], Likeness]:
    """The pairs that look alike, the lower key first."""
    groups: dict[str, list[Card]] = defaultdict(list)
    for one in cards:
        for key in keys_of(one):
            groups[key].append(one)
    ignored = frozenset(
        key for key, many in groups.items() if len(many) > MOST_SHARED and key.split(":")[0] in _CONTACTS
    )
    found: dict[tuple[UUID, UUID], Likeness] = {}
    seen: set[tuple[UUID, UUID]] = set()
    for key, many in groups.items():
        if key in ignored or len(many) < 2:
            continue
        for one, other in _together(many):
            pair = (one.key, other.key) if one.key < other.key else (other.key, one.key)
            if pair in seen:
                continue
            seen.add(pair)
            alike = compare(one, other, ignored)
            if alike.score >= TOLD:
                found[pair] = alike
    return found


def keys_of(one: Card) -> Iterator[str]:
    """The keys by which an entry is found beside others."""
    if one.urn:
        yield f"urn:{one.urn}"
    if one.name:
        yield f"name:{one.name}"
    yield from (f"postcode:{code}" for code in one.postcodes)
    yield from one.contacts


def _together(many: Sequence[Card]) -> Iterator[tuple[Card, Card]]:
    if len(many) <= MOST_TOGETHER:
        yield from combinations(many, 2)
        return
    ordered = sorted(many, key=lambda one: (one.name, one.organization, one.key))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            yield one, other
