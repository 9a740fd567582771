"""One child's or young person's record, in four parts. Opening any of them is written in the audit log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.core import audit, clock, panels
from goldenthread.core.access import signed_in
from goldenthread.core.permissions import holds
from goldenthread.core.roles import Role
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.people.models import Person
from goldenthread.people.presenters import records as words
from goldenthread.people.queries import record as read
from goldenthread.people.views.acting import readers, readers_and_family


def _open(request: HttpRequest, person_id: UUID, what: str, current: str) -> tuple[Person, dict[str, Any]]:
    """The record, written down as looked at, and what the frame of its pages shows."""
    person = read.person_record(by=signed_in(request), person_id=person_id)
    audit.saw(by=signed_in(request), person_id=person.pk, what=what, obj=person)
    family = signed_in(request).role == Role.FAMILY
    context = {
        "person": person,
        "about": words.age_words(person, clock.today()),
        "tabs": words.tabs(person, current, family=family),
        "kept": person.merged_into,
        "may_edit": holds(signed_in(request), "people.edit") and person.merged_into is None,
    }
    return person, context


@readers
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who this is: names, identifiers, addresses, and what rooms above add."""
    person, context = _open(request, person_id, "person", "person")
    context |= {
        "facts": words.facts(person),
        "identifiers": words.identifiers(person),
        "names": words.names_table(person, read.names_of(person), may_edit=context["may_edit"]),
        "addresses": words.addresses_table(read.addresses_of(person)),
        "panels": panels.panels_for("person", person, signed_in(request)),
    }
    return render(request, "people/person.html", context)


@readers
def contacts(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The adults around the person, and who speaks for a young person."""
    person, context = _open(request, person_id, "contacts", "person_contacts")
    related = read.relationships_of(person)
    context |= {
        "cards": [words.contact_card(one, may_edit=context["may_edit"]) for one in related],
        "voice": words.voice(person, read.spokespeople_of(person), clock.today()),
    }
    return render(request, "people/contacts.html", context)


@readers
def changes(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every change of the record, with where each value came from."""
    person, context = _open(request, person_id, "changes", "person_changes")
    records = read.records_of(person)
    table = _history(request, "Changes", words.CHANGE_COLUMNS, read.changes_of(records), words.change_rows)
    context |= {"table": table, "merged": len(records) - 1}
    return render(request, "people/changes.html", context)


@readers_and_family
def looks(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who has looked at the record: for staff, and for the family itself."""
    person, context = _open(request, person_id, "looks", "person_looks")
    # Read whole: in the database they would be told apart again by the key that orders a page.
    found = list(read.looks_at(person))
    context["table"] = _history(request, "Who has looked", words.LOOK_COLUMNS, found, words.look_rows)
    context["layout"] = "layouts/staff.html" if context["tabs"] else "layouts/family.html"
    return render(request, "people/looks.html", context)


def _history(request: HttpRequest, caption: str, columns: Any, rows: Any, write: Any) -> Table:
    """A table of history, newest first."""
    state = TableState.from_request(request.GET, columns, default_sort="-pk")
    page = page_of(rows, state)
    return Table(
        caption, columns, write(page.items), state, page, ("entry", "entries"),
        empty="Nothing yet.", caption_hidden=True,
    )  # fmt: skip
