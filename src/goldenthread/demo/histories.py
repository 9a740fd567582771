"""Writes the history of one person after another, each from its lot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from random import Random

from goldenthread.demo import assumptions as assumed
from goldenthread.demo import timeline
from goldenthread.demo.apportion import EvenSpread, Shares, Urn
from goldenthread.demo.cells import Lot, Totals, ages
from goldenthread.demo.people_making import Register
from goldenthread.demo.pipeline import OpenOrEnded, Pipeline, Route
from goldenthread.demo.placing import Places
from goldenthread.demo.planmaking import PlanMaker
from goldenthread.demo.published import figure, table
from goldenthread.returns.sen2.records import ActivePlanRecord, AssessmentRecord, PersonRecord, RequestRecord

_SOURCE = Shares(assumed.REQUEST_SOURCE)
_ASKS_TWICE = 4  # age below which nobody has been refused before
_COLUMN = {"refused": "requests_decided_not_to_assess", "undecided": "requests_decision_not_made",
           "withdrawn": "requests_received_in_year"}  # fmt: skip


def _male(table_name: str, column: str) -> float:
    boys = figure(table_name, "Male", column)
    return boys / (boys + figure(table_name, "Female", column))


class Maker:
    """Makes the people of one county. Holds counters and urns, never people."""

    def __init__(self, totals: Totals, seed: int) -> None:
        self.totals = totals
        self.pipeline = Pipeline(totals)
        self.random = Random(f"county {totals.plans} {seed}")  # noqa: S311 - fiction, not security
        self.register = Register(self.random)
        self.plans = PlanMaker(self.random, Places(totals.plans, seed))
        years = (*assumed.YEARS, 2024)
        self._routes = {year: Urn(self.pipeline.routes(year)) for year in years}
        self._six_weeks = {year: self._six_week_urn(year) for year in assumed.YEARS}
        self._again = {year: self._again_urn(year) for year in years}
        self._refusal = self._refusal_shares()
        self._ages = {
            ending: Shares(ages(table("requests_age").column(column))) for ending, column in _COLUMN.items()
        }
        self._assessed_ages = Shares(ages(table("requests_age").column("requests_decided_to_assess")))
        self._male_new = _male("new_plans_sex", "new_ehc_plans")
        self._male_asked = _male("requests_sex", "requests_received_in_year")

    def sources(self) -> Iterator[tuple[int, Callable[[], PersonRecord]]]:
        """How many people each lot has, and what makes the next of them."""
        for lot in self.totals.lots:
            make = {"stock": self.stock, "new": self.new, "moved_in": self.moved_in}[lot.cell.origin]
            yield lot.count, partial(make, lot, EvenSpread(self.random))
        for group in self.pipeline.without_plan():
            make_open = self.assessed if group.ending in _ASSESSED else self.only_asked
            yield group.count, partial(make_open, group, EvenSpread(self.random))

    # People with a plan

    def stock(self, lot: Lot, spread: EvenSpread) -> PersonRecord:
        """Someone whose plan began before 2019."""
        person = self.register.person(lot.cell.year - lot.cell.age, assumed.MALE["stock"])
        started = self.plans.early_start(person)
        request = self._historical(started if self.random.random() < 0.4 else None)
        self.plans.add(person, request, lot, spread.next(), started, since=None)
        return person

    def moved_in(self, lot: Lot, spread: EvenSpread) -> PersonRecord:
        """Someone whose plan moved in from another council during a year."""
        random = self.random
        person = self.register.person(lot.cell.year - lot.cell.age, self._male_new)
        moved = timeline.between(
            random, timeline.year_start(lot.cell.year) + 20, timeline.year_end(lot.cell.year)
        )
        moved = timeline.weekday_back(moved)
        started = self.plans.start_elsewhere(person, moved)
        request = self._historical(None)
        self.plans.add(person, request, lot, spread.next(), started, since=moved)
        assert request.active_plan is not None
        place = int(random.random() * len(assumed.NEIGHBOURS))
        request.active_plan.transfer_la = assumed.NEIGHBOURS[place]
        return person

    def new(self, lot: Lot, spread: EvenSpread) -> PersonRecord:
        """Someone whose plan was made here in 2019 or later."""
        random = self.random
        route = self._routes[lot.cell.year].draw(random)
        steps = timeline.plan_steps(random, route, self._in_six_weeks(route.request_year))
        person = self.register.person(
            lot.cell.year - lot.cell.age, self._male_new, born_by=steps.received - 600
        )
        if not route.after_refusal and lot.cell.age >= _ASKS_TWICE and self._asked_before(route.request_year):
            person.requests.append(self._earlier_refusal(route.request_year - 1, steps.received))
        request = self._request(steps, route.after_refusal)
        assert steps.finished is not None
        request.assessment = self._assessment(steps.finished, route)
        self.plans.add(person, request, lot, spread.next(), steps.finished, since=steps.finished)
        return person

    # People without a plan

    def only_asked(self, group: OpenOrEnded, spread: EvenSpread) -> PersonRecord:
        """Someone whose request was refused, withdrawn, or waits for a decision."""
        random, year = self.random, group.request_year
        age = self._ages[group.ending].at(spread.next()[0])
        male = assumed.MALE["refused"] if group.ending == "refused" else self._male_asked
        person = self.register.person(year - 1 - age, male, ended=group.ending != "undecided")
        if group.ending == "refused":
            steps = timeline.decided_request(random, year, self._in_six_weeks(year))
            request = self._request(steps, refused=True)
            request.mediation, request.tribunal = self._refusal.draw(random)
        elif group.ending == "withdrawn":
            steps = timeline.decided_request(random, year, True)
            request = self._request(timeline.Steps(steps.received), refused=False)
            request.outcome = "W"
            request.exported_to = "938" if random.random() < 0.2 else None
        else:
            steps = timeline.undecided_request(random, year)
            request = self._request(steps, refused=False)
        person.requests.append(request)
        return person

    def assessed(self, group: OpenOrEnded, spread: EvenSpread) -> PersonRecord:
        """Someone who was or is being assessed and has no plan."""
        random, year = self.random, group.request_year
        age = self._assessed_ages.at(spread.next()[0])
        ended = group.ending != "assessing"
        person = self.register.person(year - 1 - age, self._male_asked, ended=ended)
        if ended:
            in_time = random.random() < figure("assessments", 2023, "outcome_decision_within_time") / 12
            steps = timeline.ended_assessment(random, group.end_year, year, in_time)
        else:
            within = self._in_six_weeks(year)
            steps = timeline.open_assessment(random, year, within, group.after_refusal)
        request = self._request(steps, group.after_refusal)
        request.assessment = AssessmentRecord(mediation=False, tribunal=False, week20_exception=None)
        if group.ending == "not_issued":
            assert steps.finished is not None
            request.assessment.outcome = "N"
            request.assessment.outcome_date = date.fromordinal(steps.finished)
        elif group.ending == "assessment_withdrawn":
            request.assessment.outcome = "W"
        else:
            waited = timeline.CENSUS - steps.received
            ready = waited > 98 and random.random() < assumed.DECIDED_TO_ISSUE
            request.assessment.outcome = "Y" if ready else "A"
        person.requests.append(request)
        return person

    # Parts of a history

    def _request(self, steps: timeline.Steps, refused: bool) -> RequestRecord:
        """A request decided or not. One refused at first, and then not, keeps its refusal (SEN2 guide)."""
        random = self.random
        request = RequestRecord(
            received_date=date.fromordinal(steps.received),
            source=_SOURCE.draw(random),
            rya=False,
            outcome="A",
            mediation=False,
            tribunal=False,
        )
        if steps.decided is not None:
            request.outcome = "N" if refused else "Y"
            request.outcome_date = date.fromordinal(steps.decided)
        if refused:
            request.tribunal = random.random() < 0.25
            request.mediation = not request.tribunal or random.random() < 0.5
        return request

    def _earlier_refusal(self, year: int, next_request: int) -> RequestRecord:
        """A refused request of a year, before another that was agreed."""
        random = self.random
        first = timeline.year_start(year)
        last = min(timeline.year_end(year), next_request - 75)
        received = timeline.working(timeline.between(random, first, last), first, last)
        within = self._in_six_weeks(year)
        decided = timeline.decision(random, received, within, next_request - 10)
        request = self._request(timeline.Steps(received, decided), refused=True)
        request.mediation, request.tribunal = False, False
        return request

    def _assessment(self, finished: int, route: Route) -> AssessmentRecord:
        """The assessment of a plan issued on day `finished`."""
        random = self.random
        plans = figure("assessments", 2023, "assess_issued")
        return AssessmentRecord(
            outcome="Y",
            outcome_date=date.fromordinal(finished),
            mediation=False,
            tribunal=random.random() < figure("assessments", 2023, "number_assess_tribunal") / plans,
            other_mediation=random.random() < figure("assessments", 2023, "number_other_mediation") / plans,
            other_tribunal=random.random() < figure("assessments", 2023, "number_other_tribunal") / plans,
            week20_exception=route.exception,
        )

    def _historical(self, started: int | None) -> RequestRecord:
        """A request decided before the years told here: outcome H, its day mostly not on record."""
        received = None if started is None else date.fromordinal(timeline.weekday_back(started - 133))
        assessment = AssessmentRecord(outcome="H", mediation=False, tribunal=False)
        return RequestRecord(
            received_date=received, outcome="H", rya=False, mediation=False, tribunal=False,
            assessment=assessment, active_plan=ActivePlanRecord(),
        )  # fmt: skip

    def _in_six_weeks(self, year: int) -> bool:
        urn = self._six_weeks.get(year)
        if urn is not None and urn.total:
            return urn.draw(self.random)
        return self.random.random() < self.pipeline.within_six_weeks(min(year, 2023))

    def _asked_before(self, year: int) -> bool:
        urn = self._again.get(year)
        return bool(urn and urn.total and urn.draw(self.random))

    def _six_week_urn(self, year: int) -> Urn[bool]:
        decided = self.pipeline.decided(year)
        within = round(decided * self.pipeline.within_six_weeks(year))
        return Urn({True: within, False: decided - within})

    def _again_urn(self, year: int) -> Urn[bool]:
        # Fewer than there are, so that those too young to have asked before do not use up the urn.
        among = int(self.pipeline.asked_again_among(year) * 0.93)
        again = min(among, self.pipeline.asked_again(year))
        return Urn({True: again, False: among - again})

    def _refusal_shares(self) -> Shares[tuple[bool, bool]]:
        """Mediation and tribunal after a refusal that stood, as published for 2023."""
        refused, mediation, tribunal, both = (
            figure("requests", 2023, column)
            for column in ("requests_decided_not_to_assess", "mediation_related_request",
                           "tribunal_related_request", "tribunal_after_mediation_request")
        )  # fmt: skip
        none = refused - mediation - tribunal + both
        return Shares(
            {
                (True, True): both,
                (True, False): mediation - both,
                (False, True): tribunal - both,
                (False, False): none,
            }
        )


_ASSESSED = ("assessing", "not_issued", "assessment_withdrawn")
