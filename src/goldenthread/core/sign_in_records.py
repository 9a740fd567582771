"""Signing in and out, as lines of the audit log."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from goldenthread.core import audit
from goldenthread.core.models import User


@receiver(user_logged_in, dispatch_uid="core.record_sign_in")
def record_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Write that someone signed in, and by which steps (password, mfa, link, socialaccount)."""
    methods = [record.get("method") for record in get_authentication_records(request, user)]
    with transaction.atomic():
        audit.record(by=user, action="user.signed_in", obj=user, details={"steps": methods})


@receiver(user_logged_out, dispatch_uid="core.record_sign_out")
def record_sign_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Write that someone signed out."""
    if user is not None:
        with transaction.atomic():
            audit.record(by=user, action="user.signed_out", obj=user)
