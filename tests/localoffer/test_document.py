"""Cleaning, projecting and comparing documents: for any input, not only the tidy ones."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.localoffer import reading
from goldenthread.localoffer.document import clean
from goldenthread.localoffer.freshness import after_months, rung_of
from goldenthread.localoffer.grid import to_grid
from goldenthread.localoffer.leaking import leaks
from goldenthread.localoffer.projection import project
from goldenthread.localoffer.text import has_markup, plain_text
from tests.factories.localoffer import document, place

KEY = UUID("7f9f7d4e-53e4-4f0e-8d2b-0b2f6c1d9e01")
NOW = datetime(2024, 1, 18, 9, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        *("name", "description", "url", "email", "minimum_age", "maximum_age", "schedules", "contacts"),
        *("cost_options", "service_at_locations", "attributes", "local_offer", "organization", "phones"),
    ]
)


def shown(raw: dict[str, Any], **given: Any) -> Any:
    """The projection of a cleaned document."""
    cleaned, _ = clean(deepcopy(raw), KEY)
    organization = {"id": str(KEY), "name": "Loom"}
    options = {"number": 1, "is_paused": False, "checked_on": None, "first_published": NOW}
    return project({**cleaned, "organization": organization}, **options | {"last_modified": NOW} | given)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(FIELDS, JSON, max_size=6))
def test_any_document_is_cleaned_once_and_for_all(raw: dict[str, Any]) -> None:
    cleaned, _ = clean(deepcopy(raw), KEY)
    again, problems = clean(deepcopy(cleaned), KEY)
    assert again == cleaned
    assert problems == []
    text = json.dumps(cleaned)
    assert "null" not in text.replace('"null"', "")
    assert not has_markup(cleaned.get("description", ""))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(FIELDS, JSON, max_size=6))
def test_any_named_document_can_be_shown(raw: dict[str, Any]) -> None:
    feed = shown({**raw, "name": "A", "description": "B"}).service["document"]
    assert feed["name"] == "A"
    assert "local_offer" not in feed
    assert feed["status"] == "active"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=5))
def test_no_hidden_place_is_shown_and_every_open_one_is(hide: list[bool]) -> None:
    places = [place(name=f"Pool number {at}") for at in range(len(hide))]
    hidden = [one["location"]["id"] for one, is_hidden in zip(places, hide, strict=True) if is_hidden]
    found = shown(document(service_at_locations=places, local_offer={"hidden_locations": hidden}))
    text = json.dumps(found.service["document"])
    for at, is_hidden in enumerate(hide):
        assert (f"Pool number {at}" in text) != is_hidden
    assert len(found.places) == hide.count(False)
    assert not any(key in text for key in hidden)


@pytest.mark.parametrize(
    "words", ["Come to ZZ1 1ZZ", "come to zz11zz.", "We are at 12, loom street!", "12 LOOM STREET"]
)
def test_a_hidden_address_is_found_in_other_words(words: str) -> None:
    raw = document(service_at_locations=[place(id=str(KEY))], description=words)
    raw["local_offer"] = {"hidden_locations": [str(KEY)]}
    assert leaks(clean(raw, KEY)[0])
    raw["description"] = "We do not say where we are."
    assert not leaks(clean(raw, KEY)[0])


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two &amp; three</p>", "One\n\nTwo & three"),
        ("Hello<script>alert(1)</script> there", "Hello there"),
        ("<ul><li>a</li><li>b</li></ul>", "* a\n\n* b"),
        ("For ages < 5 and 5 > 3", "For ages < 5 and 5 > 3"),
        ("<i>&lt;b&gt;loud&lt;/b&gt;</i>", "loud"),
        ("a\x00b\ud800c", "abc"),
        ('<a href="javascript:alert(1)">Join</a>', "Join"),
    ],
)
def test_html_becomes_plain_text(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_five_megabytes_are_told_and_left_out() -> None:
    cleaned, problems = clean(document(description="<b>x</b>" * 700_000), KEY)
    assert "description" not in cleaned
    assert "letters are too many" in problems[0].message


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"email": "nobody"}, "email"),
        ({"minimum_age": "five"}, "minimum_age"),
        ({"minimum_age": 9, "maximum_age": 5}, "maximum_age"),
        ({"cost_options": [{"amount": "lots"}]}, "cost_options.0.amount"),
        ({"schedules": [{"opens_at": "25:00"}]}, "schedules.0.opens_at"),
        ({"service_at_locations": [place(latitude=91)]}, "service_at_locations.0.location.latitude"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], where: str) -> None:
    cleaned, problems = clean(document(**changes), KEY)
    assert [one.where for one in problems] == [where]
    assert cleaned["name"]


def test_the_columns_say_what_the_document_says() -> None:
    found = shown(document(fees="Free"), is_paused=True, checked_on=date(2024, 1, 2))
    row = found.service
    assert (row["minimum_age"], row["maximum_age"], row["is_free"]) == (5, 16, False)
    assert row["days"] == 0b100001
    assert row["status"] == "temporarily closed"
    assert (found.places[0]["postcode"], found.places[0]["easting"]) == ("ZZ1 1ZZ", 651409)
    assert sorted(one["day"] for one in found.schedules) == [0, 5]
    assert str(found.schedules[0]["opens_at"]) == "09:30:00"
    assert shown(document(cost_options=None, fees="Free of charge")).service["is_free"] is True
    assert shown(document(cost_options=None)).service["is_free"] is None


def test_the_grid_is_that_of_the_ordnance_survey() -> None:
    # OS guide, annex C: 52°39'28.8282"N 1°42'57.8663"E (ETRS89 of the Caister water tower, to 5 m).
    assert to_grid(52.657977, 1.716038) == (651409, 313177)
    assert to_grid(0, 0) is None


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 40))
def test_months_are_counted_as_people_count_them(day: date, months: int) -> None:
    later = after_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later.replace(day=28)).month == later.month


def test_the_rungs() -> None:
    checked = date(2023, 3, 31)
    days = [date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2029, 1, 1)]
    assert [rung_of(checked, day) for day in days] == [None, 10, 11, 12, 12]


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(["name", "description", "fees", "email", "url"])))
def test_the_difference_names_what_differs_and_nothing_else(changed: set[str]) -> None:
    before, _ = clean(document(fees="Some"), KEY)
    after = deepcopy(before)
    for name in changed:
        after[name] += "x"
    found = reading.changes(before, after)
    assert {one.before + "x" for one in found} == {one.after for one in found}
    assert len(found) == len(changed)
    assert reading.changes(before, deepcopy(before)) == []
