"""The county's services: whole documents, plainly fictional, of every sort, the same each time."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from math import dist
from typing import Any
from uuid import UUID

import pytest

from goldenthread.demo import names
from goldenthread.demo.county import CENSUS_DAY
from goldenthread.demo.localoffer import geography
from goldenthread.demo.localoffer.generator import documents
from goldenthread.demo.localoffer.offers import offers
from goldenthread.localoffer import projection, terms
from goldenthread.localoffer.document import clean, missing
from goldenthread.localoffer.enums import Question
from goldenthread.localoffer.grid import to_grid
from goldenthread.localoffer.leaking import leaks
from goldenthread.localoffer.oruk.checker.specification import Specification

COUNT = 700
# The kinds of provision that Schedule 2 asks for, beside the county's own schools (1(b), (c), 3(a)).
# Paragraphs 3(d), 4 to 7 and 17 to 20 are about arrangements, which guidance tells.
PROVISION = (
    *("S2.1.a", "S2.1.d", "S2.1.e", "S2.1.f", "S2.1.g", "S2.1.h", "S2.2", "S2.3.b", "S2.3.c", "S2.8", "S2.9"),
    *("S2.10.a", "S2.10.b", "S2.10.c", "S2.11", "S2.12", "S2.12.a", "S2.12.b", "S2.13.a", "S2.13.b"),
    *("S2.13.c", "S2.14.a", "S2.14.b", "S2.14.c", "S2.15.a", "S2.15.b", "S2.15.c", "S2.15.d", "S2.15.e"),
    *("S2.15.f", "S2.16"),
)


@pytest.fixture(scope="module")
def made() -> list[dict[str, Any]]:
    """The first services of the county."""
    return list(documents(COUNT, 1))


def _terms(document: dict[str, Any], slug: str) -> list[str]:
    found = (one["taxonomy_term"] for one in document["attributes"])
    return [one["term"] for one in found if one["taxonomy"] == slug]


def test_the_same_seed_gives_the_same_and_fewer_are_the_first_of_more(made: list[dict[str, Any]]) -> None:
    assert list(documents(60, 1)) == made[:60]
    assert list(documents(60, 2)) != made[:60]


def test_each_has_the_shape_of_the_standard(made: list[dict[str, Any]]) -> None:
    specification = Specification()
    faults = [
        (one["name"], list(fault.absolute_path), fault.message)
        for one in made[:80]
        for fault in specification.wrong_record("service", one)
    ]
    assert faults == []


def test_each_is_kept_as_it_is(made: list[dict[str, Any]]) -> None:
    for one in made:
        found, problems = clean(json.loads(json.dumps(one)), UUID(one["id"]))
        assert (problems, missing(found), leaks(found)) == ([], [], [])
        assert found.keys() == one.keys()


def test_no_key_comes_twice_but_that_of_an_organisation_and_of_a_building(made: list[dict[str, Any]]) -> None:
    keys = Counter(
        part["id"]
        for one in made
        for name in ("schedules", "service_at_locations", "contacts", "phones", "attributes", "cost_options")
        for part in [one, *one.get(name, [])][1:]
    )
    keys.update(one["id"] for one in made)
    # The second entry of the same service has the contacts and prices of the first: they are copied words.
    assert {key for key, times in keys.items() if times > 2} == set()
    assert len({one["id"] for one in made}) == COUNT
    places = [one["id"] for each in made for one in each.get("service_at_locations", [])]
    assert len(set(places)) == len(places)


def test_everything_is_plainly_fictional(made: list[dict[str, Any]]) -> None:
    words = json.dumps(made)
    assert all(host.endswith(".example.org") for host in re.findall(r"@([\w.-]+)", words))
    assert all(host.endswith(".example.org") for host in re.findall(r"https://([\w.-]+)", words))
    numbers = [phone["number"] for one in made for phone in one["phones"]]
    assert set(numbers) <= {names.line(number) for number in range(18_000)}
    postcodes = re.findall(r'"postal_code": "([^"]+)"', words)
    assert postcodes
    assert set(postcodes) <= set(geography.all_postcodes())


def test_every_sort_is_there_and_each_kind_of_provision_of_schedule_2(made: list[dict[str, Any]]) -> None:
    sorts = {tuple(one.kinds) for one in offers()}
    assert {tuple(_terms(one, terms.KIND)) for one in made[: len(offers())]} == sorts
    covered = {code for one in offers() for code in one.covers}
    assert set(PROVISION) <= covered


def test_the_terms_are_ours_and_all_but_a_few_kinds_of_setting_are_used(made: list[dict[str, Any]]) -> None:
    for slug in (terms.KIND, terms.NEED, terms.ACCESS):
        used = {code for one in made for code in _terms(one, slug)}
        leaves = {code for code in terms.codes(slug) if not terms.below(slug, code)}
        assert used == leaves, slug
    settings = {code for one in made for code in _terms(one, terms.SETTING)}
    assert {"early-years", "hospital", "alternative", "training-provider", "section-41"} <= settings


def test_shares_are_as_in_life(made: list[dict[str, Any]]) -> None:
    own = [one["local_offer"] for one in made]
    national = sum("is_national" in one for one in own) / COUNT
    assert 0.03 <= national <= 0.09
    many = sum(len(one.get("service_at_locations", [])) > 1 for one in made) / COUNT
    assert 0.04 <= many <= 0.2
    free = sum(one["fees"].lower().startswith(("free", "no charge")) for one in made) / COUNT
    assert 0.4 <= free <= 0.75
    answered = [one["questions"] for one in own if "questions" in one]
    assert answered
    assert any(set(one) < set(Question.values) for one in answered)
    organizations = Counter(one["organization"]["id"] for one in made)
    assert max(organizations.values()) > 20
    assert sum(times == 1 for times in organizations.values()) > 40


def test_most_were_checked_within_the_year_and_some_honestly_not(made: list[dict[str, Any]]) -> None:
    ages = [
        (CENSUS_DAY - date.fromisoformat(one["assured_date"])).days for one in made if "assured_date" in one
    ]
    assert min(ages) >= 1
    assert 0.03 <= sum(age > 365 for age in ages) / COUNT <= 0.12
    assert sum(300 <= age <= 365 for age in ages) > 10
    assert 0 < COUNT - len(ages) < 20
    later = CENSUS_DAY + timedelta(400)
    newest = max(one["assured_date"] for one in documents(100, 1, today=later) if "assured_date" in one)
    assert newest > CENSUS_DAY.isoformat()


def test_a_refuge_has_a_hidden_place_and_says_nothing_of_it(made: list[dict[str, Any]]) -> None:
    hidden = [one for one in made if one["local_offer"].get("hidden_locations")]
    assert hidden
    for one in hidden:
        assert projection.hidden_keys(one) >= {x["location"]["id"] for x in one["service_at_locations"]}
        assert projection.open_places(one) == []


def test_some_services_were_entered_twice(made: list[dict[str, Any]]) -> None:
    twins = [two for one, two in pairwise(made) if one["contacts"] == two["contacts"]]
    assert twins
    assert all(
        one["name"] != two["name"] for one, two in pairwise(made) if one["contacts"] == two["contacts"]
    )


def test_a_postcode_is_a_point_of_its_town() -> None:
    for postcode in geography.all_postcodes()[::97]:
        point = geography.point_of(postcode)
        assert to_grid(*geography.degrees_of(postcode)) == pytest.approx(point, abs=2)
        others = [geography.point_of(one) for one in geography.postcodes_of(geography.town_of(postcode))]
        middle = (sum(x for x, _ in others) / len(others), sum(y for _, y in others) / len(others))
        assert dist(point, middle) < 8_000
    assert sum(len(geography.postcodes_of(town)) for town in names.TOWNS) == 4_000
    assert to_grid(*geography.degrees_of("ZZ98 1AA")) == pytest.approx(geography.point_of("ZZ98 1AA"), abs=2)
    with pytest.raises(ValueError, match="no postcode of Threadshire"):
        geography.town_of("AB1 2CD")
