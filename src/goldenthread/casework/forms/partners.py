"""What advisers and settings answer."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.casework.enums import ConsultationReply
from goldenthread.casework.forms.base import day, text
from goldenthread.core import clock
from goldenthread.core.ui.forms import PlainForm


class ReturnForm(PlainForm):
    """Advice was sent to the council."""

    on = day("Day you sent it")
    late_reason = forms.CharField(label="If it is late, why", required=False, max_length=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", clock.today())


class AnswerForm(PlainForm):
    """A setting's answer to a consultation."""

    reply = forms.ChoiceField(
        label="Your answer",
        choices=[(str(one), one.label) for one in ConsultationReply if one != ConsultationReply.NO_REPLY],
        widget=forms.RadioSelect,
    )
    grounds = text(
        "Your reasons",
        help_text="Needed where you cannot meet need or are full. Say which need or which limit, and what "
        "you considered.",
        rows=6,
        sometimes=True,
    )
