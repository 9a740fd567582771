"""Entries as editors and providers see them: the list, the task list of one entry, its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from goldenthread.core.actors import Actor
from goldenthread.core.ui.due import Due
from goldenthread.core.ui.parts import Event, Link, SummaryRow, Task
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import StatusTags, Tag
from goldenthread.localoffer import permissions, reading, workflow
from goldenthread.localoffer.document import Document
from goldenthread.localoffer.enums import Happening, State
from goldenthread.localoffer.models import Organization, Service, ServiceEvent, ServiceVersion

STATES = StatusTags(
    {
        State.DRAFT: ("Draft", "blue"),
        State.SUBMITTED: ("Waiting for approval", "yellow"),
        State.SENT_BACK: ("Sent back", "orange"),
        State.SCHEDULED: ("To be published", "purple"),
        State.PUBLISHED: ("Published", "green"),
        State.ARCHIVED: ("Archived", "grey"),
    }
)
COLUMNS = (
    Column("name", "Service", sortable=True, order_by=("name", "pk"), breaks=True),
    Column("organization", "Organisation", sortable=True, order_by=("organization__name", "pk"), breaks=True),
    Column("state", "State", sortable=True, order_by=("state", "name", "pk")),
    Column("public", "The public sees"),
    Column("checked", "Checked on", sortable=True, order_by=("checked_on", "pk")),
    Column("due", "Check again by", sortable=True, order_by=("due_on", "pk")),
    Column("id", "Key", download_only=True),
)
ORGANIZATIONS = (
    Column("name", "Organisation", sortable=True, order_by=("name", "pk"), breaks=True),
    Column("entries", "Entries", sortable=True, numeric=True, order_by=("entries", "pk")),
    Column("people", "People who keep them", sortable=True, numeric=True, order_by=("people", "pk")),
)
VERSIONS = (Column("number", "Version"), Column("at", "Saved"), Column("by", "By"), Column("what", ""))
CHANGES = (
    Column("label", "Part", breaks=True),
    Column("before", "Before", breaks=True),
    Column("after", "Now", breaks=True),
)
# Key, title, what it asks, and whether it must be filled in before publication.
SECTIONS = (
    ("about", "About the service", "Name, what it does, website", True),
    ("kinds", "Kinds and needs", "What families search by", False),
    ("who", "Who it is for", "Ages, eligibility, who may ask for it", False),
    ("where", "Where it is", "Places; addresses that must stay hidden", False),
    ("when", "When it runs", "Days and times", False),
    ("cost", "What it costs", "Prices, or that it is free", False),
    ("contact", "Contact", "Email, telephone, whom to ask for", False),
    ("access", "Getting in and around", "Steps, lifts, changing places, parking", False),
    ("questions", "The Local Offer questions", "Seven questions that families ask", False),
    ("notes", "Notes of the editors", "Only editors see these", False),
)
TITLES = {key: title for key, title, _, _ in SECTIONS}


def public_words(service: Service) -> str:
    """What the public sees of it."""
    if not service.is_live:
        return "Nothing"
    if service.is_paused:
        return "That it is closed for a time"
    return "These words" if service.state == State.PUBLISHED else "Older words"


def entry_rows(services: Iterable[Service], today: date) -> Iterator[Row]:
    """The rows of the list."""
    for one in services:
        yield Row(
            {
                "name": Link(one.name, reverse("lo_entry", args=[one.pk])),
                "organization": one.organization.name,
                "state": STATES[State(one.state)],
                "public": public_words(one),
                "checked": one.checked_on,
                "due": Due.of(one.due_on, today) if one.due_on and one.is_live else None,
                "id": str(one.pk),
            },
            id=str(one.pk),
            name=one.name,
        )


def organization_rows(rows: Iterable[Any]) -> Iterator[Row]:
    """The rows of the list of organisations."""
    for one in rows:
        link = Link(one.name, reverse("lo_organization", args=[one.pk]))
        yield Row({"name": link, "entries": one.entries, "people": one.people})


def sections_for(by: Actor) -> list[str]:
    """The parts of an entry that `by` writes."""
    return [key for key in TITLES if key != "notes" or permissions.can_edit_all(by)]


def tasks(service: Service, document: Document, by: Actor, may_save: bool) -> list[Task]:
    """The parts of an entry as a task list."""
    filled = {line.part for line in reading.lines(document)}
    found = []
    for key, title, hint, needed in SECTIONS:
        if key not in sections_for(by):
            continue
        done = key in filled and not (needed and not document.get("description"))
        empty: Tag | str = Tag("To do", "blue") if needed else "Nothing yet"
        href = reverse("lo_section", args=[service.pk, key]) if may_save else ""
        found.append(Task(title, "Filled in" if done else empty, href, hint))
    return found


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that can be done to an entry: its key in the address, its button and what follows."""

    key: str
    happening: Happening
    title: str
    text: str
    editors_only: bool = True
    warning: bool = False


DECISIONS = (
    Decision("submit", Happening.SUBMITTED, "Send for approval",
             "An editor of the council looks at it and publishes it, or sends it back with a reason.", False),
    Decision("publish", Happening.PUBLISHED, "Publish",
             "Everybody sees these words from now on. It counts as checked today."),
    Decision("schedule", Happening.SCHEDULED, "Publish on a day",
             "It stays as it is now until that day."),
    Decision("send-back", Happening.SENT_BACK, "Send back",
             "Whoever keeps the entry reads the reason, changes it and sends it again."),
    Decision("unschedule", Happening.UNSCHEDULED, "Take the day back", "It becomes a draft again."),
    Decision("check", Happening.CHECKED, "All of it is still right",
             "You have looked at what is public and it is right. Families see the day.", False),
    Decision("pause", Happening.PAUSED, "Close for a time",
             "The entry stays and says that the service is closed for a time.", False),
    Decision("reopen", Happening.REOPENED, "Open again", "It no longer says that it is closed.", False),
    Decision("discard", Happening.DISCARDED, "Take the changes back",
             "The published words stay. What you wrote stays readable as a version.", False, True),
    Decision("archive", Happening.ARCHIVED, "Archive",
             "Nobody outside finds it any more. It can be restored.", True, True),
    Decision("restore", Happening.RESTORED, "Restore", "It comes back as a draft."),
)  # fmt: skip
_UNFINISHED = {Happening.DISCARDED: {State.DRAFT, State.SUBMITTED, State.SENT_BACK}}


def decisions_for(service: Service, by: Actor) -> list[Decision]:
    """What `by` can do with the entry as it stands."""
    approves = permissions.can_approve(by)
    return [
        one
        for one in DECISIONS
        if workflow.allows(service.state, one.happening)
        and (approves or not one.editors_only)
        and not (approves and one.happening == Happening.SUBMITTED)
        and _makes_sense(service, one.happening)
    ]


def _makes_sense(service: Service, happening: Happening) -> bool:
    if happening in workflow.NEEDS_LIVE and not service.is_live:
        return False
    if happening == Happening.PAUSED:
        return not service.is_paused
    if happening == Happening.REOPENED:
        return service.is_paused
    return service.state in _UNFINISHED.get(happening, set(State))


def facts(service: Service, today: date) -> list[SummaryRow]:
    """The summary beside the task list."""
    rows = [
        SummaryRow("Organisation", service.organization.name),
        SummaryRow("State", STATES[State(service.state)]),
        SummaryRow("The public sees", public_words(service)),
        SummaryRow("Checked on", service.checked_on or "Not yet"),
    ]
    if service.is_live and service.due_on:
        rows.append(SummaryRow("Check again by", Due.of(service.due_on, today)))
    if service.scheduled_for:
        rows.append(SummaryRow("To be published on", service.scheduled_for))
    if service.paused_until:
        rows.append(SummaryRow("Closed until", service.paused_until))
    return rows


_COLOURS = {
    Happening.PUBLISHED: "green",
    Happening.LOADED: "green",
    Happening.SENT_BACK: "gold",
    Happening.ARCHIVED: "red",
    Happening.MERGED: "red",
    Happening.PAUSED: "gold",
}


def history(events: Iterable[ServiceEvent]) -> list[Event]:
    """What happened to the entry."""
    return [
        Event(
            one.at,
            Happening(one.kind).label,
            colour=_COLOURS.get(Happening(one.kind), "grey"),
            by=one.by_label,
            text=one.reason,
        )
        for one in events
    ]


def version_rows(service: Service, versions: Iterable[ServiceVersion]) -> Iterator[Row]:
    """The rows of the list of versions."""
    for one in versions:
        words = [Tag("Now", "blue")] if one.number == service.number else []
        if one.number == service.live_number:
            words.append(Tag("Public", "green"))
        link = Link(f"Version {one.number}", reverse("lo_version", args=[service.pk, one.number]))
        yield Row({"number": link, "at": one.at.date(), "by": one.by_label, "what": words})


def change_rows(changes: Sequence[reading.Change]) -> list[Row]:
    """What changed, line by line."""
    return [Row({"label": one.label, "before": one.before, "after": one.after}) for one in changes]


def preview(document: Document, *, notes: bool) -> list[tuple[str, list[SummaryRow]]]:
    """All that the entry says, part by part."""
    found = reading.lines(document, notes=notes)
    parts = [
        (title, [SummaryRow(one.label, one.text) for one in found if one.part == key])
        for key, title in TITLES.items()
    ]
    return [(title, rows) for title, rows in parts if rows]


def choices(organizations: Iterable[Organization]) -> list[tuple[str, str]]:
    """Organisations to choose from."""
    return [(str(one.pk), one.name) for one in organizations]
