"""Writing and removing what the public sees: all rows of an entry together, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from goldenthread.localoffer import policies, published
from goldenthread.localoffer.document import Document
from goldenthread.localoffer.models import (
    PublicOrganization,
    PublicService,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTerm,
)
from goldenthread.localoffer.projection import Projection, project
from goldenthread.localoffer.queries import organization_document
from goldenthread.people.rows import insert_rows, insert_values

BATCH = 500


def projection_of(service: Service, document: Document, last_modified: datetime) -> Projection:
    """The public rows of an entry; `document` is its version `service.live_number`.

    The last door before the public: raises InvalidInput where a hidden place is named in them, whatever led
    here, since the words of the organisation may have changed after the entry was approved.
    """
    assert service.live_number is not None
    assert service.first_published_at is not None
    whole = Document(document, organization=organization_document(service.organization))
    policies.check_hidden(whole)
    return project(
        whole,
        number=service.live_number,
        is_paused=service.is_paused,
        checked_on=service.checked_on,
        first_published=service.first_published_at,
        last_modified=last_modified,
        urn=service.urn or service.organization.urn,
    )


def write(projections: Sequence[Projection]) -> None:
    """Write the public rows of these entries anew, and tell who listens."""
    for start in range(0, len(projections), BATCH):
        _write_batch(projections[start : start + BATCH])
    published.tell([one.service["id"] for one in projections])


def _write_batch(batch: Sequence[Projection]) -> None:
    ids = [one.service["id"] for one in batch]
    held = dict(PublicService.objects.filter(pk__in=ids).values_list("pk", "organization_id"))
    if held:
        _clear_parts(list(held))
    _settle_keys(batch)
    organizations = {one.organization["id"]: one.organization for one in batch}
    _upsert(PublicOrganization, list(organizations.values()))
    changed = [one.service for one in batch if one.service["id"] in held]
    if changed:
        _upsert(PublicService, changed)
        _drop_empty(set(held.values()) - set(organizations))
    new = [one.service for one in batch if one.service["id"] not in held]
    insert_rows(PublicService, [PublicService(**row) for row in new])
    _write_parts(batch)


def _write_parts(batch: Sequence[Projection]) -> None:
    _insert(ServiceAtLocation, [(one.service["id"], row) for one in batch for row in one.places])
    _insert(Schedule, [(one.service["id"], row) for one in batch for row in one.schedules])
    links = [(one.service["id"], term) for one in batch for term in one.terms]
    insert_values(ServiceTerm, ("service", "term"), links)


def _insert(model: type[ServiceAtLocation] | type[Schedule], rows: list[tuple[UUID, dict[str, Any]]]) -> None:
    """Rows of one kind, all with the same columns, each with the key of its service."""
    if rows:
        names = list(rows[0][1])
        values = [[key, *(row[name] for name in names)] for key, row in rows]
        insert_values(model, ["service", *names], values)


def _upsert(model: Any, rows: list[dict[str, Any]]) -> None:
    fields = [name for name in rows[0] if name != "id"]
    model.objects.bulk_create(
        [model(**row) for row in rows],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=fields,
    )


def _clear_parts(ids: Sequence[UUID]) -> None:
    for model in (ServiceTerm, Schedule, ServiceAtLocation):
        model.objects.filter(service_id__in=ids).delete()


def _drop_empty(organization_ids: set[UUID]) -> None:
    if organization_ids:
        PublicOrganization.objects.filter(pk__in=organization_ids, services=None).delete()


def _settle_keys(batch: Sequence[Projection]) -> None:
    """Give a place another key where the one it came with is that of another entry's place."""
    wanted = [row["id"] for one in batch for row in one.places]
    taken = set(ServiceAtLocation.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    for one in batch:
        for row in one.places:
            if row["id"] in taken:
                before, row["id"] = row["id"], uuid5(one.service["id"], str(row["id"]))
                row["document"]["id"] = str(row["id"])
                for schedule in one.schedules:
                    if schedule["place_id"] == before:
                        schedule["place_id"] = row["id"]
            taken.add(row["id"])


def remove(service_ids: Sequence[UUID]) -> None:
    """Take these entries away from the public, and tell who listens."""
    for start in range(0, len(service_ids), BATCH):
        ids = service_ids[start : start + BATCH]
        _clear_parts(ids)
        rows = PublicService.objects.filter(pk__in=ids)
        organizations = set(rows.values_list("organization_id", flat=True))
        rows.delete()
        _drop_empty(organizations)
    published.tell(service_ids)
