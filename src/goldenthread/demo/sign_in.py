"""Being one of the demonstration's people: without a password, and nowhere but in the demonstration."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from goldenthread.core.models import User
from goldenthread.core.refusals import NotFound
from goldenthread.demo import state

BACKEND = "goldenthread.demo.sign_in.PersonaBackend"


class PersonaBackend(BaseBackend):
    """Keeps a persona signed in while the site is a demonstration; then their sessions are nobody's."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody signs in with credentials here."""
        return

    def get_user(self, user_id: UUID) -> User | None:
        """The user of a session."""
        if not settings.DEMONSTRATION:
            return None
        return User.objects.filter(pk=user_id, is_active=True).first()


def user_of(key: str) -> User:
    """The user of a persona. Raises NotFound where this is no demonstration, or has no such person.

    A persona whose account was closed, or was given a password, is somebody's own and cannot be taken.
    """
    made = state.kept() if settings.DEMONSTRATION else None
    wanted = next((one["user"] for one in made.personas if one["key"] == key), None) if made else None
    user = User.objects.filter(pk=wanted, is_active=True).first() if wanted else None
    if user is None or user.has_usable_password():
        raise NotFound("There is no such person to be.", "Choose one of those on the page.")
    return user
