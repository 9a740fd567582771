"""Answers, actions, and the year that is published: who is never named, what stays, when it is due."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.consultations import actions, queries
from goldenthread.consultations.enums import FollowUpState, Route, State
from goldenthread.consultations.models import Publication
from goldenthread.core import clock
from goldenthread.core.models import User
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotPermitted
from goldenthread.core.roles import Role
from tests.consultations.conftest import TODAY, comment_at, said
from tests.factories.people import user

pytestmark = pytest.mark.django_db
START = TODAY - timedelta(days=300)


def publish(by: User, **changes: date) -> Publication:
    dates = {"starts_on": START, "ends_on": TODAY} | changes
    return actions.publish_year(title="You said, we did", introduction="", by=by, **dates)


@pytest.mark.parametrize(
    "words", ["Robin thinks so.", "Write to robin@example.org", "Ring 01632 960 123", "EXAMPLE-FERN says"]
)
def test_the_name_and_how_to_reach_somebody_are_never_published(editor: User, words: str) -> None:
    one = actions.send_comment(said=said(words, name="Robin Example-Fern"))
    with pytest.raises(InvalidInput):
        actions.publish_comment(comment_id=one.pk, public_words=words, by=editor)
    one.refresh_from_db()
    assert one.state == State.RECEIVED


def test_a_year_holds_published_words_and_nobodys_name(editor: User) -> None:
    theme = actions.save_theme(by=editor, name="Finding things", said="Hard.", did="Mended.")
    one = actions.send_comment(
        said=said("Robin says: hard.", name="Robin Example-Fern", contact="a@b.example")
    )
    actions.group_comment(comment_id=one.pk, theme_id=theme.pk, by=editor)
    actions.publish_comment(comment_id=one.pk, public_words="It is hard.", by=editor)
    actions.answer_comment(comment_id=one.pk, answer="It is mended.", by=editor)
    actions.add_action(title="Mend it", owner="Editor", due_on=TODAY, comment_id=one.pk, by=editor)
    comment_at(State.HELD, editor, "Held words")
    comment_at(State.ABUSIVE, editor, "Rude words")
    comment_at(State.RECEIVED, editor, "Unread words")
    year = publish(editor)
    text = json.dumps(year.content)
    counted = {"came": 4, "comments": 1, "answered": 1, "held": 1, "abusive": 1, "waiting": 1}
    assert {key: year.content[key] for key in counted} == counted
    assert [one["name"] for one in year.content["themes"]] == ["Finding things"]
    assert year.content["themes"][0]["actions"][0]["title"] == "Mend it"
    page = Client().get(reverse("year_published", args=[year.pk])).content.decode()
    for secret in ("Robin", "a@b.example", "Held words", "Rude words", "Unread words"):
        assert secret not in text
        assert secret not in page
    assert "It is mended." in page


def test_what_was_published_stays_as_it_was(editor: User) -> None:
    one = comment_at(State.PUBLISHED, editor)
    before = publish(editor).content
    actions.answer_comment(comment_id=one.pk, answer="Later.", by=editor)
    assert Publication.objects.get().content == before


def test_the_next_is_due_a_year_after_the_last(editor: User) -> None:
    assert queries.next_due() is None
    actions.enter_comment(said=said(), by=editor, route=Route.PAPER, on=date(2026, 5, 1))
    assert queries.next_due() == date(2027, 5, 1)
    comment_at(State.PUBLISHED, editor)
    publish(editor)
    assert queries.next_due() == date(2028, 3, 9)
    with clock.fixed(date(2028, 3, 10)):
        assert "it is late" in Client().get(reverse("you_said_we_did")).content.decode()


@pytest.mark.parametrize(
    "dates",
    [
        {"starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)},
        {"ends_on": TODAY + timedelta(days=1)},
        {"starts_on": START, "ends_on": START},
    ],
)
def test_a_wrong_period_is_refused(editor: User, dates: dict[str, date]) -> None:
    comment_at(State.PUBLISHED, editor)
    with pytest.raises(InvalidInput):
        publish(editor, **dates)
    assert not Publication.objects.exists()


def test_only_an_editor_publishes_and_enters(editor: User) -> None:
    comment_at(State.PUBLISHED, editor)
    other = user(Role.MANAGER)
    with pytest.raises(NotPermitted):
        publish(other)
    with pytest.raises(NotPermitted):
        actions.enter_comment(said=said(), by=other, route=Route.PAPER, on=TODAY)
    with pytest.raises(InvalidInput):
        actions.enter_comment(said=said(), by=editor, route=Route.PAPER, on=TODAY + timedelta(days=1))


def test_an_action_is_ended_once_with_what_came_of_it(editor: User) -> None:
    theme = actions.save_theme(by=editor, name="Travel")
    act = actions.add_action(title="Write it", owner="Team", due_on=TODAY, theme_id=theme.pk, by=editor)
    done = {"follow_up_id": act.pk, "state": FollowUpState.DONE, "on": TODAY, "by": editor}
    with pytest.raises(InvalidInput):
        actions.end_action(outcome=" ", **done)
    actions.end_action(outcome="Written.", **done)
    with pytest.raises(NotAllowedNow):
        actions.end_action(outcome="Again.", **done)
    with pytest.raises(InvalidInput):
        actions.add_action(
            title="Late", owner="Team", due_on=TODAY - timedelta(days=1), theme_id=theme.pk, by=editor
        )
    with pytest.raises(InvalidInput, match="theme"):
        actions.add_action(title="For nothing", owner="Team", due_on=TODAY, by=editor)


def test_two_themes_of_one_name_are_refused(editor: User) -> None:
    actions.save_theme(by=editor, name="Travel")
    with pytest.raises(InvalidInput, match="of this name"):
        actions.save_theme(by=editor, name="TRAVEL")
