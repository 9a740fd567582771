"""Nurseries, schools and colleges by kind, phase and need: those with an entry, and those without one yet.

An entry is a published service that carries a term of the taxonomy `setting`. A setting of this council's
area that the register of people's room knows, and that has no entry, is listed as not having told us yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from goldenthread.core.refusals import NotFound
from goldenthread.localoffer import terms
from goldenthread.localoffer.enums import Question
from goldenthread.localoffer.models import PublicService, ServiceAtLocation, ServiceTerm
from goldenthread.people.enums import SettingGroup
from goldenthread.people.queries import settings_by_urn, settings_list

ALL: Final = "all"
QUESTIONS: Final = len(Question)
_UNITS: Final = {"maintained": "maintained-unit", "academy": "academy-unit"}
_KIND_OF_GROUP: Final[dict[str, str]] = {
    SettingGroup.MAINSTREAM_MAINTAINED: "maintained",
    SettingGroup.MAINSTREAM_ACADEMY: "academy",
    SettingGroup.MAINSTREAM_FREE: "academy",
    SettingGroup.MAINSTREAM_INDEPENDENT: "independent",
    SettingGroup.SPECIAL_MAINTAINED: "special",
    SettingGroup.SPECIAL_ACADEMY: "special",
    SettingGroup.SPECIAL_INDEPENDENT: "independent-special",
    SettingGroup.SPECIAL_NON_MAINTAINED: "non-maintained-special",
    SettingGroup.AP_MAINTAINED: "pupil-referral",
    SettingGroup.AP_ACADEMY: "alternative",
    SettingGroup.AP_FREE: "alternative",
    SettingGroup.FE_COLLEGE: "post-16",
    SettingGroup.FE_SPECIALIST: "specialist-post-16",
    SettingGroup.FE_UKRLP: "training-provider",
    SettingGroup.EARLY_YEARS: "early-years",
}
# Words of the register's phases, and ours.
_PHASES: Final = (
    ("nursery", "early-years"),
    ("primary", "primary"),
    ("secondary", "secondary"),
    ("all-through", "all-through"),
    ("16 plus", "post-16"),
)
_SPECIAL: Final = frozenset({"special", "non-maintained-special", "independent-special", "section-41"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which settings to list; empty values ask nothing. `outside` lists those outside the area alone."""

    kind: str = ""
    phase: str = ""
    need: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting of a list. `answered` counts the seven questions; None: it has not told us yet.

    `area` is the name of the area that the register gives, empty where it gives none; `is_outside` says
    that it is not this council's.
    """

    name: str
    id: UUID | None
    kinds: tuple[str, ...]
    phases: tuple[str, ...]
    needs: tuple[str, ...]
    town: str
    area: str
    is_outside: bool
    answered: int | None
    checked_on: date | None


def settings_with_entries(wanted: Wanted) -> list[SettingLine]:
    """The settings that have a published entry, by name. Five queries, whatever their number."""
    rows = list(_entries(wanted))
    ids = [row.pk for row in rows]
    codes, towns = _codes_of(ids), _towns_of(ids)
    register = settings_by_urn(row.urn for row in rows if row.urn)
    found = [_line(row, codes[row.pk], towns.get(row.pk, ""), register.get(row.urn)) for row in rows]
    return [one for one in found if one.is_outside] if wanted.outside else found


def _entries(wanted: Wanted) -> QuerySet[PublicService]:
    rows = PublicService.objects.filter(pk__in=_with_term(terms.SETTING, wanted.kind))
    for slug, code in ((terms.PHASE, wanted.phase), (terms.NEED, wanted.need)):
        if code:
            rows = rows.filter(pk__in=_with_term(slug, code))
    fields = ("id", "name", "urn", "local_offer", "checked_on")
    return rows.order_by("name", "pk").only(*fields)


def _with_term(slug: str, code: str) -> QuerySet[ServiceTerm, Any]:
    rows = ServiceTerm.objects.filter(term__taxonomy__slug=slug)
    return (rows.filter(term__code=code) if code else rows).values("service_id")


def _codes_of(ids: Iterable[UUID]) -> dict[UUID, dict[str, list[str]]]:
    found: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = ServiceTerm.objects.filter(term__taxonomy__slug__in=[terms.SETTING, terms.PHASE, terms.NEED])
    wanted = set(ids)
    fields = ("service_id", "term__taxonomy__slug", "term__code")
    with_setting = _with_term(terms.SETTING, "")
    for service_id, slug, code in rows.filter(service_id__in=with_setting).values_list(*fields):
        if service_id in wanted:
            found[service_id][slug].append(code)
    return found


def _towns_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    wanted = set(ids)
    rows = ServiceAtLocation.objects.filter(service_id__in=_with_term(terms.SETTING, "")).exclude(town="")
    found: dict[UUID, str] = {}
    for service_id, town in rows.order_by("pk").values_list("service_id", "town"):
        if service_id in wanted:
            found.setdefault(service_id, town)
    return found


def _line(row: PublicService, codes: dict[str, list[str]], town: str, setting: Any) -> SettingLine:
    area = setting.la_name if setting is not None else ""
    return SettingLine(
        name=row.name,
        id=row.pk,
        kinds=_in_order(terms.SETTING, codes),
        phases=_in_order(terms.PHASE, codes),
        needs=_in_order(terms.NEED, codes),
        town=town,
        area=area,
        is_outside=bool(
            setting is not None and setting.la_code and setting.la_code != settings.COUNCIL_LA_CODE
        ),
        answered=len(answers_of(row.local_offer)),
        checked_on=row.checked_on,
    )


def _in_order(slug: str, codes: dict[str, list[str]]) -> tuple[str, ...]:
    there = set(codes.get(slug, ()))
    return tuple(code for code in terms.codes(slug) if code in there)


def answers_of(local_offer: dict[str, Any]) -> dict[str, str]:
    """The answers to the seven questions that an entry gives, by question; empty ones are none."""
    given = local_offer.get("questions") or {}
    return {one.value: given[one.value] for one in Question if str(given.get(one.value) or "").strip()}


def settings_without_entries(wanted: Wanted) -> list[SettingLine]:
    """Settings of this area in the register that have no published entry, by name.

    The register says neither needs nor, for some, a phase: asking for a need lists none of them.
    """
    if wanted.need or wanted.outside:
        return []
    told = set(PublicService.objects.exclude(urn="").values_list("urn", flat=True))
    rows = settings_list(la=settings.COUNCIL_LA_CODE).filter(known=True, closed_on=None, urn__isnull=False)
    rows = rows.exclude(status__istartswith="closed").exclude(status__istartswith="proposed").order_by("name")
    found = [_not_told(row) for row in rows if row.urn not in told and row.group in _KIND_OF_GROUP]
    return [one for one in found if _fits(one, wanted)]


def _not_told(setting: Any) -> SettingLine:
    kind = _KIND_OF_GROUP[setting.group]
    if setting.sen_unit or setting.resourced_provision:
        kind = _UNITS.get(kind, kind)
    phase = setting.phase.lower()
    phases = tuple(code for word, code in _PHASES if word in phase)
    if kind in _SPECIAL:
        phases = (*phases, "special")
    return SettingLine(
        setting.name, None, (kind,), phases, (), setting.town, setting.la_name, False, None, None
    )


def _fits(line: SettingLine, wanted: Wanted) -> bool:
    return (not wanted.kind or wanted.kind in line.kinds) and (
        not wanted.phase or wanted.phase in line.phases
    )


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of setting with how many have an entry and how many have not told us yet."""

    code: str
    name: str
    told: int
    silent: int
    outside: int


def kinds() -> list[KindCount]:
    """Every kind of setting, in order, with its numbers."""
    told, silent = settings_with_entries(Wanted()), settings_without_entries(Wanted())
    return [
        KindCount(
            one.code,
            one.name,
            sum(one.code in line.kinds for line in told),
            sum(one.code in line.kinds for line in silent),
            sum(one.code in line.kinds and line.is_outside for line in told),
        )
        for one in terms.tops(terms.SETTING)
    ]


def setting_entry(service_id: UUID) -> tuple[SettingLine, dict[str, str]]:
    """A setting with its answers by question. Raises NotFound for what is no published setting."""
    row = PublicService.objects.filter(pk=service_id, pk__in=_with_term(terms.SETTING, "")).first()
    if row is None:
        raise NotFound("There is no such setting in the Local Offer.", "Choose one from the lists.")
    register = settings_by_urn([row.urn] if row.urn else [])
    line = _line(row, _codes_of([row.pk])[row.pk], _towns_of([row.pk]).get(row.pk, ""), register.get(row.urn))
    return line, answers_of(row.local_offer)


def with_names(line: SettingLine) -> SettingLine:
    """The line with names in the place of codes."""
    return replace(
        line,
        kinds=tuple(terms.term(terms.SETTING, code).name for code in line.kinds),
        phases=tuple(terms.term(terms.PHASE, code).name for code in line.phases),
        needs=tuple(terms.term(terms.NEED, code).name for code in line.needs),
    )
