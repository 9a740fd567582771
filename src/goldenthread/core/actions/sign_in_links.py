"""One-time sign-in links for parents, carers and young people, and for service providers."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from goldenthread.core import audit, clock, letters, links, notices
from goldenthread.core.models import SignInLink, User
from goldenthread.core.refusals import NotAllowedNow, NotFound
from goldenthread.core.roles import BY_LINK

LIFETIME = timedelta(minutes=15)
_ASK_AGAIN = "Ask for a new link: it takes a minute."


class LinkState(StrEnum):
    """What a sign-in link can be."""

    GOOD = "good"
    USED = "used"
    PASSED = "passed"
    UNKNOWN = "unknown"


def token_hash(token: str) -> str:
    """What is kept of a token: its SHA-256. A token has 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def request_sign_in_link(*, email: str, go_to: str = "") -> None:
    """Send a link to who signs in by one (`roles.BY_LINK`); others are told to use their password.

    Nothing is returned and nothing refused, so that no one can learn who has an account here. `go_to` is
    a path of this site to open afterwards.
    """
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        return
    if user.role not in BY_LINK:
        notices.send(to_email=user.email, **letters.use_your_password())
        return
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(token_hash=token_hash(token), user=user, expires_at=clock.now() + LIFETIME)
    address = links.absolute(reverse("sign_in_link_use", args=[token]))
    if go_to:
        address += "?" + urlencode({"next": go_to})
    notices.send(to_email=user.email, **letters.sign_in_link(address, LIFETIME.seconds // 60))


def state_of_link(token: str) -> LinkState:
    """Whether the link would sign someone in now. Uses nothing up, so a mail scanner may ask too."""
    link = SignInLink.objects.filter(token_hash=token_hash(token)).select_related("user").first()
    return _state(link)


def _state(link: SignInLink | None) -> LinkState:
    if link is None or not link.user.is_active or link.user.role not in BY_LINK:
        return LinkState.UNKNOWN
    if link.used_at is not None:
        return LinkState.USED
    return LinkState.GOOD if clock.now() < link.expires_at else LinkState.PASSED


@transaction.atomic
def use_sign_in_link(*, token: str) -> User:
    """Use up the link and return whom it signs in. Raises NotAllowedNow (used, passed) or NotFound."""
    link = SignInLink.objects.select_for_update(of=("self",)).filter(token_hash=token_hash(token)).first()
    state = _state(link)
    if state is LinkState.USED:
        raise NotAllowedNow("This link was used already.", _ASK_AGAIN)
    if state is LinkState.PASSED:
        raise NotAllowedNow("This link has passed its 15 minutes.", _ASK_AGAIN)
    if link is None or state is LinkState.UNKNOWN:
        raise NotFound("This link does not work.", _ASK_AGAIN)
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    # Older links to the same person are closed too: one sign-in, one link.
    SignInLink.objects.filter(user=link.user, used_at=None).update(used_at=link.used_at)
    audit.record(by=link.user, action="user.signed_in_by_link", obj=link.user)
    return link.user
