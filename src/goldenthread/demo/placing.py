"""Where a child is placed, year by year, in the published proportions for their age.

A child keeps three numbers in [0, 1) for life. Each academic year, where those numbers fall among the
shares for the child's age says what kind of place it is. So the county's shares are the published ones
every January, and a child moves only when the shares change with age: from nursery to primary, secondary
and college, and some from mainstream to special school as the years go by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from goldenthread.demo import assumptions as assumed
from goldenthread.demo.apportion import Shares
from goldenthread.demo.cells import ages
from goldenthread.demo.published import table
from goldenthread.demo.settings_list import Setting, make_settings
from goldenthread.demo.timeline import CENSUS, between, weekday_back
from goldenthread.returns.sen2.records import PlacementRecord, SettingRecord

MAINSTREAM = (
    "mainstream_la_maintained", "mainstream_la_maintained_resourced_provision", "mainstream_academy",
    "mainstream_academy_resourced_provision", "mainstream_free_school",
    "mainstream_free_school_resourced_provision", "mainstream_independent",
)  # fmt: skip
SPECIAL = ("special_la_maintained", "special_academy_free", "special_independent", "special_non_maintained")
COLLEGE = ("general_fe_tertiary_colleges", "specialist_post_16_institutions", "ukrlp_provider")
ELSEWHERE = (
    "elective_home_education", "other_arrangements_la", "other_placement_settings", "neet", "neet_ntci",
    "neet_other",
)  # fmt: skip
EARLY_YEARS, UNKNOWN, NOTICE_GIVEN = "nm_early_years", "placement_unknown", "neet_ntci"
TOTALS = {"mainstream_total": MAINSTREAM, "special_total": SPECIAL, "fe_total": COLLEGE,
          "ed_elsewhere": ELSEWHERE}  # fmt: skip
# DfE category: SENsetting code, and the words that go with OTH and NIEO.
NO_SETTING = {
    "elective_home_education": ("EHE", None),
    "other_arrangements_la": ("OLA", None),
    "other_placement_settings": ("OTH", "Online tuition provider"),
    "neet": ("NEET", None),
    NOTICE_GIVEN: ("NIEC", None),
    "neet_other": ("NIEO", "Waiting for a place"),
    EARLY_YEARS: ("EYP", None),
    UNKNOWN: ("OTH", "Setting not yet confirmed"),
}
_TYPE_ONLY = "Type of setting named, no setting"


def phase(age: int) -> int:
    """First age of the phase of education that an age on 31 August belongs to."""
    return next(low for low in (19, 16, 11, 5, 0) if age >= low)


_AGES_OF_PHASE = {0: (0, 4), 5: (5, 10), 11: (11, 15), 16: (16, 18), 19: (19, 25)}


def _published(columns: tuple[str, ...], low: int, high: int) -> dict[str, float]:
    caseload = table("caseload_age")
    known = [column for column in columns if column in caseload.columns]
    return {
        column: sum(count for age, count in ages(caseload.column(column)).items() if low <= age <= high)
        for column in known
    }


@cache
def subtypes(group: tuple[str, ...], phase_low: int) -> Shares[str]:
    """Published shares of the categories of a group in a phase, or in all of them where it has none."""
    inside = _published(group, *_AGES_OF_PHASE[phase_low])
    if not sum(inside.values()):
        inside = _published(group, 0, 25)
    return Shares(inside)


@dataclass(frozen=True, slots=True)
class AgeShares:
    """Shares of places at one age, January 2024: of everyone, or of those in no other group."""

    elsewhere: float
    unknown: float
    early_years: float  # of the rest
    special: float  # of the rest
    mainstream: float  # of those neither in early years nor special; the others are in colleges


@cache
def age_shares(age: int) -> AgeShares:
    """Published shares at an age on 31 August; from 5 to 15, where they are flat, of the whole phase."""
    low, high = _AGES_OF_PHASE[phase(age)] if 5 <= age <= 15 else (age, age)
    high = max(high, min(high, assumed.LAST_AGE))
    counted = {name: sum(_published((name,), low, high).values()) for name in (*TOTALS, EARLY_YEARS, UNKNOWN)}
    total = sum(_published(("ehcplans",), low, high).values())
    rest = total - counted["ed_elsewhere"] - counted[UNKNOWN]
    schooled = rest - counted[EARLY_YEARS] - counted["special_total"]
    return AgeShares(
        elsewhere=counted["ed_elsewhere"] / total,
        unknown=counted[UNKNOWN] / total,
        early_years=counted[EARLY_YEARS] / rest if age <= 4 else 0.0,
        special=counted["special_total"] / rest,
        mainstream=counted["mainstream_total"] / schooled if age >= 16 else 1.0,
    )


def category(age: int, autumn: int, years: int | None, point: tuple[float, float, float]) -> str:
    """The DfE category of a child's place in the academic year beginning in `autumn`.

    `age` is on 31 August before it; `years` since the plan was made (None: before 2019).
    """
    share = age_shares(max(2, min(age, assumed.LAST_AGE)))
    across, within, apart = point
    level = assumed.ELSEWHERE_LEVEL[autumn] if age >= 16 else 1.0
    if apart >= 1 - share.elsewhere * level:
        return subtypes(ELSEWHERE, phase(age)).at(within)
    if autumn == 2023 and apart < share.unknown:
        return UNKNOWN
    if across >= 1 - share.early_years:
        return EARLY_YEARS
    special = min(0.97, share.special * special_factor(age, years))
    if across < special:
        return subtypes(SPECIAL, phase(age)).at(within)
    position = (across - special) / (1 - share.early_years - special)
    if position >= 1 - share.mainstream:
        return subtypes(MAINSTREAM, phase(age)).at(within)
    return subtypes(COLLEGE, phase(age)).at(within)


def special_factor(age: int, years: int | None) -> float:
    """How the share in special schools differs by the age of the plan: young plans mostly name mainstream."""
    if years is None:
        return assumed.SPECIAL_STOCK
    known = assumed.SPECIAL_BY_YEARS
    factor = known[max(0, min(years, len(known) - 1))]
    return max(0.85, factor) if age <= 5 else factor


@dataclass(slots=True)
class Stay:
    """One stay at a setting or in a situation."""

    kind: str
    setting: Setting | None
    starts: int
    ends: int | None = None


class Places:
    """The settings of a county by category and age, to draw a place from."""

    def __init__(self, plans: int, seed: int) -> None:
        self.settings = make_settings(plans, seed)
        self._found: dict[tuple[str, int], tuple[int, list[Setting]]] = {}

    def draw(self, random: Random, kind: str, age: int) -> Setting:
        """A setting of a category that takes children of an age, or the nearest there is."""
        _, options = self._at(kind, age)
        return options[int(random.random() * len(options))]

    def _at(self, kind: str, age: int) -> tuple[int, list[Setting]]:
        """The age nearest to `age` that the category takes, and its settings for that age."""
        options = self._found.get((kind, age))
        if options is None:
            options = self._found[kind, age] = self._options(kind, age)
        return options

    def _options(self, kind: str, age: int) -> tuple[int, list[Setting]]:
        base = kind.removesuffix("_resourced_provision")
        inside = [item for item in self.settings if item.group == base]
        if base != kind:
            inside = [item for item in inside if item.resourced_provision] or inside
        oldest = max(item.high_age for item in inside) - 1
        near = max(min(age, oldest), min(item.low_age for item in inside))
        return near, [item for item in inside if item.low_age <= near < item.high_age]

    def stays(self, stay: Stay, kind: str, age: int) -> bool:
        """Whether a child of an age on 31 August stays where they are for the year that follows."""
        if stay.kind != kind:
            return False
        if stay.setting is None:
            return True
        near, _ = self._at(kind, age)
        return stay.setting.low_age <= near < stay.setting.high_age


def placements(
    random: Random,
    places: Places,
    *,
    cohort: int,
    first: int,
    last: int,
    made: int | None,
    point: tuple[float, float, float],
    entered: int | None = None,
) -> list[Stay]:
    """Every stay from day `first` to day `last`; `made` is the autumn of the plan, None if before 2019.

    `cohort` is the year in which the child is 0 on 31 August. `entered`: day the first stay begins, where
    it is fixed (a plan that moved in); else the stay may have begun in an earlier year.
    """
    stays: list[Stay] = []
    for autumn in range(max(2018, autumn_of(first)), min(2023, autumn_of(last)) + 1):
        age = autumn - cohort
        kind = category(age, autumn, None if made is None else autumn - made, point)
        now = stays[-1] if stays else None
        if now and places.stays(now, kind, age):
            continue
        setting = None if kind in NO_SETTING else places.draw(random, kind, age)
        if now is None:
            starts = _entry(random, kind, setting, autumn, age, first) if entered is None else entered
        else:
            starts = _move_day(random, kind, autumn, now.starts)
            if starts > last:
                break
            now.ends = _leaving_day(now, starts)
        stays.append(Stay(kind, setting, starts))
    return stays


def autumn_of(day: int) -> int:
    """The calendar year in which the academic year of a day began."""
    when = date.fromordinal(day)
    return when.year if when.month >= 9 else when.year - 1


def _term_start(autumn: int) -> int:
    return weekday_back(date(autumn, 9, 6).toordinal())


def _entry(random: Random, kind: str, setting: Setting | None, autumn: int, age: int, first: int) -> int:
    """When the first stay began: for a school, some September since its youngest year."""
    if setting is None:
        return min(first, between(random, date(autumn, 9, 3).toordinal(), first))
    most = max(0, min(age - setting.low_age, 5 if kind in SPECIAL else 3))
    return min(first, _term_start(autumn - int(random.random() * (most + 1))))


def _move_day(random: Random, kind: str, autumn: int, after: int) -> int:
    start = _term_start(autumn)
    if kind in NO_SETTING:
        start = between(random, start, start + 100)
    return max(min(start, CENSUS), after + 1)


def _leaving_day(stay: Stay, next_start: int) -> int:
    """Schools end in July; a stay in no setting ends the day before the next."""
    july = date(date.fromordinal(next_start).year, 7, 21).toordinal()
    return max(stay.starts, july if stay.setting and stay.starts < july < next_start else next_start - 1)


def placement_record(stay: Stay, rank: int = 1) -> PlacementRecord:
    """The SEN2 form of a stay."""
    record = PlacementRecord(
        rank=rank,
        entry_date=date.fromordinal(stay.starts),
        leaving_date=date.fromordinal(stay.ends) if stay.ends is not None else None,
    )
    _fill(record, stay)
    return record


def named_setting(stays: list[Stay]) -> SettingRecord:
    """What section I says: the place attended; out of education, the last setting, or a type alone."""
    record = SettingRecord(rank=1)
    attended = stays[-1]
    out = attended.kind in ("neet", "neet_ntci", "neet_other", "elective_home_education")
    if out:
        before = next((stay for stay in reversed(stays) if stay.setting), None)
        if before is None or attended.kind == "elective_home_education":
            record.sen_setting, record.sen_setting_other = "OTH", _TYPE_ONLY
            return record
        attended = before
    _fill(record, attended)
    return record


def _fill(record: SettingRecord, stay: Stay) -> None:
    if stay.setting is None:
        record.sen_setting, record.sen_setting_other = NO_SETTING[stay.kind]
        return
    if stay.setting.urn:
        record.urn = stay.setting.urn
    else:
        record.ukprn = stay.setting.ukprn
    record.resourced_provision = stay.kind.endswith("_resourced_provision")
    record.sen_unit = False
