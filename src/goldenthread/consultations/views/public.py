"""For everybody: have your say, what people said, and what was done about it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.consultations import actions, presenters, queries, targets
from goldenthread.consultations.actions import limits
from goldenthread.consultations.enums import Speaker
from goldenthread.consultations.forms import CommentForm
from goldenthread.consultations.traps import is_known, place_of
from goldenthread.consultations.views.parts import add_refusal, public_pages, status_of
from goldenthread.core import clock
from goldenthread.core.access import public
from goldenthread.core.actors import System
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.tables import TableState, page_of

LATEST = 3


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """How to say something, the latest answers, and the yearly publication."""
    latest = queries.published_comments().exclude(answer="").order_by("-answered_on", "-pk")[:LATEST]
    context = {
        "tabs": public_pages("have_your_say"),
        "latest": [presenters.said_publicly(one) for one in latest],
        "last": queries.publications().first(),
        "due": presenters.due_words(queries.next_due(), clock.today()),
        "law": presenters.LAW,
    }
    return render(request, "consultations/home.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def tell_us(request: HttpRequest, kind: str = targets.WHOLE, about_id: str = "") -> HttpResponse:
    """Say something about the Local Offer or about one thing in it. No sign-in is asked for."""
    about, status = targets.find(kind, about_id), 0
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            limits.use(what="comment", place=place_of(request), is_known=is_known(request))
            actions.send_comment(
                said=_said(form, about),
                by=request.user if request.user.is_authenticated else System.VISITOR,
                form_key=form.form_key,
            )
        except InvalidInput as refused:
            add_refusal(form, refused)
        except limits.TooMany as refused:
            # On the form, not on a page of its own: what was written stays.
            add_refusal(form, refused)
            status = refused.status
        else:
            return HttpResponseRedirect(reverse("comment_thanks"))
    context = {"form": form, "about": about, "whole": about.kind == targets.WHOLE}
    return render(request, "consultations/tell_us.html", context, status=status or status_of(form))


def _said(form: CommentForm, about: targets.Target) -> actions.Said:
    data = form.cleaned_data
    return actions.Said(
        about, data["words"], Speaker(data["speaker"]), data["name"], data["contact"], data["area"]
    )


@public
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """After sending: what happens next."""
    return render(request, "consultations/thanks.html")


@public
@require_GET
def said(request: HttpRequest) -> HttpResponse:
    """Published comments with our answers, newest first; of one theme if asked."""
    theme = _key(request.GET.get("theme", ""))
    state = TableState.from_request(request.GET, (), default_sort="-said_on", sizes=(10, 25))
    page = page_of(queries.published_comments(theme), state)
    themes = list(queries.themes_shown())
    context = {
        "tabs": public_pages("what_people_said"),
        "themes": presenters.themes_nav(themes, str(theme or "")),
        "theme": next((one for one in themes if one.pk == theme), None),
        "comments": [presenters.said_publicly(one) for one in page.items],
        "page": page,
        "newer": state.href(page=page.number - 1) if page.number > 1 else "",
        "older": state.href(page=page.number + 1) if page.number < page.pages else "",
    }
    return render(request, "consultations/said.html", context)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@public
@require_GET
def years(request: HttpRequest) -> HttpResponse:
    """Every yearly publication, and when the next is due."""
    today, on = clock.today(), queries.next_due()
    context = {
        "tabs": public_pages("you_said_we_did"),
        "years": list(queries.publications()),
        "due": presenters.due_words(on, today),
        "late": on is not None and on < today,
        "law": presenters.LAW,
    }
    return render(request, "consultations/years.html", context)


@public
@require_GET
def year(request: HttpRequest, publication_id: UUID) -> HttpResponse:
    """One year: you said, we did."""
    found = queries.publication(publication_id)
    context = {
        "year": found,
        "content": presenters.year_shown(found.content),
        "stats": presenters.year_stats(found.content),
    }
    return render(request, "consultations/year.html", context)
