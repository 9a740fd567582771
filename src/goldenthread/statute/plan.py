"""The sections of a plan and the kinds of advice an assessment seeks, as data with citations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from goldenthread.statute.ages import national_curriculum_year
from goldenthread.statute.datafile import DATA, Mark, UnknownEntryError, entries
from goldenthread.statute.rules import Turn

YEAR_9 = 9


@dataclass(frozen=True, slots=True)
class Section:
    """One section of an EHC plan."""

    id: str
    title: str
    holds: str
    adulthood: bool  # from year 9 it must hold what prepares for adulthood, as appropriate
    source: str
    mark: Mark
    in_force_from: date
    notes: str


class Needed(StrEnum):
    """When a kind of advice is needed."""

    ALWAYS = "always"
    YEAR_9_ON = "year_9_on"
    SENSORY_IMPAIRMENT = "sensory_impairment"
    FAMILY_ASKS = "family_asks"
    COUNCIL_ASKS = "council_asks"


@dataclass(frozen=True, slots=True)
class AdviceKind:
    """One kind of advice that an assessment seeks."""

    id: str
    title: str
    from_whom: str
    turn: Turn
    when: Needed
    source: str
    mark: Mark
    in_force_from: date


def load_sections(folder: Path = DATA) -> dict[str, Section]:
    """The sections by letter. Raises StatuteDataError on the first wrong entry."""
    found: dict[str, Section] = {}
    for entry in entries(folder / "plan_sections.toml", "section"):
        one = Section(
            id=entry.text("id"),
            title=entry.text("title"),
            holds=entry.text("holds"),
            adulthood=entry.flag("adulthood"),
            source=entry.text("source"),
            mark=entry.choice("mark", Mark),
            in_force_from=entry.day("in_force_from"),
            notes=entry.text("notes", ""),
        )
        entry.finish()
        entry.refuse_twice(one.id, found)
        found[one.id] = one
    return found


def load_advice_kinds(folder: Path = DATA) -> dict[str, AdviceKind]:
    """The kinds of advice by id. Raises StatuteDataError on the first wrong entry."""
    found: dict[str, AdviceKind] = {}
    for entry in entries(folder / "advice_kinds.toml", "advice"):
        one = AdviceKind(
            id=entry.text("id"),
            title=entry.text("title"),
            from_whom=entry.text("from_whom"),
            turn=entry.choice("turn", Turn),
            when=entry.choice("when", Needed),
            source=entry.text("source"),
            mark=entry.choice("mark", Mark),
            in_force_from=entry.day("in_force_from"),
        )
        entry.finish()
        entry.refuse_twice(one.id, found)
        found[one.id] = one
    return found


@cache
def _sections() -> dict[str, Section]:
    return load_sections()


@cache
def _advice_kinds() -> dict[str, AdviceKind]:
    return load_advice_kinds()


def plan_sections() -> tuple[Section, ...]:
    """Every section of a plan, A to K."""
    return tuple(_sections().values())


def plan_section(section_id: str) -> Section:
    """One section by its letter, such as 'B' or 'H1'. Raises UnknownEntryError when there is none."""
    found = _sections().get(section_id)
    if found is None:
        raise UnknownEntryError(f"A plan has no section '{section_id}'. It has {', '.join(_sections())}.")
    return found


def advice_kinds() -> tuple[AdviceKind, ...]:
    """Every kind of advice, in the order of the law."""
    return tuple(_advice_kinds().values())


def advice_kind(kind_id: str) -> AdviceKind:
    """One kind of advice by id, such as 'psychological'. Raises UnknownEntryError when there is none."""
    found = _advice_kinds().get(kind_id)
    if found is None:
        raise UnknownEntryError(f"There is no advice '{kind_id}'. There is {', '.join(_advice_kinds())}.")
    return found


def advice_needed(birth_date: date, on: date, *, sensory_impairment: bool = False) -> tuple[AdviceKind, ...]:
    """The advice that the law always asks for in an assessment begun on a day.

    What the family or the council adds is not in it. Source: R6(1) to (2).
    """
    wanted = {Needed.ALWAYS}
    if national_curriculum_year(birth_date, on) >= YEAR_9:
        wanted.add(Needed.YEAR_9_ON)
    if sensory_impairment:
        wanted.add(Needed.SENSORY_IMPAIRMENT)
    return tuple(kind for kind in advice_kinds() if kind.when in wanted)
