"""The shape of what is typed about a placement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from goldenthread.casework.queries.pages import settings_offered
from goldenthread.core import clock
from goldenthread.core.ui import picking
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm
from goldenthread.statute.codes import codeset


def find_settings(words: str, chosen: UUID | None) -> list[picking.Found]:
    """Settings that match what was typed, to pick one of."""
    return [
        picking.Found(
            one.pk,
            ", ".join(part for part in (one.name, one.town, f"URN {one.urn}" if one.urn else "") if part),
            (one.name, one.urn or one.name),
        )
        for one in settings_offered(words, chosen)
    ]


class StartPlacementForm(PlainForm):
    """Where somebody attends, from a day."""

    where = forms.ChoiceField(
        label="Where",
        choices=[("setting", "A school, college or early years setting"), ("other", "Another arrangement")],
        widget=forms.RadioSelect,
        initial="setting",
    )
    setting_words = picking.words_field(
        "Name or URN of the setting", "Type part of the name, the town, a postcode or the URN, then find it"
    )
    setting = picking.choice_field("Which setting")
    sen_unit = forms.BooleanField(label="A place in its SEN unit", required=False)
    resourced_provision = forms.BooleanField(label="A place in its resourced provision", required=False)
    sen_setting = forms.ChoiceField(
        label="Which arrangement",
        required=False,
        choices=[("", "Choose"), *codeset("sen_setting").choices()],
    )
    sen_setting_other = forms.CharField(label="In words", required=False, max_length=250)
    rank = forms.TypedChoiceField(
        label="Main place",
        choices=[("1", "Yes, the main place"), ("2", "No, a second place beside it")],
        coerce=int,
        widget=forms.RadioSelect,
        initial="1",
    )
    starts_on = DateField(label="First day")

    nested = {
        "where": {
            "setting": ("setting_words", "setting", "sen_unit", "resourced_provision"),
            "other": ("sen_setting", "sen_setting_other"),
        }
    }
    below = frozenset(name for names in nested["where"].values() for name in names)
    options: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("starts_on", clock.today())
        self.found = picking.offer(self, "setting", find_settings)

    def clean_setting(self) -> UUID | None:
        """The setting picked, where there is one."""
        if self.data.get("where") != "setting":
            return None
        return picking.picked(self, "setting", self.found, "setting")

    def clean(self) -> dict[str, Any]:
        """An arrangement is chosen where there is no setting."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("where") == "other" and not cleaned.get("sen_setting"):
            self.add_error("sen_setting", "Select the arrangement")
        return cleaned

    def given(self) -> dict[str, Any]:
        """The fields of a new placement: of the setting or of the arrangement, not both."""
        data = self.cleaned_data
        shared = {"rank": data["rank"], "starts_on": data["starts_on"]}
        if data["where"] == "other":
            return shared | {
                "sen_setting": data["sen_setting"],
                "sen_setting_other": data["sen_setting_other"],
            }
        of_setting = {name: data[name] for name in ("sen_unit", "resourced_provision")}
        return shared | of_setting | {"setting_id": data["setting"]}


class EndPlacementForm(PlainForm):
    """The last day at a setting."""

    on = DateField(label="Last day there")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", clock.today())
