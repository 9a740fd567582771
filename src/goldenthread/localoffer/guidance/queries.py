"""Reads of guidance: what the public sees by topic, and what editors see of each page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, F, Q, QuerySet

from goldenthread.core import clock
from goldenthread.core.refusals import NotFound
from goldenthread.localoffer.guidance import content
from goldenthread.localoffer.guidance.enums import Language, PageState, RenditionState
from goldenthread.localoffer.guidance.targets import Known
from goldenthread.localoffer.guidance.words import Glossary, Word
from goldenthread.localoffer.models import (
    GuidanceEvent,
    GuidancePage,
    GuidanceRendition,
    GuidanceVersion,
)

_NO_PAGE = ("There is no such page of guidance.", "Choose a topic on the first page of the Local Offer.")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A live page, as a list names it."""

    slug: str
    title: str
    summary: str
    kind: str
    audience: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its live pages, in order."""

    slug: str
    title: str
    summary: str
    pages: tuple[PageLink, ...] = ()


@cache
def _library() -> content.Library:
    """The topics and the glossary, read once; the pages are read from the database."""
    return content.load_frame()


def topic_titles() -> dict[str, str]:
    """The titles of the topics by slug, in their order."""
    return {one.slug: one.title for one in _library().topics}


def topics() -> list[Topic]:
    """Every topic that has a live page, in order, with its pages. One query."""
    pages: dict[str, list[PageLink]] = defaultdict(list)
    fields = ("topic", "slug", "title", "summary", "kind", "audience")
    for topic, *rest in live_pages().order_by("order", "slug").values_list(*fields):
        pages[topic].append(PageLink(*rest))
    return [
        Topic(one.slug, one.title, one.summary, tuple(pages[one.slug]))
        for one in _library().topics
        if one.slug in pages
    ]


def topic(slug: str) -> Topic:
    """One topic with its live pages. Raises NotFound for one that there is not, or that is empty."""
    found = next((one for one in topics() if one.slug == slug), None)
    if found is None:
        raise NotFound("There is no such topic.", "Choose one on the first page of the Local Offer.")
    return found


def words() -> tuple[Word, ...]:
    """The words of the glossary, by name."""
    return tuple(sorted(_library().words, key=lambda one: one.term.casefold()))


@cache
def glossary() -> Glossary:
    """The glossary, ready to find its words in a text."""
    return Glossary(words())


def live_pages() -> QuerySet[GuidancePage]:
    """The pages that the public sees."""
    return GuidancePage.objects.filter(state=PageState.LIVE)


def live_page(slug: str) -> GuidancePage:
    """One page that the public sees, with the renditions it has. Raises NotFound."""
    found = live_pages().filter(slug=slug).prefetch_related("renditions").first()
    if found is None:
        raise NotFound(*_NO_PAGE)
    return found


def live_rendition(slug: str, language: str) -> GuidanceRendition:
    """Easy Read or a translation of a live page. Raises NotFound where there is none yet."""
    rows = GuidanceRendition.objects.select_related("page").filter(
        page__slug=slug, page__state=PageState.LIVE, language=language, state=RenditionState.THERE
    )
    found = rows.first()
    if found is None:
        raise NotFound("This page is not there in that form yet.", "Read the page itself, or ask us for it.")
    return found


def known() -> Known:
    """What links may lead to for the public now."""
    slugs = frozenset(live_pages().values_list("slug", flat=True))
    return content.known(slugs, frozenset(topic_titles()))


def known_to_editors() -> Known:
    """What links may lead to once all is published: drafts count."""
    slugs = frozenset(GuidancePage.objects.values_list("slug", flat=True))
    return content.known(slugs, frozenset(topic_titles()))


def listed() -> QuerySet[GuidancePage]:
    """Every page, live or not, with its renditions."""
    return GuidancePage.objects.prefetch_related("renditions")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pages editors want to see; empty values ask nothing."""

    words: str = ""
    topic: str = ""
    state: str = ""
    stale: bool = False
    changed: bool = False


def wanted_pages(wanted: Wanted) -> QuerySet[GuidancePage]:
    """The pages that editors ask for."""
    rows = listed()
    for name in ("topic", "state"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    for word in wanted.words.split()[:8]:
        rows = rows.filter(title__icontains=word)
    if wanted.stale:
        rows = rows.filter(_is_stale(), state=PageState.LIVE)
    return rows.exclude(live_number=F("number")) if wanted.changed else rows


def _is_stale() -> Q:
    return Q(review_due=None) | Q(review_due__lte=clock.today())


def figures() -> dict[str, int]:
    """How many pages are live, past their review, and changed but not published."""
    live = Q(state=PageState.LIVE)
    return GuidancePage.objects.aggregate(
        live=Count("pk", filter=live),
        stale=Count("pk", filter=live & _is_stale()),
        changed=Count("pk", filter=Q(live_number=None) | ~Q(live_number=F("number"))),
    )


def page_for_edit(slug: str) -> GuidancePage:
    """One page, live or not. Raises NotFound."""
    found = listed().filter(slug=slug).first()
    if found is None:
        raise NotFound("There is no such page of guidance.", "Open the list of pages and choose it there.")
    return found


def locked(slug: str) -> GuidancePage:
    """One page, locked for a decision. Raises NotFound."""
    found = GuidancePage.objects.select_for_update().filter(slug=slug).first()
    if found is None:
        raise NotFound("There is no such page of guidance.", "Open the list of pages and choose it there.")
    return found


def content_of(page: GuidancePage, number: int, language: str = "") -> dict[str, object]:
    """The words of one version. Raises NotFound."""
    rows = GuidanceVersion.objects.filter(page=page, language=language, number=number)
    found = rows.values_list("content", flat=True).first()
    if found is None:
        raise NotFound("There is no such version.", "Open the list of versions and choose one there.")
    return dict(found)


def versions_of(page: GuidancePage, language: str = "") -> QuerySet[GuidanceVersion]:
    """The versions of a page, or of its words in another language, newest first."""
    return GuidanceVersion.objects.filter(page=page, language=language).order_by("-number")


def events_of(page: GuidancePage) -> QuerySet[GuidanceEvent]:
    """What happened to a page, newest first."""
    return GuidanceEvent.objects.filter(page=page).order_by("-at", "-pk")


def rendition_of(page: GuidancePage, language: str) -> GuidanceRendition | None:
    """Its Easy Read version or translation, as far as there is one. Raises NotFound for no language."""
    if language not in Language.values:
        raise NotFound("There is no such language here.", "Choose one on the page of the guidance page.")
    return GuidanceRendition.objects.filter(page=page, language=language).first()
