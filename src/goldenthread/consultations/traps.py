"""Telling people from programs on public forms, without script and without anybody else's help.

A signed stamp says when the form was opened and makes one comment only; a box that people do not see must
stay empty. Whoever is stopped is told so and keeps what they wrote. `actions.limits` stops those who get by.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import get_random_string, salted_hmac

QUICKEST_SECONDS, LONGEST_SECONDS = 3, 12 * 3600
_SALT = "consultations.form"


def new_stamp() -> str:
    """A stamp for a form that is opened now."""
    return signing.TimestampSigner(salt=_SALT).sign(get_random_string(20))


class Honeypot(forms.Form):
    """A form with a box that people neither see nor reach."""

    website = forms.CharField(required=False, label="Leave this box empty", max_length=200)

    def clean_website(self) -> str:
        """Nothing. Raises ValidationError for anything."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Empty the box “Leave this box empty”, and send it again")
        return ""


class StampedForm(Honeypot):
    """A form that must have been open for a moment, and not since yesterday."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_key = ""

    @property
    def stamp(self) -> str:
        """The stamp to send with the form: that of its first opening while it is good."""
        if self.is_bound and not _fault_of(self._given()):
            return self._given()
        return new_stamp()

    def clean(self) -> dict[str, Any]:
        """Check the stamp. Raises ValidationError for one that is missing, too new or too old."""
        cleaned = super().clean() or self.cleaned_data
        fault = _fault_of(self._given())
        if fault:
            raise forms.ValidationError(fault)
        # What was sent is known again by this; the stamp itself is not kept.
        self.form_key = salted_hmac(_SALT, self._given(), algorithm="sha256").hexdigest()
        return cleaned

    def _given(self) -> str:
        return str(self.data.get("stamp", ""))


def _fault_of(stamp: str) -> str:
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        signer.unsign(stamp, max_age=LONGEST_SECONDS)
    except signing.SignatureExpired:
        return "This page was open for a long time. What you wrote is still here: send it again"
    except signing.BadSignature:
        return "Something was missing from what was sent. What you wrote is still here: send it again"
    if _is_young(signer, stamp):
        return (
            "That was sent quicker than people type. What you wrote is still here: "
            "wait a moment, then send it again"
        )
    return ""


def _is_young(signer: signing.TimestampSigner, stamp: str) -> bool:
    try:
        signer.unsign(stamp, max_age=QUICKEST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


def place_of(request: HttpRequest) -> str:
    """Where a request comes from, as the sign-in knows it; of IPv6 the network that one household has.

    Who is signed in is a place alone: a school or a library must not use up what each of its people may send.
    """
    if is_known(request):
        return f"account {request.user.pk}"
    given = str(get_adapter().get_client_ip(request))
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else given


def is_known(request: HttpRequest) -> bool:
    """Whether somebody is signed in."""
    return bool(getattr(request, "user", None) and request.user.is_authenticated)
