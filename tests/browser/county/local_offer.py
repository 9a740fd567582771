"""The Local Offer for everybody in the small county: its pages, and what of it is no page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goldenthread.localoffer import shortlist

A_FILE = "a file"
NO_PAGE = {
    "lo_search_csv": A_FILE,
    "lo_shortlist_csv": A_FILE,
    "lo_service_calendar": "a calendar",
    "lo_shortlist_calendar": "a calendar",
    "lo_changes_feed": "a feed",
    "lo_search_feed": "a feed",
    "lo_shortlist_change": "takes a form only",
}


def addresses(rows: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, ...], str, int]]:
    """The name of the address, its arguments, its query, and how it answers; nobody is signed in."""
    service, archived = rows["lo_public"].pk, rows["lo_archived"].pk
    yield "local_offer", (), "", 200
    yield "lo_search", (), "?q=weavers&postcode=ZZ1+1ZZ&age=9&day=SA", 200
    yield "lo_search", (), "?kind=education&need=ASD&access=lift&postcode=nowhere&page=99", 200
    yield "lo_service", (service,), "", 200
    yield "lo_service", (archived,), "", 410
    yield "lo_shortlist", (), "", 200
    yield "lo_shortlist", (), f"?keys={shortlist.written([service, archived])}", 200
    yield "tell_us_about", ("service", service), "", 200
