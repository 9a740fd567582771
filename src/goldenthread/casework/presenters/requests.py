"""Whom a request may be for: people found, with what is open for them already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from goldenthread.casework.models import Case
from goldenthread.casework.presenters import words
from goldenthread.core.ui.parts import Link
from goldenthread.core.ui.tables import Column, Row, Table

_COLUMNS = (
    Column("name", "Child or young person"),
    Column("born", "Date of birth"),
    Column("upn", "UPN"),
    Column("open", "Open case"),
    Column("do", "Action"),
)


_WAYS = (("Record a request", "record_request_for"), ("Record a plan that moves in", "record_transfer"))


def people_table(people: Iterable[Any], open_cases: Mapping[UUID, Case], today: date) -> Table:
    """Everyone found; a request can be recorded for those with nothing open."""
    rows = []
    for person in people:
        case = open_cases.get(person.pk)
        go_on = [Link(text, reverse(name, args=[person.pk]), hidden=f"for {person}") for text, name in _WAYS]
        rows.append(
            Row(
                cells={
                    "name": [str(person), f"age {words.age_words(person.birth_date, today)}"],
                    "born": person.birth_date,
                    "upn": person.upn,
                    "open": [Link(case.reference, reverse("case", args=[case.pk])), words.STAGES[case.status]]
                    if case
                    else None,
                    "do": None if case else go_on,
                },
                id=str(person.pk),
            )
        )
    return Table(
        "People found",
        _COLUMNS,
        rows,
        noun=("person", "people"),
        empty="Nobody in the record matches.",
        empty_hint="Check the spelling, or search by date of birth. If they are new to us, add them.",
    )
