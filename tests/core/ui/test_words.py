"""Dates, counts, shares and due dates in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.ui import filters
from goldenthread.core.ui.due import Due
from goldenthread.core.ui.tags import StatusTags, Tag

TODAY = date(2024, 5, 9)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (filters.long_date(date(2024, 3, 5)), "5 March 2024"),
        (filters.long_date(datetime(2024, 6, 30, 23, 30, tzinfo=UTC)), "1 July 2024"),
        (filters.long_date(None), "–"),
        (filters.short_date(date(2024, 9, 1)), "1 Sep 2024"),
        (filters.month(date(2024, 9, 1)), "September 2024"),
        (filters.clock_time(datetime(2024, 1, 5, 14, 5)), "2:05pm"),
        (filters.clock_time(datetime(2024, 6, 5, 11, 0, tzinfo=UTC)), "midday"),
        (filters.clock_time(datetime(2024, 1, 5, 0, 30)), "12:30am"),
        (filters.number(1234), "1,234"),
        (filters.number(-1234.5), "−1,234.5"),
        (filters.number(None), "–"),
        (filters.percent(0.4567), "45.7%"),
        (filters.percent(None), "–"),
        (filters.percent(0), "0.0%"),
        (filters.yes_no(None), "Not known"),
        (filters.yes_no(False), "No"),
        (filters.plural(1, "case"), "1 case"),
        (filters.plural(0, "case"), "0 cases"),
        (filters.plural(1200, "child", "children"), "1,200 children"),
        (filters.ago(TODAY, TODAY), "today"),
        (filters.ago(TODAY - timedelta(1), TODAY), "yesterday"),
        (filters.ago(TODAY + timedelta(1), TODAY), "tomorrow"),
        (filters.ago(TODAY + timedelta(3), TODAY), "in 3 days"),
        (filters.days_left(TODAY, TODAY), "due today"),
        (filters.days_left(TODAY + timedelta(1), TODAY), "1 day left"),
    ],
)
def test_values_are_written_in_plain_english(written: str, expected: str) -> None:
    assert written == expected


@pytest.mark.parametrize(
    ("due", "done", "state", "words"),
    [
        (date(2024, 4, 30), None, "late", "9 days late – 30 Apr 2024"),
        (date(2024, 5, 8), None, "late", "1 day late – 8 May 2024"),
        (date(2024, 5, 9), None, "soon", "due today – 9 May 2024"),
        (date(2024, 5, 10), None, "soon", "due tomorrow – 10 May 2024"),
        (date(2024, 5, 12), None, "soon", "due in 3 days – 12 May 2024"),
        (date(2024, 5, 17), None, "later", "due in 8 days – 17 May 2024"),
        (date(2024, 4, 30), date(2024, 5, 5), "done", "done 5 May 2024, 5 days late"),
        (date(2024, 5, 9), date(2024, 5, 9), "done", "done 9 May 2024"),
        (None, None, "none", "no date set"),
    ],
)
def test_due_says_how_a_date_stands(due: date | None, done: date | None, state: str, words: str) -> None:
    said = Due.of(due, TODAY, done)
    assert (said.state, str(said)) == (state, words)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_due_is_late_exactly_when_the_day_has_passed(due: date, today: date) -> None:
    assert (Due.of(due, today).state == "late") == (due < today)


def test_tag_refuses_a_colour_with_no_style() -> None:
    with pytest.raises(ValueError, match="No tag colour 'pink'"):
        Tag("New", "pink")


def test_status_tags_name_the_statuses_they_leave_out() -> None:
    tags = StatusTags({"open": ("Open", "blue")})
    assert tags["open"] == Tag("Open", "blue")
    assert tags.missing(["open", "shut"]) == {"shut"}
