"""Searches that found nothing: counted, so that those who buy services see what is missing."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from goldenthread.consultations.models import Sought, SoughtDay
from goldenthread.consultations.searched import area_of, cleaned
from goldenthread.core import clock

# Words that came on so many days are no longer one person's.
DAYS_TO_KEEP_WORDS = 3
# Beyond this many different words in a day something else than people searches: only areas are counted.
NEW_A_DAY = 1_000
KEEP_DAYS, KEEP_UNNAMED_DAYS = 730, 90


@transaction.atomic
def searched_in_vain(words: str, area: str = "", need: str = "") -> None:
    """Count a search that found nothing. Nobody in particular did it: no actor, and no audit line.

    `area` is a district or a postcode, of which the outward code is kept; `need` is a code or a word of the
    taxonomy. The words are cleaned (`searched.cleaned`), and written down only once they came on three
    different days; before that a digest counts them. Raises nothing for any text.
    """
    today, text = clock.today(), cleaned(words)
    digest = _digest(text)
    sought = Sought.objects.filter(digest=digest).first()
    if sought is None:
        if text and SoughtDay.objects.filter(on=today).count() >= NEW_A_DAY:
            digest = _digest("")
        sought, _ = Sought.objects.get_or_create(digest=digest)
    day, _ = SoughtDay.objects.get_or_create(
        sought=sought, on=today, area=area_of(area), need=" ".join(need.split())[:60]
    )
    SoughtDay.objects.filter(pk=day.pk).update(times=F("times") + 1)
    if text and not sought.words and digest == _digest(text) and _days(sought) >= DAYS_TO_KEEP_WORDS:
        Sought.objects.filter(pk=sought.pk).update(words=text)


@transaction.atomic
def forget_searches(*, today: date) -> int:
    """Delete the days before two years ago, and what never came on enough days within three months."""
    old = SoughtDay.objects.filter(on__lt=today - timedelta(days=KEEP_DAYS)).delete()[0]
    unnamed = SoughtDay.objects.filter(sought__words="", on__lt=today - timedelta(days=KEEP_UNNAMED_DAYS))
    old += unnamed.delete()[0]
    Sought.objects.filter(days=None).delete()
    return old


def _days(sought: Sought) -> int:
    return SoughtDay.objects.filter(sought=sought).values("on").distinct().count()


def _digest(text: str) -> str:
    return salted_hmac("consultations.sought", text, algorithm="sha256").hexdigest()
