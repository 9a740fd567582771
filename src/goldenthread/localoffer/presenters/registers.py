"""Entries beside the registers, and entries that are overdue, as editors see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from goldenthread.core.ui.due import Due
from goldenthread.core.ui.parts import Link
from goldenthread.core.ui.tables import Column, Row
from goldenthread.localoffer.enums import Register, RegisterState
from goldenthread.localoffer.models import RegisterEntry

COLUMNS = (
    Column("name", "Name", breaks=True),
    Column("urn", "URN"),
    Column("told", "What the register says", breaks=True),
    Column("entry", "Entry", breaks=True),
)
OVERDUE = (
    Column("name", "Service", sortable=True, order_by=("name", "pk"), breaks=True),
    Column("organization", "Organisation", sortable=True, order_by=("organization__name", "pk"), breaks=True),
    Column("checked", "Checked on", sortable=True, order_by=("checked_on", "pk")),
    Column("due", "Check again by", sortable=True, order_by=("due_on", "pk")),
    Column("asked", "Last asked"),
    Column("keepers", "Who is asked"),
)
# What can be done with the rows of each state: the button, and what it is called in the address.
DOES = {
    RegisterState.NEW: (("start", "Start draft entries"), ("leave", "Not for the Local Offer")),
    RegisterState.CHANGED: (("take", "Take it over as drafts"), ("leave", "Leave as they are")),
    RegisterState.CLOSED: (("leave", "Leave as they are"),),
    RegisterState.BACK: (("leave", "Leave as they are"),),
    RegisterState.SAME: (),
}
HINTS = {
    RegisterState.NEW: "Places of the register that no entry names by its URN.",
    RegisterState.CHANGED: "The name, the address or the ages differ.",
    RegisterState.CLOSED: "The register says that these are closed. Open the entry to archive it.",
    RegisterState.BACK: "These entries are archived, and the register says that the place is open. "
    "Open the entry to restore it.",
    RegisterState.SAME: "These say what the register says.",
}


def tabs(register: str, counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """The states, each with how many."""
    here = reverse("lo_register", args=[register])
    return [
        {
            "text": state.label,
            "href": f"{here}?state={state.value}",
            "current": state.value == chosen,
            "count": counts[state.value],
        }
        for state in RegisterState
    ]


def registers(chosen: str) -> list[dict[str, Any]]:
    """The registers."""
    return [
        {"text": one.label, "href": reverse("lo_register", args=[one.value]), "current": one.value == chosen}
        for one in Register
    ]


def register_rows(entries: Iterable[RegisterEntry]) -> Iterator[Row]:
    """The rows of one state."""
    for one in entries:
        told = [f"{label}: {theirs} (here: {ours or 'nothing'})" for label, ours, theirs in one.differences]
        says = ", ".join(
            str(one.says[key]) for key in ("kind", "street", "town", "postcode") if one.says.get(key)
        )
        service = one.service
        yield Row(
            {
                "name": one.name,
                "urn": one.urn,
                "told": "; ".join(told) or says,
                "entry": Link(service.name, reverse("lo_entry", args=[service.pk])) if service else "",
            },
            id=str(one.pk),
            name=one.name,
        )


def overdue_rows(services: Iterable[Any], today: date) -> Iterator[Row]:
    """The rows of the list of what is overdue."""
    for one in services:
        keepers = f"{one.keepers} who keep it" if one.keepers else one.organization.email or "Nobody"
        yield Row(
            {
                "name": Link(one.name, reverse("lo_entry", args=[one.pk])),
                "organization": one.organization.name,
                "checked": one.checked_on or "Never",
                "due": Due.of(one.due_on, today) if one.due_on else None,
                "asked": one.asked_at.date() if one.asked_at else "Never",
                "keepers": "The person who keeps it" if one.keepers == 1 else keepers,
            },
            id=str(one.pk),
            name=one.name,
        )
