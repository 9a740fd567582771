"""Choosing a setting without script: type a name or URN, find, pick from what matches. And section I."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from goldenthread.casework.actions import SectionI
from goldenthread.casework.forms.base import CaseForm
from goldenthread.casework.queries import pages
from goldenthread.core.ui import picking
from goldenthread.core.ui.picking import Found
from goldenthread.statute.codes import codeset

SETTING_HINT = "Type part of the name, the town, a postcode or the URN, then find it"


def find_settings(words: str, chosen: UUID | None) -> list[Found]:
    """Settings that match what was typed, to pick one of."""
    offered = pages.settings_offered(words, chosen)
    return [Found(one.pk, describe(one), (one.name, one.urn or one.name)) for one in offered]


def describe(setting: Any) -> str:
    """A setting as it is told from another of the same name."""
    where = ", ".join(part for part in (setting.town, setting.postcode) if part)
    urn = f"URN {setting.urn}" if setting.urn else ""
    return " – ".join(part for part in (setting.name, where, urn) if part)


class ChoosesSetting(CaseForm):
    """Looks up what was typed in `setting_words` and offers it in `setting`."""

    def prepare(self) -> None:
        """Offer what matches the words typed."""
        self.found = picking.offer(self, "setting", find_settings)

    def wanted(self) -> bool:
        """Whether a setting is to be chosen at all."""
        return True

    def clean_setting(self) -> UUID | None:
        """The setting picked."""
        return picking.picked(self, "setting", self.found, "setting") if self.wanted() else None


class SectionIFields(ChoosesSetting):
    """Section I of a plan: a setting, or a type of setting."""

    names = forms.ChoiceField(
        label="What section I names",
        choices=[("setting", "A setting"), ("type", "A type of setting or another arrangement")],
        widget=forms.RadioSelect,
    )
    setting_words = picking.words_field("Name or URN of the setting", SETTING_HINT)
    setting = picking.choice_field("Which setting")
    sen_unit = forms.BooleanField(label="A place in its SEN unit", required=False)
    resourced_provision = forms.BooleanField(label="A place in its resourced provision", required=False)
    sen_setting = forms.ChoiceField(
        label="Type of setting or arrangement",
        required=False,
        choices=[("", "Choose"), *codeset("sen_setting").choices()],
    )
    sen_setting_other = forms.CharField(label="In words, as the plan has it", required=False, max_length=250)

    section_i_nested = {
        "names": {
            "setting": ("setting_words", "setting", "sen_unit", "resourced_provision"),
            "type": ("sen_setting", "sen_setting_other"),
        }
    }

    def wanted(self) -> bool:
        """Only where a setting is named."""
        return self.data.get("names") == "setting"

    def clean(self) -> dict[str, Any]:
        """A type is chosen where a type is named."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("names") == "type" and not cleaned.get("sen_setting"):
            self.add_error("sen_setting", "Select the type of setting or arrangement")
        return cleaned

    def section_i(self) -> list[SectionI]:
        """Section I as the action takes it; empty where nothing is named."""
        data = self.cleaned_data
        if data.get("names") == "setting":
            return [
                SectionI(
                    setting_id=data["setting"],
                    sen_unit=data["sen_unit"],
                    resourced_provision=data["resourced_provision"],
                )
            ]
        if data.get("names") == "type":
            return [SectionI(sen_setting=data["sen_setting"], sen_setting_other=data["sen_setting_other"])]
        return []

    def given(self) -> dict[str, Any]:
        """The fields of section I as one entry."""
        mine = {name for names in self.section_i_nested["names"].values() for name in names} | {"names"}
        rest = {name: value for name, value in super().given().items() if name not in mine}
        return rest | {"named": self.section_i()}
