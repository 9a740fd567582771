"""Public records as the feed writes them: in full, and in brief for lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from goldenthread.localoffer.actions.taxonomies import term_document
from goldenthread.localoffer.document import Document
from goldenthread.localoffer.models import (
    PublicOrganization,
    PublicService,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from goldenthread.localoffer.oruk.api import rows
from goldenthread.localoffer.projection import moment

Asked = Mapping[str, Any]
Shape = Callable[[Sequence[Any], Asked], Iterable[Document]]


def brief(document: Document) -> Document:
    """A record without what it has many of, and the same of what it links to."""
    return {
        name: brief(part) if isinstance(part, dict) else part
        for name, part in document.items()
        if not isinstance(part, list)
    }


def services(found: Sequence[PublicService], asked: Asked) -> Iterable[Document]:
    """Services, as the request asks for them."""
    if asked.get("minimal"):
        return [_minimal(row) for row in found]
    if asked.get("full"):
        return [row.document for row in found]
    return [brief(row.document) for row in found]


def _minimal(row: PublicService) -> Document:
    """The key and when it was changed; the list of services also requires name and status.

    The standard's words say `modified_date`, its fields `last_modified`: both are given.
    """
    changed = moment(row.last_modified)
    return {
        "id": str(row.pk),
        "name": row.name,
        "status": row.status,
        "last_modified": changed,
        "modified_date": changed,
    }


def places(found: Sequence[ServiceAtLocation], asked: Asked) -> Iterable[Document]:
    """Services at locations, with their service in brief unless `full` is asked."""
    full = asked.get("full")
    return [_place(row, full=bool(full)) for row in found]


def _place(row: ServiceAtLocation, *, full: bool) -> Document:
    service = row.service.document
    if full:
        # The service's places lead back here.
        service = {name: part for name, part in service.items() if name != "service_at_locations"}
    return {
        "id": str(row.pk),
        "service_id": str(row.service_id),
        "location_id": str(row.location_id),
        "location": row.document["location"] if full else brief(row.document["location"]),
        "service": service if full else brief(service),
    }


def organizations(found: Sequence[PublicOrganization], asked: Asked) -> Iterable[Document]:
    """Organisations; `full` and `full_service` add their services, by id and name or in full."""
    if not (asked.get("full") or asked.get("full_service")):
        return [brief(row.document) for row in found]
    of: dict[UUID, list[Document]] = {row.pk: [] for row in found}
    full = bool(asked.get("full_service"))
    for service in rows.services_of(list(of), full=full):
        of[service.organization_id].append(_service_of(service, full=full))
    return [{**row.document, "services": of[row.pk]} for row in found]


def _service_of(service: PublicService, *, full: bool) -> Document:
    if full:
        return {name: part for name, part in service.document.items() if name != "organization"}
    return {"id": str(service.pk), "name": service.name, "status": service.status}


def taxonomies(found: Sequence[Taxonomy], asked: Asked) -> Iterable[Document]:
    """Taxonomies, without their terms."""
    return [_taxonomy(row) for row in found]


def _taxonomy(row: Taxonomy) -> Document:
    found = {"id": str(row.pk), "name": row.name, "description": row.description or row.name}
    given = {"uri": row.uri, "version": row.version}
    return found | {name: part for name, part in given.items() if part}


def taxonomy(row: Taxonomy) -> Document:
    """A taxonomy with its terms."""
    return {**_taxonomy(row), "taxonomy_terms": [term_document(term) for term in rows.terms_of(row.pk)]}


def terms(found: Sequence[TaxonomyTerm], asked: Asked) -> Iterable[Document]:
    """Terms."""
    return [term_document(row) for row in found]


SINGLE: Final[dict[str, Callable[[Any, Asked], Document]]] = {
    "services": lambda row, asked: row.document,
    "service_at_locations": lambda row, asked: _place(row, full=True),
    "organizations": lambda row, asked: next(iter(organizations([row], {"full": True, **asked}))),
    "taxonomies": lambda row, asked: taxonomy(row),
    "taxonomy_terms": lambda row, asked: term_document(row),
}
