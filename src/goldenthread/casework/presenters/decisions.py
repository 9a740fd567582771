"""The buttons of a case page: what may be done now, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from goldenthread.casework.actions.available import ACTIONS
from goldenthread.casework.models import Case

_TITLES = {one.name: one.title for one in ACTIONS}
# Always possible, never what a case waits for.
_UPKEEP = (
    "claim_exception",
    "end_exception",
    "withdraw",
    "allocate",
    "add_note",
    "correct_date",
    "record_phase_transfer",
    "decide_to_cease",
)


@dataclass(frozen=True)
class Button:
    """One thing that may be done."""

    text: str
    href: str
    primary: bool = False
    upkeep: bool = False


def buttons(
    case: Case, allowed: Sequence[str], primary: str = "", *, only: Sequence[str] | None = None
) -> list[Button]:
    """The actions allowed, the primary one first, upkeep last; `only` keeps those named."""
    names = [name for name in allowed if only is None or name in only]
    names.sort(key=lambda name: (name != primary, name in _UPKEEP))
    return [
        Button(
            text=_TITLES[name],
            href=reverse("case_do", args=[case.pk, name.replace("_", "-")]),
            primary=name == primary,
            upkeep=name in _UPKEEP,
        )
        for name in names
    ]
