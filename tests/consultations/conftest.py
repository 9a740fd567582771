"""What the tests of the consultations room share: a fixed day, an editor, comments to decide on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from goldenthread.consultations import actions, targets
from goldenthread.consultations.enums import HeldReason, Speaker, State
from goldenthread.consultations.models import Comment
from goldenthread.core import clock
from goldenthread.core.models import User
from goldenthread.core.roles import Role
from tests.factories.people import user

TODAY = date(2027, 3, 9)
Make = Callable[..., Comment]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Every test of this room stands on the same day."""
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def editor(db: None) -> User:
    """A Local Offer editor."""
    return user(Role.EDITOR)


def client_of(somebody: User) -> Client:
    """A client that is signed in as somebody, second step and all."""
    client = Client()
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["second_factor"] = str(somebody.pk)
    session.save()
    return client


def said(words: str = "The list is hard to find.", **given: object) -> actions.Said:
    """Something said about the Local Offer as a whole."""
    return actions.Said(targets.find(targets.WHOLE, ""), words, Speaker.PARENT, **given)  # type: ignore[arg-type]


def comment_at(state: State, by: User, words: str = "The list is hard to find.") -> Comment:
    """A comment that came to this state by the real actions."""
    one = actions.send_comment(said=said(words))
    key = {"comment_id": one.pk, "by": by}
    if state == State.HELD:
        return actions.hold_back(reason=HeldReason.NOT_ABOUT, note="", **key)
    if state == State.ABUSIVE:
        return actions.find_abusive(note="Insults.", **key)
    if state in (State.PUBLISHED, State.ANSWERED):
        one = actions.publish_comment(public_words=words, **key)
    if state == State.ANSWERED:
        one = actions.answer_comment(answer="It is two clicks away now.", **key)
    return one
