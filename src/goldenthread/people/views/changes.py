"""Changing one child's or young person's record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goldenthread.core.access import signed_in
from goldenthread.people import actions
from goldenthread.people.forms.records import AddressForm, ContactForm, NameForm, PersonForm, SpokespersonForm
from goldenthread.people.models import Contact, Person
from goldenthread.people.queries import record as read
from goldenthread.people.views.acting import act, ask_then_do, data_of, editors, page


def _ask(
    request: HttpRequest,
    person: Person,
    form: forms.Form,
    action: Callable[[], Any],
    *,
    said: str,
    back: str = "person",
    **context: Any,
) -> HttpResponse:
    """Show the form; once it is right, do the action and go back to the record."""
    href = reverse(back, args=[person.pk])
    if request.method == "POST" and form.is_valid() and act(form, action) is not None:
        messages.success(request, said)
        return HttpResponseRedirect(href)
    return page(request, form=form, caption=str(person), back=href, **context)


@editors
@ask_then_do
def edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change the facts of a record."""
    person = read.person_record(by=signed_in(request), person_id=person_id)
    form = PersonForm(data_of(request), person=person)

    def change() -> tuple[str, ...]:
        given = form.cleaned_data
        return actions.update_person(
            by=signed_in(request),
            person_id=person.pk,
            values=form.values(),
            version=given["version"] or 0,
            source=given["source"],
        )

    return _ask(
        request,
        person,
        form,
        change,
        said="The record has been changed.",
        heading="Change facts",
        button="Save",
    )


@editors
@ask_then_do
def add_name(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Keep another name of the person."""
    person = read.person_record(by=signed_in(request), person_id=person_id)
    form = NameForm(data_of(request))
    return _ask(
        request,
        person,
        form,
        lambda: actions.add_name(by=signed_in(request), person_id=person.pk, name=form.name()),
        said="The name is on the record, and finds it.",
        heading="Add another name",
        button="Add the name",
    )


@editors
@ask_then_do
def remove_name(request: HttpRequest, person_id: UUID, name_id: UUID) -> HttpResponse:
    """Take away a name that was kept in error."""
    person = read.person_record(by=signed_in(request), person_id=person_id)
    if request.method == "POST":
        actions.remove_name(by=signed_in(request), person_id=person.pk, name_id=name_id)
        messages.success(request, "The name has been removed.")
        return HttpResponseRedirect(reverse("person", args=[person.pk]))
    return render(request, "people/name_remove.html", {"person": person})


@editors
@ask_then_do
def record_address(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record where the person lives now."""
    person = read.person_record(by=signed_in(request), person_id=person_id)
    form = AddressForm(data_of(request))
    return _ask(
        request,
        person,
        form,
        lambda: actions.record_address(by=signed_in(request), person_id=person.pk, address=form.address()),
        said="The address is recorded, and the one before it ends.",
        heading="Record an address",
        button="Record the address",
    )


@editors
@ask_then_do
def add_contact(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Add an adult; one who is in the record already is offered by their email address."""
    person = read.person_record(by=signed_in(request), person_id=person_id)
    form = ContactForm(data_of(request), initial={"share": "letters"})
    known: Contact | None = None
    if request.method == "POST" and form.is_valid():
        known = read.contact_with_email(form.cleaned_data["email"])
        if known is not None and not form.cleaned_data["same"]:
            form.ask_if_same()
            form.add_error("email", f"{known} has this address, and is in the record already.")

    def add() -> Any:
        given: dict[str, Any] = {
            "by": signed_in(request),
            "person_id": person.pk,
            "relationship": form.relationship(),
        }
        if known is not None:
            return actions.link_contact(contact_id=known.pk, **given)
        return actions.add_contact(contact=form.contact(), **given)

    return _ask(
        request,
        person,
        form,
        add,
        said="The contact is on the record.",
        back="person_contacts",
        heading="Add a contact",
        button="Add the contact",
    )


@editors
@ask_then_do
def edit_contact(request: HttpRequest, relationship_id: UUID) -> HttpResponse:
    """Change an adult's facts and what may be shared with them."""
    known = read.relationship(by=signed_in(request), relationship_id=relationship_id)
    form = ContactForm(data_of(request), relationship=known)

    def change() -> Any:
        return actions.update_contact(
            by=signed_in(request),
            relationship_id=known.pk,
            contact=form.contact(),
            relationship=form.relationship(),
            version=form.cleaned_data["version"] or 0,
        )

    return _ask(
        request,
        known.person,
        form,
        change,
        said="The contact has been changed.",
        back="person_contacts",
        heading=f"Change {known.contact}",
        intro="Their name, address and how to reach them change for every child they are a contact of.",
        button="Save",
    )


@editors
@ask_then_do
def set_spokesperson(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record who speaks for a young person."""
    person = read.person_record(by=signed_in(request), person_id=person_id)
    contacts = [one for one in read.relationships_of(person) if one.ends_on is None]
    form = SpokespersonForm(data_of(request), contacts=contacts)
    return _ask(
        request,
        person,
        form,
        lambda: actions.set_spokesperson(
            by=signed_in(request), person_id=person.pk, spokesperson=form.spokesperson()
        ),
        said="Who speaks has been recorded.",
        back="person_contacts",
        heading="Record who speaks",
        intro="After compulsory school age these decisions are the young person’s own "
        "(Children and Families Act 2014, section 80; SEND Regulations 2014, regulations 63 to 65).",
        button="Record",
    )
