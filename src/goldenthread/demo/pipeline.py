"""From requests to plans: how many requests of each year ended how, so that requests, decisions and plans
of every year come out as published at the same time.

A plan's year and its request's year are tied together here; `timeline` then finds days that fit both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from goldenthread.demo import assumptions as assumed
from goldenthread.demo.apportion import largest_remainder, with_limits
from goldenthread.demo.cells import Totals
from goldenthread.demo.published import figure

ON_TIME, LATE, OVER_A_YEAR = "on_time", "late", "over_a_year"
# Of plans sent within 20 weeks in a year, the share whose request came the year before: those sent in the
# first 19 weeks or so.
_ON_TIME_FROM_YEAR_BEFORE = 0.36


@dataclass(frozen=True, slots=True)
class Route:
    """How a plan came about: its request's year, how long it took, whether the request was first refused."""

    plan_year: int
    request_year: int
    after_refusal: bool
    pace: str
    exception: bool = False


@dataclass(frozen=True, slots=True)
class OpenOrEnded:
    """So many people whose request led to no plan (yet). `ending` says how it stands or ended."""

    ending: str  # refused, withdrawn, undecided, assessing, not_issued, assessment_withdrawn
    request_year: int
    count: int
    end_year: int = 0  # of an assessment that ended
    after_refusal: bool = False


class Pipeline:
    """The requests of a county, year by year."""

    def __init__(self, totals: Totals) -> None:
        self.totals = totals

    def after_refusal(self, plan_year: int, request_year: int) -> int:
        """Plans whose request was refused at first."""
        return self.totals.scaled(assumed.PLANS_AFTER_REFUSAL.get((plan_year, request_year), 0))

    def ended(self, year: int, request_year: int, outcome: str) -> int:
        """Assessments that ended in a year without a plan (N or W), by the year of their request."""
        total = self.totals.assessments(year, outcome)
        same_year = (total * 3 + 2) // 5  # most end in the year they were asked for
        return same_year if request_year == year else total - same_year if request_year == year - 1 else 0

    def agreed_without_plan(self, request_year: int) -> int:
        """Requests of a year that were agreed and whose assessment ended without a plan."""
        years = [year for year in (request_year, request_year + 1) if year in assumed.YEARS]
        return sum(self.ended(year, request_year, outcome) for year in years for outcome in "NW")

    @cached_property
    def direct(self) -> dict[tuple[int, int], int]:
        """Plans by (plan year, request year) where the request was agreed at once."""
        scaled = self.totals.scaled
        found = {(2019, 2018): scaled(assumed.PLANS_2019_FROM_2018)}
        for year in assumed.YEARS:
            refused = sum(self.after_refusal(year, asked) for asked in (year, year - 1))
            found[year, year] = max(0, self.totals.new(year) - refused - found[year, year - 1])
            rest = self.totals.agreed(year) - self.agreed_without_plan(year) - found[year, year]
            if year == 2022:
                rest -= scaled(assumed.LEFT_FROM_2022)
            if year == 2023:
                rest = self.totals.new(2024)
            found[year + 1, year] = max(0, rest)
        return found

    def assessing(self, request_year: int) -> int:
        """Requests of a year, agreed at once, whose assessment goes on at the January 2024 census."""
        if request_year < 2022:
            return 0
        plans = sum(count for (_, asked), count in self.direct.items() if asked == request_year)
        without = self.agreed_without_plan(request_year)
        return max(0, self.totals.agreed(request_year) - without - plans)

    def asked_again(self, request_year: int) -> int:
        """People refused in the year before who asked again in this one, were agreed, and got a plan."""
        if request_year - 1 not in assumed.YEARS:
            return 0
        return round(self.totals.requests(request_year - 1, "N") * assumed.ASKED_BEFORE)

    def asked_again_among(self, request_year: int) -> int:
        """The plans among which those who asked again are found."""
        return sum(count for (_, asked), count in self.direct.items() if asked == request_year)

    def without_plan(self) -> Iterator[OpenOrEnded]:
        """Everyone whose request led to no plan by the January 2024 census."""
        totals = self.totals
        left_2023 = totals.scaled(assumed.ASSESSING_AFTER_REFUSAL)
        for year in assumed.YEARS:
            overturned = sum(self.after_refusal(plan, year) for plan in (year, year + 1))
            overturned += left_2023 if year == 2023 else 0
            again = self.asked_again(year + 1) if year < 2023 else 0
            yield OpenOrEnded("refused", year, max(0, totals.requests(year, "N") - overturned - again))
            yield OpenOrEnded("withdrawn", year, totals.requests(year, "W"))
            yield OpenOrEnded("undecided", year, totals.requests(year, "A"))
            yield OpenOrEnded("assessing", year, self.assessing(year))
            for asked in (year - 1, year):
                yield OpenOrEnded("not_issued", asked, self.ended(year, asked, "N"), year)
                yield OpenOrEnded("assessment_withdrawn", asked, self.ended(year, asked, "W"), year)
        yield OpenOrEnded("assessing", 2023, left_2023, after_refusal=True)
        yield OpenOrEnded("undecided", 2024, totals.scaled(assumed.REQUESTS_JANUARY_2024))

    def decided(self, request_year: int) -> int:
        """Requests of a year that were agreed or refused: those that the six weeks are counted for."""
        return self.totals.agreed(request_year) + self.totals.requests(request_year, "N")

    def within_six_weeks(self, request_year: int) -> float:
        """Share of decisions on requests of a year told within six weeks."""
        if request_year in assumed.WITHIN_SIX_WEEKS:
            return assumed.WITHIN_SIX_WEEKS[request_year]
        within, over = (
            figure("requests", 2023, f"request_outcome_{part}") for part in ("six_weeks", "over_6_weeks")
        )
        return within / (within + over)

    def routes(self, year: int) -> dict[Route, int]:
        """How many new plans of a year came by each route; together, the year's new plans."""
        groups = {
            (asked, refused): count
            for asked in (year, year - 1)
            for refused, count in (
                (False, self.direct.get((year, asked), 0)),
                (True, self.after_refusal(year, asked)),
            )
        }
        surplus = sum(groups.values()) - self.totals.new(year)
        groups[year, False] = groups.get((year, False), 0) - surplus if surplus < 0 else groups[year, False]
        return _paced(year, {group: count for group, count in groups.items() if count > 0})


def _paced(year: int, groups: dict[tuple[int, bool], int]) -> dict[Route, int]:
    """Split a year's plans by pace, so that its published timeliness comes out."""
    total = sum(groups.values())
    if not total:
        return {}
    share = {name: _timeliness(year, name) for name in ("within", "within_exception", "exception", "over")}
    before = sum(count for (asked, _), count in groups.items() if asked < year)
    over = min(before, round(total * share["over"]))
    on_time = round(total * share["within"])
    on_before = max(
        min(round(on_time * _ON_TIME_FROM_YEAR_BEFORE), before - over), on_time - (total - before)
    )
    if before == total:
        on_before = min(on_time, before - over)
    routes: dict[Route, int] = {}
    for early, on_here, over_here in ((False, on_time - on_before, 0), (True, on_before, over)):
        side = {group: count for group, count in groups.items() if (group[0] < year) == early}
        routes |= _side(year, side, on_here, over_here)
    _mark_exceptions(routes, ON_TIME, round(total * share["within_exception"]))
    _mark_exceptions(routes, LATE, round(total * (share["exception"] - share["within_exception"])))
    return routes


def _side(year: int, side: dict[tuple[int, bool], int], on_time: int, over: int) -> dict[Route, int]:
    """One side of `_paced`: plans whose request came in the same year, or the year before."""
    if not side:
        return {}
    # A refusal that is turned round seldom leaves time for a plan within 20 weeks of the request.
    weights = {group: count * (0.4 if group[1] else 1.0) for group, count in side.items()}
    quick = with_limits(on_time, weights, side)
    long = largest_remainder(over, {group: side[group] - quick[group] for group in side})
    routes: dict[Route, int] = {}
    for (asked, refused), count in side.items():
        on, longest = quick[asked, refused], long[asked, refused]
        for pace, number in ((ON_TIME, on), (OVER_A_YEAR, longest), (LATE, count - on - longest)):
            routes[Route(year, asked, refused, pace)] = number
    return routes


def _mark_exceptions(routes: dict[Route, int], pace: str, number: int) -> None:
    """Let `number` plans of a pace carry an exception; whoever is most numerous takes them."""
    candidates = [route for route in routes if route.pace == pace and not route.after_refusal]
    if not candidates or not number:
        return
    most = max(candidates, key=lambda route: routes[route])
    number = min(number, routes[most])
    routes[most] -= number
    routes[Route(most.plan_year, most.request_year, False, pace, exception=True)] = number


def _timeliness(year: int, what: str) -> float:
    """A published share of a year's plans, over the plans that DfE counts; January 2024 as in 2023."""
    row = min(year, 2023)
    counted = figure("timeliness", row, "plans_issued_den")
    within = figure("timeliness", row, "plans_issued_within_20_weeks")
    if what == "within":
        return within / counted
    if what == "exception":
        return (counted - figure("timeliness", row, "plans_issued_den_ex")) / counted
    if what == "within_exception":
        return (within - figure("timeliness", row, "plans_issued_20_weeks_ex")) / counted
    if year < 2023:
        return 0.0  # not published
    return figure("timeliness", row, "plans_issued_gt_1_year") / counted
