"""Two entries side by side: which one stays, and whose words for each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from goldenthread.core.ui.forms import PlainForm
from goldenthread.localoffer.merging import Compared

FIRST, SECOND = "first", "second"


class MergeForm(PlainForm):
    """The choice of the entry that stays, and a choice for each field that differs."""

    winner = forms.ChoiceField(
        label="Which entry stays?",
        widget=forms.RadioSelect,
        help_text="It keeps its organisation and its address. The other's address leads to it.",
    )
    with_providers = forms.BooleanField(
        label="Whoever keeps the other entry's organisation also keeps all entries of this one's",
        required=False,
    )
    first_version = forms.IntegerField(widget=forms.HiddenInput)
    second_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, names: tuple[str, str], rows: Sequence[Compared], people: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [one for one in rows if not one.same]
        choices = [(FIRST, f"First: {names[0]}"), (SECOND, f"Second: {names[1]}")]
        self.fields["winner"].choices = choices  # type: ignore[attr-defined]
        if not people:
            del self.fields["with_providers"]
        stays = self.initial.get("winner", FIRST)
        for one in self.rows:
            self.fields[one.field.key] = forms.ChoiceField(
                label=one.field.label, choices=[(FIRST, one.first), (SECOND, one.second)], required=False
            )
            has = {FIRST: one.first, SECOND: one.second}
            other = SECOND if stays == FIRST else FIRST
            self.initial[one.field.key] = stays if has[stays] else other

    def chosen(self, key: str) -> str:
        """Which side is chosen for a field, as the page shows it."""
        return str(self[key].value() or FIRST)

    def given(self, first: UUID, second: UUID) -> dict[str, Any]:
        """What `actions.merge_entries` asks of a valid form."""
        data = self.cleaned_data
        taken = [one.field.key for one in self.rows if data[one.field.key] not in {"", data["winner"]}]
        return {
            "winner_id": first if data["winner"] == FIRST else second,
            "versions": {first: data["first_version"], second: data["second_version"]},
            "taken": taken,
            "with_providers": data.get("with_providers", False),
        }
