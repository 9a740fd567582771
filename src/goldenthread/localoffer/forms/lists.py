"""Filters of the lists, and the forms of organisations."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.core.ui.forms import PlainForm
from goldenthread.localoffer.enums import State
from goldenthread.localoffer.queries.lists import Wanted


class EntryFilter(forms.Form):
    """Which entries to list."""

    q = forms.CharField(label="Name or organisation", required=False, max_length=100)
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All but archived"), *State.choices]
    )
    overdue = forms.BooleanField(label="Due to be checked", required=False)
    organization = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def wanted(self) -> Wanted:
        """What was asked; what cannot be read asks nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        return Wanted(
            data.get("q", ""), data.get("state", ""), data.get("overdue", False), data.get("organization")
        )


class OrganizationFilter(forms.Form):
    """Which organisations to list."""

    q = forms.CharField(label="Name", required=False, max_length=100)


class NewEntryForm(PlainForm):
    """Begin an entry."""

    organization = forms.ChoiceField(label="Organisation")
    name = forms.CharField(label="Name of the service", max_length=255)

    def __init__(self, *args: Any, organizations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = [("", "Choose one"), *organizations]  # type: ignore[attr-defined]


class OrganizationForm(PlainForm):
    """An organisation."""

    name = forms.CharField(label="Name", max_length=255)
    description = forms.CharField(
        label="What it does", required=False, widget=forms.Textarea, max_length=5000
    )
    email = forms.CharField(
        label="Email",
        required=False,
        help_text="Families see it. Reminders go here while nobody of the organisation signs in.",
    )
    website = forms.CharField(label="Website", required=False)


class InviteForm(PlainForm):
    """Ask somebody to keep an organisation's entries."""

    name = forms.CharField(label="Their name", max_length=150)
    email = forms.EmailField(label="Their email address", help_text="We send a link. They need no password.")
