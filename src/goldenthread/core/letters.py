"""The words of the messages that core itself sends. `{link}` is put in when the message is sent."""

from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings

_CLOSE = "\n\nIf you did not ask for this, tell us: {email}.\n\n{council}\n"


class Letter(TypedDict):
    """What `notices.send` takes besides the address."""

    kind: str
    subject: str
    body: str
    link: str


def _letter(kind: str, subject: str, body: str, link: str = "") -> Letter:
    close = _CLOSE.format(email=settings.COUNCIL_EMAIL, council=settings.COUNCIL_NAME)
    return {"kind": kind, "subject": subject, "body": body + close, "link": link}


def sign_in_link(link: str, minutes: int) -> Letter:
    """The one-time link of a parent, carer, young person or service provider."""
    body = (
        "Follow this link to sign in to Golden Thread:\n\n{link}\n\n"
        f"It works once, for {minutes} minutes. The page then asks you to press a button."
    )
    return _letter("sign_in_link", "Your link to sign in", body, link)


def use_your_password() -> Letter:
    """For staff and partners who asked for a family's link."""
    body = (
        "You asked for a link to sign in to Golden Thread. Your account signs in with a password "
        'and a second step instead: choose "Council, school or adviser" on the sign-in page.'
    )
    return _letter("sign_in_link_not_for_role", "How to sign in", body)


def invitation(link: str, inviter: str) -> Letter:
    """For a new member of staff or partner: choose a password."""
    body = (
        f"{inviter} has made an account for you in Golden Thread, the system for EHC needs assessments and "
        "plans.\n\nChoose your password here:\n\n{link}\n\nThe link works for 3 days. After that, ask "
        'for a new one with "I forgot my password" on the sign-in page.\n\nYou will then set up a second '
        "step: an app on your phone that shows a code, or a passkey."
    )
    return _letter("invitation", "Your Golden Thread account", body, link)


def family_invitation(link: str, inviter: str) -> Letter:
    """For a parent, carer or young person: there is no password to choose."""
    body = (
        f"{inviter} has made an account for you in Golden Thread, where you can follow what happens with an "
        "EHC needs assessment or plan.\n\nSign in here:\n\n{link}\n\nGive this email address. We "
        "send you a link each time; you need no password."
    )
    return _letter("invitation", "Follow the EHC needs assessment or plan", body, link)


def provider_invitation(link: str, inviter: str) -> Letter:
    """For somebody who keeps entries of the Local Offer: there is no password to choose."""
    body = (
        f"{inviter} has invited you to keep your services in the Local Offer up to date: what is there for "
        "children and young people with special educational needs and disabilities.\n\nSign in "
        "here:\n\n{link}\n\nGive this email address. We send you a link each time; you need no password."
    )
    return _letter("invitation", "Your services in the Local Offer", body, link)


def second_factor_reset() -> Letter:
    """When an administrator removed someone's second step."""
    body = (
        "An administrator has removed the second step from your Golden Thread account, and signed you out "
        "everywhere. Sign in with your password to set up a new one."
    )
    return _letter("second_factor_reset", "Your second step was removed", body)


_CHANGES = {
    "account/email/password_changed": "Your password was changed",
    "account/email/password_set": "A password was set for your account",
    "account/email/password_reset": "Your password was changed with a link from an email",
    "mfa/email/totp_activated": "An authenticator app was added to your account",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account",
    "mfa/email/webauthn_added": "A passkey was added to your account",
    "mfa/email/webauthn_removed": "A passkey was removed from your account",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account",
    "socialaccount/email/account_connected": "Your account can now be opened with single sign-on",
}


def for_account(prefix: str, context: dict[str, Any]) -> Letter:
    """The message for allauth's template `prefix`. Raises KeyError for one that has no words here."""
    if prefix == "account/email/password_reset_key":
        body = "Choose a new password here:\n\n{link}\n\nThe link works once, for 3 days."
        return _letter("password_reset", "Choose a new password", body, context["password_reset_url"])
    words = _CHANGES[prefix]
    return _letter("account_changed", words, f"{words}.")
