"""A plan that moves in from another council."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.casework.forms.base import day, text
from goldenthread.casework.forms.choosing import SectionIFields
from goldenthread.casework.models import Case
from goldenthread.core.actors import Actor
from goldenthread.core.ui.fields import DateField
from goldenthread.statute.codes import codeset

_NEEDS = codeset("sen_type").choices()


class TransferForm(SectionIFields):
    """What the other council's plan says, and when it became ours. There is no case yet."""

    nested = SectionIFields.section_i_nested
    on = day("Day the plan passed to us", help_text="From this day we keep it and arrange what it says")
    transferred_from = forms.CharField(
        label="The other council’s LA code",
        max_length=3,
        help_text="Three digits",
        widget=forms.TextInput(attrs={"data-width": "3", "inputmode": "numeric"}),
    )
    started_on = DateField(label="Day the plan was first made")
    last_review_on = DateField(
        label="Day of the last decision after a review", required=False, help_text="By the other council"
    )
    primary_need = forms.ChoiceField(label="Main type of need", choices=[("", "Choose"), *_NEEDS])
    secondary_need = forms.ChoiceField(
        label="Second type of need", required=False, choices=[("", "None"), *_NEEDS]
    )
    note = text("Note")
    field_order = (
        "on",
        "transferred_from",
        "started_on",
        "last_review_on",
        "primary_need",
        "secondary_need",
        "names",
        "setting_words",
        "setting",
        "sen_unit",
        "resourced_provision",
        "sen_setting",
        "sen_setting_other",
        "note",
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, case=Case(), by=by, **kwargs)
        del self.fields["version"]
