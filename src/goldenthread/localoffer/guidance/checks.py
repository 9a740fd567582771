"""Checks of the law's items that the directory itself keeps: is there an entry of each kind of setting?"""

from __future__ import annotations

from functools import partial
from typing import Final

from django.urls import reverse

from goldenthread.core import clock
from goldenthread.localoffer import terms
from goldenthread.localoffer.guidance import coverage
from goldenthread.localoffer.guidance.coverage import Finding, Place
from goldenthread.localoffer.guidance.settings_lists import ALL
from goldenthread.localoffer.models import PublicService, ServiceTerm

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "S2.1.a": ("early-years",),
    "S2.1.b": ("maintained", "maintained-unit", "special"),
    "S2.1.c": ("academy", "academy-unit", "special"),
    "S2.1.d": ("non-maintained-special",),
    "S2.1.e": ("post-16", "specialist-post-16"),
    "S2.1.f": ("section-41",),
    "S2.1.g": ("pupil-referral",),
    "S2.1.h": ("alternative", "hospital", "training-provider", "independent-special"),
}
# Up to date: as many entries as this must have been checked in the last twelve months.
FRESH_SHARE: Final = 0.9


def register_all() -> None:
    """Called once the site starts."""
    for item, kinds in KINDS.items():
        coverage.register(f"settings: {item}", [item], partial(_has_entry, kinds))
    coverage.register("entries are checked", ["C4.5"], _entries_are_checked)


def _has_entry(kinds: tuple[str, ...]) -> Finding:
    rows = ServiceTerm.objects.filter(term__taxonomy__slug=terms.SETTING, term__code__in=kinds)
    many = rows.values("service_id").distinct().count()
    name = terms.term(terms.SETTING, kinds[0]).name
    address = reverse("lo_settings_of", args=[kinds[0] if many else ALL])
    note = f"{many:,} in the directory." if many else "No entry of this kind in the directory."
    return many > 0, Place(f"List: {name}", address, is_check=True, note=note)


def _entries_are_checked() -> Finding:
    rows = PublicService.objects.all()
    total, today = rows.count(), clock.today()
    year_ago = today.replace(year=today.year - 1, day=min(today.day, 28))
    fresh = rows.filter(checked_on__gt=year_ago).count()
    share = fresh / total if total else 0.0
    note = f"{fresh:,} of {total:,} entries checked in the last twelve months."
    place = Place("Services, each with when it was checked", reverse("lo_search"), is_check=True, note=note)
    return share >= FRESH_SHARE, place
