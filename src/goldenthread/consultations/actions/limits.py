"""How often something may be sent: from one place, and by everybody together, in an hour.

The place is never kept: a digest of it with the day and the site's key, which a day later says nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from goldenthread.consultations.models import Allowance
from goldenthread.core import clock
from goldenthread.core.refusals import Refusal

# A family, a school or a library shares one place; a parents' meeting may send twenty comments in an hour.
FROM_ONE_PLACE = {"comment": 20, "rating": 60}
BY_EVERYBODY = {"comment": 300, "rating": 2_000}
KEEP = timedelta(days=2)


class TooMany(Refusal):
    """Too many were sent: from here, or by everybody."""

    status = 429
    title = "Please try again later"


@transaction.atomic
def use(*, what: str, place: str, is_known: bool = False) -> None:
    """Count one more of `what` from `place`. Raises TooMany; what was refused is counted nowhere else.

    Who is known, being signed in, is not stopped by what strangers send. A refusal counts for nobody else:
    those that one place sends beyond its own number do not use up the number that everybody shares.
    """
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    if not _one_more(_digest(what, place, now.date()), hour, FROM_ONE_PLACE[what]):
        raise TooMany(
            "A great many were sent from where you are within this hour.",
            "Please send it again later, or write or telephone: see the foot of this page.",
        )
    if not is_known and not _one_more(f"all:{what}", hour, BY_EVERYBODY[what]):
        raise TooMany(
            "A great many were sent within this hour, more than people send.",
            "Please send it again in an hour, or write or telephone: see the foot of this page.",
        )


def forget(*, before: datetime) -> int:
    """Delete the counts of hours before this one; returns how many."""
    return Allowance.objects.filter(hour__lt=before).delete()[0]


def _one_more(key: str, hour: datetime, limit: int) -> bool:
    Allowance.objects.get_or_create(key=key, hour=hour)
    # One statement, so that two at once cannot both take the last.
    return Allowance.objects.filter(key=key, hour=hour, used__lt=limit).update(used=F("used") + 1) == 1


def _digest(what: str, place: str, day: date) -> str:
    return salted_hmac("consultations.place", f"{what} {day} {place}", algorithm="sha256").hexdigest()
