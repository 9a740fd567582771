"""Forms of lists: merges, settings, advisers and organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from goldenthread.core.ui.forms import PlainForm
from goldenthread.people.actions import AdviserFacts, OrganisationFacts
from goldenthread.people.enums import OrganisationKind, SettingGroup
from goldenthread.people.models import Adviser, Organisation
from goldenthread.statute.plan import advice_kinds

ANY = [("", "Any")]


def advice_choices() -> list[tuple[str, str]]:
    """The kinds of advice that an adviser may be asked for (R6(1)); a family gives its own."""
    return [(one.id, one.title) for one in advice_kinds() if one.id != "family"]


class MergeForm(PlainForm):
    """Which record to keep, and why they are one person."""

    keep = forms.ChoiceField(label="Which record should be kept?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why are these the same person?",
        help_text="For example, the school confirmed it. Kept in the history of both records.",
        max_length=250,
        widget=forms.Textarea(attrs={"maxlength": 250}),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["keep"]
        field.choices = list(choices)


class ReasonForm(PlainForm):
    """Why a decision is made or undone."""

    reason = forms.CharField(label="Reason", max_length=250, widget=forms.Textarea(attrs={"maxlength": 250}))


class SettingFilter(PlainForm):
    """Which settings to list."""

    q = forms.CharField(label="Name, town, postcode, URN or UKPRN", required=False, max_length=100)
    group = forms.ChoiceField(label="Group", required=False, choices=[*ANY, *SettingGroup.choices])
    phase = forms.ChoiceField(label="Phase", required=False)
    la = forms.ChoiceField(label="Local authority", required=False)
    status = forms.ChoiceField(label="Status", required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, given in choices.items():
            field: Any = self.fields[name]
            field.choices = [*ANY, *given]


class RegisterForm(PlainForm):
    """The register of settings, as a file."""

    file = forms.FileField(
        label="The register of settings",
        help_text="“All establishment data” (edubasealldata) from Get Information about Schools, as CSV.",
        error_messages={"empty": "The file is empty. Download it again."},
    )


class AdviserFilter(PlainForm):
    """Which advisers to list."""

    q = forms.CharField(label="Name or organisation", required=False, max_length=100)
    kind = forms.ChoiceField(label="Advice", required=False)
    active = forms.ChoiceField(
        label="Asked for advice now", required=False, choices=[*ANY, ("yes", "Yes"), ("no", "No")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [*ANY, *advice_choices()]


class OrganisationForm(PlainForm):
    """An organisation."""

    name = forms.CharField(label="Name", max_length=150)
    kind = forms.ChoiceField(label="Kind", choices=OrganisationKind.choices)
    email = forms.EmailField(label="Email address", required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        if organisation is not None:
            kwargs["initial"] = {name: getattr(organisation, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def facts(self) -> OrganisationFacts:
        """What the action takes."""
        return OrganisationFacts(**{**self.cleaned_data, "kind": OrganisationKind(self.cleaned_data["kind"])})


class AdviserForm(PlainForm):
    """An adviser."""

    name = forms.CharField(label="Name", max_length=150)
    kind = forms.ChoiceField(label="Advice they give")
    organisation_id = forms.ChoiceField(label="Organisation", required=False)
    email = forms.EmailField(label="Email address", required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    active = forms.BooleanField(label="Asked for advice now", required=False, initial=True)

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[tuple[str, str]] = (),
        adviser: Adviser | None = None,
        **kwargs: Any,
    ) -> None:
        if adviser is not None:
            kwargs["initial"] = {name: getattr(adviser, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = advice_choices()
        organisation: Any = self.fields["organisation_id"]
        organisation.choices = [("", "None, or not known"), *organisations]

    def facts(self) -> AdviserFacts:
        """What the action takes."""
        return AdviserFacts(
            **{**self.cleaned_data, "organisation_id": self.cleaned_data["organisation_id"] or None}
        )
