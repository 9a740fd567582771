"""Signing in: allauth's adapters, so that nobody signs up and mail goes out as notices."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from goldenthread.core import letters, notices


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator or by the council's records, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No self sign-up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's messages as notices, in our words. Raises KeyError for one we have no words for."""
        letter = letters.for_account(template_prefix, context)
        notices.send(to_email=email, **letter)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens an existing account; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No self sign-up."""
        return False
