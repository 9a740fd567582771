"""The second factor of staff and partners: whether this session has shown one."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest

from goldenthread.core.models import User

_SESSION_KEY = "second_factor"


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a code, a recovery code, a passkey, or the council's own sign-on
    where that asks for a second factor itself. The demonstration, whose people are fictional, asks for none.
    """
    if settings.DEMONSTRATION or request.session.get(_SESSION_KEY) == str(request.user.pk):
        return True
    enough = {"mfa", "socialaccount"} if settings.OIDC_SECOND_FACTOR else {"mfa"}
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    if not methods & enough:
        return False
    request.session[_SESSION_KEY] = str(request.user.pk)
    return True


def has_device(user: User) -> bool:
    """Whether the person has set up an authenticator app or a passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists())


@receiver(authenticator_added, dispatch_uid="core.second_factor_added")
def after_adding(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Setting one up shows it, so this session may go on; sessions opened without it may not.

    Otherwise someone who knew the password alone could use a session of theirs to remove it again.
    """
    request.session[_SESSION_KEY] = str(user.pk)
    end_other_sessions(request, user)
