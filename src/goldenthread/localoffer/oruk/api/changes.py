"""Which state of the public entries a process has read: told by a small table that every change adds to."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Sum
from django_tasks import task

from goldenthread.core import clock
from goldenthread.localoffer.models import FeedChange

# Long enough that no transaction is still open that began before.
KEEP: Final = timedelta(days=2)
_LARGEST: Final = 1 << 40
Stamp = tuple[int, int]


def note(service_ids: Sequence[UUID]) -> None:
    """Something public changed; called in the transaction of the change, and undone with it."""
    FeedChange.objects.create(number=secrets.randbelow(_LARGEST), made_at=clock.now())


def stamp() -> Stamp:
    """What tells one state of the public entries from another: the same twice means that nothing changed.

    The number of rows and their sum, not the newest key: of two changes at once the one that took the lower
    key may be committed after the other.
    """
    found = FeedChange.objects.aggregate(rows=Count("pk"), total=Sum("number"))
    return int(found["rows"]), int(found["total"] or 0)


@task()
def forget() -> int:
    """Each night: delete what is older than two days, but for the newest; returns how many.

    With no row left, a process that nobody asked for days would take a state long past for the present one.
    """
    newest = FeedChange.objects.aggregate(newest=Max("pk"))["newest"]
    return FeedChange.objects.filter(made_at__lt=clock.now() - KEEP).exclude(pk=newest).delete()[0]
