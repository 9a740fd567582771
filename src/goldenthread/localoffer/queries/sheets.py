"""Entries as whole documents by the thousand: for files out, and for what a file changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from goldenthread.core.actors import Actor
from goldenthread.localoffer import permissions
from goldenthread.localoffer.document import Document
from goldenthread.localoffer.enums import State
from goldenthread.localoffer.models import Organization, Service, ServiceVersion, TaxonomyTerm
from goldenthread.localoffer.queries.entries import organization_document
from goldenthread.localoffer.sheet.columns import COLUMNS, Terms
from goldenthread.localoffer.sheet.rows import text_of

CHUNK = 500


def documents_of(services: Sequence[Service]) -> dict[UUID, Document]:
    """What each entry says now, with its organisation and the day it was checked; organisations are read."""
    rows = ServiceVersion.objects.filter(
        service_id__in=[one.pk for one in services], number=F("service__number")
    )
    words = dict(rows.values_list("service_id", "document"))
    return {one.pk: whole_document(one, words[one.pk]) for one in services}


def whole_document(service: Service, document: Document) -> Document:
    """A version with what is kept beside it: organisation, day of the check, state, number."""
    found = Document(document, organization=organization_document(service.organization))
    found["state"] = State(service.state).label
    if service.checked_on:
        found["assured_date"] = service.checked_on.isoformat()
    if service.urn and "urn" not in found.get("local_offer", {}):
        found["local_offer"] = dict(found.get("local_offer", {})) | {"urn": service.urn}
    return found


def sheet_rows(by: Actor, services: QuerySet[Service]) -> Iterator[dict[str, str]]:
    """Each entry as the cells of its row, by the keys of the columns; read by the chunk for small memory."""
    columns = sheet_columns(by)
    keys = list(services.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        some = Service.objects.select_related("organization").in_bulk(keys[start : start + CHUNK])
        documents = documents_of(list(some.values()))
        for key in keys[start : start + CHUNK]:
            if key in documents:
                texts = text_of(documents[key], columns)
                yield {column.key: text for column, text in zip(columns, texts, strict=True)}


def sheet_columns(by: Actor) -> list[Any]:
    """The columns that `by` gets: a provider none of the editors' own."""
    return [one for one in COLUMNS if not one.editors_only or permissions.can_edit_all(by)]


def all_terms() -> Terms:
    """Every term by `taxonomy:code` and by its name; of several names alike, none."""
    found: dict[str, Document] = {}
    names: dict[str, list[Document]] = {}
    for row in TaxonomyTerm.objects.select_related("taxonomy"):
        one = {
            "id": str(row.pk), "name": row.name, "taxonomy": row.taxonomy.slug, "term": row.code,
        }  # fmt: skip
        found[f"{row.taxonomy.slug}:{row.code}".lower()] = one
        names.setdefault(" ".join(row.name.lower().split()), []).append(one)
    return Terms({name: many[0] for name, many in names.items() if len(many) == 1} | found)


def services_named(names: Iterable[str]) -> list[Service]:
    """The entries with one of these names that are not archived, with their organisations."""
    rows = Service.objects.filter(name__in=set(names)).exclude(state=State.ARCHIVED)
    return list(rows.select_related("organization"))


def organizations_with(keys: Iterable[UUID], names: Iterable[str]) -> list[Organization]:
    """The organisations with one of these keys or names; the first made of several alike comes last."""
    wanted = Organization.objects.filter(pk__in=set(keys)) | Organization.objects.filter(name__in=set(names))
    return list(wanted.order_by("-created_at"))
