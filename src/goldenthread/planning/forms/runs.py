"""Starting a forecast, and looking at one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from goldenthread.core.ui.forms import PlainForm, plain_messages
from goldenthread.planning.forms.figures import MoneyField
from goldenthread.planning.policies import MOST_SIMULATIONS, MOST_YEARS
from goldenthread.planning.presenters.words import RANGES

BASELINE = "baseline"


class RunForm(PlainForm):
    """What to forecast, and how carefully."""

    title = forms.CharField(
        label="Name",
        max_length=150,
        required=False,
        help_text="To find it again, such as “For Schools Forum in June”.",
    )
    scenario = forms.ChoiceField(
        label="Scenario", help_text="As it is: no mitigation. Or a scenario with its mitigations."
    )
    horizon = forms.IntegerField(label="Years ahead", min_value=1, max_value=MOST_YEARS, initial=5)
    simulations = forms.IntegerField(
        label="Simulations",
        min_value=10,
        max_value=MOST_SIMULATIONS,
        initial=1000,
        help_text="More make the ranges steadier and take longer. 1,000 is usual.",
    )
    seed = forms.IntegerField(
        label="Seed",
        min_value=1,
        max_value=2**31,
        initial=1,
        help_text="The same seed with the same inputs gives the same figures. Leave 1 to compare runs.",
    )

    def __init__(
        self,
        *args: Any,
        scenarios: Iterable[tuple[str, str]],
        years: tuple[int, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenario"].choices = [(BASELINE, "As it is"), *scenarios]  # type: ignore[attr-defined]
        first, last = years
        self.fields["base_year"] = forms.IntegerField(
            label="Starts from January",
            min_value=first,
            max_value=last,
            initial=last,
            help_text=f"The year of a January census in the record, from {first} to {last}.",
        )
        self.order_fields(["title", "scenario", "base_year"])
        plain_messages(self)


class LookForm(PlainForm):
    """Which range to show, and from which deficit on to give a chance."""

    range = forms.ChoiceField(
        label="Range",
        choices=[(key, name) for key, (name, _, _) in RANGES.items()],
        required=False,
    )
    threshold = MoneyField(
        label="Deficit to watch",
        required=False,
        least=0,
        help_text="The page says how likely it is that the deficit passes this, such as £20m.",
    )

    @property
    def chosen(self) -> tuple[str, float]:
        """The range and the threshold; the usual ones where nothing, or something wrong, was given."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return data.get("range") or "80", data.get("threshold") or 0.0
