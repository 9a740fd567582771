"""Days: when a request came, was decided, and led to a plan, fitting the years that `pipeline` gave.

Days are handled as ordinals (`date.toordinal`) and fall on working days of the week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from goldenthread.demo.assumptions import CENSUS_DAYS
from goldenthread.demo.pipeline import LATE, ON_TIME, Route

TWENTY_WEEKS, SIX_WEEKS = 140, 42
_LATENESS = {2019: 22, 2020: 22, 2021: 32, 2022: 55, 2023: 70, 2024: 75}  # mean days over, within the year


def census(year: int) -> int:
    """The SEN2 census day of a year."""
    return date(year, *CENSUS_DAYS[year]).toordinal()


CENSUS = census(2024)


def year_start(year: int) -> int:
    """2 January: the first working day a year can have."""
    return date(year, 1, 2).toordinal()


def year_end(year: int) -> int:
    """The last day of a year, but never after the census."""
    return min(date(year, 12, 31).toordinal(), CENSUS)


def weekday_back(day: int) -> int:
    """The day itself, or the Friday before a weekend."""
    return day - {6: 1, 0: 2}.get(day % 7, 0)


def weekday_on(day: int) -> int:
    """The day itself, or the Monday after a weekend."""
    return day + {6: 2, 0: 1}.get(day % 7, 0)


def working(day: int, low: int, high: int) -> int:
    """A working day of the week near `day`, from `low` to `high`."""
    moved = weekday_back(min(max(day, low), high))
    return moved if moved >= low else weekday_on(low)


@dataclass(slots=True)
class Steps:
    """The days of one request."""

    received: int
    decided: int | None = None
    finished: int | None = None  # plan issued, or the family told there would be none


def between(random: Random, low: int, high: int) -> int:
    """A day from `low` to `high`, both included."""
    return low if high <= low else low + int(random.random() * (high - low + 1))


def _days_to_plan(random: Random, route: Route) -> int:
    if route.pace == ON_TIME:
        return int(random.triangular(104, 136.99, 134))
    if route.pace == LATE:
        return min(362, TWENTY_WEEKS + 3 + int(random.expovariate(1 / _LATENESS[route.plan_year])))
    return int(random.triangular(368, 470, 376))


def plan_steps(random: Random, route: Route, within_six_weeks: bool) -> Steps:
    """Days of a request that led to a plan: request and plan in the route's years, at its pace."""
    days = _days_to_plan(random, route)
    first, last = year_start(route.plan_year), year_end(route.plan_year)
    asked_first, asked_last = year_start(route.request_year), year_end(route.request_year)
    while True:  # a request and a plan that far apart must fit the two years
        low, high = max(first, asked_first + days), min(last, asked_last + days)
        if low <= high - 3:  # room to step off a weekend
            break
        days += -7 if low > last - 3 else 7
    started = working(between(random, low, high), low, high)
    received = working(weekday_on(started - days), asked_first, asked_last)
    latest = started - 45
    return Steps(received, decision(random, received, within_six_weeks, latest, route.after_refusal), started)


def decision(
    random: Random, received: int, within_six_weeks: bool, latest: int = CENSUS, early: bool = False
) -> int:
    """The day the family was told whether there would be an assessment; `latest` is kept where it can be."""
    if within_six_weeks or latest <= received + SIX_WEEKS:
        days = int(random.triangular(18, 34, 30)) if early else int(random.triangular(16, 42.99, 41))
    else:
        days = SIX_WEEKS + 1 + int(random.expovariate(1 / 16))
    day = weekday_back(max(received + 1, min(received + days, latest)))
    if not within_six_weeks and day <= received + SIX_WEEKS < latest:
        day = weekday_on(received + SIX_WEEKS + 1)
    return max(day, received)


def decided_request(random: Random, year: int, within_six_weeks: bool) -> Steps:
    """A request of a year that was decided, by the census."""
    room = 30 if within_six_weeks else SIX_WEEKS + 5
    last = min(year_end(year), CENSUS - room)
    received = working(between(random, year_start(year), last), year_start(year), last)
    return Steps(received, decision(random, received, within_six_weeks))


def undecided_request(random: Random, year: int) -> Steps:
    """A request nobody has decided at the census: some are over six weeks old."""
    first = year_start(year)
    last = min(year_end(year), CENSUS - 1)
    age = int(random.expovariate(1 / 38)) if year == 2023 else int(random.random() * 17)
    low = max(first, CENSUS - 160)
    return Steps(working(last - age if last - age >= low else between(random, low, last), low, last))


def open_assessment(random: Random, year: int, within_six_weeks: bool, early: bool) -> Steps:
    """A request that was agreed and is still being assessed at the census."""
    room = 60 if early or not within_six_weeks else 28
    first, last = year_start(year), min(year_end(year), CENSUS - room)
    if year < CENSUS_YEAR - 1:
        low = last - 190  # only the last half of the year before is still open
        received = between(random, low, last)
    else:
        span = last - first
        received = last - int(span * random.betavariate(1.1, 1.9))
    received = working(received, first, last)
    late_enough = CENSUS - 1 if not early else CENSUS - 14
    return Steps(received, decision(random, received, within_six_weeks, late_enough, early))


CENSUS_YEAR = 2024


def ended_assessment(random: Random, year: int, request_year: int, in_time: bool) -> Steps:
    """An assessment that ended without a plan in `year`, in time being 16 weeks."""
    days = int(random.triangular(75, 112, 108)) if in_time else 113 + int(random.expovariate(1 / 25))
    low = max(year_start(year), year_start(request_year) + days)
    high = min(year_end(year), year_end(request_year) + days)
    ended = working(between(random, low, high), low, high)
    received = working(weekday_on(ended - days), year_start(request_year), year_end(request_year))
    return Steps(received, decision(random, received, True, ended - 20), ended)
