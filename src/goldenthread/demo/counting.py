"""Counts a county as DfE counts a return: what `calibration` lays beside the published figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from goldenthread.demo.assumptions import CENSUS_DAYS
from goldenthread.demo.county import held_on
from goldenthread.demo.placing import NO_SETTING
from goldenthread.demo.settings_list import Setting
from goldenthread.returns.sen2.records import PersonRecord, PlacementRecord, RequestRecord


@dataclass(slots=True)
class Counts:
    """What was counted, by key; see `count`."""

    requests: Counter[tuple[int, str]] = field(default_factory=Counter)  # year, outcome
    six_weeks: Counter[tuple[int, bool]] = field(default_factory=Counter)
    request_age: Counter[int] = field(default_factory=Counter)  # of 2023, on 31 August 2022
    not_issued: Counter[int] = field(default_factory=Counter)
    new: Counter[int] = field(default_factory=Counter)
    new_age: Counter[tuple[int, int]] = field(default_factory=Counter)
    pace: Counter[tuple[int, str]] = field(default_factory=Counter)  # within, within_ex, exception, over_year
    ceased: Counter[tuple[int, str]] = field(default_factory=Counter)
    stock: Counter[int] = field(default_factory=Counter)
    stock_age: Counter[tuple[int, int]] = field(default_factory=Counter)
    places: Counter[tuple[int, str]] = field(default_factory=Counter)
    needs: Counter[str] = field(default_factory=Counter)
    sexes: Counter[str] = field(default_factory=Counter)
    years_in_place: Counter[int] = field(default_factory=Counter)
    budgets: int = 0
    residential: int = 0
    open_cases: Counter[str] = field(default_factory=Counter)


def age_on_31_august(birth: date, year: int) -> int:
    """Age on 31 August of a year."""
    return year - birth.year - (birth.month > 8)


def count(people: Iterable[PersonRecord], settings: Iterable[Setting]) -> Counts:
    """Count a county, one person at a time."""
    counts = Counts()
    groups = groups_of(settings)
    for person in people:
        count_person(counts, person, groups)
    return counts


def groups_of(settings: Iterable[Setting]) -> dict[str, str]:
    """The group of each setting, by URN and by UKPRN."""
    return {key: item.group for item in settings for key in (item.urn, item.ukprn) if key}


def count_person(counts: Counts, person: PersonRecord, groups: dict[str, str]) -> None:
    """Add one person to the counts; `groups` is what `groups_of` gave."""
    assert person.birth_date is not None
    for request in person.requests:
        _count_request(counts, request, person.birth_date)
        _count_plan(counts, request, person.birth_date)
        _count_stock(counts, request, person, groups)


def _count_request(counts: Counts, request: RequestRecord, birth: date) -> None:
    outcome, received = request.outcome, request.received_date
    if received is None or outcome == "H" or outcome is None:
        return
    counts.requests[received.year, outcome] += 1
    if received.year == 2023:
        counts.request_age[age_on_31_august(birth, 2022)] += 1
    if request.outcome_date:
        counts.six_weeks[received.year, (request.outcome_date - received).days <= 42] += 1
    assessment = request.assessment
    if outcome == "A":
        counts.open_cases["request"] += 1
    elif assessment and assessment.outcome == "N" and assessment.outcome_date:
        counts.not_issued[assessment.outcome_date.year] += 1
    elif assessment and assessment.named_plan is None and assessment.outcome in ("A", "Y"):
        counts.open_cases["assessing" if assessment.outcome == "A" else "issuing"] += 1


def _count_plan(counts: Counts, request: RequestRecord, birth: date) -> None:
    plan = request.assessment.named_plan if request.assessment else None
    if plan is None or plan.start_date is None:
        return
    if plan.cease_date and plan.cease_reason:
        counts.ceased[plan.cease_date.year, plan.cease_reason] += 1
    if request.outcome == "H" or request.received_date is None:
        return
    year = plan.start_date.year
    counts.new[year] += 1
    counts.new_age[year, age_on_31_august(birth, year)] += 1
    days = (plan.start_date - request.received_date).days
    exception = bool(request.assessment and request.assessment.week20_exception)
    counts.pace[year, "exception"] += exception
    counts.pace[year, "within"] += days <= 140
    counts.pace[year, "within_ex"] += days <= 140 and not exception
    counts.pace[year, "over_year"] += days > 364


def _count_stock(
    counts: Counts, request: RequestRecord, person: PersonRecord, groups: dict[str, str]
) -> None:
    assert person.birth_date is not None
    for year, (month, day) in CENSUS_DAYS.items():
        census = date(year, month, day)
        if not held_on(request, census):
            continue
        counts.stock[year] += 1
        counts.stock_age[year, age_on_31_august(person.birth_date, year - 1)] += 1
        assert request.active_plan is not None
        kind = category_on(request.active_plan.placements, census, groups)
        counts.places[year, kind] += 1
        if year == 2024:
            _count_now(counts, request, person)


def _count_now(counts: Counts, request: RequestRecord, person: PersonRecord) -> None:
    assert request.active_plan is not None
    assert request.assessment is not None
    plan = request.assessment.named_plan
    assert plan is not None
    assert plan.start_date is not None
    counts.needs[next(need.need for need in request.active_plan.needs if need.rank == 1)] += 1
    counts.sexes[person.sex or ""] += 1
    counts.years_in_place[2024 - plan.start_date.year] += 1
    counts.budgets += bool(plan.personal_budget)
    counts.residential += bool(plan.residential)


def category_on(placements: list[PlacementRecord], day: date, groups: dict[str, str]) -> str:
    """DfE's category of the main place on a day; `groups`: category by URN and UKPRN."""
    for place in reversed(placements):
        if place.rank != 1 or place.entry_date is None or place.entry_date > day:
            continue
        identifier = place.urn or place.ukprn
        if identifier:
            base = groups[identifier]
            return f"{base}_resourced_provision" if place.resourced_provision else base
        codes = {code: kind for kind, code in NO_SETTING.items()}
        return codes[place.sen_setting or "", place.sen_setting_other]
    return "placement_unknown"
