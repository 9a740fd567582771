"""Scenarios and their mitigations; the effects have forms of their own (`effects`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm
from goldenthread.forecast.mitigation import EvidenceGrade
from goldenthread.planning.enums import Confidence
from goldenthread.planning.forms.figures import MoneyField, RampField
from goldenthread.planning.presenters.scenarios import GRADES
from goldenthread.planning.presenters.words import financial_year

_LINE: Final = re.compile(r"(20\d\d)(?:[/-]\d{2,4})?[\s:,]+(.+)\Z")
_TEXT: Final = forms.Textarea(attrs={"rows": 3})


class ScenarioForm(PlainForm):
    """The name of a scenario and what it is for."""

    title = forms.CharField(label="Name", max_length=150)
    notes = forms.CharField(label="What it is for", required=False, max_length=2000, widget=forms.Textarea)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class OneOffField(forms.CharField):
    """Costs once, by financial year: a line each, `2024/25 £150,000`. Gives {year it begins in: pounds}."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        """Read the lines. Raises ValidationError naming the line that cannot be read."""
        text = super().clean(value) or ""
        money, found = MoneyField(label="The cost"), {}
        for line in filter(None, (line.strip() for line in text.splitlines())):
            parts = _LINE.match(line)
            if parts is None:
                raise ValidationError(f"Write each cost as a year and pounds, 2024/25 £150,000, not “{line}”")
            if parts[1] in found:
                raise ValidationError(f"{financial_year(int(parts[1]))} stands twice")
            found[parts[1]] = money.clean(parts[2])
        return found

    def prepare_value(self, value: Any) -> Any:
        """The lines as they are typed."""
        if not isinstance(value, Mapping):
            return value
        return "\n".join(f"{financial_year(int(year))} £{pounds:,.0f}" for year, pounds in value.items())


class MitigationForm(PlainForm):
    """A mitigation but for its effects."""

    reference = forms.CharField(
        label="Reference", max_length=20, help_text="Such as the number of the action in the recovery plan."
    )
    title = forms.CharField(label="Title", max_length=200)
    starts = DateField(label="Starts on", help_text="The day from which it acts.")
    ramp = RampField(
        label="How it grows",
        initial=(1.0,),
        help_text="Its share in each year from the start, such as 25% 50% 100%. The last holds from then on.",
    )
    one_off = OneOffField(
        label="Costs once", required=False, help_text="A line for each financial year: 2024/25 £150,000."
    )
    evidence_grade = forms.ChoiceField(
        label="What do the amounts rest on?",
        choices=[(grade.value, f"{text[0].upper()}{text[1:]}") for grade, text in GRADES.items()],
        widget=forms.RadioSelect,
        initial=EvidenceGrade.JUDGEMENT.value,
    )
    evidence = forms.CharField(label="The evidence", required=False, max_length=2000, widget=_TEXT)
    confidence = forms.ChoiceField(
        label="Confidence that the saving can be achieved",
        choices=[(one.value, one.label) for one in Confidence],
        required=False,
        widget=forms.RadioSelect,
    )
    owner = forms.CharField(
        label="Owner", required=False, max_length=150, help_text="A post, not a person's name."
    )
    notes = forms.CharField(label="Notes", required=False, max_length=2000, widget=_TEXT)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_ramp(self) -> tuple[float, ...]:
        """At least one share."""
        ramp: tuple[float, ...] = self.cleaned_data["ramp"]
        if not ramp:
            raise ValidationError("Enter how it grows: 100% for all of it at once")
        return ramp


class CompareForm(PlainForm):
    """Which scenarios to lay side by side."""

    scenario = forms.MultipleChoiceField(label="Scenarios", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, scenarios: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenario"].choices = list(scenarios)  # type: ignore[attr-defined]

    def clean_scenario(self) -> list[str]:
        """Up to four, so that the columns can be read."""
        chosen: list[str] = self.cleaned_data["scenario"]
        if len(chosen) > 4:
            raise ValidationError("Choose up to four scenarios")
        return chosen
