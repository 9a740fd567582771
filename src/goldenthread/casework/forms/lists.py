"""What lists are narrowed to, and bulk allocation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from goldenthread.casework.enums import OPEN_REQUEST, Status, Turn
from goldenthread.casework.queries import NOBODY
from goldenthread.core.ui.forms import PlainForm
from goldenthread.statute.codes import codeset

_ANY = [("", "Any")]
_OPEN = [(str(one), one.label) for one in Status if one in OPEN_REQUEST]


class WorklistFilter(PlainForm):
    """What a worklist is narrowed to."""

    q = forms.CharField(
        label="Find a case", required=False, max_length=100, help_text="Reference, name or UPN"
    )
    caseworker = forms.ChoiceField(label="Plan Co-ordinator", required=False)
    status = forms.ChoiceField(
        label="Stage", required=False, choices=[*_ANY, *_OPEN, (str(Status.PLAN), Status.PLAN.label)]
    )
    turn = forms.ChoiceField(
        label="Whose turn",
        required=False,
        choices=[*_ANY, *((str(one), one.label) for one in Turn if one != Turn.NOBODY)],
    )

    need = forms.ChoiceField(
        label="Main type of need",
        required=False,
        choices=[*_ANY, *codeset("sen_type").choices()],
        help_text="Known once there is a plan",
    )

    def __init__(self, *args: Any, workers: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(key), name) for key, name in workers]
        self.fields["caseworker"].choices = [*_ANY, (NOBODY, "Unallocated"), *named]  # type: ignore[attr-defined]


class AllocateForm(PlainForm):
    """To whom the chosen cases go."""

    to = forms.ChoiceField(label="Give to")
    everything = forms.BooleanField(label="Every case in this list, on all pages", required=False)

    def __init__(self, *args: Any, workers: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(key), name) for key, name in workers]
        self.fields["to"].choices = [("", "Choose"), *named, (NOBODY, "Nobody: unallocated")]  # type: ignore[attr-defined]
