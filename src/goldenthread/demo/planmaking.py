"""Writes a plan into a person's history: section I, placements, needs, reviews, budget, and how it ceased."""

from __future__ import annotations

from datetime import date
from random import Random

from goldenthread.demo import reviews
from goldenthread.demo.apportion import Shares
from goldenthread.demo.cells import Lot
from goldenthread.demo.people_making import make_needs
from goldenthread.demo.placing import (
    COLLEGE,
    MAINSTREAM,
    NOTICE_GIVEN,
    SPECIAL,
    Places,
    Stay,
    autumn_of,
    named_setting,
    placement_record,
    placements,
)
from goldenthread.demo.published import figure, table
from goldenthread.demo.timeline import CENSUS, between, weekday_back, working, year_end, year_start
from goldenthread.returns.sen2.records import (
    ActivePlanRecord,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
)

FIRST_PLANS = date(2014, 9, 1).toordinal()  # EHC plans did not exist before
_YOUNGEST = 700  # days of age at which a plan is first made
# Published plans by years in place in January 2024, for those made before 2019; "10" and over are of 2014.
_EARLY_YEARS = {2018: "6", 2017: "7", 2016: "8", 2015: "9", 2014: "10"}
_BUDGET = {SPECIAL: 0.105, MAINSTREAM: 0.022, COLLEGE: 0.016}
_NOTICE = 0.6  # of young people who left education: no longer attending when the plan ceased


class PlanMaker:
    """Adds plans to people."""

    def __init__(self, random: Random, places: Places) -> None:
        self.random = random
        self.places = places
        in_place = table("caseload_years").column("ehcplans")
        self._early = Shares({year: in_place[row] for year, row in _EARLY_YEARS.items()})
        budgets = table("personal_budgets").row("202324")
        self._direct_payment = Shares(
            {"E": budgets["pb_education"], "S": budgets["pb_social"], "I": budgets["pb_integrated"]}
        )
        residential = table("residential").row("202324")
        self._residential = Shares({"A": residential["Res_3851"], "B": residential["Res_52"]})

    def early_start(self, person: PersonRecord) -> int:
        """A start before 2019 for someone whose plan is that old: as the published years in place say."""
        assert person.birth_date is not None
        earliest = max(FIRST_PLANS, person.birth_date.toordinal() + _YOUNGEST)
        for _ in range(8):
            year = self._early.draw(self.random)
            low, high = max(earliest, year_start(year)), year_end(year)
            if low <= high - 3:
                return working(between(self.random, low, high), low, high)
        return year_end(2018) - 3  # too young for any other

    def start_elsewhere(self, person: PersonRecord, moved: int) -> int:
        """When a plan that moved in was made by the council it came from."""
        assert person.birth_date is not None
        earliest = max(FIRST_PLANS, person.birth_date.toordinal() + _YOUNGEST)
        return weekday_back(max(min(earliest, moved - 5), moved - 40 - int(self.random.expovariate(1 / 500))))

    def add(
        self,
        person: PersonRecord,
        request: RequestRecord,
        lot: Lot,
        point: tuple[float, float, float],
        started: int,
        since: int | None,
    ) -> None:
        """Write the plan. `since`: day from which this county maintained it; None: before 2019."""
        random, first = self.random, year_start(2019) if since is None else since
        ceased = self._cease_day(lot, first)
        last = CENSUS if ceased is None else ceased
        cohort = lot.cell.year - lot.cell.age
        stays = placements(
            random, self.places, cohort=cohort, first=first, last=last,
            made=None if since is None else autumn_of(started), point=point,
            entered=first if lot.cell.origin == "moved_in" else None,
        )  # fmt: skip
        plan = NamedPlanRecord(start_date=date.fromordinal(started), details=[named_setting(stays)])
        if ceased is not None:
            plan.cease_date, plan.cease_reason = date.fromordinal(ceased), lot.cease_reason
            self._end(stays, lot, ceased)
        active = request.active_plan = request.active_plan or ActivePlanRecord()
        self._place(active, stays)
        active.needs = make_needs(random, age_at(cohort, last), random.random())
        reviews.add_reviews(random, active, max(started, first), last, ceased is not None)
        if ceased is None:
            reviews.add_phase_transfer(random, active, cohort, started)
            if stays[-1].kind == NOTICE_GIVEN:
                reviews.add_notice_to_cease(random, active, max(started, first))
        self._extras(plan, active, stays[-1], age_at(cohort, last))
        assert request.assessment is not None
        request.assessment.named_plan = plan
        person.requests.append(request)

    @staticmethod
    def _place(active: ActivePlanRecord, stays: list[Stay]) -> None:
        """Write the stays. Notice to cease is the last thing that happens to a plan."""
        for stay in stays[:-1]:
            if stay.kind == NOTICE_GIVEN:
                stay.kind = "neet_other"
        active.placements = [placement_record(stay) for stay in stays]

    def _cease_day(self, lot: Lot, first: int) -> int | None:
        """Most plans of young people cease with the academic year; the others on any day."""
        if not lot.cease_year:
            return None
        low, high = year_start(lot.cease_year), year_end(lot.cease_year)
        if lot.cell.age_on_31_august(lot.cease_year) > 24:
            high = date(lot.cease_year, 8, 31).toordinal()
        if lot.cease_reason in ("1", "3", "6") and self.random.random() < 0.6:
            low, high = (date(lot.cease_year, month, 31).toordinal() for month in (7, 8))
        return max(first + 1, weekday_back(between(self.random, low + 2, high)))

    def _end(self, stays: list[Stay], lot: Lot, ceased: int) -> None:
        """Close the last stay; most who left education had stopped attending some time before."""
        last = stays[-1]
        out = max(last.starts + 1, ceased - between(self.random, 70, 200))
        if lot.cease_reason == "6" and last.setting and out < ceased and self.random.random() < _NOTICE:
            last.ends = out - 1
            stays.append(Stay(NOTICE_GIVEN, None, out))
        stays[-1].ends = max(stays[-1].starts, ceased)

    def _extras(self, plan: NamedPlanRecord, active: ActivePlanRecord, stay: Stay, age: int) -> None:
        """Personal budget, residential place, work-based learning, a second placement for a few."""
        random = self.random
        chance = next((share for group, share in _BUDGET.items() if stay.kind in group), 0.02)
        plan.personal_budget = age >= 4 and random.random() < chance
        plan.organised_arrangements = False
        if plan.personal_budget:
            plan.direct_payment = self._direct_payment.draw(random)
        place = active.placements[-1]
        if random.random() < _residential_chance(stay.kind, age):
            place.residential = plan.residential = self._residential.draw(random)
        if stay.kind in COLLEGE and 16 <= age <= 23 and random.random() < 0.04:
            place.work_based = plan.work_based = "S" if random.random() < 0.75 else "A"


def age_at(cohort: int, day: int) -> int:
    """Age on the 31 August before a day."""
    return max(2, autumn_of(day) - cohort)


def _residential_chance(kind: str, age: int) -> float:
    """Residential places are in specialist colleges and independent special schools, as published."""
    if kind == "specialist_post_16_institutions":
        return 14 / figure("caseload", "202324", kind)
    if kind == "special_independent" and age >= 11:
        return 15 / figure("caseload", "202324", kind) * 1.4
    return 0.0
