"""What a forecast is made from, as the pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.urls import reverse

from goldenthread.core.ui.parts import Link, Task
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import Tag
from goldenthread.forecast.money import LINES
from goldenthread.forecast.space import PLACEMENTS
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import InputVersion
from goldenthread.planning.queries.inputs import InputState
from goldenthread.planning.reading import LAYOUTS
from goldenthread.planning.reading.table import CellProblem

GIVEN, MISSING, STAND_IN = Tag("Given", "green"), Tag("Missing", "red"), Tag("Assumed", "yellow")
NOT_NEEDED = Tag("Not given", "grey")
VERSIONS: Final = (
    Column("number", "Version", numeric=True),
    Column("source", "Where it comes from"),
    Column("covers", "What it covers"),
    Column("rows", "Rows", numeric=True),
    Column("stand_in", "Stand-in"),
    Column("given", "Given"),
    Column("by", "By"),
)
PROBLEMS: Final = (
    Column("row", "Row", numeric=True),
    Column("column", "Column"),
    Column("value", "What the cell says"),
    Column("message", "What is wrong and how to mend it"),
)
SHOWN_PROBLEMS: Final = 200


def tag_of(state: InputState) -> Tag:
    """How things stand with a kind of input, in a word."""
    if state.version is None:
        return MISSING if state.wanted else NOT_NEEDED
    return STAND_IN if state.version.assumed else GIVEN


def tasks(states: Iterable[InputState]) -> list[Task]:
    """The wizard: each kind of input with how it stands."""
    found = []
    for state in states:
        hint = f"Assumed: {state.assumption}" if state.missing else _short(state)
        found.append(
            Task(
                InputKind(state.kind).label,
                tag_of(state),
                reverse("planning_input", args=[state.kind.value]),
                hint,
            )
        )
    return found


def _short(state: InputState) -> str:
    version = state.version
    if version is None:
        return ""
    said = f"Version {version.number}: {version.source}. {covers(version.about)}".strip()
    return f"{said} {state.assumption}".strip() if version.assumed else said


def missing_words(states: Iterable[InputState]) -> list[str]:
    """What is missing or a stand-in, with what is assumed: a sentence each."""
    found = []
    for state in states:
        if state.missing and state.wanted:
            found.append(f"{InputKind(state.kind).label}: missing. Assumed: {state.assumption}")
        elif state.version is not None and state.version.assumed:
            found.append(f"{InputKind(state.kind).label}: a stand-in. {state.version.source}.")
    return found


def covers(about: dict[str, Any]) -> str:
    """What a version covers: `Years 2023 to 2028. Ages 0 to 25.`"""
    said = []
    if "first_year" in about:
        said.append(f"Years {about['first_year']} to {about['last_year']}.")
    if "ages" in about:
        said.append(f"Ages {about['ages'][0]} to {about['ages'][1]}.")
    if "placements" in about:
        said.append(f"{len(about['placements'])} placements.")
    if "areas" in about:
        many = len(about["areas"])
        said.append(f"{many} area{'' if many == 1 else 's'}.")
    return " ".join(said)


def version_rows(versions: Iterable[InputVersion]) -> Iterator[Row]:
    """The history of a kind of input; the first is in force."""
    for one in versions:
        yield Row(
            {
                "number": one.number,
                "source": one.source,
                "covers": covers(one.about),
                "rows": one.rows,
                "stand_in": one.assumed,
                "given": one.created_at.date(),
                "by": one.by_label,
            }
        )


def problem_table(problems: list[CellProblem]) -> Table:
    """Every wrong cell of a file, or the first of very many."""
    rows = [
        Row(
            {"row": one.row, "column": one.column, "value": one.value[:60], "message": _sentence(one.message)}
        )
        for one in problems[:SHOWN_PROBLEMS]
    ]
    return Table("What is wrong with the file", PROBLEMS, rows, id="problems", noun=("cell", "cells"))


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}."


def layout_words(kind: InputKind) -> str:
    """Which columns a file of a kind has."""
    return LAYOUTS.get(kind, "")


_YEARS = (2024, 2025, 2026, 2027, 2028)
_AGES: Final = range(26)


def template_rows(kind: InputKind) -> list[list[Any]]:
    """A file to fill in: its headings, and rows with the codes but without the amounts."""
    if kind is InputKind.POPULATION:
        return [["area_code", "area_name", "age", *_YEARS], *(["", "", age] for age in _AGES)]
    if kind is InputKind.PRICES:
        head = ["placement", "line", "place", "share", "top_up", "spread"]
        return [head, *([place.code, "", "", 1, "", 0] for place in PLACEMENTS)]
    if kind is InputKind.CAPACITY:
        head = ["placement", "census_year", "places", "overflow"]
        return [head, *(["special", year, "", "independent 70%, mainstream 30%"] for year in _YEARS)]
    years = [f"{year}-{(year + 1) % 100:02}" for year in _YEARS]
    if kind is InputKind.BUDGET:
        return [["financial_year", "line", "amount"], *([years[0], line, ""] for line in LINES)]
    rows: list[list[Any]] = [["financial_year", "item", "line", "amount"]]
    rows.append([years[0], "opening_balance", "", ""])
    for year in years:
        rows += [[year, "allocation", "", ""], [year, "transfer", "", 0], [year, "inflation", "", ""]]
        rows += [[year, "fixed", "1.2.5", ""]]
    return rows


def template_link(kind: InputKind) -> Link:
    """Where the file to fill in is."""
    return Link("Download a file to fill in", reverse("planning_input_template", args=[kind.value]))
