"""What the board of demand and gaps shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.safestring import SafeString

from goldenthread.consultations.queries import Demand
from goldenthread.core import charts
from goldenthread.core.ui.tables import Column, Row

TABS: Final = {
    "words": "By words",
    "area": "By area",
    "need": "By need",
    "pair": "By area and need",
    "theme": "Comments by theme",
}
NO_AREA: Final = "No area was given"
NO_NEED: Final = "No need was chosen"
NO_THEME: Final = "No theme yet"
MOST_BARS: Final = 10
_COUNTS: Final = (
    Column("searches", "Searches that found nothing", sortable=True, numeric=True),
    Column("comments", "Comments", sortable=True, numeric=True),
    Column("services", "Services there are", sortable=True, numeric=True),
    Column("last", "Last on", sortable=True),
)
_AREA: Final = Column("area", "Area", sortable=True, breaks=True)
_NEED: Final = Column("need", "Need", sortable=True, breaks=True)
DEMAND: Final = {"area": (_AREA, *_COUNTS), "need": (_NEED, *_COUNTS), "pair": (_AREA, _NEED, *_COUNTS)}
THEMES: Final = (
    Column("what", "Theme", sortable=True, breaks=True),
    Column("many", "Comments", sortable=True, numeric=True),
    Column("shown", "Published", sortable=True, numeric=True),
    Column("answered", "Answered one by one", sortable=True, numeric=True),
    Column("last", "Last on", sortable=True),
)


def demand_lines(found: Iterable[Demand]) -> list[dict[str, Any]]:
    """Lines of demand that can be sorted and shown."""
    return [
        {
            "area": one.area or NO_AREA,
            "need": one.need or NO_NEED,
            "searches": one.searches,
            "comments": one.comments,
            "services": one.services,
            "last": one.last,
        }
        for one in found
    ]


def theme_lines(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Themes with their comments."""
    return [{**one, "what": one["what"] or NO_THEME} for one in found]


def rows(lines: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """Lines as rows of a table or a file."""
    return (Row(dict(line)) for line in lines)


def demand_charts(lines: Sequence[Mapping[str, Any]], what: str) -> list[SafeString]:
    """What is asked for, and what there is, of the most wanted; nothing where there is nothing to draw."""
    names = {"area": ("area",), "need": ("need",), "pair": ("area", "need")}[what]
    most = [one for one in lines if one["searches"] + one["comments"]][:MOST_BARS]
    if not most:
        return []
    labels = [", ".join(str(one[name]) for name in names) for one in most]
    asked = charts.bar(
        "Asked for",
        f"Searches that found nothing and comments together, {TABS[what].lower()}: the most wanted.",
        [(label, one["searches"] + one["comments"]) for label, one in zip(labels, most, strict=True)],
        measure="Searches and comments",
    )
    if all(one["services"] is None for one in most):
        return [asked]
    there = charts.bar(
        "What there is",
        "Services in the Local Offer for the same, in the same order.",
        [(label, one["services"]) for label, one in zip(labels, most, strict=True)],
        measure="Services",
    )
    return [asked, there]


def simple_chart(lines: Sequence[Mapping[str, Any]], value: str, title: str, desc: str) -> list[SafeString]:
    """One chart of lines that have a `what`; nothing where there are none."""
    most = [(str(one["what"]), one[value]) for one in lines[:MOST_BARS]]
    return [charts.bar(title, desc, most, measure=title)] if most else []
