"""The part that every decision has in common: through the table, onto the entry, into the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, System, actor_ref
from goldenthread.localoffer import policies, workflow
from goldenthread.localoffer.document import Document
from goldenthread.localoffer.enums import Happening, State
from goldenthread.localoffer.models import Service, ServiceEvent, ServiceVersion


def user_id(by: Actor) -> UUID | None:
    """The key of the person, if it is one."""
    return None if isinstance(by, System) else by.pk


def happen(service: Service, happening: Happening, by: Actor, *, reason: str = "", **details: Any) -> None:
    """Move a locked entry through the table, save it, and write the event and the audit line.

    Raises NotAllowedNow if the table or `policies.check_live` refuses it in this state.
    """
    service.state = workflow.next_state(service.state, happening)
    policies.check_live(service, happening)
    _apply(service, happening)
    service.version += 1
    service.save()
    write_event(service, happening, by, reason)
    audit.record(
        by=by, action=workflow.AUDIT[happening], obj=service, details={"number": service.number, **details}
    )


def _apply(service: Service, happening: Happening) -> None:
    """What a happening changes besides the state."""
    if happening == Happening.PAUSED:
        service.is_paused = True
    if happening in {Happening.REOPENED, Happening.ARCHIVED, Happening.MERGED}:
        service.is_paused, service.paused_until = False, None
    if service.state != State.SCHEDULED:
        service.scheduled_for = None


def write_event(service: Service, happening: Happening, by: Actor, reason: str = "") -> ServiceEvent:
    """Append what happened."""
    return ServiceEvent.objects.create(
        service=service,
        kind=happening,
        number=service.number,
        state=service.state,
        reason=reason,
        at=clock.now(),
        by_id=user_id(by),
        by_label=actor_ref(by).label,
    )


def write_version(service: Service, document: Document, by: Actor) -> None:
    """Append the document as the entry's version of its present number."""
    ServiceVersion.objects.create(
        service=service,
        number=service.number,
        document=document,
        at=clock.now(),
        by_id=user_id(by),
        by_label=actor_ref(by).label,
    )
