"""What an editor decides about an entry besides publishing it, and what its provider confirms."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.core.refusals import InvalidInput
from goldenthread.localoffer import permissions, policies, queries
from goldenthread.localoffer.actions import projecting
from goldenthread.localoffer.actions.publishing import set_checked, show_again
from goldenthread.localoffer.actions.recording import happen
from goldenthread.localoffer.enums import Happening
from goldenthread.localoffer.models import Service


def _opened(by: Actor, service_id: UUID, version: int | None) -> Service:
    permissions.check_can_approve(by)
    service = queries.locked(service_id)
    policies.check_version(service, version)
    return service


@transaction.atomic
def send_back(*, by: Actor, service_id: UUID, reason: str, version: int | None = None) -> Service:
    """Send an entry back to who wrote it, with the reason. What is public stays public.

    Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, or InvalidInput for no reason.
    """
    service = _opened(by, service_id, version)
    happen(service, Happening.SENT_BACK, by, reason=policies.check_reason(reason))
    return service


@transaction.atomic
def schedule(*, by: Actor, service_id: UUID, on: date, version: int | None = None) -> Service:
    """Approve an entry for a day to come. Raises as `publish`, and InvalidInput for a day that has passed."""
    service = _opened(by, service_id, version)
    policies.check_future(on, clock.today())
    policies.check_publishable(queries.current_document(service))
    service.scheduled_for = on
    happen(service, Happening.SCHEDULED, by, on=on.isoformat())
    return service


@transaction.atomic
def unschedule(*, by: Actor, service_id: UUID, version: int | None = None) -> Service:
    """Take the day back: a draft again. Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile."""
    service = _opened(by, service_id, version)
    happen(service, Happening.UNSCHEDULED, by)
    return service


@transaction.atomic
def pause(
    *, by: Actor, service_id: UUID, until: date | None = None, reason: str = "", version: int | None = None
) -> Service:
    """Say that the service is closed for a time; its entry stays and says so. Providers may, too.

    Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, or InvalidInput for a day that has passed.
    """
    service = queries.locked(service_id)
    permissions.check_can_edit(by, service)
    policies.check_version(service, version)
    if until is not None:
        policies.check_future(until, clock.today())
    happen(service, Happening.PAUSED, by, reason=reason.strip()[:2000])
    service.paused_until = until
    service.save(update_fields=["paused_until"])
    show_again(service)
    return service


@transaction.atomic
def reopen(*, by: Actor, service_id: UUID, version: int | None = None) -> Service:
    """Open again. Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile."""
    service = queries.locked(service_id)
    permissions.check_can_edit(by, service)
    policies.check_version(service, version)
    happen(service, Happening.REOPENED, by)
    show_again(service)
    return service


@transaction.atomic
def confirm_checked(*, by: Actor, service_id: UUID, on: date | None = None) -> Service:
    """Say that what is public was looked at and is right, today or on a day before.

    Raises NotPermitted, NotFound, NotAllowedNow (never published), or InvalidInput for a day to come.
    """
    service = queries.locked(service_id)
    permissions.check_can_edit(by, service)
    day = on or clock.today()
    if day > clock.today():
        raise InvalidInput("It cannot have been checked on a day to come.", field="on")
    set_checked(service, day)
    happen(service, Happening.CHECKED, by, on=day.isoformat())
    show_again(service)
    return service


@transaction.atomic
def archive(*, by: Actor, service_id: UUID, reason: str, version: int | None = None) -> Service:
    """Take an entry away from the public and put it aside; it can be restored.

    Raises NotPermitted, NotFound, NotAllowedNow, ChangedMeanwhile, or InvalidInput for no reason.
    """
    service = _opened(by, service_id, version)
    put_away(service, Happening.ARCHIVED, by, policies.check_reason(reason))
    return service


def put_away(service: Service, happening: Happening, by: Actor, reason: str) -> None:
    """Archive a locked entry or merge it away: nothing of it stays public."""
    was_live, service.live_number = service.is_live, None
    happen(service, happening, by, reason=reason, was_live=was_live)
    if was_live:
        projecting.remove([service.pk])


@transaction.atomic
def restore(*, by: Actor, service_id: UUID, version: int | None = None) -> Service:
    """Bring an archived entry back as a draft.

    Raises NotPermitted, NotFound, NotAllowedNow or ChangedMeanwhile.
    """
    service = _opened(by, service_id, version)
    service.merged_into = None
    happen(service, Happening.RESTORED, by)
    return service
