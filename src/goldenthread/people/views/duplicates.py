"""Records that may be one person: listed, compared, merged, told apart, and merges undone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldenthread.core.access import signed_in
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.people import actions
from goldenthread.people.forms.lists import MergeForm, ReasonForm
from goldenthread.people.presenters.lists import (
    MERGE_COLUMNS,
    PAIR_COLUMNS,
    merge_rows,
    pair_rows,
    side_by_side,
)
from goldenthread.people.presenters.records import full_name
from goldenthread.people.queries.duplicates import duplicates_list, merge_made, merges_list, what_would_move
from goldenthread.people.queries.record import person_records
from goldenthread.people.views.acting import act, ask_then_do, data_of, mergers, page


@mergers
def listing(request: HttpRequest) -> HttpResponse:
    """Pairs to decide on."""
    state = TableState.from_request(request.GET, PAIR_COLUMNS, default_sort="why")
    shown = page_of(duplicates_list(), state)
    table = Table(
        "Possible duplicates",
        PAIR_COLUMNS,
        pair_rows(shown.items),
        state,
        shown,
        ("pair", "pairs"),
        empty="No two records look like one person.",
        empty_hint="The records are compared each night, and when you choose “Look again”.",
        caption_hidden=True,
    )
    return render(request, "people/duplicates.html", {"table": table})


@mergers
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Compare all records now."""
    actions.look_for_duplicates(by=signed_in(request))
    messages.success(request, "All records have been compared.")
    return HttpResponseRedirect(reverse("duplicates"))


@mergers
@ask_then_do
def compare(request: HttpRequest, first_id: UUID, second_id: UUID) -> HttpResponse:
    """Two records side by side: merge them, or say that they are two people."""
    pair = person_records(by=signed_in(request), person_ids=[first_id, second_id])
    choices = [
        (str(one.pk), f"{place}: {full_name(one)}")
        for place, one in zip(("First", "Second"), pair, strict=True)
    ]
    form = MergeForm(data_of(request), choices=choices)
    if request.method == "POST" and form.is_valid():
        kept = UUID(form.cleaned_data["keep"])
        gone = second_id if kept == first_id else first_id
        reason = form.cleaned_data["reason"]
        if act(
            form,
            lambda: actions.merge_people(by=signed_in(request), kept_id=kept, gone_id=gone, reason=reason),
        ):
            messages.success(request, "The records are one now. You can undo this on the page Merges.")
            return HttpResponseRedirect(reverse("person", args=[kept]))
    if request.method == "GET":
        actions.look_at(by=signed_in(request), people=pair, what="comparison")
    context = {
        "form": form,
        "first": pair[0],
        "second": pair[1],
        "facts": side_by_side(*pair),
        "moves": what_would_move([one.pk for one in pair]),
    }
    return render(request, "people/compare.html", context)


@mergers
@require_POST
def differ(request: HttpRequest, first_id: UUID, second_id: UUID) -> HttpResponse:
    """Say that two records are two people."""
    actions.mark_not_duplicate(
        by=signed_in(request),
        first_id=first_id,
        second_id=second_id,
        reason=request.POST.get("reason", "")[:250],
    )
    messages.success(request, "They are two people, and will not be suggested again.")
    return HttpResponseRedirect(reverse("duplicates"))


@mergers
def merges(request: HttpRequest) -> HttpResponse:
    """Merges made, with the way to undo each."""
    state = TableState.from_request(request.GET, MERGE_COLUMNS, default_sort="-created_at")
    shown = page_of(merges_list(), state)
    table = Table(
        "Merges",
        MERGE_COLUMNS,
        merge_rows(shown.items),
        state,
        shown,
        ("merge", "merges"),
        empty="No records have been merged.",
        caption_hidden=True,
    )
    return render(request, "people/merges.html", {"table": table})


@mergers
@ask_then_do
def undo(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Make them two records again."""
    merge = merge_made(merge_id)
    form = ReasonForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if act(form, lambda: actions.undo_merge(by=signed_in(request), merge_id=merge_id, reason=reason)):
            messages.success(request, "They are two records again.")
            return HttpResponseRedirect(reverse("merges"))
    return page(
        request,
        form=form,
        heading="Undo a merge",
        caption=full_name(merge.kept),
        intro=f"{full_name(merge.merged)} becomes a record of its own again. What was moved goes back; "
        "what was added since stays with the record that was kept.",
        button="Undo the merge",
        back=reverse("merges"),
    )
