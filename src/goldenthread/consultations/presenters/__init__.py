"""What the pages of the room show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.urls import reverse

from goldenthread.consultations import supply, workflow
from goldenthread.consultations.enums import FollowUpState, Happening, HeldReason, Route, Speaker, State
from goldenthread.consultations.models import Comment, FollowUp, PageRating
from goldenthread.core.ui.filters import long_date
from goldenthread.core.ui.parts import Event, Law, Link, Stat, SummaryRow
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import StatusTags, Tag

STATES = StatusTags(
    {
        State.RECEIVED: (State.RECEIVED.label, "yellow"),
        State.PUBLISHED: (State.PUBLISHED.label, "blue"),
        State.ANSWERED: (State.ANSWERED.label, "green"),
        State.HELD: (State.HELD.label, "grey"),
        State.ABUSIVE: (State.ABUSIVE.label, "red"),
    }
)
FOLLOW_UPS = StatusTags(
    {
        FollowUpState.TO_DO: (FollowUpState.TO_DO.label, "blue"),
        FollowUpState.DONE: (FollowUpState.DONE.label, "green"),
        FollowUpState.DROPPED: (FollowUpState.DROPPED.label, "grey"),
    }
)
LAW: Final = Law(
    "Comments on the Local Offer",
    "Children and Families Act 2014 s.30; SEND Regulations 2014 reg 56",
    "A council publishes what children, young people and parents say about the Local Offer, its response and "
    "the action it means to take: at least every year, with the offer, identifying nobody.",
)
COMMENTS: Final = (
    Column("words", "What was said", breaks=True),
    Column("title", "About", sortable=True, order_by=("title",), breaks=True),
    Column("said", "Said on", sortable=True, order_by=("said_on",)),
    Column("who", "Who", sortable=True, order_by=("speaker",)),
    Column("theme", "Theme", sortable=True, order_by=("theme__name",)),
    Column("state", "Stands", sortable=True, order_by=("state",)),
)
THEMES: Final = (
    Column("name", "Theme", sortable=True, order_by=("name",), breaks=True),
    Column("many", "Comments", sortable=True, numeric=True, order_by=("many",)),
    Column("shown", "Published", sortable=True, numeric=True, order_by=("shown",)),
    Column("acts", "Actions", sortable=True, numeric=True, order_by=("acts",)),
    Column("answered", "Answer written"),
)
ACTIONS: Final = (
    Column("title", "Action", sortable=True, order_by=("title",), breaks=True),
    Column("theme", "For", breaks=True),
    Column("owner", "Owner", sortable=True, order_by=("owner",), breaks=True),
    Column("due", "By", sortable=True, order_by=("due_on",)),
    Column("state", "Stands", sortable=True, order_by=("state",)),
)
PAGES: Final = (
    Column("title", "Page", sortable=True, breaks=True),
    Column("yes", "Helped", sortable=True, numeric=True),
    Column("no", "Did not help", sortable=True, numeric=True),
    Column("last", "Last rated", sortable=True),
)
SOUGHT: Final = (
    Column("title", "Page", sortable=True, order_by=("title",), breaks=True),
    Column("looking_for", "Looked for", breaks=True),
    Column("helpful", "Helped", sortable=True, order_by=("helpful",)),
    Column("given", "Given on", sortable=True, order_by=("given_on",)),
)
_GAP_NAMES = {"words": "Words searched for", "area": "Area", "need": "Need"}
UNNAMED = {
    "words": "Words not kept: not searched for on three days",
    "area": "No area was given",
    "need": "No need was chosen",
}
# What an editor may do with a comment, in the order of the page: address, words of the button, happening.
DECISIONS: Final = (
    ("publish", "Publish", Happening.PUBLISHED),
    ("answer", "Answer", Happening.ANSWERED),
    ("theme", "Choose the theme", Happening.GROUPED),
    ("hold-back", "Hold back", Happening.HELD_BACK),
    ("abusive", "Set aside as abusive", Happening.FOUND_ABUSIVE),
    ("take-up-again", "Take up again", Happening.TAKEN_UP_AGAIN),
)


def gap_columns(what: str) -> tuple[Column, ...]:
    """The columns of searches in vain counted by words, area or need."""
    return (
        Column("what", _GAP_NAMES[what], sortable=True, breaks=True),
        Column("times", "Searches", sortable=True, numeric=True),
        Column("days", "Days", sortable=True, numeric=True),
        Column("last", "Last on", sortable=True),
    )


def gap_rows(found: Iterable[Mapping[str, Any]], what: str) -> Iterator[Row]:
    """Searches in vain."""
    for one in found:
        yield Row({**one, "what": one["what"] or UNNAMED[what]})


def comment_rows(comments: Iterable[Comment]) -> Iterator[Row]:
    """The list of comments as they came."""
    for one in comments:
        yield Row(
            {
                "words": Link(shortened(one.words), reverse("comment", args=[one.pk])),
                "title": one.title,
                "said": one.said_on,
                "who": Speaker(one.speaker).label,
                "theme": one.theme.name if one.theme else None,
                "state": STATES[one.state],
            }
        )


def theme_rows(themes: Iterable[Any]) -> Iterator[Row]:
    """The list of themes."""
    for one in themes:
        yield Row(
            {
                "name": Link(one.name, reverse("theme_edit", args=[one.pk])),
                "many": one.many,
                "shown": one.shown,
                "acts": one.acts,
                "answered": bool(one.did),
            }
        )


def action_rows(found: Iterable[FollowUp], today: date) -> Iterator[Row]:
    """The list of actions; those past their day are marked."""
    for one in found:
        late = one.state == FollowUpState.TO_DO and one.due_on < today
        stands: Any = FOLLOW_UPS[one.state]
        yield Row(
            {
                "title": Link(one.title, reverse("follow_up", args=[one.pk])),
                "theme": one.theme.name if one.theme else (one.comment.title if one.comment else None),
                "owner": one.owner,
                "due": one.due_on,
                "state": [stands, Tag("Late", "red")] if late else stands,
            },
            tone="late" if late else "",
        )


def page_rows(found: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """Pages with what people thought of them."""
    for one in found:
        title: Any = Link(one["title"], one["address"]) if one["address"] else one["title"]
        yield Row({"title": title, "yes": one["yes"], "no": one["no"], "last": one["last"]})


def sought_rows(found: Iterable[PageRating]) -> Iterator[Row]:
    """What people looked for on which page."""
    for one in found:
        yield Row(
            {
                "title": one.title,
                "looking_for": one.looking_for,
                "helpful": one.helpful,
                "given": one.given_on,
            }
        )


def shortened(words: str, letters: int = 140) -> str:
    """The beginning of the words on one line."""
    line = " ".join(words.split())
    return line if len(line) <= letters else f"{line[: letters - 1].rstrip()}…"


def comment_facts(one: Comment) -> list[SummaryRow]:
    """All that is known of a comment, for who moderates."""
    about: Any = Link(one.title, one.address) if one.address else one.title
    rows = [
        SummaryRow("About", about),
        SummaryRow("Said on", one.said_on),
        SummaryRow("Who", Speaker(one.speaker).label),
        SummaryRow("How it came", Route(one.route).label + (", signed in" if one.author_id else "")),
        SummaryRow("Name", one.name or "Not given"),
        SummaryRow("To reach them", one.contact or "Not given"),
        SummaryRow("Theme", one.theme.name if one.theme else "None yet"),
    ]
    if one.area or one.need:
        counted = [one.area, supply.needs().get(one.need, one.need)]
        rows.append(SummaryRow("Counted under", ", ".join(filter(None, counted))))
    if one.held_reason:
        rows.append(SummaryRow("Why it is held back", HeldReason(one.held_reason).label))
    if one.moderation_note:
        rows.append(SummaryRow("Reason in words", one.moderation_note))
    return rows


def comment_events(one: Comment) -> list[Event]:
    """What happened to a comment, newest first."""
    found = sorted(one.events.all(), key=lambda event: event.at, reverse=True)
    return [
        Event(when=event.on, title=Happening(event.kind).label, by=event.by_label, text=event.note)
        for event in found
    ]


def decisions(one: Comment) -> list[Link]:
    """What may be done with the comment now."""
    return [
        Link(text, reverse("comment_do", args=[one.pk, slug]))
        for slug, text, happening in DECISIONS
        if workflow.allows(one.state, happening)
    ]


def said_publicly(one: Comment) -> dict[str, Any]:
    """A published comment as the public reads it."""
    return {
        "words": one.public_words,
        "about": one.title,
        "address": one.address,
        "who": Speaker(one.speaker).label if one.speaker != Speaker.UNSAID else "",
        "on": one.said_on,
        "answer": one.answer if one.state == State.ANSWERED else "",
        "answered_on": one.answered_on,
        "theme": one.theme.name if one.theme else "",
    }


def year_shown(content: Mapping[str, Any]) -> dict[str, Any]:
    """A published year for its page: dates as dates, states as tags."""
    themes = []
    for theme in content["themes"]:
        comments = [{**one, "on": date.fromisoformat(one["on"])} for one in theme["comments"]]
        actions = [
            {**one, "due": date.fromisoformat(one["due"]), "tag": FOLLOW_UPS[one["state"]]}
            for one in theme["actions"]
        ]
        themes.append({**theme, "comments": comments, "actions": actions})
    return {**content, "themes": themes}


def year_stats(content: Mapping[str, Any]) -> list[Stat]:
    """The figures of a year."""
    return [
        Stat("comments came", content["came"]),
        Stat("published", content["comments"]),
        Stat("answered one by one", content["answered"]),
        Stat("held back or set aside", content["held"] + content["abusive"]),
    ]


def due_words(on: date | None, today: date) -> str:
    """When the next yearly publication is due, in words."""
    if on is None:
        return "Nobody has said anything yet: the first publication is due a year after the first comment."
    if on < today:
        return f"The next publication was due by {long_date(on)}: it is late."
    return f"The next publication is due by {long_date(on)}."


def themes_nav(themes: Iterable[Any], chosen: str) -> list[dict[str, Any]]:
    """Links to what people said, by theme."""
    return [
        {"text": f"{one.name} ({one.shown})", "href": f"?theme={one.pk}", "current": str(one.pk) == chosen}
        for one in themes
    ]
