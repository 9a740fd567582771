"""May this person see the entry, change it, or decide on it?"""

from __future__ import annotations

from uuid import UUID

from goldenthread.core.actors import Actor, System
from goldenthread.core.permissions import holds, require
from goldenthread.core.refusals import NotFound
from goldenthread.localoffer.models import Provider, Service

_NO_ENTRY = ("There is no such entry.", "Open the list of entries and choose it there.")


def can_edit_all(by: Actor) -> bool:
    """Whether `by` edits every entry, as an editor does."""
    return holds(by, "localoffer.edit")


def can_approve(by: Actor) -> bool:
    """Whether `by` publishes."""
    return holds(by, "localoffer.approve")


def check_can_approve(by: Actor) -> None:
    """Raise NotPermitted unless `by` publishes, sends back, archives and merges."""
    require(by, "localoffer.approve", "Only a Local Offer editor decides what is published.")


def kept_by(by: Actor) -> list[UUID]:
    """The organisations whose entries a provider keeps; none for anybody else."""
    if isinstance(by, System) or not holds(by, "localoffer.provide"):
        return []
    return list(Provider.objects.filter(user_id=by.pk).values_list("organization_id", flat=True))


def check_keeps(by: Actor, organization_id: UUID) -> None:
    """Raise NotPermitted for who keeps no entries at all, NotFound for those of another organisation."""
    if can_edit_all(by):
        return
    require(by, "localoffer.provide", "Only editors and the provider of a service change its entry.")
    if organization_id not in kept_by(by):
        raise NotFound(*_NO_ENTRY)


def check_can_edit(by: Actor, service: Service) -> None:
    """Raise NotPermitted or NotFound unless `by` is an editor or keeps the entry's organisation."""
    check_keeps(by, service.organization_id)
