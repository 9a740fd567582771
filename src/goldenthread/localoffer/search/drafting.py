"""From the public rows of services to what the index keeps of each. Reads only what the public sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from goldenthread.localoffer import terms
from goldenthread.localoffer.models import PublicService, Schedule, ServiceAtLocation, ServiceTerm
from goldenthread.localoffer.search import marks
from goldenthread.localoffer.search.packing import (
    NAME,
    ORGANIZATION,
    PLACE,
    TERM,
    TEXT,
    Facts,
    code_of,
)
from goldenthread.localoffer.search.synonyms import marks_in
from goldenthread.localoffer.search.words import STOP, folded, stem, tokens

# These terms say what a service is, and weigh more than the text; the others are read as text.
_TELLING: Final = frozenset({terms.KIND, terms.NEED, terms.SETTING})
_DOCUMENT: Final = ("eligibility_description", "fees")


@dataclass(slots=True)
class Draft:
    """An entry before its words have keys: codes by word (`packing`)."""

    service_id: UUID
    name: str
    codes: dict[str, int]
    facts: Facts


@dataclass(slots=True)
class _Parts:
    """The rows of one service besides its own."""

    places: list[tuple[Any, ...]]
    sessions: list[tuple[Any, ...]]
    terms: list[tuple[Any, ...]]


def drafts(ids: Sequence[UUID]) -> list[Draft]:
    """A draft for each of these services that is public."""
    parts: dict[UUID, _Parts] = defaultdict(lambda: _Parts([], [], []))
    places = ServiceAtLocation.objects.filter(service_id__in=ids).order_by("id")
    for key, *row in places.values_list("service_id", "name", "town", "postcode", "easting", "northing"):
        parts[key].places.append(tuple(row))
    sessions = Schedule.objects.filter(service_id__in=ids)
    for key, day, opens, closes in sessions.values_list("service_id", "day", "opens_at", "closes_at"):
        parts[key].sessions.append((day, opens, closes))
    columns = ("service_id", "term__taxonomy__slug", "term__code", "term__name", "term__parent__code")
    for key, *row in ServiceTerm.objects.filter(service_id__in=ids).values_list(*columns):
        parts[key].terms.append(tuple(row))
    rows = PublicService.objects.filter(pk__in=ids).select_related("organization")
    return [_draft(row, parts[row.pk]) for row in rows.defer("organization__document")]


def _draft(row: PublicService, parts: _Parts) -> Draft:
    fields: dict[str, int] = defaultdict(int)
    times: dict[str, int] = defaultdict(int)
    for field, text in _texts(row, parts):
        for word in _words_of(text):
            fields[word] |= field
            times[word] += field == TEXT
    codes = {word: code_of(held, times[word]) for word, held in fields.items()}
    codes |= dict.fromkeys(_marks(row, parts), 0)
    points = tuple((east, north) for *_, east, north in parts.places if east is not None)
    facts = Facts(
        youngest=row.minimum_age,
        oldest=row.maximum_age,
        checked=row.checked_on.toordinal() if row.checked_on else 0,
        name_words=sum(word not in STOP for word in tokens(row.name)),
        points=points,
    )
    return Draft(row.pk, folded(row.name), codes, facts)


def _words_of(text: str) -> Iterator[str]:
    """The words of one text, and the marks of the synonyms in it."""
    words = tokens(text)
    yield from words
    yield from marks_in([stem(word) for word in words])


def _texts(row: PublicService, parts: _Parts) -> Iterator[tuple[int, str]]:
    """Each text of a service and where it stands."""
    yield NAME, row.name
    yield ORGANIZATION, row.organization.name
    yield TEXT, row.description
    for slug, _, name, _ in parts.terms:
        yield TERM if slug in _TELLING else TEXT, name
    for name, town, postcode, *_ in parts.places:
        yield from ((PLACE, text) for text in (name, town, postcode))
    yield from ((TEXT, str(row.document[name])) for name in _DOCUMENT if row.document.get(name))
    yield from ((PLACE, str(one.get("name", ""))) for one in row.document.get("service_areas", ()))
    yield TEXT, str(row.local_offer.get("how_to_get", ""))
    yield from ((TEXT, str(answer)) for answer in row.local_offer.get("questions", {}).values())


def _marks(row: PublicService, parts: _Parts) -> Iterable[str]:
    yield from marks.of_terms((slug, code, parent or "") for slug, code, _, parent in parts.terms)
    yield from marks.of_sessions(parts.sessions)
    yield from marks.of_referral(row.referral)
    if row.is_free:
        yield marks.FREE
    if row.is_national:
        yield marks.NATIONAL
