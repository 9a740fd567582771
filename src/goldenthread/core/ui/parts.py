"""Small parts of a page: links, navigation, summary rows, tasks, events, stages, figures, the law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone

from goldenthread.core.ui.filters import number
from goldenthread.core.ui.tags import Tag


@dataclass(frozen=True)
class Link:
    """A link in a cell or a list. `hidden` adds words for screen readers: "Change" + "date of birth"."""

    text: str
    href: str
    hidden: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Bar:
    """How full something is, drawn as a bar with its words below. `share` 1 is full, where a line stands
    across the bar; the bar goes on to one and a half. `tone` is plain, soon or late.
    """

    share: float
    words: str
    tone: str = "plain"

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class NavItem:
    """An entry of the navigation, of tabs, or of breadcrumbs. `count_late` paints the count red."""

    text: str
    href: str
    current: bool = False
    count: int | None = None
    count_late: bool = False


@dataclass(frozen=True)
class Council:
    """Who runs the site: shown in the header, the footer and the static pages."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Demo:
    """Demonstration mode, with the day that the demonstration takes as today."""

    on: bool = False
    today: date | None = None


@dataclass(frozen=True)
class SummaryRow:
    """One line of a summary list. `value` is any cell (see tables); `actions` are links."""

    label: str
    value: Any
    actions: Sequence[Link] = ()


@dataclass(frozen=True)
class Task:
    """One line of a task list. Without `href` the task cannot be started yet."""

    title: str
    status: Tag | str
    href: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happened. `kind` is the words, `colour` the bead: teal, gold, green, red, grey."""

    when: date
    title: str
    kind: str = ""
    colour: str = ""
    by: str = ""
    text: str = ""
    links: Sequence[Link] = ()

    @property
    def day(self) -> date:
        """The local calendar day of the event."""
        if isinstance(self.when, datetime):
            return (timezone.localtime(self.when) if timezone.is_aware(self.when) else self.when).date()
        return self.when

    @property
    def time(self) -> datetime | None:
        """The moment, where one is known."""
        return self.when if isinstance(self.when, datetime) else None


def by_day(events: Iterable[Event], *, newest_first: bool = True) -> list[tuple[date, list[Event]]]:
    """Events grouped by day, newest day first unless told otherwise; order within a day is kept."""
    ordered = sorted(events, key=lambda event: event.day, reverse=newest_first)
    return [(day, list(group)) for day, group in groupby(ordered, key=lambda event: event.day)]


@dataclass(frozen=True)
class Stage:
    """A bead on the pathway. `state` is done, now, late or next; `note` says the date in words."""

    name: str
    state: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.state not in {"done", "now", "late", "next"}:
            raise ValueError(f"No stage state {self.state!r}: choose done, now, late or next.")

    @property
    def state_words(self) -> str:
        """The state as a screen reader says it."""
        return {"done": "Done", "now": "Now", "late": "Now, late", "next": "Still to come"}[self.state]


@dataclass(frozen=True)
class Stat:
    """A big figure. `tone` is plain, late, soon or good; a number is written with commas."""

    label: str
    figure: int | float | str | None
    href: str = ""
    note: str = ""
    tone: str = "plain"

    @property
    def figure_text(self) -> str:
        """The figure as written."""
        return self.figure if isinstance(self.figure, str) else number(self.figure)


@dataclass(frozen=True)
class Law:
    """The rule behind a date or a decision. `confirmed` is false where the source is not yet checked."""

    title: str
    citation: str
    text: str = ""
    confirmed: bool = True
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a job has got. `refresh` seconds asks the page to look again without script."""

    label: str
    done: int
    total: int
    note: str = ""
    refresh: int = 0
    facts: Sequence[SummaryRow] = field(default_factory=tuple)

    @property
    def words(self) -> str:
        """`1,200 of 6,000 (20%)`; of a hundred parts only `20%`."""
        if self.total == 100:
            return f"{self.done}%"
        share = f" ({self.done * 100 // self.total}%)" if self.total else ""
        return f"{number(self.done)} of {number(self.total)}{share}"
