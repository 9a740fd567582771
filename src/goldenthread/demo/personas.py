"""The people whom a visitor to the demonstration can be, one click each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goldenthread.demo import names, staff
from goldenthread.demo.county import CENSUS_DAY, make_people
from goldenthread.demo.detail import DetailMaker, person_key
from goldenthread.demo.settings_list import make_settings
from goldenthread.returns.sen2.records import PersonRecord


@dataclass(frozen=True, slots=True)
class Persona:
    """One persona. The keys say whom or what it belongs to, where it does."""

    key: str
    name: str
    email: str
    role: str  # a value of core.roles.Role
    job: str
    does: str
    caseworker: int | None = None  # index into staff.caseworkers
    adviser: int | None = None  # index into staff.advisers
    setting_urn: str | None = None
    person_key: str | None = None  # detail.person_key of the child or young person
    contact: int | None = None  # index into that person's contacts; None for the young person's own


def is_mid_assessment(person: PersonRecord) -> bool:
    """A school-age child with a UPN whose assessment goes on at the census, agreed 6 to 14 weeks ago."""
    request = person.requests[-1]
    if not (person.upn and request.outcome == "Y" and request.assessment and request.outcome_date):
        return False
    weeks = (CENSUS_DAY - request.outcome_date).days / 7
    return request.assessment.outcome == "A" and 6 <= weeks <= 14 and 5 <= _age(person) <= 14


def is_young_person_of_17(person: PersonRecord) -> bool:
    """Someone of 17 with a UPN whose plan is maintained and has been reviewed."""
    request = person.requests[-1]
    plan = request.assessment.named_plan if request.assessment else None
    reviewed = request.active_plan and request.active_plan.last_review
    return bool(person.upn and plan and not plan.cease_date and reviewed and _age(person) == 17)


def _age(person: PersonRecord) -> int:
    born = person.birth_date
    assert born is not None
    return CENSUS_DAY.year - born.year - ((CENSUS_DAY.month, CENSUS_DAY.day) < (born.month, born.day))


def _first(plans: int, seed: int, wanted: Callable[[PersonRecord], bool]) -> PersonRecord | None:
    return next((person for person in make_people(plans, seed) if wanted(person)), None)


def personas(plans: int, seed: int) -> list[Persona]:
    """The personas of a county. Family personas are left out where a tiny county has nobody to fit them."""
    return [*_staff(plans), _adviser(plans), _senco(plans, seed), *_others(), *_family(plans, seed)]


def _staff(plans: int) -> list[Persona]:
    team = staff.caseworkers(plans)
    manager = staff.coordinators(plans)
    return [
        Persona("coordinator", team[0].name, team[0].email, "plan_coordinator", team[0].job_title,
                "Works about 200 cases against the statutory clock: what is due, what is next, whose turn.",
                caseworker=0),
        Persona("manager", team[manager].name, team[manager].email, "manager", team[manager].job_title,
                "Sees every caseload, allocates new requests and watches what is overdue or at risk.",
                caseworker=manager),
    ]  # fmt: skip


def _adviser(plans: int) -> Persona:
    first = staff.advisers(plans)[0]
    return Persona("psychologist", first.name, first.email, "adviser", first.job_title,
                   "Is asked for psychological advice and returns it within six weeks.",
                   adviser=0)  # fmt: skip


def _senco(plans: int, seed: int) -> Persona:
    options = [item for item in make_settings(plans, seed) if item.group == "mainstream_academy"]
    school = max(options, key=lambda item: (item.phase == "Secondary", item.capacity))
    return Persona("senco", "Moira Threadgoldmere", "senco@school.example.org", "setting",
                   f"SENCO at {school.name}",
                   "Sees the children placed at the school, gives advice and answers consultations.",
                   setting_urn=school.urn)  # fmt: skip


def _others() -> list[Persona]:
    return [
        Persona("analyst", "Vikram Latticebrook", "vikram.latticebrook@threadshire.example.org", "analyst",
                "Performance analyst",
                "Reads timeliness, waiting times and caseload, and sees what each SEN2 return brought."),
        Persona("finance", "Petra Selvedge", "petra.selvedge@threadshire.example.org", "finance",
                "Finance officer for the High Needs Block",
                "Forecasts plans and money, tries mitigations and keeps the recovery plan."),
        Persona("editor", "Odette Shuttleworthy", "odette.shuttleworthy@threadshire.example.org", "editor",
                "Local Offer editor",
                "Keeps the Local Offer true: approves entries, asks providers, answers what people said."),
        Persona("provider", "Barnaby Tanglewick", "barnaby@tanglewick.example.org", "provider",
                "Runs clubs for disabled children",
                "Signs in by link and keeps the entries of one organisation in the Local Offer."),
        Persona("inspector", "Ursula Copperbeck", "ursula.copperbeck@inspection.example.org", "inspector",
                "Inspector", "Reads case files and the record of who looked at them; changes nothing."),
        Persona("administrator", "Neil Bobbinshaw", "neil.bobbinshaw@threadshire.example.org",
                "administrator", "System administrator", "Looks after accounts, settings and loads."),
    ]  # fmt: skip


def _family(plans: int, seed: int) -> list[Persona]:
    maker = DetailMaker(plans, seed)
    found = []
    child = _first(plans, seed, is_mid_assessment)
    if child:
        contacts = maker.make(child).contacts
        index = next((i for i, contact in enumerate(contacts) if contact.parental_responsibility), 0)
        parent = contacts[index]
        found.append(
            Persona("parent", f"{parent.forename} {parent.surname}", parent.email, "family",
                    "Parent of a child being assessed",
                    "Follows the child's assessment: what has happened, what is next, and by when.",
                    person_key=person_key(child), contact=index)
        )  # fmt: skip
    young = _first(plans, seed, is_young_person_of_17)
    if young:
        address = names.email(young.forename, young.surname, 17)
        found.append(
            Persona("young_person", f"{young.forename} {young.surname}", address, "family",
                    "Young person of 17", "Speaks for themself: reads their own plan and reviews.",
                    person_key=person_key(young))
        )  # fmt: skip
    return found
