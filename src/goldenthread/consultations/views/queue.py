"""The comments as they came: the list, one of them, and each decision on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.consultations import actions, forms, presenters, queries, targets, workflow
from goldenthread.consultations.enums import Happening, HeldReason, Route, Speaker, State
from goldenthread.consultations.models import Comment
from goldenthread.consultations.queries.comments import kinds
from goldenthread.consultations.views.parts import add_refusal, moderators, staff_pages, status_of
from goldenthread.core.access import signed_in
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.tables import Table, TableState, page_of


@moderators
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The comments, those that wait first, with filters."""
    by = signed_in(request)
    form = forms.QueueFilter(request.GET, themes=queries.themes(by).order_by("name"), kinds=kinds(by))
    filters = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    state = TableState.from_request(request.GET, presenters.COMMENTS, default_sort="-said")
    page = page_of(queries.comments_for(by, **filters), state)
    table = Table(
        "Comments",
        presenters.COMMENTS,
        list(presenters.comment_rows(page.items)),
        state,
        page,
        ("comment", "comments"),
        empty="No comment matches.",
        caption_hidden=True,
    )
    counts = queries.waiting(by)
    context = {
        "tabs": staff_pages("comments"),
        "table": table,
        "panel": FilterPanel.of(form, request.GET, clear_href=reverse("comments")),
        "waiting": counts[State.RECEIVED],
        "unanswered": counts[State.PUBLISHED],
    }
    return render(request, "consultations/queue.html", context)


@moderators
@require_GET
def show(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """One comment: what came, what is published, what happened, what may be done."""
    one = queries.comment_for(signed_in(request), comment_id)
    context = {
        "one": one,
        "tag": presenters.STATES[one.state],
        "facts": presenters.comment_facts(one),
        "events": presenters.comment_events(one),
        "decisions": presenters.decisions(one),
        "acts": [(act, presenters.FOLLOW_UPS[act.state]) for act in one.follow_ups.all()],
    }
    return render(request, "consultations/comment.html", context)


@dataclass(frozen=True)
class Decision:
    """One decision: its form, what fills it at first, and the action that it calls."""

    title: str
    happening: Happening
    form: Callable[..., Any]
    run: Callable[..., Any]
    initial: Callable[[Comment], dict[str, Any]] = field(default=lambda one: {})
    button: str = "Save"


def _group(theme: str, **given: Any) -> Comment:
    return actions.group_comment(theme_id=UUID(theme) if theme else None, **given)


def _hold(reason: str, **given: Any) -> Comment:
    return actions.hold_back(reason=HeldReason(reason), **given)


DECISIONS: Mapping[str, Decision] = {
    "publish": Decision(
        "Publish this comment",
        Happening.PUBLISHED,
        forms.PublishForm,
        actions.publish_comment,
        lambda one: {"public_words": one.public_words or one.words},
        "Publish",
    ),
    "hold-back": Decision(
        "Hold this comment back", Happening.HELD_BACK, forms.HoldForm, _hold, button="Hold back"
    ),
    "abusive": Decision(
        "Set this comment aside as abusive",
        Happening.FOUND_ABUSIVE,
        forms.AbusiveForm,
        actions.find_abusive,
        button="Set aside",
    ),
    "take-up-again": Decision(
        "Take this comment up again",
        Happening.TAKEN_UP_AGAIN,
        forms.AgainForm,
        actions.take_up_again,
        button="Take it up again",
    ),
    "theme": Decision(
        "Choose the theme",
        Happening.GROUPED,
        forms.GroupForm,
        _group,
        lambda one: {"theme": str(one.theme_id or ""), "need": one.need, "area": one.area},
    ),
    "answer": Decision(
        "Answer this comment",
        Happening.ANSWERED,
        forms.AnswerForm,
        actions.answer_comment,
        lambda one: {"answer": one.answer},
        "Publish the answer",
    ),
}


@moderators
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, comment_id: UUID, what: str) -> HttpResponse:
    """One decision on a comment."""
    by, decision = signed_in(request), DECISIONS.get(what)
    if decision is None:
        raise NotFound("There is no such decision.", "Open the comment and choose one there.")
    one = queries.comment_for(by, comment_id)
    workflow.next_state(one.state, decision.happening)  # raises what the page of a stale link says
    more = {"themes": queries.themes(by).order_by("name")} if what == "theme" else {}
    form = decision.form(request.POST or None, initial=decision.initial(one), **more)
    if request.method == "POST" and form.is_valid():
        version = _whole(request.POST.get("version", ""))
        try:
            decision.run(comment_id=comment_id, by=by, version=version, **form.cleaned_data)
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, f"{decision.happening.label}.")
            return HttpResponseRedirect(reverse("comment", args=[comment_id]))
    context = {"one": one, "decision": decision, "form": form, "back": reverse("comment", args=[comment_id])}
    return render(request, "consultations/do.html", context, status=status_of(form))


def _whole(text: str) -> int:
    """The version that was looked at. Raises NotAllowedNow where the form has lost it."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotAllowedNow("The page did not say which state of the comment it showed.", "Open it again.")
    return int(text)


@moderators
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """Enter a comment that came on paper or was spoken."""
    form = forms.PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        about, speaker = targets.find(targets.WHOLE, ""), Speaker(data["speaker"])
        said = actions.Said(about, data["words"], speaker, data["name"], data["contact"], data["area"])
        try:
            made = actions.enter_comment(
                said=said, by=signed_in(request), route=Route(data["route"]), on=data["said_on"]
            )
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "The comment is entered. It waits to be read like any other.")
            return HttpResponseRedirect(reverse("comment", args=[made.pk]))
    context = {"tabs": staff_pages("comments"), "form": form}
    return render(request, "consultations/paper.html", context, status=status_of(form))
