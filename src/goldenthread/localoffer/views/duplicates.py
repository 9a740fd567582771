"""Entries that look alike: listed, compared, merged, told apart; merges undone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.core import clock
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.localoffer import actions, merging, queries
from goldenthread.localoffer.forms.duplicates import FIRST, SECOND, MergeForm
from goldenthread.localoffer.models import PossibleDuplicate
from goldenthread.localoffer.presenters import duplicates as presenter
from goldenthread.localoffer.presenters.editing import facts
from goldenthread.localoffer.queries import duplicates
from goldenthread.localoffer.views.editing import refused

editors = for_permission("localoffer.approve")


@editors
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Pairs to decide on, those most alike first."""
    state = TableState.from_request(request.GET, presenter.PAIRS)
    page = page_of(duplicates.pairs_listed(signed_in(request)), state)
    table = Table(
        "Possible duplicates",
        presenter.PAIRS,
        list(presenter.pair_rows(page.items)),
        state,
        page,
        ("pair", "pairs"),
        empty="No two entries look like one service.",
        empty_hint="They are compared each night, when one is published, and when you choose “Look again”.",
        caption_hidden=True,
    )
    return render(request, "localoffer/edit/duplicates.html", {"table": table})


@editors
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Compare all entries now."""
    found = actions.look_for_duplicates(by=signed_in(request))
    messages.success(request, f"All entries have been compared: {found:,} pairs look alike.")
    return HttpResponseRedirect(reverse("lo_duplicates"))


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Two entries side by side: merge them field by field, or say that they are two."""
    by = signed_in(request)
    pair = duplicates.pair_for(by, pair_id)
    form, rows = _form(request, pair)
    if request.method == "POST" and form.is_valid():
        try:
            merge = actions.merge_entries(by=by, pair_id=pair.pk, **form.given(pair.first_id, pair.second_id))
        except InvalidInput as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "The two are one entry now. You can undo this under Merges.")
            return HttpResponseRedirect(reverse("lo_entry", args=[merge.winner_id]))
    context = {
        "pair": pair,
        "why": presenter.why(pair),
        "form": form,
        "rows": rows,
        "sides": [("first", pair.first), ("second", pair.second)],
        "facts": [facts(one, clock.today()) for one in (pair.first, pair.second)],
    }
    return render(request, "localoffer/edit/pair.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, pair: PossibleDuplicate) -> tuple[MergeForm, list[merging.Compared]]:
    first, second = pair.first, pair.second
    rows = merging.side_by_side(queries.current_document(first), queries.current_document(second))
    # What the public sees, and of two such the one checked later, is likelier to be the better one.
    ranks = [(one.is_live, str(one.checked_on or "")) for one in (first, second)]
    stays = SECOND if ranks[1] > ranks[0] else FIRST
    follow = duplicates.providers_to_follow
    form = MergeForm(
        request.POST or None,
        names=(f"{first.name}, {first.organization.name}", f"{second.name}, {second.organization.name}"),
        rows=rows,
        people=bool(follow(first, second) or follow(second, first)),
        initial={"winner": stays, "first_version": first.version, "second_version": second.version},
    )
    return form, rows


@editors
@require_POST
def differ(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Say that two entries are two services."""
    actions.mark_different(by=signed_in(request), pair_id=pair_id)
    messages.success(request, "They are two services, and will not be suggested again.")
    return HttpResponseRedirect(reverse("lo_duplicates"))


@editors
@require_GET
def merges(request: HttpRequest) -> HttpResponse:
    """Merges made, with the way to undo each."""
    state = TableState.from_request(request.GET, presenter.MERGES)
    page = page_of(duplicates.merges_listed(signed_in(request)), state)
    table = Table(
        "Merges",
        presenter.MERGES,
        list(presenter.merge_rows(page.items)),
        state,
        page,
        ("merge", "merges"),
        empty="No entries have been merged.",
        caption_hidden=True,
    )
    return render(request, "localoffer/edit/merges.html", {"table": table})


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Make them two entries again."""
    by = signed_in(request)
    merge = duplicates.merge_for(by, merge_id)
    if request.method == "POST":
        actions.undo_merge(by=by, merge_id=merge.pk)
        messages.success(request, "They are two entries again.")
        return HttpResponseRedirect(reverse("lo_entry", args=[merge.loser_id]))
    return render(request, "localoffer/edit/merge_undo.html", {"merge": merge})
