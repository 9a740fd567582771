"""From the live records to heads at each January census by age, need and placement, and the flows between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from goldenthread.casework.queries.stock import PlanSpan, plan_spans
from goldenthread.forecast.inputs import History, empty_history
from goldenthread.forecast.space import Ints, Space
from goldenthread.people.enums import SettingGroup
from goldenthread.placements.stock import PlaceSpan, place_spans
from goldenthread.statute.census import census
from goldenthread.statute.datafile import UnknownEntryError

NOBODY = -1
# A placement of the forecast for each group of DfE's statistics; what is not here is "elsewhere".
PLACEMENT_OF = {
    SettingGroup.EARLY_YEARS: "early_years",
    SettingGroup.MAINSTREAM_MAINTAINED: "mainstream",
    SettingGroup.MAINSTREAM_ACADEMY: "mainstream",
    SettingGroup.MAINSTREAM_FREE: "mainstream",
    # DfE counts mainstream independent schools with non-maintained and independent special schools.
    SettingGroup.MAINSTREAM_INDEPENDENT: "independent",
    SettingGroup.SPECIAL_MAINTAINED: "special",
    SettingGroup.SPECIAL_ACADEMY: "special",
    SettingGroup.SPECIAL_INDEPENDENT: "independent",
    SettingGroup.SPECIAL_NON_MAINTAINED: "independent",
    SettingGroup.AP_MAINTAINED: "ap_hospital",
    SettingGroup.AP_ACADEMY: "ap_hospital",
    SettingGroup.AP_FREE: "ap_hospital",
    SettingGroup.FE_COLLEGE: "further_education",
    SettingGroup.FE_UKRLP: "further_education",
    SettingGroup.FE_SPECIALIST: "specialist_post_16",
}
UNIT, ELSEWHERE, NOT_KNOWN, OTHER = "resourced", "elsewhere", "NK", "OTH"
SEN2_SAME = {"SPLD": "SPLD", "NSA": "NK", "": "NK"}
Flat = Ints  # (people,) the cell of each person in a flattened (A, N, P) array, NOBODY for none


@dataclass(frozen=True, slots=True)
class Counted:
    """Heads at the base census, the history before it, and what had to be fitted in."""

    stock: Ints
    history: History  # its population is left empty: (T, 0)
    notes: tuple[str, ...]


def census_day(year: int) -> date:
    """The SEN2 census day of a year: the third Thursday of January where no collection is in the data."""
    try:
        return census(year).reference_date
    except UnknownEntryError:
        first = date(year, 1, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 14)


def counted(space: Space, base_year: int, transitions: int = 5) -> Counted:
    """Heads and flows from the records, two queries in all. Needs are those recorded now."""
    years = list(range(base_year - transitions, base_year + 1))
    spans = _Spans(space, plan_spans(census_day(years[0])), place_spans(census_day(years[0])))
    states = [spans.at(year) for year in years]
    size = int(np.prod(space.shape))
    stock = np.bincount(states[-1][states[-1] != NOBODY], minlength=size).reshape(space.shape)
    kept = [step for step in range(transitions) if _seen(states[step], states[step + 1])]
    first = max([step + 1 for step in range(transitions) if step not in kept], default=0)
    pairs = [(states[step], states[step + 1]) for step in range(first, transitions)]
    notes = list(spans.notes(base_year))
    if first:
        notes.append(
            f"The records show nobody whose plan ended before January {years[first]}, so only the "
            f"{transitions - first} years since are learnt from."
        )
    return Counted(stock, _history(space, pairs), tuple(notes))


def _seen(before: Flat, after: Flat) -> bool:
    """Whether the records follow people from one census to the next: some stayed and some left."""
    there = before != NOBODY
    return bool(there.any() and (after[there] == NOBODY).any() and (after[there] != NOBODY).any())


def _history(space: Space, pairs: list[tuple[Flat, Flat]]) -> History:
    if not pairs:
        return empty_history(space)
    size, places = int(np.prod(space.shape)), space.shape[2]
    stock, joined, left, moved = [], [], [], []
    for before, after in pairs:
        was, is_there = before != NOBODY, after != NOBODY
        both = was & is_there
        other = both & (before % places != after % places)
        stock.append(np.bincount(before[was], minlength=size))
        joined.append(np.bincount(after[is_there & ~was], minlength=size))
        left.append(np.bincount(before[was & ~is_there], minlength=size))
        moved.append(np.bincount(before[other] * places + after[other] % places, minlength=size * places))
    return History(
        stock=np.array(stock).reshape(-1, *space.shape),
        joined=np.array(joined).reshape(-1, *space.shape),
        left=np.array(left).reshape(-1, *space.shape),
        moved=np.array(moved).reshape(-1, *space.shape, places),
        population=np.zeros((len(pairs), 0)),
    )


class _Spans:
    """Plans and places as arrays: where everybody was on any day."""

    def __init__(self, space: Space, plans: list[PlanSpan], places: list[PlaceSpan]) -> None:
        self.space = space
        self.codes = [place.code for place in space.placements]
        people = {plan.person: 0 for plan in plans}
        for number, person in enumerate(people):
            people[person] = number
        self.people = len(people)
        self.person = np.array([people[plan.person] for plan in plans], dtype=np.int64)
        self.begun = _days([plan.begun_on for plan in plans], date.min)
        self.ceased = _days([plan.ceased_on for plan in plans], date.max)
        self.cohort = np.array([_cohort(plan.birth_date) for plan in plans], dtype=np.int64)
        needs = {code: number for number, code in enumerate(space.needs)}
        self.need = np.array([needs[_need(plan.primary_need, needs)] for plan in plans], dtype=np.int64)
        self.unknown_need = np.array([not plan.primary_need for plan in plans], dtype=np.bool_)
        row_of = {plan.case: row for row, plan in enumerate(plans)}
        known = [(row_of[place.case], place) for place in places if place.case in row_of]
        self.row = np.array([row for row, _ in known], dtype=np.int64)
        self.place = np.array([self._code(place) for _, place in known], dtype=np.int64)
        self.starts = _days([place.starts_on for _, place in known], date.min)
        self.ends = _days([place.ends_on for _, place in known], date.max)
        self.fitted: dict[str, int] = {}

    def _code(self, place: PlaceSpan) -> int:
        if place.in_unit:
            return self.codes.index(UNIT)
        return self.codes.index(PLACEMENT_OF.get(SettingGroup(place.group), ELSEWHERE))

    def at(self, year: int) -> Flat:
        """The cell of each person at the census of a year."""
        day = census_day(year).toordinal()
        elsewhere = self.codes.index(ELSEWHERE)
        here = np.full(len(self.person), NOBODY, dtype=np.int64)
        now = (self.starts <= day) & (self.ends >= day)
        here[self.row[now]] = self.place[now]  # in order of beginning: the later of two stays
        held = (self.begun <= day) & (self.ceased > day)
        no_place = held & (here == NOBODY)
        here[no_place] = elsewhere
        age = year - 1 - self.cohort
        oldest, youngest = self.space.ages[-1], self.space.ages[0]
        fitted = np.clip(age, youngest, oldest) - youngest
        unfit = held & ~self.space.allowed[fitted, np.where(held, here, elsewhere)]
        here[unfit] = elsewhere
        _, needs, places = self.space.shape
        cells = (fitted * needs + self.need) * places + here
        self.fitted = {
            "no_place": int(no_place.sum()),
            "older": int((held & (age > oldest)).sum()),
            "unfit": int(unfit.sum()),
            "need": int((held & self.unknown_need).sum()),
        }
        state = np.full(self.people, NOBODY, dtype=np.int64)
        state[self.person[held]] = cells[held]
        return state

    def notes(self, year: int) -> list[str]:
        """What had to be fitted in at the census looked at last, in plain words."""
        words = {
            "no_place": "{n} have no setting on record and are counted as educated elsewhere",
            "older": f"{{n}} are over {self.space.ages[-1]} and counted as {self.space.ages[-1]}",
            "unfit": "{n} are of an age that their kind of setting does not take and are counted as educated "
            "elsewhere",
            "need": "{n} have no primary need on record",
        }
        return [
            f"Of those with a plan in January {year}, {words[name].format(n=format(number, ','))}."
            for name, number in self.fitted.items()
            if number
        ]


def _need(code: str, needs: dict[str, int]) -> str:
    if not code:
        return NOT_KNOWN
    code = SEN2_SAME.get(code.upper(), code.upper())
    return code if code in needs else OTHER


def _cohort(born: date) -> int:
    """The year in which somebody's first birthday year ends on 31 August: age then is that year less this."""
    return born.year + ((born.month, born.day) > (8, 31))


def _days(days: list[date | None] | list[date], missing: date) -> Ints:
    return np.array([(day or missing).toordinal() for day in days], dtype=np.int64)
