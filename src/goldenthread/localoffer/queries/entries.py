"""Entries as editors and providers see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from goldenthread.core.actors import Actor
from goldenthread.core.refusals import NotFound
from goldenthread.localoffer import permissions
from goldenthread.localoffer.document import Document
from goldenthread.localoffer.models import Organization, Service, ServiceEvent, ServiceVersion

_NONE = ("There is no such entry.", "Open the list of entries and choose it there.")


def visible_to(by: Actor) -> QuerySet[Service]:
    """The entries that `by` may see here: all for editors, their own for providers, else none."""
    if permissions.can_edit_all(by):
        return Service.objects.all()
    return Service.objects.filter(organization_id__in=permissions.kept_by(by), merged_into=None)


def service_for(by: Actor, service_id: UUID) -> Service:
    """One entry with its organisation. Raises NotFound if there is none that `by` may see."""
    found = visible_to(by).select_related("organization").filter(pk=service_id).first()
    if found is None:
        raise NotFound(*_NONE)
    return found


def locked(service_id: UUID) -> Service:
    """The entry, locked for a decision. Raises NotFound."""
    rows = Service.objects.select_for_update(of=("self",)).select_related("organization")
    found = rows.filter(pk=service_id).first()
    if found is None:
        raise NotFound(*_NONE)
    return found


def document_of(service: Service, number: int) -> Document:
    """What the entry said in version `number`. Raises NotFound."""
    version = ServiceVersion.objects.filter(service=service, number=number).first()
    if version is None:
        raise NotFound("There is no such version.", "Open the list of versions and choose one there.")
    return Document(version.document)


def current_document(service: Service) -> Document:
    """What the entry says now, published or not."""
    return document_of(service, service.number)


def organization_document(organization: Organization) -> Document:
    """The organisation as Open Referral UK writes it."""
    return Document(organization.document, id=str(organization.pk), name=organization.name)


def versions_of(service: Service) -> QuerySet[ServiceVersion]:
    """All versions, newest first."""
    return ServiceVersion.objects.filter(service=service).order_by("-number")


def events_of(service: Service) -> QuerySet[ServiceEvent]:
    """All that happened, newest first."""
    return ServiceEvent.objects.filter(service=service).order_by("-at", "-pk")
