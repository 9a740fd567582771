"""Recording a request: whom it is for, who asked, how and when it arrived."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.casework.enums import Route
from goldenthread.casework.forms.base import day, text
from goldenthread.core import clock
from goldenthread.core.refusals import InvalidInput, Refusal
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm
from goldenthread.people.actions import NewPerson
from goldenthread.statute.codes import codeset

_ROUTES = [(str(one), one.label) for one in Route if one not in {Route.RETURN, Route.UNKNOWN}]


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal as an error of the form, at its field where it names one."""
    field = refusal.field if isinstance(refusal, InvalidInput) else None
    form.add_error(field if field in form.fields else None, f"{refusal.message} {refusal.mend}".strip())


class RequestForm(PlainForm):
    """A request for an EHC needs assessment."""

    on = day(
        "Day the request reached the council",
        help_text="By any route, to any part of the council. The 20 weeks count from this day.",
    )
    source = forms.ChoiceField(
        label="Who asked", choices=codeset("request_source").choices(), widget=forms.RadioSelect
    )
    requested_by = forms.CharField(label="Name of who asked", required=False, max_length=150)
    route = forms.ChoiceField(label="How it arrived", choices=_ROUTES, widget=forms.RadioSelect)
    youth_accommodation = forms.BooleanField(label="The young person is in youth custody", required=False)
    note = text("Note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", clock.today())


class ChildForm(PlainForm):
    """A child or young person who is not in the record yet: what is needed to begin."""

    forename = forms.CharField(label="First name", max_length=80)
    surname = forms.CharField(label="Surname", max_length=80)
    preferred_name = forms.CharField(label="Name they are called by", required=False, max_length=80)
    birth_date = DateField(label="Date of birth")
    sex = forms.ChoiceField(
        label="Sex", required=False, choices=[("", "Not known"), *codeset("sex").choices()]
    )
    upn = forms.CharField(
        label="UPN",
        required=False,
        max_length=20,
        help_text="The school has it: a letter and 12 more characters",
    )
    postcode = forms.CharField(label="Postcode", required=False, max_length=8)

    def facts(self) -> NewPerson:
        """What the people room adds."""
        data = dict(self.cleaned_data)
        data["upn"] = data["upn"] or None
        return NewPerson(**data)
