"""From the draft to the final plan: the draft, views, settings consulted, the plan itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from goldenthread.casework.enums import ConsultationReply
from goldenthread.casework.forms.base import CaseForm, day, text
from goldenthread.casework.forms.choosing import SETTING_HINT, ChoosesSetting, SectionIFields
from goldenthread.core import clock
from goldenthread.core.ui import picking
from goldenthread.core.ui.filters import long_date, plural
from goldenthread.statute.codes import codeset
from goldenthread.statute.deadlines import views_close


class DraftForm(CaseForm):
    """The draft was served."""

    on = day("Day the draft was served", help_text="The family’s 15 days begin with this day")
    note = text("Note")

    def consequence(self) -> list[str]:
        """Until when the family may answer."""
        last = views_close(self.cleaned_data["on"])
        return [f"The family has until the end of {long_date(last)} to give its views."]


class ViewsForm(CaseForm):
    """What the family says of the draft."""

    on = day("Day the views reached the council")
    views = text("The views, or where they are kept", rows=8)


class ConsultForm(ChoosesSetting):
    """A setting is consulted."""

    setting_words = picking.words_field("Name or URN of the setting", SETTING_HINT)
    setting = picking.choice_field("Which setting")
    on = day("Day it was consulted", help_text="It is asked to answer within 15 days")
    note = text("Note")

    def given(self) -> dict[str, Any]:
        """The setting by its key."""
        data = super().given()
        data["setting_id"] = data.pop("setting")
        data.pop("setting_words")
        return data


class ReplyForm(CaseForm):
    """A setting's answer."""

    consultation_id = forms.ChoiceField(label="Which setting", widget=forms.RadioSelect)
    reply = forms.ChoiceField(label="Its answer", choices=ConsultationReply.choices, widget=forms.RadioSelect)
    grounds = text(
        "Grounds",
        help_text="Needed where the setting cannot meet need or is full (CFA s.39(4))",
        sometimes=True,
    )
    on = day("Day it answered")

    def prepare(self) -> None:
        """The settings that have not answered."""
        waiting = [one for one in self.case.setting_consultations.all() if one.replied_on is None]
        choices = [
            (str(one.pk), f"{one.setting.name}: answer due {long_date(one.due_on)}") for one in waiting
        ]
        self.fields["consultation_id"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial.setdefault("consultation_id", choices[0][0])

    def clean_consultation_id(self) -> UUID:
        """The key of the consultation."""
        return UUID(self.cleaned_data["consultation_id"])


_NEEDS = codeset("sen_type").choices()


def _of_the_return(name: str, label: str, none: str) -> forms.ChoiceField:
    """What a plan says that the SEN2 return asks for, by its codes; nothing for most plans."""
    return forms.ChoiceField(label=label, required=False, choices=[("", none), *codeset(name).choices()])


class FinalPlanForm(SectionIFields):
    """The final plan: needs, section I, the day it was sent."""

    nested = SectionIFields.section_i_nested
    primary_need = forms.ChoiceField(label="Main type of need", choices=[("", "Choose"), *_NEEDS])
    secondary_need = forms.ChoiceField(
        label="Second type of need", required=False, choices=[("", "None"), *_NEEDS]
    )
    residential = _of_the_return("residential", "Residential place", "Not residential")
    work_based = _of_the_return("work_based", "Work-based learning", "None")
    personal_budget = forms.BooleanField(label="There is a personal budget", required=False)
    organised_arrangements = forms.BooleanField(
        label="It is kept by arrangement: we or a provider spend it", required=False
    )
    direct_payment = _of_the_return("direct_payment", "Direct payment", "None")
    on = day("Day the final plan was sent")
    family_agreed = forms.BooleanField(
        label="The family agreed to less than its 15 days for views", required=False
    )
    field_order = (
        "primary_need",
        "secondary_need",
        "names",
        "setting_words",
        "setting",
        "sen_unit",
        "resourced_provision",
        "sen_setting",
        "sen_setting_other",
        "residential",
        "work_based",
        "personal_budget",
        "organised_arrangements",
        "direct_payment",
        "on",
        "family_agreed",
    )

    def prepare(self) -> None:
        """Say until when the family may still give its views; ask about it only then."""
        super().prepare()
        draft = self.case.draft_sent_on
        last = views_close(draft) if draft else None
        if last is None or clock.today() > last + timedelta(days=31):
            del self.fields["family_agreed"]
            return
        # The bound field has taken the text over already.
        self["on"].help_text = (
            f"The family has until the end of {long_date(last)} for its views: from "
            f"{long_date(last + timedelta(days=1))} unless it agreed to less"
        )

    def consequence(self) -> list[str]:
        """How the day lies to the 20 weeks."""
        final, on = self.case.final_due_on, self.cleaned_data["on"]
        if final is None:
            return []
        late = (on - final).days
        if late <= 0:
            return [f"The plan is sent within its 20 weeks, which end on {long_date(final)}."]
        return [
            f"The plan is {plural(late, 'day')} later than its 20 weeks, which ended on {long_date(final)}."
        ]
