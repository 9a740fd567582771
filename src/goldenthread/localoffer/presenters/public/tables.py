"""Services as lines of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse

from goldenthread.core.links import absolute
from goldenthread.core.ui.filters import yes_no
from goldenthread.core.ui.tables import Column, Row
from goldenthread.localoffer import terms
from goldenthread.localoffer.presenters.public import words
from goldenthread.localoffer.search.answers import Hit

COLUMNS = (
    Column("name", "Service"),
    Column("organization", "Who runs it"),
    Column("summary", "What it does"),
    Column("kinds", "Kind"),
    Column("place", "Nearest place"),
    Column("town", "Town"),
    Column("postcode", "Postcode"),
    Column("miles", "Miles away"),
    Column("ages", "Ages"),
    Column("free", "Free"),
    Column("national", "For the whole country"),
    Column("checked", "Checked on"),
    Column("address", "Address of the page"),
)


def rows(hits: Iterable[Hit]) -> Iterator[Row]:
    """A line for each service."""
    for hit in hits:
        place = hit.place
        known = [terms.term(terms.KIND, code).name for code in hit.kinds if code in terms.codes(terms.KIND)]
        away = place.distance_m if place else None
        yield Row(
            {
                "name": hit.name,
                "organization": hit.organization,
                "summary": hit.summary,
                "kinds": ", ".join(known),
                "place": place.name if place else "",
                "town": place.town if place else "",
                "postcode": place.postcode if place else "",
                "miles": round(away / 1609.344, 1) if away is not None else None,
                "ages": words.ages(hit.minimum_age, hit.maximum_age),
                "free": yes_no(hit.is_free),
                "national": yes_no(hit.is_national),
                "checked": hit.checked_on,
                "address": absolute(reverse("lo_service", args=[hit.id])),
            }
        )
