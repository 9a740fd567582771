"""What the tests of the planning room share: small files that are right, and who gives them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goldenthread.core.models import User
from goldenthread.core.roles import Role
from goldenthread.planning.enums import InputKind
from tests.factories.people import user


def population(ages: range = range(26), years: tuple[int, ...] = (2022, 2023, 2024)) -> str:
    """One area, 1,000 of each age and one more for each year."""
    head = "area_code,area_name,age," + ",".join(map(str, years))
    lines = [
        f"T1,Testshire,{age}," + ",".join(str(1000 + age + year - 2022) for year in years) for age in ages
    ]
    return "\n".join([head, *lines])


PRICES = """placement,line,place,share,top_up,spread
special,1.2.2,10000,0.5,8000,0
special,1.2.2,10000,0.5,12000,0
independent,1.2.3,0,1,60000,0.4
"""
BLOCK = """financial_year,item,line,amount
2024-25,allocation,,90000000
2025-26,allocation,,"£93,000,000"
2024-25,transfer,,500000
2024-25,opening_balance,,-12000000
2024-25,fixed,1.2.5,6000000
2025-26,inflation,1.2.3,4.5
2025-26,inflation,,2
"""
CAPACITY = """placement,census_year,places,overflow
special,2024,1700,"independent 70%, mainstream 30%"
special,2026,1780,"independent 70%, mainstream 30%"
resourced,2024,100,mainstream 100%
"""
BUDGET = """financial_year,line,amount
2023-24,1.2.2,50000000
2023-24,1.2.3,24000000
"""
FILES = {
    InputKind.POPULATION: population(),
    InputKind.PRICES: PRICES,
    InputKind.BLOCK: BLOCK,
    InputKind.CAPACITY: CAPACITY,
    InputKind.BUDGET: BUDGET,
}


@pytest.fixture
def finance(db: None) -> User:
    """A finance officer."""
    return user(Role.FINANCE)


@pytest.fixture
def one_of(db: None) -> Callable[[Role], User]:
    """Somebody of a role."""
    return lambda role: user(role)
