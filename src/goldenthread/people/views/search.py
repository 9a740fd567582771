"""Finding a child or young person, and adding one.

What is typed is personal, so it stands in no address: it is kept in the session under a key of its own.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.access import signed_in
from goldenthread.core.kept_words import keep, words
from goldenthread.core.permissions import holds
from goldenthread.core.ui.filters import number
from goldenthread.core.ui.tables import Page, Table, TableState
from goldenthread.people import actions
from goldenthread.people.actions import NewPerson
from goldenthread.people.forms.records import NewPersonForm, SearchForm
from goldenthread.people.presenters.lists import LIKENESS, found_columns, found_rows
from goldenthread.people.presenters.records import age_words, full_name
from goldenthread.people.queries import search
from goldenthread.people.queries.duplicates import people_like
from goldenthread.people.queries.search import MOST
from goldenthread.people.views.acting import act, ask_then_do, data_of, editors, searchers


@searchers
@ask_then_do
def find(request: HttpRequest) -> HttpResponse:
    """The search page: asks, and shows whom it found."""
    typed = request.POST.get("q", request.GET.get("q"))
    if typed is not None:
        return HttpResponseRedirect(f"{reverse('people')}?search={keep(request, typed)}")
    text = words(request, request.GET.get("search", ""))
    context = {"form": SearchForm({"q": text} if text else None), "search_words": text, "asked": bool(text)}
    for name, permission in (("may_add", "people.edit"), ("may_merge", "people.merge")):
        context[name] = holds(signed_in(request), permission)
    if text:
        context |= _found(request, text)
    return render(request, "people/search.html", context)


def _found(request: HttpRequest, text: str) -> dict[str, object]:
    found = search(text, by=signed_in(request))
    columns = found_columns()
    state = TableState.from_request(request.GET, columns)
    total = len(found.hits)
    at = min(state.number, max(1, -(-total // state.size)))
    shown = found.page((at - 1) * state.size, state.size)
    table = Table(
        "People found",
        columns,
        found_rows(shown, signed_in(request), clock.today()),
        state,
        Page(shown, at, state.size, total),
        ("person", "people"),
        empty="Nobody in the record fits all of this.",
        empty_hint="Leave something out, or try another spelling, a former name, or the date of birth alone.",
        caption_hidden=True,
    )
    most = f"More than {number(MOST)} people fit. The first {number(MOST)} are listed: add a forename, "
    notes = [*found.notes, *([most + "a date of birth or a postcode."] if found.more else [])]
    return {"table": table, "notes": notes}


@editors
@ask_then_do
def add(request: HttpRequest) -> HttpResponse:
    """Add a child or young person, after looking at those who may be the same."""
    form = NewPersonForm(data_of(request))
    alike: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        alike = [] if form.cleaned_data["different"] else _alike(request, form)
        if alike:
            form.ask_if_different()
            form.add_error(None, "The record may hold this person already. Look at those below first.")
        else:
            facts = {name: value for name, value in form.values().items() if name != "different"}
            facts["address_lines"] = facts.pop("lines")
            person = act(form, lambda: actions.create_person(by=signed_in(request), facts=NewPerson(**facts)))
            if person is not None:
                messages.success(request, f"{person} is in the record now.")
                return HttpResponseRedirect(reverse("person", args=[person.pk]))
    return render(request, "people/new.html", {"form": form, "alike": alike})


def _alike(request: HttpRequest, form: NewPersonForm) -> list[dict[str, object]]:
    given = form.cleaned_data
    found = people_like(
        surname=given["surname"], forename=given["forename"], born=given["birth_date"], by=signed_in(request)
    )
    today = clock.today()
    return [
        {"id": one.pk, "name": full_name(one), "about": age_words(one, today), "why": LIKENESS[why]}
        for one, why in found
    ]
