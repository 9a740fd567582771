"""The county's fictional staff, advisers and organisations, as many as its size asks for."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from goldenthread.demo import names

PLANS_A_COORDINATOR = 220
FULL_LOAD = 220
_COUNCIL = "threadshire.example.org"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Someone of the council's SEND team. `role` is a value of `core.roles.Role`."""

    name: str
    email: str
    role: str
    job_title: str
    team: str
    phone: str
    full_load: int


@dataclass(frozen=True, slots=True)
class OrganisationDetail:
    """A body that advisers work for. `kind` is a value of `people.enums.OrganisationKind`."""

    name: str
    kind: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class AdviserDetail:
    """Someone asked for advice. `kind` is an advice kind of `statute`; `organisation` an index."""

    name: str
    kind: str
    job_title: str
    organisation: int
    email: str
    phone: str


ORGANISATIONS = tuple(
    OrganisationDetail(name, kind, f"advice@{slug}.example.org", f"01632 9600{number:02d}")
    for number, (name, kind, slug) in enumerate(
        (
            ("Threadshire Educational Psychology Service", "psychology", "psychology.threadshire"),
            ("Skein Valley Community Health Trust", "health", "skein-valley-health"),
            ("Threadshire Integrated Care Board", "health", "icb.threadshire"),
            ("Threadshire Children's Social Care", "social_care", "care.threadshire"),
            ("Threadshire Specialist Teaching Service", "education", "teaching.threadshire"),
            ("Loom and Ladder Parents' Group", "voluntary", "loom-and-ladder"),
        ),
        start=10,
    )
)
# Advice kind, job title, organisation, and how many for 6,000 plans.
_ADVISERS = (
    ("psychological", "Educational psychologist", 0, 16),
    ("medical", "Community paediatrician", 1, 6),
    ("medical", "Speech and language therapist", 1, 9),
    ("medical", "Occupational therapist", 1, 6),
    ("medical", "Designated Clinical Officer", 2, 1),
    ("social_care", "Social worker", 3, 8),
    ("sensory", "Qualified teacher of deaf children", 4, 2),
    ("sensory", "Qualified teacher of children with vision impairment", 4, 2),
    ("adulthood", "Preparing for adulthood adviser", 4, 3),
)


def _named(random: Random, number: int) -> tuple[str, str, str]:
    given, family = names.adult(random), names.SURNAMES[(number * 53 + 7) % len(names.SURNAMES)]
    return given, family, f"{given} {family}"


def caseworkers(plans: int) -> tuple[StaffMember, ...]:
    """Plan Co-ordinators, about one for 220 plans, then two managers. Cases refer to them by index."""
    random = Random(f"staff {plans}")  # noqa: S311 - fiction, not security
    coordinators = max(2, round(plans / PLANS_A_COORDINATOR))
    team = []
    for number in range(coordinators + 2):
        given, family, name = _named(random, number)
        manager = number >= coordinators
        town = names.TOWNS[number * 4 // coordinators % 4]
        team.append(
            StaffMember(
                name=name,
                email=names.email(given, family, number + 1 if number >= 800 else "", _COUNCIL),
                role="manager" if manager else "plan_coordinator",
                job_title="SEND Casework Manager" if manager else "Plan Co-ordinator",
                team="SEND Casework" if manager else f"{town} team",
                phone=names.landline(random),
                full_load=FULL_LOAD,
            )
        )
    return tuple(team)


def coordinators(plans: int) -> int:
    """How many of `caseworkers` are Plan Co-ordinators: the first so many."""
    return max(2, round(plans / PLANS_A_COORDINATOR))


def advisers(plans: int) -> tuple[AdviserDetail, ...]:
    """Educational psychologists, health and social care advisers and specialist teachers."""
    random = Random(f"advisers {plans}")  # noqa: S311 - fiction, not security
    found: list[AdviserDetail] = []
    for kind, title, organisation, count in _ADVISERS:
        for _ in range(max(1, round(count * plans / 6000))):
            number = 1000 + len(found)
            given, family, name = _named(random, number)
            domain = ORGANISATIONS[organisation].email.split("@")[1]
            address = names.email(given, family, number - 999, domain)
            found.append(AdviserDetail(name, kind, title, organisation, address, names.landline(random)))
    return tuple(found)
