"""What a decision on an entry asks."""

from __future__ import annotations

from django import forms

from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm


class DecisionForm(PlainForm):
    """Nothing to say, but of which state of the entry it was decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(DecisionForm):
    """A decision with its reason."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea, max_length=2000)


class DayForm(DecisionForm):
    """A decision for a day."""

    on = DateField(label="Publish it on", help_text="It is published early on this day.")


class PauseForm(DecisionForm):
    """Closing for a time."""

    until = DateField(label="Closed until", required=False, help_text="Leave it empty if nobody knows yet.")
    reason = forms.CharField(label="Why", required=False, max_length=2000)
