"""When a service runs."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.localoffer.document import Document
from goldenthread.localoffer.enums import Day
from goldenthread.localoffer.forms.sections import SectionForm, WordsField


class WhenForm(SectionForm):
    """When it runs."""

    def add_rows(self) -> None:
        """A row for each time, and two more."""
        for number, one in enumerate([*self._many("schedules"), {}, {}], start=1):
            days = forms.MultipleChoiceField(
                label=f"Time {number}: days",
                choices=Day.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self._add(f"days{number}", days, [day for day in one.get("byday", "").split(",") if day])
            for name, label in (("opens_at", "from"), ("closes_at", "to")):
                time = forms.TimeField(
                    label=f"Time {number}: {label}",
                    required=False,
                    widget=forms.TextInput,
                    help_text="Such as 09:30.",
                    error_messages={"invalid": f"Time {number}: enter a time such as 09:30"},
                )
                self._add(f"{name}{number}", time, one.get(name, ""))
            note = WordsField(500, label=f"Time {number}: more", help_text='Such as "term time only".')
            self._add(f"note{number}", note, one.get("description", ""))

    def rows(self) -> dict[str, Any]:
        """The times."""
        found = []
        for number, one in enumerate([*self._many("schedules"), {}, {}], start=1):
            new = self._slot(number)
            if new:
                rest = {
                    key: part for key, part in one.items() if key not in {"byday", "opens_at", "closes_at"}
                }
                rest.pop("description", None)
                weekly = {"freq": "WEEKLY"} if "byday" in new and "freq" not in rest else {}
                found.append(rest | weekly | new)
        return {"schedules": found}

    def _slot(self, number: int) -> Document:
        data = self.cleaned_data
        days = [day.value for day in Day if day.value in data[f"days{number}"]]
        new = {"byday": ",".join(days), "description": data[f"note{number}"]}
        for name in ("opens_at", "closes_at"):
            at = data[f"{name}{number}"]
            new[name] = at.isoformat("minutes") if at else ""
        return {key: part for key, part in new.items() if part}
