"""What the demonstration's pages show: the people one can be, and its figures beside the published ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from goldenthread.core.roles import PARTNERS, Role
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import Tag
from goldenthread.demo.calibration import Line
from goldenthread.people.enums import SettingGroup
from goldenthread.statute.codes import codeset


@dataclass(frozen=True, slots=True)
class Card:
    """One person one can be; `current` is who one is now."""

    key: str
    name: str
    job: str
    does: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under a heading."""

    title: str
    cards: list[Card]


def groups(personas: Iterable[dict[str, str]], current: UUID | None) -> list[Group]:
    """The people by where they stand: the council, those who advise it, the family."""
    found: dict[str, list[Card]] = {"The council": [], "Schools, advisers and providers": [], "Families": []}
    for one in personas:
        card = Card(one["key"], one["name"], one["job"], one["does"], one["user"] == str(current))
        found[_side(one["role"])].append(card)
    return [Group(title, cards) for title, cards in found.items() if cards]


def _side(role: str) -> str:
    if role == Role.FAMILY:
        return "Families"
    return "Schools, advisers and providers" if role in PARTNERS | {Role.PROVIDER} else "The council"


COLUMNS = (
    Column("name", "Figure"),
    Column("published", "Published", numeric=True),
    Column("made", "This county", numeric=True),
    Column("near", "Within tolerance"),
)
_TITLES = (
    (r"within|over a year|decided within", "Time limits"),
    (r"^(requests|new plans|plans not issued|ceased)", "Requests and plans in each year"),
    (r"^plans in January", "Plans maintained each January"),
    (r"^(need|boys|personal|residential)", "Needs, sex, budgets and residential places, January 2024"),
    (r"(?i)^January \d+: (under|age)", "Ages"),
    (r"^January", "Where children and young people are placed"),
)


def tables(lines: Iterable[Line]) -> list[Table]:
    """The county's figures beside the published ones, a table for each subject."""
    rows: dict[str, list[Row]] = {title: [] for _, title in _TITLES}
    for line in lines:
        rows[_title(line.name)].append(_row(line))
    return [Table(title, COLUMNS, found) for title, found in rows.items() if found]


def kept_to(lines: Iterable[Line]) -> tuple[int, int]:
    """How many figures are within their tolerance, and of how many."""
    holds = [line.holds for line in lines]
    return sum(holds), len(holds)


def _title(name: str) -> str:
    return next(title for pattern, title in _TITLES if re.search(pattern, name))


def _row(line: Line) -> Row:
    allowed = f"{line.tolerance:g} points" if line.share else f"{line.tolerance:.0%}"
    near = Tag("Yes", "green") if line.holds else Tag(f"No: over {allowed}", "yellow")
    return Row(
        {
            "name": words(line.name),
            "published": _figure(line, line.published),
            "made": _figure(line, line.made),
            "near": near,
        }
    )


def _figure(line: Line, value: float) -> str:
    return f"{value:.1f}%" if line.share else f"{value:,.0f}"


def words(name: str) -> str:
    """The name of a figure in plain English: no column names, no codes."""
    text = name.removesuffix(", %")
    if found := re.fullmatch(r"requests refused (\d+), %", name):
        return f"Share of requests refused {found[1]}"
    if found := re.fullmatch(r"ceased (\d+), reason (.+)", text):
        return f"Plans ceased {found[1]}: {codeset('cease_reason').label(found[2])}"
    if found := re.fullmatch(r"need (\w+)", text):
        return codeset("sen_type").label(found[1])
    if found := re.fullmatch(r"(January \d+): (\w+)", text):
        return f"{found[1]}: {_place(found[2])}"
    return "".join(_sentence(text))


def _place(column: str) -> str:
    base = column.removesuffix("_resourced_provision")
    label = str(SettingGroup(base).label) if base in SettingGroup.values else base.replace("_", " ")
    return f"{label}, in resourced provision" if base != column else label


def _sentence(text: str) -> Iterator[str]:
    yield text[:1].upper()
    yield text[1:].replace("_", " ")
