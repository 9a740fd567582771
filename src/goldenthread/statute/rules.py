"""The time limits of the EHC process as dated data: what runs, from when, how it is counted, by what law.

`rule(id, on)` is the version in force on a day; `law_version(on)` names the whole set of rules in force on a
day, so that a case can store the law it runs under. Data: `data/rules/*.toml`, `data/exceptions.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path

from goldenthread.statute.datafile import (
    DATA,
    Entry,
    Mark,
    StatuteDataError,
    UnknownEntryError,
    entries,
    files,
)
from goldenthread.statute.grounds import Ground, ground, load_grounds


class Unit(StrEnum):
    """What a limit counts."""

    CALENDAR_DAYS = "calendar_days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS = "working_days"  # Monday to Friday but for bank holidays in England
    TRIBUNAL_WORKING_DAYS = "tribunal_working_days"  # working days outside August and 25 Dec to 1 Jan
    FIXED_DATE = "fixed_date"  # a day and month of the year of the trigger


class Counting(StrEnum):
    """How the trigger day is treated."""

    AFTER = "after"  # the trigger day is day 0
    BEGINNING_WITH = "beginning_with"  # the trigger day is day 1
    BEFORE = "before"  # counted back from the trigger day
    FIXED = "fixed"  # the date is fixed; only the trigger's year matters


class Bound(StrEnum):
    """What the due date means."""

    NO_LATER_THAN = "no_later_than"  # the last day on which the step is in time
    AT_LEAST = "at_least"  # the last day of a period that must be allowed in full


class Turn(StrEnum):
    """Who must act."""

    COUNCIL = "council"
    FAMILY = "family"
    SETTING = "setting"
    ADVISER = "adviser"
    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    MEDIATION_ADVISER = "mediation_adviser"
    OTHER_COUNCIL = "other_council"


@dataclass(frozen=True, slots=True)
class Rule:
    """One time limit, in one version of the law."""

    id: str
    title: str
    stage: str  # the chapter it belongs to, such as assessment or keeping
    trigger: str  # what starts the count, in plain words
    number: int
    unit: Unit
    counting: Counting
    bound: Bound
    turn: Turn
    source: str
    mark: Mark
    in_force_from: date
    in_force_to: date | None  # the last day in force; None while it still is
    notes: str
    closed_season_rolls: bool  # ending in the tribunal's closed season, it runs to the next working day
    order_kinds: tuple[str, ...]  # which orders or unopposed appeals set it off; else empty
    month: int | None  # for fixed dates
    day: int | None
    exceptions: tuple[str, ...] = ()  # ids of the grounds that may excuse a late step

    def in_force(self, on: date) -> bool:
        """Whether this version is the law on a day."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)

    @property
    def length(self) -> str:
        """The limit in words: '6 weeks', '15 days beginning with that day', '15 February'."""
        return _length(self)


class NotInForceError(ValueError):
    """The rule exists, but not in the law of the day asked about."""


_UNIT_WORDS = {
    Unit.CALENDAR_DAYS: "day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
    Unit.WORKING_DAYS: "working day",
    Unit.TRIBUNAL_WORKING_DAYS: "tribunal working day",
}


def _length(rule: Rule) -> str:
    if rule.month is not None and rule.day is not None:
        return f"{rule.day} {date(2000, rule.month, 1):%B}"
    if rule.number == 0:
        return "at once"
    word = _UNIT_WORDS[rule.unit]
    words = f"{rule.number} {word}{'' if rule.number == 1 else 's'}"
    tail = {Counting.BEFORE: " before", Counting.BEGINNING_WITH: " beginning with that day"}
    return words + tail.get(rule.counting, "")


def _parse(entry: Entry) -> Rule:
    found = Rule(
        id=entry.text("id"),
        title=entry.text("title"),
        stage=entry.text("stage"),
        trigger=entry.text("trigger"),
        number=entry.number("number", 0),
        unit=entry.choice("unit", Unit),
        counting=entry.choice("counting", Counting),
        bound=entry.choice("bound", Bound, Bound.NO_LATER_THAN),
        turn=entry.choice("turn", Turn),
        source=entry.text("source"),
        mark=entry.choice("mark", Mark),
        in_force_from=entry.day("in_force_from"),
        in_force_to=entry.day_or_none("in_force_to"),
        notes=entry.text("notes", ""),
        closed_season_rolls=entry.flag("closed_season_rolls"),
        order_kinds=entry.texts("order_kinds", []),
        month=entry.number_or_none("month"),
        day=entry.number_or_none("day"),
    )
    entry.finish()
    _check_dates(found, entry)
    _check_counting(found, entry)
    return found


def _check_dates(found: Rule, entry: Entry) -> None:
    if found.in_force_to is not None and found.in_force_to < found.in_force_from:
        raise entry.fail("in_force_to is before in_force_from")


def _check_counting(found: Rule, entry: Entry) -> None:
    if (found.unit is Unit.FIXED_DATE) != (found.counting is Counting.FIXED):
        raise entry.fail("unit fixed_date and counting fixed go together")
    if found.counting is Counting.FIXED:
        try:
            date(2001, found.month or 0, found.day or 0)
        except ValueError:
            raise entry.fail("a fixed date needs a month and a day that exist in every year") from None
    elif found.closed_season_rolls and found.unit is not Unit.MONTHS:
        raise entry.fail("closed_season_rolls is for limits in months")
    elif found.month is not None or found.day is not None:
        raise entry.fail("month and day belong to fixed dates only")
    elif found.counting is Counting.BEGINNING_WITH and found.number < 1:
        raise entry.fail("a period beginning with a day has at least one day")


RuleBook = dict[str, tuple[Rule, ...]]


def load_rules(folder: Path = DATA) -> RuleBook:
    """Every version of every rule, oldest first. Raises StatuteDataError on the first wrong entry."""
    book: dict[str, list[Rule]] = {}
    for path in files(folder / "rules"):
        for entry in entries(path, "rule"):
            found = _parse(entry)
            book.setdefault(found.id, []).append(found)
    lifts = _grounds_by_rule(folder, set(book))
    return {name: _in_order(name, versions, lifts.get(name, ())) for name, versions in book.items()}


def _in_order(name: str, versions: list[Rule], grounds: tuple[str, ...]) -> tuple[Rule, ...]:
    ordered = sorted(
        (replace(one, exceptions=grounds) for one in versions), key=lambda one: one.in_force_from
    )
    for earlier, later in pairwise(ordered):
        if earlier.in_force_to is None or earlier.in_force_to >= later.in_force_from:
            raise StatuteDataError(f"{name}: two versions are in force on {later.in_force_from:%d %B %Y}")
    return tuple(ordered)


def _grounds_by_rule(folder: Path, known: set[str]) -> dict[str, tuple[str, ...]]:
    """Which grounds each rule allows, read from the grounds, where the law puts it: one home for the link."""
    lifts: dict[str, tuple[str, ...]] = {}
    for allowed in load_grounds(folder).values():
        for name in allowed.lifts:
            if name not in known:
                raise StatuteDataError(f"exceptions.toml: {allowed.id}: lifts '{name}', which is not a rule")
            lifts[name] = (*lifts.get(name, ()), allowed.id)
    return lifts


@cache
def _book() -> RuleBook:
    return load_rules()


def rule(rule_id: str, on: date | None = None) -> Rule:
    """The rule as it stood on a day; without a day, its newest version.

    Raises UnknownEntryError for an id that no rule has, NotInForceError for a day before or after it.
    """
    versions = _book().get(rule_id)
    if versions is None:
        raise UnknownEntryError(f"There is no rule called '{rule_id}'. The rules are in statute/data/rules.")
    if on is None:
        return versions[-1]
    for version in versions:
        if version.in_force(on):
            return version
    raise NotInForceError(f"'{versions[-1].title}' was not the law on {on:%d %B %Y}.")


def all_rules(on: date | None = None) -> tuple[Rule, ...]:
    """Every rule in force on a day (without a day: the newest version of each), in the order of the data."""
    if on is None:
        return tuple(versions[-1] for versions in _book().values())
    return tuple(one for versions in _book().values() for one in versions if one.in_force(on))


def exceptions_for(rule_id: str) -> tuple[Ground, ...]:
    """The grounds that may excuse a late step under this rule; empty when the limit has none."""
    return tuple(ground(name) for name in rule(rule_id).exceptions)


def rules_in_stage(stage: str, on: date | None = None) -> tuple[Rule, ...]:
    """The rules of one chapter in force on a day, such as 'assessment' or 'tribunal_order'."""
    return tuple(one for one in all_rules(on) if one.stage == stage)


@cache
def law_versions() -> tuple[str, ...]:
    """The days on which some rule began or ended, oldest first: each names the law from then on."""
    every = [one for versions in _book().values() for one in versions]
    starts = {one.in_force_from for one in every}
    ends = {one.in_force_to + timedelta(days=1) for one in every if one.in_force_to is not None}
    return tuple(sorted(day.isoformat() for day in starts | ends))


def law_version(on: date) -> str:
    """The id of the law in force on a day, to store with a case. Days before the first version raise.

    The id is the ISO date on which that law began, so `law_date` turns it back into a day to ask rules with.
    """
    day = on.isoformat()
    found = [version for version in law_versions() if version <= day]
    if not found:
        raise NotInForceError(f"No EHC rules were in force on {on:%d %B %Y}; they begin on 1 September 2014.")
    return found[-1]


def law_date(version: str) -> date:
    """The first day of a law version: pass it as `on`. Raises NotInForceError for an id never given out."""
    if version not in law_versions():
        raise NotInForceError(f"There is no law version '{version}'.")
    return date.fromisoformat(version)
