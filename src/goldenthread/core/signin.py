"""Signing in: allauth's adapters and the second factor that staff and partners need."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator or by invitation, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No self sign-up."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens an existing account; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No self sign-up."""
        return False


def signed_in_with_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a TOTP code, a recovery code, a passkey or single sign-on."""
    methods = {entry.get("method") for entry in request.session.get("account_authentication_methods", [])}
    return bool(methods & {"mfa", "socialaccount"})
