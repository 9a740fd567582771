"""Every state and happening: what the table allows is done and written down, anything else is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from goldenthread.consultations import actions, workflow
from goldenthread.consultations.drawing import page
from goldenthread.consultations.enums import Happening, HeldReason, State
from goldenthread.consultations.models import Comment, CommentEvent
from goldenthread.consultations.presenters import STATES
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry, User
from goldenthread.core.refusals import ChangedMeanwhile, NotAllowedNow, NotPermitted
from goldenthread.core.roles import Role
from tests.consultations.conftest import comment_at
from tests.factories.people import user

DO: dict[Happening, Callable[..., Any]] = {
    Happening.PUBLISHED: lambda **key: actions.publish_comment(public_words="Hard to find.", **key),
    Happening.HELD_BACK: lambda **key: actions.hold_back(reason=HeldReason.REPEATED, note="", **key),
    Happening.FOUND_ABUSIVE: lambda **key: actions.find_abusive(note="Insults.", **key),
    Happening.ANSWERED: lambda **key: actions.answer_comment(answer="Mended.", **key),
    Happening.GROUPED: lambda **key: actions.group_comment(theme_id=None, **key),
    Happening.TAKEN_UP_AGAIN: actions.take_up_again,
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("happening", DO)
def test_each_happening_in_each_state(editor: User, state: State, happening: Happening) -> None:
    one = comment_at(state, editor)
    lines = AuditEntry.objects.count()
    if not workflow.allows(state, happening):
        with pytest.raises(NotAllowedNow):
            DO[happening](comment_id=one.pk, by=editor)
        one.refresh_from_db()
        assert (one.state, AuditEntry.objects.count()) == (state, lines)
        return
    DO[happening](comment_id=one.pk, by=editor)
    one.refresh_from_db()
    assert one.state == workflow.TRANSITIONS[state][happening]
    assert one.events.order_by("-pk").first().kind == happening
    assert AuditEntry.objects.order_by("-seq").first().action == workflow.AUDIT[happening]


def test_every_happening_but_sending_is_tried() -> None:
    assert set(DO) == set(Happening) - {Happening.SENT}
    assert not STATES.missing(State.values)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_only_an_editor_decides(editor: User, role: Role) -> None:
    one, other = comment_at(State.RECEIVED, editor), user(role)
    for do in DO.values():
        with pytest.raises(NotPermitted):
            do(comment_id=one.pk, by=other)
    one.refresh_from_db()
    assert one.state == State.RECEIVED


@pytest.mark.django_db
def test_who_looked_at_an_older_state_is_stopped(editor: User) -> None:
    one = comment_at(State.RECEIVED, editor)
    actions.publish_comment(comment_id=one.pk, public_words="Yes.", by=editor, version=one.version)
    with pytest.raises(ChangedMeanwhile):
        actions.hold_back(
            comment_id=one.pk, reason=HeldReason.REPEATED, note="", by=editor, version=one.version
        )


@pytest.mark.django_db
def test_what_came_stays_when_other_words_are_published(editor: User) -> None:
    one = comment_at(State.RECEIVED, editor, "Mrs Example at number 9 gets it.")
    actions.publish_comment(comment_id=one.pk, public_words="A neighbour gets it.", by=editor)
    one.refresh_from_db()
    assert (one.words, one.public_words) == ("Mrs Example at number 9 gets it.", "A neighbour gets it.")


@pytest.mark.django_db
def test_the_database_refuses_what_no_action_may_leave(editor: User) -> None:
    one = comment_at(State.RECEIVED, editor)
    for state in (State.PUBLISHED, State.ANSWERED, State.HELD):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=one.pk).update(state=state)


@pytest.mark.django_db(transaction=True)
def test_what_happened_cannot_be_changed() -> None:
    comment_at(State.RECEIVED, System.DEMONSTRATION)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        CommentEvent.objects.update(note="nothing")


def test_the_page_of_the_workflow_is_up_to_date() -> None:
    drawn = settings.ROOT / "docs" / "workflows" / "comment.md"
    assert drawn.read_text(encoding="utf-8") == page(), "Run dev.py manage draw_comments."
    assert "received --> held: Held back with a reason" in page()
