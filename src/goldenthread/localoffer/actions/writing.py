"""Writing an entry: beginning it, saving as one goes, taking changes back, handing it in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotFound
from goldenthread.localoffer import permissions, policies, queries
from goldenthread.localoffer.actions.recording import happen, write_event, write_version
from goldenthread.localoffer.actions.taxonomies import settle_terms
from goldenthread.localoffer.document import Document, clean
from goldenthread.localoffer.enums import Happening
from goldenthread.localoffer.models import Organization, Service
from goldenthread.localoffer.workflow import AUDIT

OWN = "local_offer."


@transaction.atomic
def start_entry(*, by: Actor, organization_id: UUID, name: str) -> Service:
    """A new draft of an organisation. Raises NotPermitted, NotFound, or InvalidInput for no name."""
    permissions.check_keeps(by, organization_id)
    organization = Organization.objects.filter(pk=organization_id).first()
    if organization is None:
        raise NotFound("There is no such organisation.", "Choose one from the list.")
    service = Service(organization=organization, name="")
    document = _checked({"name": name}, service)
    service.name = document["name"]
    service.save()
    write_version(service, document, by)
    write_event(service, Happening.STARTED, by)
    audit.record(by=by, action=AUDIT[Happening.STARTED], obj=service)
    return service


def _checked(document: Document, service: Service) -> Document:
    """The clean document. Raises InvalidInput for what cannot be kept, naming the field."""
    cleaned, problems = clean(document, service.pk)
    if problems:
        raise InvalidInput(problems[0].message, field=problems[0].where)
    if not cleaned.get("name"):
        raise InvalidInput("Give the service a name.", field="name")
    settle_terms([cleaned])
    return cleaned


@transaction.atomic
def save_draft(*, by: Actor, service_id: UUID, number: int, changes: dict[str, Any]) -> Service:
    """Save some fields of an entry, given what version `number` said when it was opened.

    `changes` holds top-level fields of the document, and those of our own part as `local_offer.questions`;
    None clears a field. Where somebody else saved other fields meanwhile, both stay; where they saved one of
    the same, nothing is saved. Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, InvalidInput.
    """
    service = queries.locked(service_id)
    permissions.check_can_edit(by, service)
    now, opened = queries.current_document(service), queries.document_of(service, number)
    for field in changes:
        if _read(now, field) not in (_read(opened, field), changes[field]):
            raise ChangedMeanwhile(
                "Somebody else changed the same part after you opened it. Nothing of yours was saved yet.",
                "Look at what it says now, put your words in where they are still needed, and save again.",
            )
    document = _checked(_changed(now, changes), service)
    if document == now:
        return service
    service.number += 1
    service.name = document["name"]
    write_version(service, document, by)
    happen(service, Happening.SAVED, by, fields=sorted(changes))
    return service


def _read(document: Document, field: str) -> Any:
    if field.startswith(OWN):
        return document.get("local_offer", {}).get(field.removeprefix(OWN))
    return document.get(field)


def _changed(document: Document, changes: dict[str, Any]) -> Document:
    found, own = dict(document), dict(document.get("local_offer", {}))
    for field, value in changes.items():
        holder, name = (own, field.removeprefix(OWN)) if field.startswith(OWN) else (found, field)
        holder[name] = value
    found["local_offer"] = own
    return found


@transaction.atomic
def go_back_to(*, by: Actor, service_id: UUID, number: int, version: int) -> Service:
    """Undo: make a version of before the newest one. Nothing is lost: what it replaces stays a version.

    Raises NotPermitted, NotFound, NotAllowedNow or ChangedMeanwhile.
    """
    service = queries.locked(service_id)
    permissions.check_can_edit(by, service)
    policies.check_version(service, version)
    document = queries.document_of(service, number)
    service.number += 1
    service.name = document["name"]
    write_version(service, document, by)
    happen(service, Happening.SAVED, by, went_back_to=number)
    return service


@transaction.atomic
def discard_changes(*, by: Actor, service_id: UUID, version: int) -> Service:
    """Take back what was changed since the published version. The draft stays readable as a version.

    Raises NotPermitted, NotFound, NotAllowedNow (never published, nothing changed) or ChangedMeanwhile.
    """
    service = queries.locked(service_id)
    permissions.check_can_edit(by, service)
    policies.check_version(service, version)
    policies.check_live(service, Happening.DISCARDED)
    document = queries.document_of(service, service.live_number or 0)
    service.number += 1
    service.name = document["name"]
    write_version(service, document, by)
    happen(service, Happening.DISCARDED, by)
    service.live_number = service.number
    service.save(update_fields=["live_number"])
    return service


@transaction.atomic
def submit(*, by: Actor, service_id: UUID, version: int) -> Service:
    """Hand an entry in for approval.

    Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, or InvalidInput for what is missing.
    """
    service = queries.locked(service_id)
    permissions.check_can_edit(by, service)
    policies.check_version(service, version)
    policies.check_publishable(queries.current_document(service))
    happen(service, Happening.SUBMITTED, by)
    return service
