"""Whether words that would be public name a hidden place: its street, postcode, name, telephone or position.

A refuge's street in the description is as bad as in the address. What is found is never told in a message:
who writes the entry knows the words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from goldenthread.localoffer.document import Document
from goldenthread.localoffer.projection import OWN, hidden_both, open_places

# A place that is called no more than this has no name that could give it away.
_NO_NAMES: Final = frozenset({
    "a", "accommodation", "and", "base", "building", "centre", "confidential", "family", "for", "hall",
    "head", "her", "hidden", "home", "hostel", "house", "housing", "hub", "main", "office", "of", "place",
    "private", "project", "refuge", "safe", "shelter", "site", "supported", "the", "unit", "venue",
    "women", "womens",
})  # fmt: skip
_FEWEST: Final = 5
_DIGITS: Final = 9


def leaks(document: Document) -> list[str]:
    """Words of a hidden place that stand elsewhere in what would be published; none where nothing is hidden.

    `document` with its `organization`, whose words are public too.
    """
    hidden = hidden_both(document)
    if not hidden:
        return []
    text = json.dumps(_shown(document, hidden), ensure_ascii=False)
    squeezed, spaced, digits = (
        _squeezed(text),
        f" {_spaced(text)} ",
        re.sub(r"(?<=\d)[\s()-]+(?=\d)", "", text),
    )
    found = []
    for place in document.get("service_at_locations", []):
        if not hidden & {str(place.get("id")), str(place["location"].get("id"))}:
            continue
        found += [one for one in _address_words(place["location"]) if _stands(_squeezed(one), squeezed)]
        found += [one for one in _names(place["location"]) if f" {_spaced(one)} " in spaced]
        found += [one for one in _numbers(place["location"], document, hidden) if one in digits]
    return list(dict.fromkeys(found))


def _shown(document: Document, hidden: set[str]) -> list[Any]:
    """What would be public, and a little more."""
    rest = {key: part for key, part in document.items() if key not in {"local_offer", "id"}}
    for name in ("phones", "contacts"):
        if name in rest:
            rest[name] = [one for one in rest[name] if str(one.get("location_id")) not in hidden]
    rest["service_at_locations"] = open_places(document)
    own = {key: part for key, part in document.get("local_offer", {}).items() if key in OWN}
    return [rest, own]


def _stands(word: str, text: str) -> bool:
    return len(word) >= _FEWEST and word in text


def _address_words(location: Document) -> Iterable[str]:
    for address in location.get("addresses", []):
        for name in ("postal_code", "address_1", "attention"):
            if address.get(name):
                yield str(address[name])
    if location.get("external_identifier"):
        yield str(location["external_identifier"])


def _names(location: Document) -> Iterable[str]:
    for name in ("name", "alternate_name"):
        words = set(_spaced(str(location.get(name, ""))).split())
        if words - _NO_NAMES and sum(map(len, words)) >= _FEWEST:
            yield str(location[name])


def _numbers(location: Document, document: Document, hidden: set[str]) -> Iterable[str]:
    """Telephones of the place, and its position where it is given to some hundred metres or nearer."""
    phones = [*location.get("phones", [])]
    phones += [one for one in document.get("phones", []) if str(one.get("location_id")) in hidden]
    for phone in phones:
        bare = re.sub(r"\D", "", str(phone.get("number", "")))
        if len(bare) >= _DIGITS:
            yield bare
    for name in ("latitude", "longitude"):
        text = str(location.get(name, ""))
        if len(text.partition(".")[2]) >= 3:
            yield text


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _spaced(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower().replace("'", "").replace("’", "")).split())
