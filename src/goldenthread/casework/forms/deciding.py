"""The council's steps from the request to the final plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from goldenthread.casework.enums import Overturned, Status
from goldenthread.casework.forms.base import CaseForm, day, text, yes_or_no
from goldenthread.casework.presenters.timeline import advice_title
from goldenthread.casework.presenters.words import first_name
from goldenthread.casework.queries import pages
from goldenthread.core import clock
from goldenthread.core.ui.filters import long_date
from goldenthread.statute.plan import advice_kinds, advice_needed

_REASON = "The family will read this. Needed where the answer is no."


class _YesNo(CaseForm):
    """A decision that a refusal may follow, or that overturns one."""

    refused = Status.NOT_ASSESSING

    def prepare(self) -> None:
        """Once refused, the only way on is yes, with how the refusal was overturned."""
        if self.case.status != self.refused:
            del self.fields["overturned"], self.fields["ordered_on"]
            return
        self.fields["yes"].choices = self.fields["yes"].choices[:1]  # type: ignore[attr-defined]
        self.initial.setdefault("yes", "yes")

    def consequence(self) -> list[str]:
        """What a refusal brings with it."""
        if self.cleaned_data.get("yes"):
            return []
        return [
            "The family gets your reasons with the right to appeal and its time limit, mediation, and "
            "where to get advice and support.",
            "The case is closed. It opens again if the refusal is overturned.",
        ]


class AssessForm(_YesNo):
    """Whether to carry out an EHC needs assessment."""

    nested = {"yes": {"no": ("reason",)}}
    yes = yes_or_no("The decision", "Yes, carry out an EHC needs assessment", "No, do not assess")
    reason = text("Reasons for not assessing", help_text=_REASON)
    overturned = forms.ChoiceField(
        label="How the refusal was overturned", choices=Overturned.choices, widget=forms.RadioSelect
    )
    ordered_on = day(
        "Day of the order or agreement",
        required=False,
        help_text="Leave empty where the council changed its own decision",
    )
    on = day("Day the family was told", help_text="The letter counts from the day it is sent")


class IssueForm(_YesNo):
    """Whether to issue a plan."""

    refused = Status.NOT_ISSUING
    nested = {"yes": {"no": ("reason",)}}
    yes = yes_or_no("The decision", "Yes, issue an EHC plan", "No, do not issue a plan")
    reason = text("Reasons for not issuing a plan", help_text=_REASON)
    overturned = forms.ChoiceField(
        label="How the refusal was overturned", choices=Overturned.choices, widget=forms.RadioSelect
    )
    ordered_on = day(
        "Day of the order or agreement",
        required=False,
        help_text="Leave empty where the council changed its own decision",
    )
    on = day("Day of the decision", help_text="Where no plan is issued: the day the family was told")


class AskAdviceForm(CaseForm):
    """Several advisers asked in one go: those that the law always asks for are ticked."""

    kinds = forms.MultipleChoiceField(
        label="Advice to ask for",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one kind of advice"},
    )
    on = day("Day the advisers receive the request", help_text="Each adviser’s six weeks run from this day")

    def prepare(self) -> None:
        """One choice of adviser for each kind of advice; what was asked for already is not ticked again."""
        asked = {one.kind for one in self.case.advice.all() if one.cancelled_on is None}
        needed = {one.id for one in advice_needed(self.case.person.birth_date, clock.today())}
        kinds = advice_kinds()
        self.fields["kinds"].choices = [(one.id, one.title) for one in kinds]  # type: ignore[attr-defined]
        self.initial.setdefault("kinds", [one.id for one in kinds if one.id in needed - asked])
        self.nested = {"kinds": {one.id: (f"adviser_{one.id}",) for one in kinds if one.id != "family"}}  # type: ignore[misc]
        hints = {
            one.id: f"{one.from_whom}{' Asked for already.' if one.id in asked else ''}" for one in kinds
        }
        self.options = {"kinds": {"item_hints": hints}}  # type: ignore[misc]
        advisers = pages.advisers_for()
        for kind in kinds:
            if kind.id != "family":
                self.fields[f"adviser_{kind.id}"] = _adviser_field(
                    kind.title, [a for a in advisers if a.kind == kind.id] or advisers
                )

    def given(self) -> dict[str, Any]:
        """Pairs of kind and adviser."""
        data = self.cleaned_data
        asked = [(kind, _uuid(data.get(f"adviser_{kind}"))) for kind in data["kinds"]]
        return {"on": data["on"], "asked": asked}


def _adviser_field(title: str, advisers: list[Any]) -> forms.ChoiceField:
    named = [
        (str(one.pk), f"{one.name}, {one.organisation.name}" if one.organisation else one.name)
        for one in advisers
    ]
    field = forms.ChoiceField(
        label=f"Adviser: {title.lower()}", required=False, choices=[("", "Nobody named yet"), *named]
    )
    if len(named) == 1:
        field.initial = named[0][0]
    return field


def _uuid(value: Any) -> UUID | None:
    return UUID(value) if value else None


def _awaited(one: Any) -> str:
    who = f", {one.adviser.name}" if one.adviser else ""
    return f"{advice_title(one.kind)}{who}: due {long_date(one.due_on)}"


class _OneAdvice(CaseForm):
    """About one piece of advice that is awaited."""

    def prepare(self) -> None:
        """The advice that is awaited; the only one is chosen already."""
        awaited = [
            one for one in self.case.advice.all() if one.returned_on is None and one.cancelled_on is None
        ]
        choices = [
            (
                str(one.pk),
                _awaited(one),
            )
            for one in awaited
        ]
        self.fields["advice_id"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial.setdefault("advice_id", choices[0][0])

    def clean_advice_id(self) -> UUID:
        """The key of the advice."""
        return UUID(self.cleaned_data["advice_id"])


class AdviceReturnedForm(_OneAdvice):
    """Advice came back."""

    advice_id = forms.ChoiceField(label="Which advice", widget=forms.RadioSelect)
    on = day("Day it reached the council")
    late_reason = forms.CharField(label="Reason if late", required=False, max_length=250)
    note = text("Note")


class CancelAdviceForm(_OneAdvice):
    """Advice is no longer needed."""

    advice_id = forms.ChoiceField(label="Which advice", widget=forms.RadioSelect)
    on = day("From which day it is not needed")
    reason = text(
        "Why",
        required=True,
        help_text="For example: earlier advice is enough, and all agree (regulation 6(4))",
    )


class WithdrawForm(CaseForm):
    """The request ends without the council's decision."""

    reason = text(
        "Why it ends", required=True, help_text="For example: the family withdrew it; the family moved away"
    )
    exported_to = forms.RegexField(
        r"^\d{3}$",
        label="LA code of the new council",
        required=False,
        help_text="Where the family moved; three digits",
        error_messages={"invalid": "Enter the three digits of the LA code"},
    )
    options = {"exported_to": {"width": 3}}
    on = day("Day it ended")

    def consequence(self) -> list[str]:
        """The end."""
        return [
            f"The request for {first_name(self.case.person)} ends here. A new request starts a new 20 weeks."
        ]
