"""Files of services as editors see them: the list, how far one is, what its rows do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.ui.filters import number
from goldenthread.core.ui.parts import Link, Progress, SummaryRow
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import StatusTags
from goldenthread.localoffer.enums import LoadState, Outcome
from goldenthread.localoffer.models import Load
from goldenthread.localoffer.sheet.columns import COLUMNS
from goldenthread.localoffer.sheet.rows import Finding

STATES = StatusTags(
    {
        LoadState.CHECKING: ("Being checked", "yellow"),
        LoadState.CHECKED: ("Checked, nothing changed yet", "blue"),
        LoadState.APPLYING: ("Being loaded", "yellow"),
        LoadState.DONE: ("Loaded", "green"),
        LoadState.FAILED: ("Could not be loaded", "red"),
        LoadState.LEFT: ("Put aside", "grey"),
    }
)
FILES = (
    Column("name", "File", breaks=True),
    Column("at", "Given"),
    Column("by", "By", breaks=True),
    Column("state", "State"),
    *(Column(one.value, one.label, numeric=True) for one in Outcome),
)
FINDINGS = (
    Column("row", "Row", numeric=True),
    Column("column", "Column"),
    Column("value", "What it says", breaks=True),
    Column("wrong", "What is wrong", breaks=True),
    Column("mend", "How to mend it", breaks=True),
)
OUTCOMES = (
    Column("name", "Service", breaks=True),
    Column("row", "Row", numeric=True),
    Column("changed", "Columns that change", breaks=True),
)


def file_rows(loads: Iterable[Load]) -> Iterator[Row]:
    """The rows of the list."""
    for one in loads:
        yield Row(
            {
                "name": Link(one.file_name, reverse("lo_load", args=[one.pk])),
                "at": one.created_at.date(),
                "by": one.by_label,
                "state": STATES[LoadState(one.state)],
                **{outcome.value: getattr(one, outcome.value) for outcome in Outcome},
            }
        )


def progress(load: Load, *, still: bool) -> Progress:
    """How far it is."""
    label = "Checking the rows" if load.state == LoadState.CHECKING else "Loading the rows"
    facts = []
    if load.seen_at is not None:
        silent = max(0, round((clock.now() - load.seen_at).total_seconds()))
        facts.append(SummaryRow("Last heard of", f"{silent} s ago"))
    return Progress(label, load.done, load.rows, refresh=0 if still else 5, facts=facts)


def facts(load: Load) -> list[SummaryRow]:
    """What file it is."""
    return [
        SummaryRow("State", STATES[LoadState(load.state)]),
        SummaryRow("Given by", f"{load.by_label}, {load.created_at:%-d %B %Y}"),
        SummaryRow("Read as", load.read_as),
        SummaryRow("Rows", number(load.rows)),
        SummaryRow(
            "New and changed entries", "Public at once" if load.publish else "Drafts, to be looked at"
        ),
    ]


def tabs(load: Load, chosen: str) -> list[dict[str, Any]]:
    """What can be looked at, each with how many."""
    words = {"problems": ("Refused", load.refused)}
    words |= {one.value: (one.label, getattr(load, one.value)) for one in Outcome if one != Outcome.REFUSED}
    here = reverse("lo_load", args=[load.pk])
    return [
        {"text": f"{label} ({number(count)})", "href": f"{here}?show={key}", "current": key == chosen}
        for key, (label, count) in words.items()
    ]


def finding_rows(findings: Sequence[Finding]) -> list[Row]:
    """What is wrong, row by row."""
    return [
        Row(
            {
                "row": one.row,
                "column": one.column or "The whole row",
                "value": one.value,
                "wrong": one.message if one.refuses else f"{one.message} The row is loaded.",
                "mend": one.mend,
            }
        )
        for one in findings
    ]


def outcome_rows(outcomes: Sequence[list[Any]], *, linked: bool) -> list[Row]:
    """The rows of a file that do one thing."""
    return [
        Row(
            {
                "row": row,
                "name": Link(name or "No name", reverse("lo_entry", args=[key])) if linked else name,
                "changed": changed,
            }
        )
        for row, _, name, changed, key in outcomes
    ]


def layout_rows() -> list[Row]:
    """The columns that are written in a way of their own."""
    return [Row({"label": one.label, "hint": one.hint}) for one in COLUMNS if one.read and one.hint]


def plain_columns() -> str:
    """The names of the columns that hold words as they are."""
    return "; ".join(one.label for one in COLUMNS if one.read and not one.hint)


LAYOUT = (Column("label", "Column"), Column("hint", "How it is written", breaks=True))
