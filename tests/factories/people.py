"""People for tests: plainly fictional, with identifiers that pass their checks."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from goldenthread.core.actors import System
from goldenthread.core.models import User
from goldenthread.core.roles import Role
from goldenthread.people.actions import NewPerson, bulk_create_people
from goldenthread.people.models import Person
from goldenthread.statute.identifiers import make_upn, nhs_check_digit, uln_check_digit

_numbers = count(1)


def upn(number: int | None = None) -> str:
    """A UPN of school 4000 onwards in LA 999, with the right letter."""
    serial = next(_numbers) if number is None else number
    return make_upn(999, 4000 + serial // 1000, 20, serial % 1000)


def uln(number: int | None = None) -> str:
    """A ULN with the right last digit."""
    return _ten_digits(100_000_000, number, uln_check_digit)


def nhs_number(number: int | None = None) -> str:
    """An NHS number in the range kept for tests, with the right last digit."""
    return _ten_digits(999_000_000, number, nhs_check_digit)


def _ten_digits(base: int, number: int | None, check: Any) -> str:
    serial = base + (next(_numbers) if number is None else number)
    while (digit := check(str(serial))) is None:
        serial += 500_000
    return f"{serial}{digit}"


def user(role: Role = Role.PLAN_COORDINATOR, **extra: Any) -> User:
    """Somebody who signs in."""
    number = next(_numbers)
    given = {"email": f"user{number}@threadshire.example", "name": f"Testing User {number}", **extra}
    return User.objects.create_user(role=role, **given)


def new_person(**given: Any) -> NewPerson:
    """What is needed to add Robin Example, born 4 May 2017, or whoever is named."""
    facts: dict[str, Any] = {
        "surname": "Example",
        "forename": "Robin",
        "birth_date": date(2017, 5, 4),
        "sex": "M",
        "ethnicity": "WBRI",
        "postcode": "ZZ99 9ZZ",
    }
    return NewPerson(**(facts | given))


def person(**given: Any) -> Person:
    """Somebody in the record."""
    return people(new_person(**given))[0]


def people(*new: NewPerson) -> list[Person]:
    """Several at once."""
    return bulk_create_people(list(new), by=System.COMMAND, source="test")
