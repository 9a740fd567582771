"""What the law asks for and where it is: for editors with everything, for everybody in short."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from goldenthread.core.access import for_permission, public
from goldenthread.core.ui.forms import PlainForm
from goldenthread.core.ui.lists import FilterPanel
from goldenthread.core.ui.parts import Link, Stat
from goldenthread.core.ui.tables import Column, Row, Table, TableState, page_of
from goldenthread.core.ui.tags import StatusTags, Tag
from goldenthread.localoffer.guidance import coverage
from goldenthread.localoffer.guidance.coverage import Place, Standing
from goldenthread.localoffer.guidance.enums import Cover
from goldenthread.localoffer.guidance.views.lists import FILES
from goldenthread.localoffer.guidance.views.public import trail
from goldenthread.statute.datafile import Mark
from goldenthread.statute.local_offer import Part

PARTS = {
    Part.SCHEDULE: "Schedule 2: what it must have in it",
    Part.ACT: "Children and Families Act 2014, section 30",
    Part.REGULATIONS: "Regulations 53 to 57: how it is made and published",
    Part.CODE: "Code of Practice, chapter 4",
}
COVERS = StatusTags(
    {
        Cover.COVERED: ("Covered", "green"),
        Cover.STALE: ("Stale", "yellow"),
        Cover.MISSING: ("Missing", "red"),
    }
)
MARKS = StatusTags(
    {
        Mark.CONFIRMED: ("Checked against the source", "green"),
        Mark.SECONDARY: ("Read in a page that restates it", "teal"),
        Mark.INFERRED: ("Follows from a checked source", "blue"),
        Mark.MEMORY: ("Not confirmed", "yellow"),
        Mark.UNKNOWN: ("Our own stand-in", "orange"),
    }
)
COLUMNS = (
    Column("item", "Item"),
    Column("what", "What the law asks for"),
    Column("cover", "Stands"),
    Column("where", "Where it is"),
    Column("source", "Source"),
    Column("sure", "How sure we are of the source"),
)
# Some items, such as who can get a thing, are on dozens of pages.
MOST_PLACES = 4
_TONES = {Cover.MISSING: "late", Cover.STALE: "soon", Cover.COVERED: ""}


class BoardFilter(PlainForm):
    """Which items to show."""

    cover = forms.ChoiceField(label="Stands", required=False, choices=[("", "Any"), *Cover.choices])
    part = forms.ChoiceField(
        label="Part of the law",
        required=False,
        choices=[("", "Any"), *((part.value, title) for part, title in PARTS.items())],
    )

    def fits(self, row: Standing) -> bool:
        """Whether the item is asked for."""
        given = self.cleaned_data if self.is_valid() else {}
        cover, part = given.get("cover", ""), given.get("part", "")
        return cover in {"", row.cover.value} and part in {"", row.item.part.value}


@for_permission("localoffer.view_board")
@require_GET
def board(request: HttpRequest) -> HttpResponseBase:
    """Every item with how it stands, with links to what covers it; as a file too."""
    everything = coverage.board()
    form = BoardFilter(request.GET)
    rows = [row for row in everything if form.fits(row)]
    if write := FILES.get(request.GET.get("download", "")):
        return write("local-offer-coverage", COLUMNS, (_row(row) for row in rows))
    state = TableState.from_request(request.GET, COLUMNS, sizes=(200,))
    page = page_of([_row(row) for row in rows], state)
    table = Table(
        "What the law asks for",
        COLUMNS,
        list(page.items),
        state,
        page,
        ("item", "items"),
        empty="No item fits.",
        caption_hidden=True,
        downloads=True,
    )
    numbers = coverage.counts(everything)
    address = reverse("lo_coverage")
    context = {
        "table": table,
        "stats": [
            Stat(cover.label.lower(), numbers[cover], f"{address}?cover={cover.value}", tone=tone)
            for cover, tone in ((Cover.COVERED, "good"), (Cover.STALE, "soon"), (Cover.MISSING, "late"))
        ],
        "total": len(everything),
        "panel": FilterPanel.of(form, request.GET, clear_href=address),
    }
    return render(request, "localoffer/guidance/coverage.html", context)


def _row(row: Standing) -> Row:
    where: list[Any] = []
    for place in row.places[:MOST_PLACES]:
        where.append(Link(place.title, place.address))
        if place.is_stale:
            where.append(Tag(_stale_words(place), "yellow"))
        if place.note:
            where.append(place.note)
    if len(row.places) > MOST_PLACES:
        where.append(f"and {len(row.places) - MOST_PLACES} more")
    where += [one.note for one in row.failing]
    where += [Link(f"Draft: {slug}", reverse("lo_guidance", args=[slug])) for slug in row.drafts]
    return Row(
        {
            "item": row.item.id,
            "what": f"{row.item.title}. {row.item.text}.",
            "cover": COVERS[row.cover],
            "where": where or None,
            "source": row.item.source,
            "sure": [MARKS[row.item.mark], *([row.item.notes] if row.item.notes else [])],
        },
        tone=_TONES[row.cover],
    )


def _stale_words(place: Place) -> str:
    return "Never reviewed" if place.review_due is None else f"Review was due {place.review_due:%-d %B %Y}"


@public
@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """What the law asks of the Local Offer, and where each part of it is."""
    rows = coverage.board()
    parts = [
        (part, PARTS[Part(part)], list(some)) for part, some in groupby(rows, key=lambda row: row.item.part)
    ]
    numbers = coverage.counts(rows)
    context = {"parts": parts, "numbers": numbers, "total": len(rows), "tags": COVERS, "trail": trail()}
    context["most"] = MOST_PLACES
    return render(request, "localoffer/guidance/law.html", context)
