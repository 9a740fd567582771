"""The forms of core's pages: shape of input only."""

from __future__ import annotations

from datetime import date

from django import forms

from goldenthread.core.models import NoticeState
from goldenthread.core.roles import Role
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm

_ANY = [("", "Any")]
_FIRST, _LAST = date(2000, 1, 1), date(2199, 12, 31)


class LinkRequestForm(PlainForm):
    """Where to send a family's sign-in link."""

    email = forms.EmailField(
        label="Email address",
        help_text="The one the council has for you.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Enter an email address in full, like name@example.com"},
    )


class InviteForm(PlainForm):
    """A new user."""

    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(
        label="Email address",
        help_text="The council vouches that it is this person’s own.",
        error_messages={"invalid": "Enter an email address in full, like name@example.gov.uk"},
    )
    role = forms.ChoiceField(label="Role", choices=Role.choices, widget=forms.RadioSelect)


class RoleForm(PlainForm):
    """Another role for a user."""

    role = forms.ChoiceField(label="New role", choices=Role.choices, widget=forms.RadioSelect)


class UserFilter(PlainForm):
    """Which users to list."""

    q = forms.CharField(label="Name or email address", required=False, max_length=100)
    role = forms.ChoiceField(label="Role", required=False, choices=_ANY + Role.choices)
    state = forms.ChoiceField(
        label="Account", required=False, choices=[*_ANY, ("open", "Open"), ("closed", "Closed")]
    )


class AuditFilter(PlainForm):
    """Which lines of the audit log to show."""

    who = forms.CharField(
        label="Who", required=False, max_length=100, help_text="A name, an email address or an id"
    )
    action = forms.CharField(
        label="Action", required=False, max_length=60, help_text="Or how it begins, such as user: signed"
    )
    record = forms.UUIDField(
        label="Record",
        required=False,
        help_text="The long number in a page’s address",
        error_messages={"invalid": "Enter the long number from a page’s address, with its hyphens"},
    )
    since = DateField(label="From", required=False, earliest=_FIRST, latest=_LAST)
    until = DateField(label="To", required=False, earliest=_FIRST, latest=_LAST)


class NoticeFilter(PlainForm):
    """Which notices to list."""

    state = forms.ChoiceField(label="State", required=False, choices=_ANY + NoticeState.choices)


class JobFilter(PlainForm):
    """Which jobs to list."""

    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[
            *_ANY,
            ("READY", "Waiting"),
            ("RUNNING", "Running"),
            ("FAILED", "Failed"),
            ("SUCCESSFUL", "Done"),
        ],
    )
