"""Worked examples that an officer can read and check: a story, a date in, the due date out, and why.

Data: `data/examples.toml`. The tests count every one; a page may show `examples_table()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from goldenthread.statute import ages, deadlines
from goldenthread.statute.datafile import DATA, Entry, entries
from goldenthread.statute.rules import rule

_COUNTERS: dict[str, Callable[..., date]] = {
    "annual_review_due": deadlines.annual_review_due,
    "appeal_deadline": deadlines.appeal_deadline,
    "compulsory_school_age_ends": ages.compulsory_school_age_ends,
    "end_of_year_of_25th_birthday": ages.end_of_year_of_25th_birthday,
    "move_review_due": deadlines.move_review_due,
    "move_transfer_due": deadlines.move_transfer_due,
    "phase_transfer_due": deadlines.phase_transfer_due,
    "plan_kept_until": deadlines.plan_kept_until,
    "review_amended_due": deadlines.review_amended_due,
    "views_close": deadlines.views_close,
}


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example."""

    id: str
    story: str
    trigger: date  # the date the count starts from (for ages: the birth date)
    expected: date
    why: str
    rule_id: str  # the rule counted, or the one that the counting function mostly rests on; may be empty
    counted_by: str  # 'due', or the function in `deadlines` or `ages`
    also: dict[str, Any]  # further arguments of that function, by name
    on: date | None  # the day of the law to count by; None for the newest
    source: str


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """An example as a table row."""

    what: str  # the title of the rule
    story: str
    trigger: date
    due: date
    why: str
    source: str


def _parse(entry: Entry) -> Example:
    rule_id = entry.text("rule", "")
    counted_by = entry.text("counted_by", "due")
    if counted_by == "due" and not rule_id:
        raise entry.fail("rule is missing; name the rule that is counted")
    if counted_by != "due" and counted_by not in _COUNTERS:
        raise entry.fail(f"counted_by is '{counted_by}'; use due or one of {', '.join(_COUNTERS)}")
    found = Example(
        id=entry.text("id"),
        story=entry.text("story"),
        trigger=entry.day("trigger"),
        expected=entry.day("expected"),
        why=entry.text("why"),
        rule_id=rule_id,
        counted_by=counted_by,
        also=entry.table("also"),
        on=entry.day_or_none("on"),
        source=rule(rule_id).source if rule_id else entry.text("source"),
    )
    entry.finish()
    return found


def load_examples(folder: Path = DATA) -> dict[str, Example]:
    """Every example by id. Raises StatuteDataError on the first wrong entry."""
    found: dict[str, Example] = {}
    for entry in entries(folder / "examples.toml", "example"):
        one = _parse(entry)
        entry.refuse_twice(one.id, found)
        found[one.id] = one
    return found


@cache
def _all() -> dict[str, Example]:
    return load_examples()


def examples() -> tuple[Example, ...]:
    """Every worked example, in the order of the data."""
    return tuple(_all().values())


def work_out(example: Example) -> date:
    """The date that the code counts for an example, to set beside the expected one."""
    if example.counted_by == "due":
        return deadlines.due(example.rule_id, example.trigger, on=example.on)
    return _COUNTERS[example.counted_by](example.trigger, **example.also)


_AGE_TITLES = {
    "compulsory_school_age_ends": "Compulsory school age ends",
    "end_of_year_of_25th_birthday": "Last day a plan may run",
}


def examples_table() -> list[ExampleRow]:
    """The examples as rows for a page, each with the date the code counts now, not the one typed in."""
    return [
        ExampleRow(
            what=rule(one.rule_id).title if one.rule_id else _AGE_TITLES[one.counted_by],
            story=one.story,
            trigger=one.trigger,
            due=work_out(one),
            why=one.why,
            source=one.source,
        )
        for one in examples()
    ]
