"""What an entry says in words, the keys of a shortlist, and the map."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.localoffer import shortlist
from goldenthread.localoffer.presenters.public import mapping, words

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (None, None, "Any age"),
        (5, 16, "5 to 16"),
        (16, None, "16 and over"),
        (0, 5, "Up to 5"),
        (None, 25, "Up to 25"),
        (0.5, 3, "6 months to 3"),
        (0, None, "Any age"),
        (7, 7, "7"),
    ],
)
def test_ages(low: float | None, high: float | None, said: str) -> None:
    assert words.ages(low, high) == said


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (
            {"freq": "WEEKLY", "byday": "MO,SA", "opens_at": "09:30", "closes_at": "14:00"},
            "Mondays and Saturdays, 9:30am to 2pm",
        ),
        ({"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "12:00"}, "Monday to Friday, from midday"),
        ({"freq": "WEEKLY", "byday": "MO", "interval": 2}, "Every 2 weeks on Mondays"),
        ({"freq": "MONTHLY", "byday": "TU", "dtstart": "2026-01-13"}, "The second Tuesday of every month"),
        ({"freq": "MONTHLY", "byday": "SA", "dtstart": "2026-01-31"}, "The last Saturday of every month"),
        ({"freq": "MONTHLY", "byday": "TU"}, "Every month, on a Tuesday"),
        (
            {"byday": "SU", "valid_from": "2026-04-01", "valid_to": "2026-07-01"},
            "Sundays, from 1 April 2026, until 1 July 2026",
        ),
        ({"byday": "SU", "valid_to": "2026-01-01"}, "Sundays, ended on 1 January 2026"),
        ({}, ""),
    ],
)
def test_when(schedule: dict[str, Any], said: str) -> None:
    assert words.when(schedule, TODAY) == said


def test_prices_and_distances_are_said_plainly() -> None:
    assert words.cost_line({"option": "A session", "amount": 4.5}) == "A session: £4.50"
    assert words.cost_line({"option": "Free", "amount": 0}) == "Free"
    assert words.cost_line({"option": "Carers", "amount": 0}) == "Carers: free"
    assert words.cost_line({"amount_description": "Ask for help with it"}) == "Ask for help with it"
    assert [words.distance(metres) for metres in (10, 700, 1609, 20_000)] == [
        "less than 0.1 miles",
        "0.4 miles",
        "1 mile",
        "12 miles",
    ]
    assert words.dial("+44 (1632) 960 123 ext 4") == "+441632960123"


def test_paragraphs_and_points_are_told_apart() -> None:
    found = words.blocks("We meet weekly.\nBring a friend.\n\n* shoes\n* a drink\nSee you!")
    assert [(block.is_list, block.lines) for block in found] == [
        (False, ("We meet weekly.", "Bring a friend.")),
        (True, ("shoes", "a drink")),
        (False, ("See you!",)),
    ]


@given(st.lists(st.uuids(), max_size=60))
def test_a_shortlist_comes_back_from_its_address(keys: list[UUID]) -> None:
    assert (
        list(shortlist.read(shortlist.written(keys))) == list(dict.fromkeys(keys[: shortlist.MOST * 2]))[:50]
    )


@given(st.text(max_size=200))
def test_any_text_is_some_shortlist(text: str) -> None:
    assert len(shortlist.read(text)) <= shortlist.MOST


def test_a_shortlist_ends_at_fifty() -> None:
    keys = tuple(uuid4() for _ in range(shortlist.MOST))
    with pytest.raises(ValueError, match="Take one off first"):
        shortlist.with_key(keys, uuid4())
    assert shortlist.with_key(keys, keys[3]) == keys
    assert len(shortlist.without_key(keys, keys[3])) == shortlist.MOST - 1


spots = st.builds(
    mapping.Spot,
    number=st.integers(1, 99),
    east=st.integers(400_000, 500_000),
    north=st.integers(200_000, 300_000),
    town=st.sampled_from(["", "Threadford", "Loomham-under-the-Spindle"]),
    href=st.just("#service-1"),
)


@given(st.lists(spots, min_size=1, max_size=20), st.none() | st.just((450_000, 250_000)))
def test_everything_lies_within_the_map(some: list[mapping.Spot], point: tuple[int, int] | None) -> None:
    drawn = mapping.draw(some, point)
    assert drawn is not None
    for pin in drawn.pins:
        assert pin.width / 2 <= pin.x <= drawn.width - pin.width / 2
        assert 0 <= pin.y <= drawn.height
    assert drawn.scale <= drawn.width / 2
    for town in drawn.towns:
        assert 0 <= town.x <= drawn.width
        assert 0 <= town.y <= drawn.height


def test_places_that_would_lie_on_each_other_share_a_pin() -> None:
    def spot(number: int, east: int) -> mapping.Spot:
        return mapping.Spot(number, east, 250_000, "Threadford", f"#service-{number}")

    drawn = mapping.draw([spot(1, 450_000), spot(2, 450_010), spot(3, 470_000), spot(4, 450_020)])
    assert drawn is not None
    assert {pin.text for pin in drawn.pins} == {"1 +2", "3"}
    assert mapping.draw([]) is None
