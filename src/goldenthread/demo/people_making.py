"""Who a fictional person is: name, day of birth, sex, ethnicity, identifiers, needs."""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random

from goldenthread.demo import assumptions as assumed
from goldenthread.demo import names
from goldenthread.demo.apportion import Shares
from goldenthread.demo.cells import ages
from goldenthread.demo.published import table
from goldenthread.demo.timeline import CENSUS
from goldenthread.returns.sen2.records import NeedRecord, PersonRecord
from goldenthread.statute.identifiers import make_upn, uln_check_digit

_ETHNICITY = Shares(assumed.ETHNICITY)
_SECOND_NEED = Shares(
    {"SLCN": 34, "SEMH": 24, "ASD": 12, "MLD": 10, "SPLD": 8, "PD": 5, "HI": 2, "VI": 2, "OTH": 3}
)
_HAS_SECOND_NEED = 0.38
_NO_UPN_BEFORE = 5  # age on 31 August below which a child is seldom in school


@cache
def needs_at(age: int) -> Shares[str]:
    """Published shares of primary need at an age (January 2025)."""
    needs = table("needs_age")
    columns = [column for column in needs.columns if column != "unknown_pc"]
    chosen = max(2, min(age, assumed.LAST_AGE))
    return Shares(
        {
            column.removesuffix("_pc").upper(): share
            for column in columns
            for at, share in ages(_first_of_age(needs.column(column))).items()
            if at == chosen
        }
    )


def _first_of_age(rows: dict[str, float]) -> dict[str, float]:
    """Leave out the few aged 25, who would be counted with those of 24."""
    return {row: share for row, share in rows.items() if row != "age 25"}


def make_needs(random: Random, age: int, point: float) -> list[NeedRecord]:
    """One or two types of need: the first in the published proportions for the age."""
    first = needs_at(age).at(point)
    needs = [NeedRecord(first, 1)]
    if random.random() < _HAS_SECOND_NEED:
        second = _SECOND_NEED.draw(random)
        if second != first:
            needs.append(NeedRecord(second, 2))
    return needs


def birth_day(random: Random, cohort: int, born_by: int = CENSUS) -> date:
    """A day of birth among children who are 0 on 31 August of `cohort`, not after day `born_by`."""
    first = date(cohort - 1, 9, 1).toordinal()
    last = min(date(cohort, 8, 31).toordinal(), max(first, born_by))
    return date.fromordinal(first + int(random.random() * (last - first + 1)))


class Register:
    """Gives out people and their identifiers, each number once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._given = 0

    def person(self, cohort: int, male: float, *, ended: bool = False, born_by: int = CENSUS) -> PersonRecord:
        """A new person. `cohort`: the year they are 0 on 31 August; `male`: share of boys.

        `ended`: their request led to nothing, so that nobody may have found their UPN.
        """
        random = self._random
        sex = "M" if random.random() < male else "F"
        record = PersonRecord(
            surname=names.surname(random),
            forename=names.forename(random, sex),
            birth_date=birth_day(random, cohort, born_by),
            sex=sex,
            ethnicity=_ETHNICITY.draw(random),
            postcode=names.postcode(random),
        )
        self._identify(record, cohort, ended)
        return record

    def _identify(self, record: PersonRecord, cohort: int, ended: bool) -> None:
        self._given += 1
        chance = self._random.random()
        age = 2023 - cohort
        if age < _NO_UPN_BEFORE and chance < (0.15 if age == _NO_UPN_BEFORE - 1 else 0.85):
            record.upn_unknown = "UN1"
        elif ended and chance < 0.02:
            record.upn_unknown = "UN10"
        elif not ended and chance < 0.006:
            record.upn_unknown = "UN2" if age < 16 else "UN9"
        elif age >= 19 and chance < 0.12:
            record.uln = self._uln()
        else:
            record.upn = self._upn(cohort)
            if age >= 16 and chance < 0.5:
                record.uln = self._uln()

    def _upn(self, cohort: int) -> str:
        school, serial = divmod(self._given, 1000)
        return make_upn(int(names.LA_CODE), 1000 + school, cohort + 4, serial)

    def _uln(self) -> str:
        nine = 900_000_000 + self._given * 10
        while (digit := uln_check_digit(str(nine))) is None:
            nine += 1
        return f"{nine}{digit}"
