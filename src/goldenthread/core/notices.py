"""Messages to people: written with the thing they tell of, sent after it, tried again when that fails.

The row and the job that sends it are written in one transaction with their cause: a cause that is undone
sends nothing, and a message is never lost between the two. Sending is at least once: a process killed
between handing a message over and writing that down sends it again.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django_tasks import task

from goldenthread.core import channels, clock, sealing
from goldenthread.core.models import Notice, NoticeState

log = logging.getLogger(__name__)

# How long to wait after the first, second … failed try; after the last the notice is marked as failed.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))


def send(
    *, to_email: str, subject: str, body: str, kind: str, person_id: UUID | None = None, link: str = ""
) -> Notice:
    """Write a notice in the current transaction and have it sent once that is committed.

    `{link}` in the body is replaced by `link` when the notice is sent; until then the link is kept
    encrypted. `kind` is a short name such as `sign_in_link`. In the demonstration the notice stays on
    the outbox page.
    """
    shown = settings.NOTICE_CHANNEL == "screen"
    with transaction.atomic():
        notice = Notice.objects.create(
            to_email=to_email,
            subject=subject,
            body=body,
            kind=kind,
            person_id=person_id,
            sealed=sealing.seal(link),
            state=NoticeState.SHOWN if shown else NoticeState.WAITING,
            sent_at=clock.now() if shown else None,
        )
        if not shown:
            deliver.enqueue(str(notice.pk))
    return notice


@task()
def deliver(notice_id: str) -> str:
    """Send one notice and return its state. Already sent or given up: nothing happens."""
    notice = Notice.objects.filter(pk=notice_id).first()
    if notice is None or notice.state != NoticeState.WAITING:
        return notice.state if notice else "gone"
    notice.attempts += 1
    try:
        text = text_of(notice)
        channels.current().send(
            to_email=notice.to_email, subject=notice.subject, body=text, reference=notice_id
        )
    except sealing.SealBroken:
        return _give_up(notice, "The link in it was encrypted with another key: send a new one.")
    except channels.Refused as refusal:
        return _give_up(notice, str(refusal))
    except channels.Unreachable as trouble:
        return _later(notice, str(trouble))
    return _settle(notice, NoticeState.SENT, sent_at=clock.now(), sealed="", problem="")


def text_of(notice: Notice) -> str:
    """The body with its link put in. Raises SealBroken if the site's key was changed since."""
    link = sealing.unseal(notice.sealed)
    return notice.body.replace("{link}", link) if link else notice.body


def _later(notice: Notice, problem: str) -> str:
    if notice.attempts > len(WAITS):
        return _give_up(notice, problem)
    again = clock.now() + WAITS[notice.attempts - 1]
    with transaction.atomic():
        state = _settle(notice, NoticeState.WAITING, next_try_at=again, problem=problem)
        deliver.using(run_after=again).enqueue(str(notice.pk))
    return state


def _give_up(notice: Notice, problem: str) -> str:
    log.warning("notice not delivered", extra={"job": str(notice.pk)})
    return _settle(notice, NoticeState.FAILED, problem=problem, next_try_at=None)


def _settle(notice: Notice, state: NoticeState, **fields: object) -> str:
    changed = {"state": state, "attempts": notice.attempts, "updated_at": clock.now(), **fields}
    Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING).update(**changed)
    return str(state)
