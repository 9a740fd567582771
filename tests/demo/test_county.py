"""The county follows the published totals, is the same each time, and makes a valid return."""

from __future__ import annotations

import dataclasses
import tracemalloc
from collections import Counter
from datetime import date
from functools import cache
from itertools import islice, pairwise

import pytest

from goldenthread.demo import calibration, counting
from goldenthread.demo.county import CENSUS_DAY, make_people
from goldenthread.demo.settings_list import make_settings
from goldenthread.returns.sen2.checks import Checker, Context
from goldenthread.returns.sen2.records import PersonRecord, RequestRecord
from goldenthread.statute import codes
from goldenthread.statute.identifiers import check_postcode, check_uln, check_upn

PLANS = 6000


@cache
def county() -> tuple[PersonRecord, ...]:
    return tuple(make_people(PLANS, 1))


def with_plan() -> list[tuple[PersonRecord, RequestRecord]]:
    return [
        (person, request)
        for person in county()
        for request in person.requests
        if request.assessment and request.assessment.named_plan
    ]


def test_the_county_follows_the_published_figures() -> None:
    counts = counting.count(county(), make_settings(PLANS, 1))
    lines = list(calibration.compare(counts, PLANS))
    assert len(lines) > 140
    assert [line for line in lines if not line.holds] == []


@pytest.mark.slow
def test_a_larger_county_follows_them_more_closely() -> None:
    counts = counting.count(make_people(20_000, 1), make_settings(20_000, 1))
    assert [line for line in calibration.compare(counts, 20_000) if not line.holds] == []


def test_every_plan_asked_for_is_there_at_the_census() -> None:
    for plans in (1, 60, 500):
        counts = counting.count(make_people(plans, 1), make_settings(plans, 1))
        assert counts.stock[2024] == plans


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    first = [dataclasses.asdict(person) for person in make_people(200, 1)]
    assert first == [dataclasses.asdict(person) for person in make_people(200, 1)]
    assert first != [dataclasses.asdict(person) for person in make_people(200, 2)]


def test_a_county_without_plans_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one plan"):
        next(make_people(0, 1))


def test_people_are_made_one_at_a_time() -> None:
    people = make_people(200_000, 1)
    next(people)
    tracemalloc.start()
    for _ in islice(people, 2_000):
        pass
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 1_500_000  # bytes; 2,000 people kept would be over 6 million


def test_identifiers_are_valid_and_given_once() -> None:
    seen: Counter[str] = Counter()
    for person in county():
        assert bool(person.upn or person.uln) != bool(person.upn_unknown)
        for check, value in ((check_upn, person.upn), (check_uln, person.uln)):
            if value:
                assert check(value) == value
                seen[value] += 1
        assert check_postcode(person.postcode or "") == person.postcode
    assert seen.most_common(1)[0][1] == 1


def ended_before(request: RequestRecord, day: date) -> bool:
    plan = request.assessment.named_plan if request.assessment else None
    return bool(plan and plan.cease_date and plan.cease_date < day)


def test_the_county_passes_the_checks_of_a_return() -> None:
    checker = Checker(Context(year=2024, census=CENSUS_DAY, start=date(2023, 1, 1)), "county")
    found: Counter[tuple[str, str]] = Counter()
    for person in county():
        assert person.birth_date
        if any(ended_before(request, date(2023, 1, 1)) for request in person.requests):
            continue  # not in scope of the return of 2024
        if (CENSUS_DAY - person.birth_date).days > 26 * 365.25:
            continue  # 25 when the plan ended in the summer: the checks measure age at the census
        found.update((rule.id, severity) for rule, _, severity in checker.findings(person))
        checker.accept(person)
    errors = {rule for rule, severity in found if severity == "error"}
    queries = {rule for rule, severity in found if severity == "query"}
    assert errors == set()
    # Requests that ended before the year stay in the history. Late plans, late reviews, and places other
    # than the one named are part of what the county shows.
    assert queries <= {"L18", "L27", "L34", "L35", "L44", "L65", "L67"}


def test_codes_are_of_the_code_sets() -> None:
    for person in county():
        assert person.sex in ("M", "F")
        assert person.ethnicity in codes.codeset("ethnicity")
        for request in person.requests:
            assert request.outcome in codes.codeset("request_outcome")
            assert request.outcome == "H" or request.source in codes.codeset("request_source")
            if request.assessment:
                assert request.assessment.outcome in codes.codeset("assessment_outcome")
            for need in request.active_plan.needs if request.active_plan else []:
                assert need.need in codes.codeset("sen_type")


def test_dates_of_a_request_are_in_order() -> None:
    for person in county():
        born = person.birth_date
        assert born
        previous = born
        for request in person.requests:
            assert (request.outcome_date is not None) == (request.outcome in ("Y", "N"))
            if request.outcome == "H":
                continue
            assert request.received_date
            assert previous < request.received_date <= CENSUS_DAY
            assert (request.received_date - born).days > 365
            previous = request.outcome_date or request.received_date
            assert request.received_date <= previous <= CENSUS_DAY
            if request.assessment and request.assessment.outcome_date:
                assert previous < request.assessment.outcome_date <= CENSUS_DAY
                previous = request.assessment.outcome_date


def test_assessments_follow_their_request() -> None:
    for person in county():
        for request in person.requests:
            assessment = request.assessment
            if assessment is None:
                assert request.outcome in ("N", "W", "A")
                continue
            assert request.outcome in ("Y", "H") or (request.mediation or request.tribunal)
            if assessment.outcome == "H":
                assert request.outcome == "H"
                assert assessment.outcome_date is None
            if assessment.named_plan is None:
                assert assessment.outcome in ("Y", "N", "A", "W")
                assert (assessment.outcome_date is not None) == (assessment.outcome == "N")
            elif assessment.outcome == "Y":
                assert assessment.outcome_date == assessment.named_plan.start_date


def test_only_plans_from_before_or_elsewhere_are_historical() -> None:
    for _, request in with_plan():
        assert request.assessment
        assert request.assessment.named_plan
        assert request.assessment.named_plan.start_date
        assert request.active_plan
        old = request.assessment.named_plan.start_date.year < 2019
        assert (request.outcome == "H") == (old or bool(request.active_plan.transfer_la))


def test_plans_are_whole() -> None:
    for person, request in with_plan():
        assert request.assessment
        plan = request.assessment.named_plan
        active = request.active_plan
        assert plan
        assert active
        assert plan.start_date
        assert person.birth_date
        assert date(2014, 9, 1) <= plan.start_date <= CENSUS_DAY
        assert (plan.cease_date is None) == (plan.cease_reason is None)
        if plan.cease_date:
            assert plan.start_date < plan.cease_date <= CENSUS_DAY
            age = (plan.cease_date - person.birth_date).days / 365.25
            assert not (plan.cease_reason in ("3", "4", "6") and age < 16)
            assert not (plan.cease_reason == "1" and age < 24)
        else:
            # An EHC plan ends with the academic year of the 25th birthday.
            assert counting.age_on_31_august(person.birth_date, 2023) <= 24
        assert [need.rank for need in active.needs] in ([1], [1, 2])
        assert len({need.need for need in active.needs}) == len(active.needs)
        assert not plan.direct_payment or plan.personal_budget
        if active.last_review or active.review_outcome:
            assert active.review_meeting
            assert active.last_review
            assert active.review_meeting <= active.last_review <= CENSUS_DAY
        assert (active.review_draft is not None) == (active.review_outcome == "A")


def test_places_are_one_setting_each_and_one_is_open() -> None:
    for person, request in with_plan():
        assert request.assessment
        plan, active = request.assessment.named_plan, request.active_plan
        assert plan
        assert active
        assert person.birth_date
        for place in (*plan.details, *active.placements):
            assert sum(bool(value) for value in (place.urn, place.ukprn, place.sen_setting)) == 1
            flags = (place.sen_unit is not None, place.resourced_provision is not None)
            assert flags == ((False, False) if place.sen_setting else (True, True))
            assert bool(place.sen_setting_other) == (place.sen_setting in ("OTH", "NIEO"))
        assert [detail.rank for detail in plan.details] == [1]
        for place in active.placements:
            assert place.entry_date
            assert person.birth_date < place.entry_date <= (place.leaving_date or CENSUS_DAY) <= CENSUS_DAY
        for earlier, later in pairwise(active.placements):
            assert earlier.leaving_date
            assert later.entry_date
            assert earlier.leaving_date < later.entry_date
        left = active.placements[-1].leaving_date
        assert left == plan.cease_date


def test_children_change_setting_with_their_phase() -> None:
    settings = {item.urn or item.ukprn: item for item in make_settings(PLANS, 1)}
    moved_at: Counter[int] = Counter()
    to_special = 0
    for person, request in with_plan():
        assert request.active_plan
        assert person.birth_date
        places = request.active_plan.placements
        for place in places:
            setting = settings.get(place.urn or place.ukprn or "")
            age = counting.age_on_31_august(person.birth_date, 2023)
            if setting and place.leaving_date is None and 5 <= age <= 17:
                assert setting.low_age <= age < setting.high_age
        for before, after in pairwise(places):
            assert after.entry_date
            moved_at[counting.age_on_31_august(person.birth_date, after.entry_date.year)] += 1
            kinds = [settings[key].group if (key := p.urn or p.ukprn) else "" for p in (before, after)]
            to_special += kinds[0].startswith("mainstream") and kinds[1].startswith("special")
    assert moved_at[11] > 3 * moved_at[9]
    assert moved_at[16] > 3 * moved_at[14]
    # Published (older return): about 110 moves a year from mainstream to special.
    assert 200 < to_special < 800


def test_reviews_are_mostly_on_time_and_some_overdue() -> None:
    late = timely = 0
    for _, request in with_plan():
        assert request.assessment
        plan, active = request.assessment.named_plan, request.active_plan
        assert plan
        assert active
        assert plan.start_date
        if plan.cease_date or active.transfer_la or (CENSUS_DAY - plan.start_date).days < 400:
            continue
        last = active.review_meeting or plan.start_date
        late += (CENSUS_DAY - last).days > 365
        timely += (CENSUS_DAY - last).days <= 365
    assert 0.15 < late / (late + timely) < 0.25


def test_open_work_waits_at_every_step() -> None:
    counts = counting.count(county(), make_settings(PLANS, 1))
    assert counts.open_cases["request"] > 300
    assert counts.open_cases["assessing"] > 400
    assert counts.open_cases["issuing"] > 80
    waiting = [r.received_date for p in county() for r in p.requests if r.outcome == "A"]
    overdue = sum((CENSUS_DAY - day).days > 42 for day in waiting if day)
    assert 0.2 < overdue / len(waiting) < 0.8


def test_some_families_ask_again_after_a_refusal() -> None:
    again = [person for person in county() if len(person.requests) == 2]
    assert len(again) > 50
    assert all(person.requests[0].outcome == "N" for person in again)
