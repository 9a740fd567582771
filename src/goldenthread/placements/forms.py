"""The shape of what is typed about a placement."""

from __future__ import annotations

from django import forms

from goldenthread.core.ui.fields import DateField


class EndPlacementForm(forms.Form):
    """The last day at a setting."""

    on = DateField(label="Last day at the setting", help_text="For example 19 7 2024")
