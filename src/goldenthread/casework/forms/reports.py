"""Which year, which day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from goldenthread.core import clock
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm

FIRST_YEAR = 2014  # when EHC plans began
# A year that has hardly begun says little: in its first months the report opens with the year before.
EARLY_MONTHS = 3


def year_to_show(today: date) -> int:
    """The calendar year that a report opens with."""
    return today.year - 1 if today.month <= EARLY_MONTHS else today.year


class YearForm(PlainForm):
    """A calendar year."""

    year = forms.TypedChoiceField(label="Calendar year", coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(clock.today().year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
        self.initial.setdefault("year", str(year_to_show(clock.today())))

    def chosen(self) -> int:
        """The year asked for, else the one the report opens with."""
        given = self.cleaned_data.get("year") if self.is_valid() else None
        return int(given or year_to_show(clock.today()))


class DayForm(PlainForm):
    """The day of a caseload."""

    on = DateField(label="At the end of", required=False, earliest=date(FIRST_YEAR, 9, 1))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]
        self.initial.setdefault("on", clock.today())

    def chosen(self) -> date:
        """The day asked for, else today."""
        given: date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return given or clock.today()
