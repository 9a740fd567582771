"""The caseload on a day: plans maintained, open requests by where they stood, needs, settings, ages, ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Either
from django.db.models import Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from goldenthread.casework.enums import OPEN_REQUEST, Status
from goldenthread.casework.facts import as_of as facts_on
from goldenthread.casework.facts import status_of
from goldenthread.casework.models import Case, NamedSetting, Plan
from goldenthread.casework.reading import facts_from
from goldenthread.people.enums import SettingGroup

NOT_KNOWN = "not_known"
SEN_UNIT, RESOURCED = "sen_unit", "resourced_provision"
# SEN2 SENsetting, for a place without a register number, by the group DfE counts it in.
GROUP_OF_CODE = {
    "OLA": SettingGroup.OTHER_LA,
    "OPA": SettingGroup.OTHER_PARENTS,
    "EHE": SettingGroup.ELECTIVE_HOME,
    "EYP": SettingGroup.EARLY_YEARS,
    "OTH": SettingGroup.OTHER,
    "NEET": SettingGroup.NEET,
    "NIEC": SettingGroup.NEET_NOTICE,
    "NIEO": SettingGroup.NOT_IN_EDUCATION,
}
AGE_BANDS = {
    "under_5": (0, 4),
    "5_to_10": (5, 10),
    "11_to_15": (11, 15),
    "16_to_19": (16, 19),
    "20_to_25": (20, 25),
}
OVER_25 = "over_25"


@dataclass(frozen=True, slots=True)
class Caseload:
    """What `manage caseload --json` prints. Settings are of section I unless a room above counts who attends
    (`settings_basis`); SEN units and resourced provision stand apart from the group of their school.
    """

    as_of: str
    plans: int
    plans_by_need: dict[str, int]
    plans_by_setting: dict[str, int]
    settings_basis: str
    plans_by_age: dict[str, int]
    open_requests: int
    open_requests_by_status: dict[str, int]
    ceased_in_year: int
    ceased_in_year_by_reason: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """The same as a dict, in this order."""
        return asdict(self)


# Of a day, and of how many plans that were maintained on it.
SettingCounts = Callable[[date, int], dict[str, int]]
_attending: list[SettingCounts] = []


def register_setting_counts(counts: SettingCounts) -> None:
    """Let a room above count plans by the setting that is attended rather than named (placements)."""
    _attending[:] = [counts]


def maintained(on: date) -> QuerySet[Plan]:
    """Plans maintained at the end of a day: begun here by then, and not ceased by then.

    A plan begins here on the day it was made or, if it came from another council, on the day it passed to
    this one. A plan that was decided to cease is still maintained until it ends.
    """
    plans = Plan.objects.alias(
        begun_on=Coalesce("transferred_on", "started_on"),
        # Most plans are maintained: one walk through them all is quicker than an index of when they ceased.
        until=Coalesce("ceased_on", Value(date.max)),
    )
    return plans.filter(begun_on__lte=on, until__gt=on)


def caseload(on: date) -> Caseload:
    """The caseload at the end of a day, from the days that are recorded now.

    Needs and section I are those recorded now: the record keeps no earlier ones.
    """
    plans = maintained(on)
    needs, ages = _needs_and_ages(plans, on)
    total = sum(needs.values())
    open_requests = _open_requests(on)
    ended = Plan.objects.filter(ceased_on__range=(date(on.year, 1, 1), on))
    reasons = _counted(ended, "cease_reason")
    return Caseload(
        as_of=on.isoformat(),
        plans=total,
        plans_by_need=needs,
        plans_by_setting=_attending[0](on, total) if _attending else _by_section_i(plans),
        settings_basis="attended" if _attending else "section_i",
        plans_by_age=ages,
        open_requests=sum(open_requests.values()),
        open_requests_by_status=open_requests,
        ceased_in_year=sum(reasons.values()),
        ceased_in_year_by_reason=reasons,
    )


def _counted(plans: QuerySet[Plan], column: str) -> dict[str, int]:
    rows = plans.order_by().values_list(column).annotate(n=Count("*")).order_by(column)
    return {value or NOT_KNOWN: number for value, number in rows}


def _by_section_i(plans: QuerySet[Plan]) -> dict[str, int]:
    first = NamedSetting.objects.filter(plan__in=plans, rank=1).order_by()
    rows = first.values_list("setting__group", "sen_setting", "sen_unit", "resourced_provision")
    counts = group_settings(rows.annotate(n=Count("*")))
    counts[SettingGroup.UNKNOWN] += plans.count() - counts.total()
    return {str(group): number for group, number in sorted(counts.items()) if number}


def group_settings(rows: Iterable[tuple[str | None, str, bool, bool, int]]) -> Counter[str]:
    """Counts by group from rows of setting group, SENsetting code, unit, resourced provision and number."""
    counts: Counter[str] = Counter()
    for group, code, unit, resourced, number in rows:
        if unit or resourced:
            counts[SEN_UNIT if unit else RESOURCED] += number
        else:
            counts[str(group or GROUP_OF_CODE.get(code, SettingGroup.UNKNOWN))] += number
    return counts


def _needs_and_ages(plans: QuerySet[Plan], on: date) -> tuple[dict[str, int], dict[str, int]]:
    """Plans by main need and by age band: one walk through the plans and their people."""
    firsts = {name: first for name, (first, _) in AGE_BANDS.items()} | {OVER_25: 26}
    oldest_first = list(reversed(firsts.items()))
    band = Either(
        *(
            When(person__birth_date__lte=_years_before(on, first), then=number)
            for number, (_, first) in enumerate(oldest_first)
        )
    )
    rows = plans.order_by().annotate(band=band).values_list("primary_need", "band").annotate(n=Count("*"))
    needs: Counter[str] = Counter()
    ages: Counter[str] = Counter(dict.fromkeys(firsts, 0))
    for need, number, n in rows.order_by("primary_need"):
        needs[need or NOT_KNOWN] += n
        if number is not None:  # who is not yet born has no age
            ages[oldest_first[number][0]] += n
    return dict(needs), dict(ages)


def _years_before(on: date, years: int) -> date:
    """The latest birth date of somebody of that age on a day; born on 29 February: of age on 1 March."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


# The days that where a request stood depends on; `facts.as_of` asks of each only whether it had come.
_DAYS = (
    "received_on", "decided_to_assess_on", "assess_refused_on", "decided_to_issue_on", "issue_refused_on",
    "draft_sent_on", "plan_issued_on", "closed_on",
)  # fmt: skip
_OTHERS = ("status", "assess_historical", "issue_historical")
_PAST, _TO_COME = 1, 2


def _open_requests(on: date) -> dict[str, int]:
    """Requests that waited for the council's final word at the end of a day, by the status they then had.

    The database counts the cases of which the same is known, and the status of each kind is worked out once.
    """
    known = Case.objects.alias(known_on=Coalesce("received_on", Value(date.min))).filter(known_on__lte=on)
    not_over = (Q(plan_issued_on=None) | Q(plan_issued_on__gt=on)) & (Q(closed_on=None) | Q(closed_on__gt=on))
    came_from_elsewhere = Q(plan__transferred_on__isnull=False) | Q(received_on=None, plan__isnull=False)
    kinds = {f"{name}_come": _come(name, on) for name in _DAYS}
    cases = known.filter(not_over).exclude(came_from_elsewhere).order_by()
    rows: Any = cases.annotate(**kinds).values_list(*_OTHERS, *kinds).annotate(n=Count("*"))
    counts: Counter[str] = Counter({str(status): 0 for status in Status if status in OPEN_REQUEST})
    when = {None: None, _PAST: on, _TO_COME: on + timedelta(days=1)}
    for *kind, number in rows:
        others, days = kind[: len(_OTHERS)], kind[len(_OTHERS) :]
        case = Case(**dict(zip(_OTHERS, others, strict=True)))
        for name, come in zip(_DAYS, days, strict=True):
            setattr(case, name, when[come])
        status = _stood(case, on)
        if status in OPEN_REQUEST:
            counts[str(status)] += number
    return dict(counts)


def _come(name: str, on: date) -> Either:
    """Of a day: null if not recorded, else whether it had come by the end of another."""
    return Either(When(**{f"{name}__lte": on}, then=_PAST), When(**{f"{name}__gt": on}, then=_TO_COME))


def _stood(case: Case, on: date) -> Status | None:
    """Where a request stood at the end of a day on which no plan had been made."""
    whole = facts_from(case, birth_date=None, plan=None)
    if case.plan_issued_on and whole.issue_on is None:
        whole = replace(whole, issue=None)  # decided on a day not recorded, but not before the plan went
    facts = facts_on(whole, on)
    return status_of(facts) if facts is not None else None
