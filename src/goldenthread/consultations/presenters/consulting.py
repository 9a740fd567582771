"""What the log of who was consulted shows, to editors and to everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.urls import reverse

from goldenthread.consultations.enums import Body, Purpose, Question, Way
from goldenthread.consultations.models import Consultation
from goldenthread.core.ui.filters import long_date
from goldenthread.core.ui.parts import Law, Link
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import Tag

LAW: Final = Law(
    "Who is consulted about the Local Offer",
    "SEND Regulations 2014 regs 54 and 55",
    "A council consults families, schools, colleges, health bodies and others when it prepares and reviews "
    "its Local Offer. It asks families which services are needed, how the information is laid out, how "
    "people without the internet get it, how easy it is to use, and how they can comment.",
    confirmed=False,
    note="Two of the five questions, and some of the health bodies, are stated from memory.",
)
LOG: Final = (
    Column("who", "Who was consulted", sortable=True, order_by=("who",), breaks=True),
    Column("held", "When", sortable=True, order_by=("held_on",)),
    Column("way", "How", sortable=True, order_by=("way",), breaks=True),
    Column("bodies", "Bodies", numeric=True),
    Column("questions", "Questions", numeric=True),
    Column("changed", "What changed"),
)
FILE: Final = (
    Column("who", "Who was consulted"),
    Column("held", "When"),
    Column("purpose", "What for"),
    Column("way", "How"),
    Column("people", "People"),
    Column("bodies", "Bodies that the law names"),
    Column("questions", "Questions of regulation 55"),
    Column("asked", "What else was asked"),
    Column("said", "What they said"),
    Column("changed", "What changed"),
)
ITEMS: Final = (
    Column("item", "Whom the law names, and what families are asked", breaks=True),
    Column("where", "Where"),
    Column("last", "Last"),
)
# A review every year is what councils promise; the law sets no number of days.
A_YEAR: Final = 366


def log_rows(found: Iterable[Consultation]) -> Iterator[Row]:
    """The log for editors."""
    for one in found:
        codes = [item.code for item in one.items.all()]
        yield Row(
            {
                "who": Link(one.who, reverse("consultation_edit", args=[one.pk])),
                "held": one.held_on,
                "way": Way(one.way).label,
                "bodies": sum(code in Body.values for code in codes),
                "questions": sum(code in Question.values for code in codes),
                "changed": Tag("Written", "green") if one.changed else Tag("Not yet", "grey"),
            }
        )


def file_rows(found: Iterable[Consultation]) -> Iterator[Row]:
    """The log as a file."""
    for one in found:
        shown = as_shown(one)
        yield Row(
            {
                **{column.key: shown.get(column.key) for column in FILE},
                "held": one.held_on,
                "bodies": "; ".join(shown["bodies"]),
                "questions": "; ".join(shown["questions"]),
            }
        )


def item_rows(last: Mapping[str, date], today: date) -> Iterator[Row]:
    """Each body of reg 54 and question of reg 55, with when it was last done."""
    for item in (*Body, *Question):
        on = last.get(item.value)
        old = on is not None and (today - on).days > A_YEAR
        stands: Any = on or Tag("Never", "red")
        yield Row(
            {
                "item": Link(item.label, f"{reverse('consultation_log')}?item={item.value}"),
                "where": regulation(item.value),
                "last": [on, Tag("Over a year ago", "yellow")] if old else stands,
            },
            tone="late" if on is None else "soon" if old else "",
        )


def regulation(code: str) -> str:
    """Where an item stands in the law: "R54.1.a" is reg 54(1)(a)."""
    number, *rest = code.removeprefix("R").split(".")
    return f"reg {number}" + "".join(f"({part})" for part in rest)


def as_shown(one: Consultation) -> dict[str, Any]:
    """One line of the log as everybody reads it."""
    codes = {item.code for item in one.items.all()}
    return {
        "who": one.who,
        "on": one.held_on,
        "purpose": Purpose(one.purpose).label,
        "way": Way(one.way).label,
        "people": one.people,
        "bodies": [body.label for body in Body if body.value in codes],
        "questions": [question.label for question in Question if question.value in codes],
        "asked": one.asked,
        "said": one.said,
        "changed": one.changed,
    }


def as_filled(one: Consultation) -> dict[str, Any]:
    """What fills the form at first."""
    codes = [item.code for item in one.items.all()]
    names = ("who", "purpose", "way", "held_on", "people", "asked", "said", "changed")
    return {name: getattr(one, name) for name in names} | {
        "bodies": [code for code in codes if code in Body.values],
        "questions": [code for code in codes if code in Question.values],
    }


def helped(last: Mapping[str, date]) -> list[dict[str, str]]:
    """Whom the law names, and when each was last asked, for everybody."""
    return [
        {"text": body.label, "on": long_date(last[body.value]) if body.value in last else ""} for body in Body
    ]
