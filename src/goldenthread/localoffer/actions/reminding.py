"""Reminders that entries must be checked: at 10, 11 and 12 months, each once. Nothing is taken down.

Of an entry that was never checked (loaded without a day) the year counts from the day it was loaded, and
it is asked for at once, as if the year were over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from goldenthread.core import audit, clock, links, notices
from goldenthread.core.actors import Actor, System
from goldenthread.core.letters import Letter
from goldenthread.localoffer import permissions
from goldenthread.localoffer.enums import Rung
from goldenthread.localoffer.freshness import rung_of
from goldenthread.localoffer.models import Organization, Provider, Reminder, Service
from goldenthread.localoffer.queries import lists

KIND = "local_offer_check"
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Due:
    """An entry to be checked: since when the year counts, and the reminder it has come to."""

    service: Service
    since: date
    rung: Rung

    @property
    def words(self) -> str:
        """When it was checked, for its provider."""
        on = self.service.checked_on
        return f"last checked on {on.day} {on:%B %Y}" if on else "never checked"


@dataclass(slots=True)
class Reminded:
    """How many entries were reminded of, in how many messages, and how many have nobody to remind."""

    entries: int = 0
    messages: int = 0
    nobody: int = 0


def send_reminders(*, by: Actor = System.SCHEDULER) -> Reminded:
    """Remind those who keep entries of what they must check; one message a person and organisation.

    Of an entry only the latest reminder that is due is sent, so a site that was off for months does not send
    three at once. Each organisation in a transaction of its own. Raises NotPermitted.
    """
    permissions.check_can_approve(by)
    today, done = clock.today(), Reminded()
    rows = lists.ageing(today).order_by("organization_id").values_list("organization_id", flat=True)
    for organization_id in rows.distinct():
        _remind(organization_id, today, by, done)
    return done


@transaction.atomic
def _remind(organization_id: UUID, today: date, by: Actor, done: Reminded) -> None:
    # Locked, so that two runs at once cannot both find a reminder unsent.
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    due = _unsent(organization, today)
    if due:
        _send(organization, due, by, done)


def _send(organization: Organization, due: Sequence[_Due], by: Actor, done: Reminded) -> None:
    addresses = _addresses(organization)
    if not addresses:
        done.nobody += len(due)
        return
    Reminder.objects.bulk_create(
        [Reminder(service=one.service, checked_on=one.since, rung=one.rung) for one in due],
        ignore_conflicts=True,
    )
    for address in addresses:
        notices.send(to_email=address, **_letter(organization, due))
    details = {"entries": len(due), "messages": len(addresses)}
    audit.record(by=by, action="localoffer.reminded", obj=organization, details=details)
    done.entries += len(due)
    done.messages += len(addresses)


def _unsent(organization: Organization, today: date) -> list[_Due]:
    rows = list(lists.ageing(today).filter(organization=organization))
    sent = set(Reminder.objects.filter(service__in=rows).values_list("service_id", "checked_on", "rung"))
    found = []
    for service in rows:
        one = _due(service, today)
        if one is not None and (service.pk, one.since, one.rung.value) not in sent:
            found.append(one)
    return found


def _due(service: Service, today: date) -> _Due | None:
    """The reminder that an entry has come to, sent or not; None before the first."""
    if service.checked_on is not None:
        rung = rung_of(service.checked_on, today)
        return _Due(service, service.checked_on, rung) if rung else None
    # Loading an entry without a day makes it due on the day of the load.
    since = service.due_on or today
    return _Due(service, since, rung_of(since, today) or Rung.TWELVE)


@transaction.atomic
def ask_to_check(*, by: Actor, service_ids: Sequence[UUID]) -> Reminded:
    """Ask those who keep these entries to check them now, whenever they were checked last.

    One message a person and organisation. Counts as the reminder that the entry has come to, so that the
    morning's run does not ask the same again. Raises NotPermitted.
    """
    permissions.check_can_approve(by)
    today, done = clock.today(), Reminded()
    rows = Service.objects.filter(pk__in=list(service_ids), live_number__isnull=False)
    wanted: dict[UUID, list[_Due]] = {}
    for service in rows.order_by("name", "pk"):
        one = _due(service, today) or _Due(service, service.checked_on or today, Rung.TEN)
        wanted.setdefault(service.organization_id, []).append(one)
    for organization in Organization.objects.select_for_update().filter(pk__in=wanted).order_by("pk"):
        _send(organization, wanted[organization.pk], by, done)
    return done


def _addresses(organization: Organization) -> list[str]:
    """Those who keep its entries; the organisation's own address while nobody does."""
    people = Provider.objects.filter(organization=organization, user__is_active=True)
    found = list(people.order_by("created_at").values_list("user__email", flat=True))
    return found or ([organization.email] if organization.email else [])


def _letter(organization: Organization, due: Sequence[_Due]) -> Letter:
    named = "\n".join(f"* {one.service.name} ({one.words})" for one in due[:_SHOWN])
    if len(due) > _SHOWN:
        named += f"\n* and {len(due) - _SHOWN} more"
    body = (
        f"Families read these entries of {organization.name} in the Local Offer. Please look at each and say "
        f"that it is still right, or change what is not:\n\n{named}\n\nSign in here:\n\n{{link}}\n\n"
        "Give this email address. We send you a link each time; you need no password. Nothing is taken down "
        f"by itself, but families see when an entry was last checked.\n\n{settings.COUNCIL_NAME}\n"
    )
    return {
        "kind": KIND,
        "subject": "Please check your services in the Local Offer",
        "body": body,
        "link": links.absolute(f"{reverse('sign_in_link')}?next={reverse('lo_entries')}"),
    }
