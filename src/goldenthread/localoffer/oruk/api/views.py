"""The eleven endpoints, and the OpenAPI document that states them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.localoffer.document import Document
from goldenthread.localoffer.oruk.api import openapi, parameters, records, rows
from goldenthread.localoffer.oruk.api.answers import Answer, NoSuchRecord, as_json, as_lines, feed, in_chunks
from goldenthread.localoffer.oruk.api.parameters import MOST_PER_PAGE, NDJSON, PER_PAGE, BadParameter
from goldenthread.localoffer.oruk.checker.shapes import VERSION

_CHUNK: Final = 200
PROFILE: Final = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A list: which records answer, and how they are written."""

    keys: Callable[[Mapping[str, Any]], rows.Keys]
    write: records.Shape


KINDS: Final[dict[str, _Kind]] = {
    "services": _Kind(rows.services, records.services),
    "service_at_locations": _Kind(lambda asked: rows.places(asked, _point(asked)), records.places),
    "organizations": _Kind(rows.organizations, records.organizations),
    "taxonomies": _Kind(rows.taxonomies, records.taxonomies),
    "taxonomy_terms": _Kind(rows.terms, records.terms),
}


@feed
def details(request: HttpRequest) -> HttpResponse:
    """What this feed is."""
    parameters.read("details", _given(request))
    found = {"version": VERSION, "profile": PROFILE, "openapi_url": _address(request, "oruk_openapi")}
    return as_json(request, found)


@feed
def specification(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document of this feed."""
    return as_json(request, openapi.document(_address(request, "oruk_details").rstrip("/")))


@feed
def many(request: HttpRequest, kind: str) -> Answer:
    """A page of a list, or all of it as NDJSON."""
    asked = parameters.read(kind, _given(request))
    found = KINDS[kind].keys(asked)
    if asked.get("format") == NDJSON:
        keys = found.part(0, len(found))
        return as_lines(_written(kind, chunk, asked) for chunk in in_chunks(keys, _CHUNK))
    return as_json(request, _page(kind, found, asked))


@feed
def one(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One record in full."""
    asked = parameters.read("organization" if kind == "organizations" else "one", _given(request))
    try:
        row = rows.RECORDS[kind].filter(pk=UUID(key)).first()
    except ValueError:
        row = None
    if row is None:
        raise NoSuchRecord
    return as_json(request, records.SINGLE[kind](row, asked))


def _page(kind: str, found: rows.Keys, asked: Mapping[str, Any]) -> Document:
    """The envelope with its page; a page after the last is empty and says that it is the last."""
    total = len(found)
    per_page = max(total, 1) if asked.get("minimal") else asked.get("per_page", PER_PAGE)
    pages, number = max(1, -(-total // per_page)), asked.get("page", 1)
    keys = found.part((number - 1) * per_page, number * per_page)
    contents = [one for chunk in in_chunks(keys, MOST_PER_PAGE) for one in _written(kind, chunk, asked)]
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _written(kind: str, keys: list[UUID], asked: Mapping[str, Any]) -> Iterable[Document]:
    """The records of these keys, in their order.

    Keys are found first (`remembered`) and documents fetched after, as they stand at this moment.
    A record that was taken down in between is left out.
    """
    found = rows.RECORDS[kind].filter(pk__in=keys)
    if asked.get("minimal"):
        # All at once: of each only what is written.
        found = found.only("name", "status", "last_modified")
    held = {row.pk: row for row in found}
    return KINDS[kind].write([held[key] for key in keys if key in held], asked)


def _point(asked: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where the asked postcode is. Raises BadParameter where nobody knows."""
    if "postcode" not in asked:
        return None
    point = rows.point_of(asked["postcode"])
    if point is None:
        raise BadParameter(
            "postcode",
            "Nobody here knows where this postcode is.",
            "Give another nearby, or leave it out.",
        )
    return point


def _given(request: HttpRequest) -> dict[str, list[str]]:
    return {name: request.GET.getlist(name) for name in request.GET}


def _address(request: HttpRequest, name: str) -> str:
    path = reverse(name)
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
