"""A due date in words. The colour repeats what the words and the shape already say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.core.ui.filters import plural, short_date

SOON_DAYS = 7


@dataclass(frozen=True)
class Due:
    """`words` is the whole message; `state` is done, late, soon, later or none."""

    state: str
    words: str
    on: date | None = None
    done: date | None = None

    @classmethod
    def of(cls, due: date | None, today: date, done: date | None = None, *, soon: int = SOON_DAYS) -> Due:
        """Say how `due` stands on `today`, or how it ended if `done`. Counts calendar days.

        `soon` is how many days ahead call for attention.
        """
        if done is not None:
            return cls("done", _done_words(due, done), due, done)
        if due is None:
            return cls("none", "no date set")
        days = (due - today).days
        if days < 0:
            return cls("late", f"{plural(-days, 'day')} late", due)
        words = {0: "due today", 1: "due tomorrow"}.get(days, f"due in {plural(days, 'day')}")
        return cls("soon" if days <= soon else "later", words, due)

    @property
    def date_words(self) -> str:
        """The date to show after the words; empty where the words hold it."""
        return short_date(self.on) if self.on and self.state != "done" else ""

    def __str__(self) -> str:
        return f"{self.words} – {self.date_words}" if self.date_words else self.words


def _done_words(due: date | None, done: date) -> str:
    if due is not None and done > due:
        return f"done {short_date(done)}, {plural((done - due).days, 'day')} late"
    return f"done {short_date(done)}"
