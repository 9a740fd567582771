"""Rules about the return as a whole and about each person: L01 to L20 and L80."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from goldenthread.statute.ages import end_of_year_of_25th_birthday
from goldenthread.statute.identifiers import (
    InvalidIdentifier,
    check_la_number,
    check_postcode,
    check_uln,
    check_upn,
)

from .records import HeaderRecord, PersonRecord
from .rulebook import At, rule
from .years import CENSUS_DATES

if TYPE_CHECKING:
    from .checks import Context


def _passes(check: Callable[[str], str], text: str) -> bool:
    try:
        check(text)
    except InvalidIdentifier:
        return False
    return True


def header_faults(header: HeaderRecord, context: Context) -> Iterator[tuple[str, str, str]]:
    """Rules L01 to L03: the rule, the tag and the field of each fault."""
    if header.collection.strip().upper() != "SEN2":
        yield "L01", "Header/CollectionDetails/Collection", "collection"
    if header.year is None or header.year != context.year:
        yield "L01", "Header/CollectionDetails/Year", "year"
    published = CENSUS_DATES.get(context.year or 0)
    if header.reference_date is None or (published is not None and header.reference_date != published):
        yield "L01", "Header/CollectionDetails/ReferenceDate", "reference_date"
    la = header.la_code
    if la is None or not _passes(check_la_number, la) or context.sender not in {None, la}:
        yield "L02", "Header/Source/LEA", "la_code"
    for tag in ("DMO", "DCO", "DSCO"):
        if getattr(header, tag.lower()) is None and (tag != "DSCO" or (context.year or 0) >= 2026):
            yield "L03", f"Header/{tag}", tag.lower()


@rule("L10", "person")
def sex_given(person: PersonRecord, at: At) -> str | None:
    """Sex is given."""
    return "Sex" if person.sex is None else None


@rule("L10", "person")
def ethnicity_given(person: PersonRecord, at: At) -> str | None:
    """Ethnicity is given."""
    return "Ethnicity" if person.ethnicity is None else None


@rule("L11", "person")
def postcode_shaped(person: PersonRecord, at: At) -> str | None:
    """The postcode has the shape of one."""
    return None if person.postcode and _passes(check_postcode, person.postcode) else "PostCode"


@rule("L12", "person")
def born_by_census(person: PersonRecord, at: At) -> str | None:
    """Nobody in the return is born after the census."""
    late = person.birth_date is not None and person.birth_date > at.context.census
    return "PersonBirthDate" if late else None


def _has_active_plan(person: PersonRecord) -> bool:
    plans = (each.assessment.named_plan for each in person.requests if each.assessment is not None)
    return any(plan is not None and plan.start_date is not None and plan.cease_date is None for plan in plans)


@rule("L13", "person", "query")
def under_26_with_plan(person: PersonRecord, at: At) -> str | None:
    """Someone of 26 or more has no active plan."""
    return "PersonBirthDate" if at.age is not None and at.age >= 26 and _has_active_plan(person) else None


@rule("L13", "person")
def plan_ends_with_year_of_25(person: PersonRecord, at: At) -> str | None:
    """No plan outlasts the academic year of the 25th birthday (CFA s.46)."""
    if at.age is None or at.age < 25 or person.birth_date is None or not _has_active_plan(person):
        return None
    return "PersonBirthDate" if at.context.census > end_of_year_of_25th_birthday(person.birth_date) else None


@rule("L14", "person")
def one_route_to_identity(person: PersonRecord, at: At) -> str | None:
    """A UPN or ULN, or else the reason why there is none."""
    known = bool(person.upn or person.uln)
    return None if known != (person.upn_unknown is not None) else "UPNunknown"


@rule("L15", "person")
def upn_is_true(person: PersonRecord, at: At) -> str | None:
    """The UPN passes its check letter."""
    return "UPN" if person.upn and not _passes(check_upn, person.upn) else None


@rule("L16", "person")
def uln_is_true(person: PersonRecord, at: At) -> str | None:
    """The ULN passes its check digit."""
    return "UniqueLearnerNumber" if person.uln and not _passes(check_uln, person.uln) else None


@rule("L19", "person")
def reason_fits_age(person: PersonRecord, at: At) -> str | None:
    """UN1 is for those under 6, UN9 for those of 16 and over."""
    age = at.age
    if age is None:
        return None
    wrong = (person.upn_unknown == "UN1" and age >= 6) or (person.upn_unknown == "UN9" and age < 16)
    return "UPNunknown" if wrong else None


@rule("L20", "person")
def has_request(person: PersonRecord, at: At) -> str | None:
    """Each person has a request."""
    return None if person.requests else "Requests"


@rule("L80", "person")
def old_enough_for_plan(person: PersonRecord, at: At) -> str | None:
    """A plan under the age of 2 is rare."""
    return "PersonBirthDate" if at.age is not None and at.age < 2 and _has_active_plan(person) else None
