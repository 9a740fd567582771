"""Guidance as editors keep it: the list, a page, its words, its versions, and what is decided on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.core import clock
from goldenthread.core.access import for_permission, signed_in
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotFound
from goldenthread.core.ui.forms import PlainForm
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.parts import by_day
from goldenthread.core.ui.tables import Table, TableState, page_of
from goldenthread.localoffer.guidance import actions, editing, queries, showing, warnings
from goldenthread.localoffer.guidance.actions import Content
from goldenthread.localoffer.guidance.enums import Language
from goldenthread.localoffer.guidance.forms import (
    DecideForm,
    GuidanceFilter,
    NewPageForm,
    PageForm,
    RenditionForm,
    WithdrawForm,
    initial_of,
)
from goldenthread.localoffer.guidance.views.lists import FILES

editors = for_permission("localoffer.edit")


def add_refusal(form: PlainForm, refusal: InvalidInput | ChangedMeanwhile) -> None:
    """Say on the form what an action refused: at its field where the form has it."""
    name = getattr(refusal, "field", None)
    form.add_error(name if name in form.fields else None, f"{refusal.message} {refusal.mend}".strip())


@editors
@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    """Every page of guidance with its state, owner and review; as a file too."""
    form = GuidanceFilter(request.GET)
    found = queries.wanted_pages(form.wanted())
    state = TableState.from_request(request.GET, editing.COLUMNS, default_sort="topic", sizes=(50, 100))
    if write := FILES.get(request.GET.get("download", "")):
        rows = editing.rows(found.order_by(*state.ordering()), clock.today())
        return write("guidance-pages", editing.COLUMNS, rows)
    page = page_of(found, state)
    table = Table(
        "Guidance pages",
        editing.COLUMNS,
        list(editing.rows(page.items, clock.today())),
        state,
        page,
        ("page", "pages"),
        empty="No page fits.",
        caption_hidden=True,
        downloads=True,
    )
    panel = FilterPanel.of(form, request.GET, clear_href=reverse("lo_guidance_pages"))
    context = {"table": table, "panel": panel, "figures": queries.figures()}
    return render(request, "localoffer/guidance/edit/list.html", context)


@editors
@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One page: where it stands, what to look at, its other forms, and what can be done."""
    page = queries.page_for_edit(slug)
    newest = Content.of(queries.content_of(page, page.number))
    there = {one.language: one for one in page.renditions.all()}
    languages = [
        (one, editing.form_tag(page, there[one.value]) if one.value in there else "None") for one in Language
    ]
    context = {
        "page": page,
        "newest": newest,
        "facts": editing.facts(page, newest, clock.today()),
        "look": warnings.look_at(newest.body, newest.kind, queries.known_to_editors(), queries.glossary()),
        "languages": languages,
        "history": by_day(editing.history(queries.events_of(page)[:30])),
    }
    return render(request, "localoffer/guidance/edit/show.html", context)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin a page."""
    form = NewPageForm(request.POST or None, initial={"topic": request.GET.get("topic", "")})
    if request.method == "POST" and form.is_valid() and not _is_preview(request):
        try:
            page = actions.start_page(
                by=signed_in(request), slug=form.cleaned_data["slug"], words=form.content()
            )
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            return HttpResponseRedirect(reverse("lo_guidance", args=[page.slug]))
    return _form_page(request, form, None)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the words of a page. What is saved is public only once it is published."""
    page = queries.page_for_edit(slug)
    newest = Content.of(queries.content_of(page, page.number))
    form = PageForm(request.POST or None, initial=initial_of(newest, page.version))
    if request.method == "POST" and form.is_valid() and not _is_preview(request):
        version = form.cleaned_data["version"]
        try:
            actions.save_page(by=signed_in(request), slug=slug, words=form.content(), version=version)
        except (InvalidInput, ChangedMeanwhile) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Saved. Publish it to show it to everybody.")
            return HttpResponseRedirect(reverse("lo_guidance", args=[slug]))
    return _form_page(request, form, page)


def _is_preview(request: HttpRequest) -> bool:
    return request.POST.get("then") == "preview"


def _form_page(request: HttpRequest, form: PageForm, page: Any) -> HttpResponse:
    """The form, and under it what the words come to, where a preview was asked for or nothing is bound."""
    body = form["body"].value() or ""
    kind = form["kind"].value() or "page"
    known = queries.known_to_editors()
    context: dict[str, Any] = {"form": form, "page": page, "back": _back(page)}
    if body.strip():
        context["look"] = warnings.look_at(body, kind, known, queries.glossary())
        context["shown"] = showing.draw(body, known, queries.glossary()) if _is_preview(request) else None
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "localoffer/guidance/edit/form.html", context, status=status)


def _back(page: Any) -> str:
    return reverse("lo_guidance", args=[page.slug]) if page else reverse("lo_guidance_pages")


@editors
@require_GET
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version that was saved."""
    page = queries.page_for_edit(slug)
    state = TableState.from_request(request.GET, editing.VERSIONS)
    found = page_of(queries.versions_of(page), state)
    rows = list(editing.version_rows(page, found.items))
    table = Table(
        "Versions", editing.VERSIONS, rows, state, found, ("version", "versions"), caption_hidden=True
    )
    return render(request, "localoffer/guidance/edit/versions.html", {"page": page, "table": table})


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version: how it differs from the newest, and going back to it."""
    page = queries.page_for_edit(slug)
    then = Content.of(queries.content_of(page, number))
    newest = Content.of(queries.content_of(page, page.number))
    form = DecideForm(request.POST or None, initial={"version": page.version})
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        actions.go_back_to(by=signed_in(request), slug=slug, number=number, version=seen)
        messages.success(
            request, f"The words of version {number} are the newest again. Publish them to show them."
        )
        return HttpResponseRedirect(reverse("lo_guidance", args=[slug]))
    context = {
        "page": page,
        "number": number,
        "lines": editing.compare(then, newest),
        "form": form,
        "shown": showing.draw(then.body, queries.known_to_editors(), queries.glossary()),
        "then": then,
    }
    return render(request, "localoffer/guidance/edit/version.html", context)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def rendition(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """A page's Easy Read version, or a translation of it."""
    page = queries.page_for_edit(slug)
    found = queries.rendition_of(page, language)
    initial: dict[str, Any] = {"made_from": page.live_number or page.number, "version": page.version}
    if found is not None:
        initial |= {name: getattr(found, name) for name in ("state", "title", "body", "made_from")}
    form = RenditionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_rendition(by=signed_in(request), slug=slug, language=language, **form.cleaned_data)
        except (InvalidInput, ChangedMeanwhile) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{Language(language).label}: saved.")
            return HttpResponseRedirect(reverse("lo_guidance", args=[slug]))
    context = {"page": page, "form": form, "language": Language(language), "found": found}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "localoffer/guidance/edit/rendition.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that an editor may do with a page."""

    title: str
    text: str
    done: str
    act: Callable[..., Any]
    form: type[DecideForm] = DecideForm
    warning: bool = False


DECISIONS: Final[dict[str, Decision]] = {
    "publish": Decision(
        "Publish",
        "Everybody sees the newest version from now on. It counts as reviewed today, and is due in a year.",
        "Published.",
        actions.publish_page,
    ),
    "review": Decision(
        "It is still right",
        "You have read what is live and it is right. It is due to be reviewed again in a year.",
        "Reviewed.",
        actions.confirm_reviewed,
    ),
    "withdraw": Decision(
        "Take down",
        "Nobody outside sees the page any more. Its words stay here, and it can be published again.",
        "Taken down.",
        actions.withdraw_page,
        WithdrawForm,
        warning=True,
    ),
}


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str, what: str) -> HttpResponse:
    """Publish a page, confirm it, or take it down."""
    page, decision = queries.page_for_edit(slug), DECISIONS.get(what)
    if decision is None:
        raise NotFound("There is nothing of that name to decide.", "Go back to the page.")
    form = decision.form(request.POST or None, initial={"version": page.version})
    if request.method == "POST" and form.is_valid():
        try:
            decision.act(by=signed_in(request), slug=slug, **form.cleaned_data)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, decision.done)
            return HttpResponseRedirect(reverse("lo_guidance", args=[slug]))
    context = {"page": page, "decision": decision, "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "localoffer/guidance/edit/decide.html", context, status=status)
