"""References that people read out, such as EHC-004217: reserved from one counter, never used twice."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from goldenthread.core.models import Counter

COUNTER = "case"


def reserve(number: int) -> list[str]:
    """The next references, in order. They are taken even if nothing comes of them."""
    with transaction.atomic():
        Counter.objects.get_or_create(name=COUNTER)
        Counter.objects.filter(name=COUNTER).update(value=F("value") + number)
        last = Counter.objects.get(name=COUNTER).value
    return [f"EHC-{value:06d}" for value in range(last - number + 1, last + 1)]
