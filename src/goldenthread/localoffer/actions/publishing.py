"""Publishing: the version that the public sees, and its rows, in one transaction."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.core import clock
from goldenthread.core.actors import Actor, System
from goldenthread.core.refusals import Refusal
from goldenthread.localoffer import permissions, policies, queries
from goldenthread.localoffer.actions import projecting
from goldenthread.localoffer.actions.duplicates import look_beside
from goldenthread.localoffer.actions.recording import happen
from goldenthread.localoffer.enums import Happening, State
from goldenthread.localoffer.freshness import next_check
from goldenthread.localoffer.models import Service


@transaction.atomic
def publish(*, by: Actor, service_id: UUID, version: int | None = None) -> Service:
    """Show the newest version to everybody; who publishes has checked it, so it counts as checked today.

    Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, or InvalidInput for what is missing and
    for words of a hidden address in what would be public.
    """
    permissions.check_can_approve(by)
    service = queries.locked(service_id)
    policies.check_version(service, version)
    document = queries.current_document(service)
    policies.check_publishable(document)
    was_paused, service.is_paused, service.paused_until = service.is_paused, False, None
    service.live_number = service.number
    set_checked(service, clock.today())
    happen(service, Happening.PUBLISHED, by, reopened=was_paused)
    _stamp(service)
    shown = projecting.projection_of(service, document, clock.now())
    projecting.write([shown])
    look_beside(service, [place["postcode"] for place in shown.places if place["postcode"]])
    return service


def _stamp(service: Service) -> None:
    """When it was first published. Now, and no sooner: since the audit line was written nobody else can
    write one until this is committed, so entries stand in the open data in the order they came to it, and a
    reader between two pages finds none put in before."""
    if service.first_published_at is None:
        service.first_published_at = clock.now()
        service.save(update_fields=["first_published_at"])


def set_checked(service: Service, on: date) -> None:
    """The entry was checked on this day; when it is due again follows."""
    service.checked_on, service.due_on = on, next_check(on)


def show_again(service: Service) -> None:
    """Write the public rows of a live entry anew, after its state but not its words changed."""
    document = queries.document_of(service, service.live_number or 0)
    projecting.write([projecting.projection_of(service, document, clock.now())])


def publish_due(*, by: Actor = System.SCHEDULER) -> tuple[int, int]:
    """Publish what was approved for a day that has come; how many were, and how many were refused.

    Each in a transaction of its own: one that is refused (its address was hidden since) goes back to being
    a draft with the reason, and the others go on.
    """
    due = Service.objects.filter(state=State.SCHEDULED, scheduled_for__lte=clock.today())
    done = refused = 0
    for service_id in due.order_by("scheduled_for", "pk").values_list("pk", flat=True):
        try:
            publish(by=by, service_id=service_id)
            done += 1
        except Refusal as refusal:
            _back_to_draft(by, service_id, refusal.message)
            refused += 1
    return done, refused


@transaction.atomic
def _back_to_draft(by: Actor, service_id: UUID, reason: str) -> None:
    service = queries.locked(service_id)
    if service.state == State.SCHEDULED:
        happen(service, Happening.UNSCHEDULED, by, reason=reason)
