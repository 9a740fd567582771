"""Themes, and the actions that the council said it would take."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.consultations import actions, forms, presenters, queries
from goldenthread.consultations.enums import FollowUpState
from goldenthread.consultations.views.parts import add_refusal, answerers, moderators, staff_pages, status_of
from goldenthread.core import clock
from goldenthread.core.access import signed_in
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.tables import Table, TableState, page_of


@moderators
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every theme."""
    state = TableState.from_request(request.GET, presenters.THEMES, default_sort="-many")
    page = page_of(queries.themes(signed_in(request)), state)
    table = Table(
        "Themes",
        presenters.THEMES,
        list(presenters.theme_rows(page.items)),
        state,
        page,
        ("theme", "themes"),
        empty="No theme yet.",
        caption_hidden=True,
    )
    return render(request, "consultations/themes.html", {"tabs": staff_pages("themes"), "table": table})


@moderators
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, theme_id: UUID | None = None) -> HttpResponse:
    """Start a theme, or better its words."""
    by = signed_in(request)
    one = queries.theme_for(by, theme_id) if theme_id else None
    initial = {"name": one.name, "said": one.said, "did": one.did} if one else {}
    form = forms.ThemeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_theme(by=by, theme_id=theme_id, **form.cleaned_data)
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "The theme is saved.")
            return HttpResponseRedirect(reverse("themes"))
    context = {
        "title": one.name if one else "A new theme",
        "form": form,
        "back": reverse("themes"),
        "back_text": "Themes",
        "button": "Save the theme",
    }
    return render(request, "consultations/edit.html", context, status=status_of(form))


@answerers
@require_GET
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Every action, those to do first."""
    state = TableState.from_request(request.GET, presenters.ACTIONS, default_sort="due")
    asked = request.GET.get("state", "")
    chosen = asked if asked in FollowUpState.values else ""
    page = page_of(queries.follow_ups(signed_in(request), state=chosen), state)
    table = Table(
        "Actions",
        presenters.ACTIONS,
        list(presenters.action_rows(page.items, clock.today())),
        state,
        page,
        ("action", "actions"),
        empty="No action yet.",
        caption_hidden=True,
    )
    context = {"tabs": staff_pages("follow_ups"), "table": table, "states": FollowUpState, "chosen": chosen}
    return render(request, "consultations/actions.html", context)


@answerers
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, comment_id: UUID | None = None) -> HttpResponse:
    """Write down an action: for a theme, or for one comment."""
    by = signed_in(request)
    themes = None if comment_id else queries.themes(by).order_by("name")
    if comment_id:
        queries.comment_for(by, comment_id)
    back = reverse("comment", args=[comment_id]) if comment_id else reverse("follow_ups")
    form = forms.ActionForm(request.POST or None, themes=themes)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        theme = data.pop("theme", "")
        try:
            actions.add_action(by=by, theme_id=UUID(theme) if theme else None, comment_id=comment_id, **data)
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "The action is written down.")
            return HttpResponseRedirect(back)
    context = {
        "title": "A new action",
        "form": form,
        "back": back,
        "back_text": "The comment" if comment_id else "Actions",
        "button": "Save the action",
    }
    return render(request, "consultations/edit.html", context, status=status_of(form))


@answerers
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    """One action: say what came of it."""
    by = signed_in(request)
    one = queries.follow_up_for(by, follow_up_id)
    form = forms.EndActionForm(request.POST or None, initial={"done_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.end_action(
                follow_up_id=follow_up_id,
                state=FollowUpState(data["state"]),
                outcome=data["outcome"],
                on=data["done_on"],
                by=by,
            )
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "Saved what came of the action.")
            return HttpResponseRedirect(reverse("follow_ups"))
    context = {
        "one": one,
        "tag": presenters.FOLLOW_UPS[one.state],
        "form": form,
        "open": one.state == FollowUpState.TO_DO,
    }
    return render(request, "consultations/action.html", context, status=status_of(form))
