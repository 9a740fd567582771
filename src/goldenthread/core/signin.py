"""Signing in: allauth's adapters, so that nobody signs up and mail goes out as notices."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from goldenthread.core import letters, notices, sealing

# One step of 30 seconds before and after (MFA_TOTP_TOLERANCE).
_CODE_SECONDS = 120


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator or by the council's records, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No self sign-up."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within ten minutes of signing in: whoever has just given a password is not asked again."""
        request = context.request
        records = get_authentication_records(request, request.user)
        recent = records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not recent and super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's messages as notices, in our words. Raises KeyError for one we have no words for."""
        letter = letters.for_account(template_prefix, context)
        notices.send(to_email=email, **letter)


class _CodeOnce:
    """A code from an app is good for a minute and a half, since clocks differ; but only for one use."""

    def clean_code(self) -> str:
        """The code. Raises ValidationError for a wrong one and for one that was used."""
        code: str = super().clean_code()  # type: ignore[misc]
        key = f"core.code_used:{self.user.pk}:{code}"  # type: ignore[attr-defined]
        if not cache.add(key, "y", timeout=_CODE_SECONDS):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_CodeOnce, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(_CodeOnce, ReauthenticateForm):  # type: ignore[misc]
    """The second step once more, before a change to the account."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of authenticator apps and recovery codes encrypted."""

    def encrypt(self, text: str) -> str:
        """The secret, sealed with the site's key."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises SealBroken if the site's key was changed and the old one is not known."""
        return sealing.unseal(encrypted_text)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens an existing account; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No self sign-up."""
        return False
