"""What editors see of guidance pages: rows, facts, history, and how two versions differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.urls import reverse

from goldenthread.core.ui.due import Due
from goldenthread.core.ui.parts import Event, Link, SummaryRow
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import StatusTags, Tag
from goldenthread.localoffer.guidance import coverage, queries
from goldenthread.localoffer.guidance.actions import Content
from goldenthread.localoffer.guidance.enums import Audience, Happening, Language, PageKind, PageState
from goldenthread.localoffer.models import GuidanceEvent, GuidancePage, GuidanceRendition, GuidanceVersion

STATES = StatusTags({PageState.DRAFT: ("Draft", "grey"), PageState.LIVE: ("Live", "green")})
COLUMNS = (
    Column("title", "Page", sortable=True, order_by=("title",)),
    Column("topic", "Topic", sortable=True, order_by=("topic", "order")),
    Column("state", "State", sortable=True, order_by=("state",)),
    Column("owner", "Who answers for it", sortable=True, order_by=("owner",)),
    Column("due", "Review by", sortable=True, order_by=("review_due",)),
    Column("forms", "Easy Read and languages"),
)
VERSIONS = (
    Column("number", "Version"),
    Column("at", "Saved on"),
    Column("by", "By"),
    Column("what", "Public"),
)
_COLOURS = {
    Happening.PUBLISHED: "green",
    Happening.REVIEWED: "teal",
    Happening.WITHDRAWN: "red",
    Happening.SAVED: "gold",
}


def rows(pages: Iterable[GuidancePage], today: date) -> Iterator[Row]:
    """The rows of the list of pages."""
    titles = queries.topic_titles()
    for page in pages:
        state = [STATES[PageState(page.state)]]
        if page.is_live and page.has_changes:
            state.append(Tag("Changes not published", "yellow"))
        yield Row(
            {
                "title": Link(page.title, reverse("lo_guidance", args=[page.slug])),
                "topic": titles.get(page.topic, page.topic),
                "state": state,
                "owner": page.owner,
                "due": Due.of(page.review_due, today) if page.review_due else "Not reviewed",
                "forms": form_tags(page, page.renditions.all()) or None,
            },
            tone="late" if page.is_live and (page.review_due is None or page.review_due <= today) else "",
        )


def form_tags(page: GuidancePage, renditions: Iterable[GuidanceRendition]) -> list[Tag]:
    """A tag for each other form of the page: there, behind the page, or being made."""
    return [form_tag(page, one) for one in sorted(renditions, key=lambda one: one.language)]


def form_tag(page: GuidancePage, rendition: GuidanceRendition) -> Tag:
    """How far Easy Read or a translation is."""
    name = Language(rendition.language).label
    if not rendition.is_there:
        return Tag(f"{name}: being made", "grey")
    behind = rendition.made_from < (page.live_number or page.number)
    return Tag(f"{name}: behind the page", "yellow") if behind else Tag(name, "green")


def facts(page: GuidancePage, newest: Content, today: date) -> list[SummaryRow]:
    """Where the page stands."""
    public = [STATES[PageState(page.state)]]
    if page.has_changes and page.is_live:
        public.append(Tag(f"Version {page.live_number} of {page.number}", "yellow"))
    items = coverage.items_of(newest.covers)
    return [
        SummaryRow("State", public),
        SummaryRow("Topic", queries.topic_titles().get(newest.topic, newest.topic)),
        SummaryRow("Laid out as", PageKind(newest.kind).label),
        SummaryRow("For", Audience(newest.audience).label),
        SummaryRow("Who answers for it", newest.owner),
        SummaryRow("Reviewed on", page.reviewed_on or "Not yet"),
        SummaryRow("Review by", Due.of(page.review_due, today) if page.review_due else None),
        SummaryRow("Covers", [f"{one.id} {one.title}" for one in items] or None),
    ]


def history(events: Iterable[GuidanceEvent]) -> list[Event]:
    """What happened to the page."""
    return [
        Event(
            one.at,
            Happening(one.kind).label,
            kind=Language(one.language).label if one.language else f"Version {one.number}",
            colour=_COLOURS.get(Happening(one.kind), "grey"),
            by=one.by_label,
            text=one.note,
        )
        for one in events
    ]


def version_rows(page: GuidancePage, versions: Iterable[GuidanceVersion]) -> Iterator[Row]:
    """The rows of the list of versions."""
    for one in versions:
        link = Link(f"Version {one.number}", reverse("lo_guidance_version", args=[page.slug, one.number]))
        public = [Tag("Live", "green")] if one.number == page.live_number else None
        yield Row({"number": link, "at": one.at.date(), "by": one.by_label, "what": public})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison: `same`, `new` or `old`; `gap` stands for lines left out."""

    kind: str
    text: str


AROUND = 2


def compare(before: Content, after: Content) -> list[Line]:
    """How two versions differ, line by line, with two lines around each change. Pure."""
    old, new = _lines(before), _lines(after)
    found: list[Line] = []
    groups = list(SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND))
    for number, group in enumerate(groups):
        if number:
            found.append(Line("gap", "…"))
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                found += (Line("same", text) for text in old[old_from:old_to])
                continue
            found += (Line("old", text) for text in old[old_from:old_to])
            found += (Line("new", text) for text in new[new_from:new_to])
    return found


def _lines(words: Content) -> list[str]:
    front = [
        f"{name}: {', '.join(value) if isinstance(value, list) else value}"
        for name, value in words.stored().items()
        if name != "body"
    ]
    return [*front, *words.body.splitlines()]
