"""Forms of the returns room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from goldenthread.core import clock
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm
from goldenthread.statute.census import censuses

TOO_LARGE = "The file is larger than 2 GB. Ask your administrator to load it with manage import_sen2"


def last_census(today: date) -> date | None:
    """The last census day that has come."""
    days = [one.reference_date for one in censuses() if one.reference_date <= today]
    return max(days) if days else None


class LoadForm(PlainForm):
    """Give a return."""

    file = forms.FileField(
        label="SEN2 return",
        max_length=200,
        help_text="The XML file, a zip of all the COLLECT blade files, or the Department's Excel template.",
    )
    as_of = DateField(label="As at", help_text="The day that the return describes: its census date.")
    what = forms.ChoiceField(
        label="What should be done?",
        choices=[("check", "Check it first"), ("load", "Load it now")],
        widget=forms.RadioSelect,
        initial="check",
    )
    corrections = forms.FileField(
        label="Corrected report",
        required=False,
        help_text="If you filled in the last column of a report of this file, give that CSV file here.",
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = last_census(clock.today())
        if too_large:
            self.fields["file"].error_messages["required"] = TOO_LARGE


class IssueFilter(forms.Form):
    """Which findings of a load to list."""

    code = forms.ChoiceField(label="Kind", required=False)
    kept = forms.ChoiceField(
        label="Was the person loaded?", required=False, choices=[("", "All"), ("yes", "Yes"), ("no", "No")]
    )

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "All"), *codes]  # type: ignore[attr-defined]
