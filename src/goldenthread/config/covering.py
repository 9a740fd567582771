"""What the law asks of a Local Offer and the room of comments keeps: checked in its live records."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from goldenthread.consultations import queries
from goldenthread.core import clock
from goldenthread.core.ui.filters import long_date
from goldenthread.localoffer.guidance import coverage
from goldenthread.localoffer.guidance.coverage import Finding, Place
from goldenthread.statute.local_offer import all_items

# Regulations 54 and 55: whom to consult, and what to ask families. "Anybody else" is the council's choice.
_CHOICE: Final = "R54.1.n"
CONSULTED: Final = tuple(
    one.id for one in all_items() if one.id.startswith(("R54.", "R55.")) and one.id != _CHOICE
)
COMMENTS: Final = ("R56.2",)
ANSWERS: Final = ("A30.6", "R56.5")
YEARLY: Final = ("R56.6", "C4.9")


def register_all() -> None:
    """Called once the site starts."""
    coverage.register("consultations", CONSULTED, _consulted)
    coverage.register("comments", (*COMMENTS, *ANSWERS), _comments)
    coverage.register("years", YEARLY, _years)


def _consulted() -> dict[str, Finding]:
    """Each body of regulation 54 and each question of 55 stands in the log of consultations."""
    last = queries.consulted_items()
    address = reverse("who_helped")
    found = {}
    for item in CONSULTED:
        on = last.get(item)
        note = f"Last on {long_date(on)}." if on else "Not in the log of consultations."
        found[item] = on is not None, Place("Whom we asked", address, is_check=True, note=note)
    return found


def _comments() -> dict[str, Finding]:
    """Comments are published, and so are answers to them."""
    shown = queries.published_comments()
    many, answered = shown.count(), shown.exclude(answer="").count()
    address = reverse("what_people_said")
    said = Place("What people said", address, is_check=True, note=f"{many:,} comments published.")
    told = Place("What people said", address, is_check=True, note=f"{answered:,} of {many:,} answered.")
    return dict.fromkeys(COMMENTS, (many > 0, said)) | dict.fromkeys(ANSWERS, (answered > 0, told))


def _years() -> dict[str, Finding]:
    """The last yearly publication is not more than a year ago."""
    last, due = queries.publications().first(), queries.next_due()
    holds = last is not None and due is not None and due >= clock.today()
    note = f"Last published on {long_date(last.published_on)}." if last else "Nothing published yet."
    place = Place("You said, we did", reverse("you_said_we_did"), is_check=True, note=note)
    return dict.fromkeys(YEARLY, (holds, place))
