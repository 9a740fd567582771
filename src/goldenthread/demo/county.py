"""The demonstration county: every child and young person with their whole history, 2019 to January 2024.

Yearly totals follow the published figures of one English council (`published`), scaled to the size asked
for; what is not published is assumed (`assumptions`). How the flows close: January stocks are the truth;
where new and ceased plans do not explain the next January, plans moved in from other councils (2019, 2022,
2023), or more plans moved out to them (2020, 2021). A plan that moved in has `transfer_la`, and its first
placement begins on the day it moved.

People are made one at a time and not kept: memory does not grow with the county.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from heapq import heapify, heapreplace

from goldenthread.demo import histories, names
from goldenthread.demo.assumptions import CENSUS_DAYS
from goldenthread.demo.cells import Totals
from goldenthread.returns.sen2.records import PersonRecord, RequestRecord

COUNTY = names.COUNTY
LA_CODE = names.LA_CODE
CENSUS_DAY = date(2024, *CENSUS_DAYS[2024])


def make_people(plans: int, seed: int) -> Iterator[PersonRecord]:
    """Every person of a county that maintains `plans` plans at the January 2024 census, in mixed order.

    The same `plans` and `seed` give the same people. Raises ValueError for fewer than one plan.
    """
    maker = histories.Maker(Totals(plans), seed)
    sources = [(count, make) for count, make in maker.sources() if count]
    # Each source spreads its people evenly over the whole: the next is the one whose turn is earliest.
    turns = [(maker.random.random() / count, index, 0) for index, (count, _) in enumerate(sources)]
    heapify(turns)
    while turns:
        _, index, done = turns[0]
        count, make = sources[index]
        yield make()
        done += 1
        turn = (done + maker.random.random()) / count if done < count else float("inf")
        if turn == float("inf") and len(turns) == 1:
            return
        heapreplace(turns, (turn, index, done))
        if turns[0][0] == float("inf"):
            return


def count_people(plans: int, seed: int) -> int:
    """How many people `make_people` gives, without making them."""
    return sum(count for count, _ in histories.Maker(Totals(plans), seed).sources())


def plan_began(request: RequestRecord) -> date | None:
    """Day from which the county maintained the plan: its start, or the day it moved in. None: no plan."""
    plan = request.assessment.named_plan if request.assessment else None
    if plan is None:
        return None
    active = request.active_plan
    if active and active.transfer_la:
        return min(place.entry_date for place in active.placements if place.entry_date)
    return plan.start_date


def held_on(request: RequestRecord, day: date) -> bool:
    """Whether the county maintained the request's plan on a day."""
    began = plan_began(request)
    if began is None or began > day:
        return False
    assert request.assessment is not None
    assert request.assessment.named_plan is not None
    ceased = request.assessment.named_plan.cease_date
    return ceased is None or ceased > day
