"""The recovery plan: entering one as stated, its milestones, and what was really spent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from goldenthread.core import clock
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.filters import month
from goldenthread.core.ui.forms import PlainForm
from goldenthread.planning.enums import MilestoneState
from goldenthread.planning.forms.inputs import POUNDS, THOUSANDS, FileForm
from goldenthread.planning.reading.table import LARGEST


class PlanForm(PlainForm):
    """A stated plan: a file of figures, and one of actions."""

    title = forms.CharField(label="Name of the plan", max_length=200)
    source = forms.CharField(
        label="Where it was published", max_length=1000, help_text="The paper, its date, who received it."
    )
    stated_on = DateField(label="Stated on", required=False)
    rows = forms.FileField(label="The figures", max_length=200, help_text="CSV or Excel.")
    units = forms.ChoiceField(
        label="The figures are in",
        choices=[(THOUSANDS, "Thousands of pounds"), (POUNDS, "Pounds")],
        widget=forms.RadioSelect,
    )
    actions = forms.FileField(
        label="The actions", max_length=200, required=False, help_text="CSV or Excel, if there is one."
    )
    notes = forms.CharField(label="Notes", required=False, max_length=2000, widget=forms.Textarea)

    def clean_rows(self) -> UploadedFile[Any]:
        """Refuse what is too large before it is read."""
        return self._small("rows")

    def clean_actions(self) -> UploadedFile[Any] | None:
        """The same of the second file."""
        return self._small("actions") if self.cleaned_data["actions"] else None

    def _small(self, name: str) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data[name]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // 1024**2} MB")
        return file


class MilestoneForm(PlainForm):
    """How a milestone stands."""

    state = forms.ChoiceField(
        label="How does it stand?", choices=MilestoneState.choices, widget=forms.RadioSelect
    )
    done_on = DateField(label="Done on", required=False, help_text="Only for a milestone that is done.")
    note = forms.CharField(label="Note", required=False, max_length=2000, widget=forms.Textarea)


class ActualsForm(FileForm):
    """Monthly figures: spending by line, savings by action."""


class MonthForm(PlainForm):
    """Which plan, and up to the end of which month."""

    plan = forms.ChoiceField(label="Recovery plan", required=False)
    month = forms.ChoiceField(label="Up to the end of", required=False)

    def __init__(self, *args: Any, plans: Iterable[tuple[str, str]], months: Iterable[date], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = list(plans)  # type: ignore[attr-defined]
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (one.isoformat(), month(one)) for one in months
        ]

    @property
    def chosen(self) -> tuple[str, date | None]:
        """The plan and the month, the first of each list where nothing was chosen."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        until = data.get("month") or ""
        return data.get("plan") or "", date.fromisoformat(until) if until else None


def months_back(count: int = 36) -> list[date]:
    """The first days of this month and of those before it, the newest first."""
    today = clock.today()
    whole = today.year * 12 + today.month - 1
    return [date((whole - at) // 12, (whole - at) % 12 + 1, 1) for at in range(count)]
