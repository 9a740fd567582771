"""The county's fictional schools, colleges and providers, as many as its size asks for.

URNs and UKPRNs are of ranges the registers have not reached. `group` is the kind of setting in DfE's own
caseload columns, so that places can be drawn in the published proportions.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from goldenthread.demo import names
from goldenthread.demo.localoffer import geography

FIRST_URN, LAST_URN = 900_001, 999_999
FIRST_UKPRN = 19_900_001


@dataclass(frozen=True, slots=True)
class Setting:
    """One fictional setting."""

    urn: str | None
    ukprn: str
    name: str
    group: str  # DfE caseload column
    type_name: str  # GIAS TypeOfEstablishment (name)
    type_group: str  # GIAS EstablishmentTypeGroup (name)
    phase: str  # GIAS PhaseOfEducation (name)
    low_age: int
    high_age: int
    capacity: int
    street: str
    town: str
    postcode: str
    resourced_provision: bool = False
    sen_unit: bool = False
    la_code: str = names.LA_CODE
    la_name: str = names.COUNTY
    told_as: str = ""  # which words of localoffer/data/schools.toml, if not those of the group


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of setting and how many a county of 6,054 plans has."""

    count: int
    group: str
    type_name: str
    type_group: str
    phase: str
    low_age: int
    high_age: int
    capacity: int
    name: str  # with {place}
    every_resourced: int = 0  # every nth has resourced provision
    in_gias: bool = True
    told_as: str = ""
    la: tuple[str, str, str] = (names.LA_CODE, names.COUNTY, "ZZ99")  # code, name, first half of postcodes


_MAINTAINED, _ACADEMY, _FREE = "mainstream_la_maintained", "mainstream_academy", "mainstream_free_school"
_LA, _AC, _FR = "Local authority maintained schools", "Academies", "Free Schools"
_IN, _SP, _CO = "Independent schools", "Special schools", "Colleges"
_PRIVATE, _NONE = "mainstream_independent", "Not applicable"
_YARNSHIRE = (names.NEIGHBOUR_LA_CODE, names.NEIGHBOUR, geography.BEYOND)
KINDS = (
    _Kind(6, _MAINTAINED, "Local authority nursery school", _LA, "Nursery", 2, 5, 80, "{place} Nursery"),
    _Kind(70, _MAINTAINED, "Community school", _LA, "Primary", 4, 11, 210, "{place} Primary School", 12),
    _Kind(25, _MAINTAINED, "Voluntary aided school", _LA, "Primary", 4, 11, 180, "St Distaff's, {place}"),
    _Kind(62, _ACADEMY, "Academy converter", _AC, "Primary", 4, 11, 240, "{place} Primary Academy", 12),
    _Kind(6, _FREE, "Free schools", _FR, "Primary", 4, 11, 210, "{place} Free Primary School", 3),
    _Kind(6, _MAINTAINED, "Community school", _LA, "Secondary", 11, 18, 900, "{place} School", 3),
    _Kind(32, _ACADEMY, "Academy converter", _AC, "Secondary", 11, 18, 1100, "{place} Academy", 6),
    _Kind(4, _FREE, "Free schools", _FR, "Secondary", 11, 18, 700, "{place} Free School", 2),
    _Kind(8, _PRIVATE, "Other independent school", _IN, _NONE, 3, 11, 160, "{place} House School"),
    _Kind(10, _PRIVATE, "Other independent school", _IN, _NONE, 11, 18, 300, "{place} College"),
    _Kind(4, "special_la_maintained", "Community special school", _SP, _NONE, 2, 19, 130,
          "{place} Special School"),
    _Kind(9, "special_academy_free", "Academy special converter", _AC, _NONE, 2, 19, 140,
          "{place} Special Academy"),
    _Kind(18, "special_independent", "Other independent special school", _IN, _NONE, 5, 19, 60,
          "{place} Manor School"),
    _Kind(2, "special_non_maintained", "Non-maintained special school", _SP, _NONE, 5, 19, 80,
          "The {place} Foundation School"),
    _Kind(5, "general_fe_tertiary_colleges", "Further education", _CO, "16 plus", 16, 26, 4000,
          "{place} and District College"),
    _Kind(4, "specialist_post_16_institutions", "Special post 16 institution", _CO, "16 plus", 16, 26, 60,
          "{place} Specialist College"),
    _Kind(12, "ukrlp_provider", "Training provider", "", "16 plus", 16, 26, 120, "{place} Training",
          in_gias=False),
    _Kind(2, "ap_pru_la_maintained", "Pupil referral unit", _LA, _NONE, 5, 16, 60, "The {place} Centre"),
    _Kind(14, "", "Other independent school", _IN, "Primary", 3, 11, 120, "{place} Preparatory School",
          told_as="preparatory"),
    # Without a group: in the register and the Local Offer, and nobody's place, so no published total moves.
    _Kind(2, "", "Academy alternative provision converter", _AC, _NONE, 11, 16, 50, "{place} Bridge Academy",
          told_as="alternative"),
    _Kind(1, "", "Community special school", _SP, _NONE, 4, 19, 40, "{place} Hospital School",
          told_as="hospital"),
    _Kind(2, "", "Academy special converter", _AC, _NONE, 4, 19, 130, "{place} Lodge School",
          told_as="beyond-special", la=_YARNSHIRE),
    _Kind(1, "", "Other independent special school", _IN, _NONE, 7, 19, 50, "{place} Priory School",
          told_as="beyond-independent", la=_YARNSHIRE),
    _Kind(1, "", "Further education", _CO, "16 plus", 16, 26, 3500, "{place} Vale College",
          told_as="beyond-college", la=_YARNSHIRE),
)  # fmt: skip
# The GIAS download's column names that `manage import_settings` reads.
GIAS_COLUMNS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (name)", "EstablishmentStatus (name)", "OpenDate", "CloseDate",
    "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "Gender (name)", "SchoolCapacity",
    "UKPRN", "Street", "Town", "County (name)", "Postcode", "TypeOfResourcedProvision (name)",
    "ResourcedProvisionOnRoll", "ResourcedProvisionCapacity", "SenUnitOnRoll", "SenUnitCapacity",
)  # fmt: skip


def _of_kind(kind: _Kind, plans: int) -> int:
    """How many settings of a kind a county has: at least one, so that every published group has places."""
    return max(1, round(kind.count * plans / 6054))


@cache
def make_settings(plans: int, seed: int) -> tuple[Setting, ...]:
    """Every setting of a county of `plans` plans. Same arguments, same settings.

    Raises ValueError when the county is too large for the range of unused URNs.
    """
    if sum(_of_kind(kind, plans) for kind in KINDS) > LAST_URN - FIRST_URN:
        raise ValueError(f"a county of {plans} plans needs more settings than there are unused URNs")
    return tuple(_settings(plans, Random(f"settings {plans} {seed}")))  # noqa: S311 - fiction, not security


def _settings(plans: int, random: Random) -> Iterator[Setting]:
    number = 0
    for kind in KINDS:
        for index in range(_of_kind(kind, plans)):
            place = names.SURNAMES[(number * 37 + 11) % len(names.SURNAMES)]
            again = number // len(names.SURNAMES)
            resourced = bool(kind.every_resourced) and index % kind.every_resourced == 0
            la_code, la_name, outward = kind.la
            postcode = names.postcode(random, outward)
            yield Setting(
                urn=str(FIRST_URN + number) if kind.in_gias else None,
                ukprn=str(FIRST_UKPRN + number),
                name=kind.name.format(place=place) + (f" ({again + 1})" if again else ""),
                group=kind.group,
                type_name=kind.type_name,
                type_group=kind.type_group,
                phase=kind.phase,
                low_age=kind.low_age,
                high_age=kind.high_age,
                capacity=max(20, round(kind.capacity * random.uniform(0.7, 1.3))),
                street=names.street(random),
                town=geography.town_of(postcode),
                postcode=postcode,
                resourced_provision=resourced,
                sen_unit=resourced and index % (4 * kind.every_resourced) == 0,
                la_code=la_code,
                la_name=la_name,
                told_as=kind.told_as,
            )
            number += 1


def _gias_row(setting: Setting) -> dict[str, str | int]:
    provision = (setting.resourced_provision, setting.sen_unit)
    said = {(True, True): "Resourced provision and SEN unit", (True, False): "Resourced provision"}
    capacity = min(20, setting.capacity)
    return {
        "URN": setting.urn or "",
        "LA (code)": setting.la_code,
        "LA (name)": setting.la_name,
        "EstablishmentNumber": int(setting.ukprn) % 10_000,
        "EstablishmentName": setting.name,
        "TypeOfEstablishment (name)": setting.type_name,
        "EstablishmentTypeGroup (name)": setting.type_group,
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-2012",
        "CloseDate": "",
        "PhaseOfEducation (name)": setting.phase,
        "StatutoryLowAge": setting.low_age,
        "StatutoryHighAge": setting.high_age,
        "Gender (name)": "Mixed",
        "SchoolCapacity": setting.capacity,
        "UKPRN": setting.ukprn,
        "Street": setting.street,
        "Town": setting.town,
        "County (name)": setting.la_name,
        "Postcode": setting.postcode,
        "TypeOfResourcedProvision (name)": said.get(provision, "Not applicable"),
        "ResourcedProvisionOnRoll": capacity - 5 if setting.resourced_provision else "",
        "ResourcedProvisionCapacity": capacity if setting.resourced_provision else "",
        "SenUnitOnRoll": capacity - 6 if setting.sen_unit else "",
        "SenUnitCapacity": capacity if setting.sen_unit else "",
    }


def gias_csv(path: Path, *, plans: int, seed: int) -> int:
    """Write the settings as a GIAS download: UTF-8 with a byte order mark. Returns the number of rows.

    Providers with a UKPRN alone are not in GIAS and are left out, as there.
    """
    rows = [_gias_row(setting) for setting in make_settings(plans, seed) if setting.urn]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, GIAS_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)
