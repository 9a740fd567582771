"""Checks of the law's items that the directory itself keeps: is there an entry of each kind of setting?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final
from uuid import UUID

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
    coverage.register("kinds of setting", tuple(KINDS), _kinds_have_entries)
    coverage.register("entries are checked", ("C4.5",), _entries_are_checked)


def _kinds_have_entries() -> dict[str, Finding]:
    rows = ServiceTerm.objects.filter(term__taxonomy__slug=terms.SETTING)
    there: dict[str, set[UUID]] = defaultdict(set)
    for code, service_id in rows.values_list("term__code", "service_id"):
        there[code].add(service_id)
    return {item: _has_entry(kinds, there) for item, kinds in KINDS.items()}


def _has_entry(kinds: tuple[str, ...], there: Mapping[str, set[UUID]]) -> Finding:
    many = len(set().union(*(there.get(code, set()) for code in kinds)))
    first = next((code for code in kinds if there.get(code)), "")
    name = terms.term(terms.SETTING, first or kinds[0]).name
    address = reverse("lo_settings_of", args=[first or ALL])
    note = f"{many:,} in the directory." if many else "No entry of this kind in the directory."
    return many > 0, Place(f"List: {name}", address, is_check=True, note=note)


def _entries_are_checked() -> dict[str, Finding]:
    rows = PublicService.objects.all()
    total, today = rows.count(), clock.today()
    year_ago = today.replace(year=today.year - 1, day=min(today.day, 28))
    fresh = rows.filter(checked_on__gt=year_ago).count()
    share = fresh / total if total else 0.0
    note = f"{fresh:,} of {total:,} entries checked in the last twelve months."
    place = Place("Services, each with when it was checked", reverse("lo_search"), is_check=True, note=note)
    return {"C4.5": (share >= FRESH_SHARE, place)}
