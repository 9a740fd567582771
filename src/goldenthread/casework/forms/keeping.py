"""Keeping a plan: reviews, amended plans, phase transfers, ceasing; and the upkeep of any case."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from goldenthread.casework import queries
from goldenthread.casework.actions.upkeep import ON_CASE, ON_PLAN
from goldenthread.casework.enums import ReviewOutcome
from goldenthread.casework.forms.base import CaseForm, day, text
from goldenthread.casework.forms.choosing import SectionIFields
from goldenthread.casework.presenters.timeline import corrected_field
from goldenthread.casework.presenters.words import step_words
from goldenthread.casework.queries import pages
from goldenthread.core import clock
from goldenthread.core.ui.filters import long_date
from goldenthread.statute.codes import codeset
from goldenthread.statute.grounds import all_grounds
from goldenthread.statute.rules import rule

_CEASE = [("", "Choose"), *codeset("cease_reason").choices()]
_NEEDS = codeset("sen_type").choices()


class ReviewMeetingForm(CaseForm):
    """An annual review meeting was held."""

    on = day("Day of the meeting", help_text="The decision is due four weeks after it")
    note = text("Note", help_text="For example: who came, what was agreed")


class ReviewDecisionForm(CaseForm):
    """What follows from the review."""

    nested = {"outcome": {"C": ("cease_reason",)}}
    outcome = forms.ChoiceField(label="The decision", choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    cease_reason = forms.ChoiceField(label="Reason in law for ceasing", required=False, choices=_CEASE)
    reason = text("Reasons", help_text="The family will read this. Needed to cease the plan.")
    on = day(
        "Day the family was told",
        help_text="To amend: the notice with the proposed changes goes the same day",
    )


class AmendedPlanForm(SectionIFields):
    """The amended plan was sent."""

    nested = SectionIFields.section_i_nested
    phase_transfer = forms.BooleanField(label="It settles the move to the next phase", required=False)
    primary_need = forms.ChoiceField(
        label="Main type of need", required=False, choices=[("", "As it is"), *_NEEDS]
    )
    secondary_need = forms.ChoiceField(
        label="Second type of need", required=False, choices=[("", "None, or as it is"), *_NEEDS]
    )
    on = day("Day the amended plan was sent", help_text="Or the reasons for not amending it")
    note = text("Note")
    field_order = (
        "phase_transfer",
        "primary_need",
        "secondary_need",
        "names",
        "setting_words",
        "setting",
        "sen_unit",
        "resourced_provision",
        "sen_setting",
        "sen_setting_other",
        "on",
        "note",
    )

    def prepare(self) -> None:
        """Section I may stay as it is."""
        super().prepare()
        field: Any = self.fields["names"]
        field.choices = [
            ("", "Section I stays as it is"),
            ("setting", "A setting"),
            ("type", "A type of setting or another arrangement"),
        ]
        field.required = False
        self.initial.setdefault("names", "")


class PhaseTransferForm(CaseForm):
    """When a plan must be ready for the next phase."""

    due_on = forms.TypedChoiceField(
        label="The plan must be ready by", widget=forms.RadioSelect, coerce=date.fromisoformat
    )
    on = day("Recorded on")
    note = text("Note")

    def prepare(self) -> None:
        """15 February and 31 March of this year and the next two."""
        today = clock.today()
        days = sorted(
            date(today.year + ahead, month, last) for ahead in range(3) for month, last in ((2, 15), (3, 31))
        )
        words = {2: "move to another school", 3: "move from secondary school to post-16"}
        field: Any = self.fields["due_on"]
        field.choices = [
            (one.isoformat(), f"{long_date(one)}: {words[one.month]}") for one in days if one >= today
        ][:4]


class CeaseForm(CaseForm):
    """The decision to cease a plan."""

    cease_reason = forms.ChoiceField(label="Reason in law", choices=_CEASE)
    reason = text("Reasons", required=True, help_text="The family will read this")
    on = day("Day the notice was sent", help_text="With the right to appeal and its time limit")

    def consequence(self) -> list[str]:
        """The plan goes on."""
        return ["The plan, and what it provides, goes on until the time to appeal has run."]


class KeepPlanForm(CaseForm):
    """The plan is kept after all."""

    reason = text("Why it goes on", required=True)
    on = day("Day of the new decision")


class DayAndNoteForm(CaseForm):
    """A step that only has a day."""

    on = day("Day it happened")
    note = text("Note")


class NoteForm(CaseForm):
    """A note on the timeline."""

    note = text(
        "Note",
        required=True,
        rows=6,
        help_text="Everyone who works on the case can read it; so can the family if it asks for its record",
    )
    on = day("Day it is about")


class CorrectionForm(CaseForm):
    """A day that was recorded wrongly."""

    field = forms.ChoiceField(label="Which day is wrong", widget=forms.RadioSelect)
    value = day("The right day")
    reason = text("Why", required=True, help_text="The old day stays on the timeline with this reason")
    on = day("Corrected on")

    def prepare(self) -> None:
        """The days that are recorded."""
        plan = getattr(self.case, "plan", None)
        known = [(name, getattr(self.case, name)) for name in (*ON_CASE, "views_received_on")]
        known += [(name, getattr(plan, name)) for name in ON_PLAN] if plan is not None else []
        choices: Any = [(name, f"{corrected_field(name)}: {long_date(when)}") for name, when in known if when]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]

    def consequence(self) -> list[str]:
        """Everything is counted again."""
        return ["Every due date is counted again from the right day."]


class AllocateOneForm(CaseForm):
    """Who works on the case."""

    caseworker = forms.ChoiceField(label="Plan Co-ordinator", required=False)
    note = text("Note")
    on = day("From which day")

    def prepare(self) -> None:
        """Everybody who does casework."""
        named = [(str(key), name) for key, name in pages.caseworkers()]
        self.fields["caseworker"].choices = [("", "Nobody: unallocated"), *named]  # type: ignore[attr-defined]
        self.initial.setdefault("caseworker", str(self.case.caseworker_id or ""))

    def given(self) -> dict[str, Any]:
        """This one case."""
        data = super().given()
        worker = data.pop("caseworker")
        return data | {"case_ids": [self.case.pk], "caseworker_id": UUID(worker) if worker else None}


class ExceptionForm(CaseForm):
    """A ground in law that excuses one limit."""

    rule = forms.ChoiceField(label="Which limit it excuses", widget=forms.RadioSelect)
    ground = forms.ChoiceField(label="The ground in law", widget=forms.RadioSelect)
    evidence = text("What happened, and the evidence for it", required=True)
    starts_on = day("First day")
    ends_on = day("Last day", required=False, help_text="Leave empty while it goes on")
    advice_requested_on = day(
        "Day the setting was asked for advice",
        required=False,
        help_text="For a closed school or early years provider only",
    )
    family_told_on = day("Day the family was told", required=False)
    on = day("Day it was decided to rely on this")

    def prepare(self) -> None:
        """The limits that run on this case, and the grounds that may lift one of them."""
        running = {due.rule for due in queries.deadlines_of(self.case)}
        grounds = [one for one in all_grounds() if running & set(one.lifts)]
        limits = sorted(
            running & {name for one in grounds for name in one.lifts},
            key=lambda name: (name == "advice_returned", name),
        )
        field: Any = self.fields["rule"]
        field.choices = [(name, f"{step_words(name)} ({rule(name).length})") for name in limits]
        field = self.fields["ground"]
        field.choices = [(one.id, one.title) for one in grounds]
        hints = {one.id: f"{one.text} {one.source}" for one in grounds}
        self.options = {"ground": {"item_hints": hints}}  # type: ignore[misc]

    def consequence(self) -> list[str]:
        """It moves nothing."""
        return ["The due date stays where it is. The exception says why the law excuses being late."]


class EndExceptionForm(CaseForm):
    """What an exception is about is over."""

    exception_id = forms.ChoiceField(label="Which exception", widget=forms.RadioSelect)
    on = day("Last day of it")
    note = text("Note")

    def prepare(self) -> None:
        """The exceptions that are running."""
        titles = {one.id: one.title for one in all_grounds()}
        running = [one for one in self.case.exceptions.all() if one.ends_on is None]
        choices: Any = [
            (str(one.pk), f"{titles[one.ground]}, since {long_date(one.starts_on)}") for one in running
        ]
        self.fields["exception_id"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial.setdefault("exception_id", choices[0][0])

    def clean_exception_id(self) -> UUID:
        """The key of the exception."""
        return UUID(self.cleaned_data["exception_id"])
