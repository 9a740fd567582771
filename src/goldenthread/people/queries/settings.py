"""Schools, colleges and early years settings: by number, and as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from goldenthread.core.refusals import NotFound
from goldenthread.people.models import Setting
from goldenthread.people.names import fold
from goldenthread.people.normal import stored_postcode
from goldenthread.people.rows import chunks


@dataclass(frozen=True, slots=True)
class SettingRef:
    """How a return names a setting: by URN, or by UKPRN where it has no URN. Empty text for none."""

    urn: str = ""
    ukprn: str = ""


def settings_by_urn(urns: Iterable[str]) -> dict[str, Setting]:
    """The settings with these URNs."""
    found: dict[str, Setting] = {}
    for some in chunks(sorted(set(urns)), 900):
        found |= {one.urn: one for one in Setting.objects.filter(urn__in=some) if one.urn}
    return found


def settings_by_ukprn(ukprns: Iterable[str]) -> dict[str, Setting]:
    """The setting with each UKPRN. Of several, one that is open and in the register, with the lowest URN."""
    found: dict[str, Setting] = {}
    for some in chunks(sorted(set(ukprns)), 900):
        for one in sorted(Setting.objects.filter(ukprn__in=some), key=_likeliest):
            found.setdefault(one.ukprn or "", one)
    return found


def _likeliest(setting: Setting) -> tuple[bool, bool, str]:
    return not setting.known, setting.closed_on is not None, setting.urn or ""


def find_settings(refs: Iterable[SettingRef]) -> dict[SettingRef, Setting]:
    """The setting of each reference that there is one for, by URN before UKPRN."""
    wanted = list(refs)
    by_urn = settings_by_urn(ref.urn for ref in wanted if ref.urn)
    by_ukprn = settings_by_ukprn(ref.ukprn for ref in wanted if ref.ukprn and not ref.urn)
    found = {ref: by_urn.get(ref.urn) if ref.urn else by_ukprn.get(ref.ukprn) for ref in wanted}
    return {ref: setting for ref, setting in found.items() if setting is not None}


def setting_with(setting_id: UUID) -> Setting:
    """One setting. Raises NotFound."""
    setting = Setting.objects.filter(pk=setting_id).first()
    if setting is None:
        raise NotFound("There is no such setting.", "Search the list of settings for it.")
    return setting


def settings_list(
    *, text: str = "", group: str = "", phase: str = "", la: str = "", status: str = ""
) -> QuerySet[Setting]:
    """Settings whose name, town, postcode or number has `text` in it, of the chosen kinds."""
    rows = Setting.objects.all()
    if text.strip():
        rows = rows.filter(_about(text.strip()))
    wanted = {"group": group, "phase": phase, "la_code": la, "status": status}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _about(text: str) -> Q:
    if text.isdigit() and len(text) in (6, 8):
        return Q(urn=text) | Q(ukprn=text)
    words = Q()
    for word in fold(text).split():
        words &= Q(name_key__contains=word) | Q(town__icontains=word)
    code = stored_postcode(text)
    return (words | Q(postcode__startswith=code)) if len(code) >= 2 else words


def setting_choices() -> dict[str, list[tuple[str, str]]]:
    """The phases, local authorities and statuses there are, for the filters of the list."""
    rows = Setting.objects.order_by()
    return {
        "phase": [
            (one, one) for one in sorted(rows.exclude(phase="").values_list("phase", flat=True).distinct())
        ],
        "la": sorted(
            rows.exclude(la_code="").values_list("la_code", "la_name").distinct(), key=lambda pair: pair[1]
        ),
        "status": [
            (one, one) for one in sorted(rows.exclude(status="").values_list("status", flat=True).distinct())
        ],
    }
