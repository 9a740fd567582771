"""The pages: what an editor decides there, what the public sees, and the ratings of pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from goldenthread.consultations import actions, jobs
from goldenthread.consultations.enums import State
from goldenthread.consultations.models import Comment, FollowUp, PageRating, Publication, Theme
from goldenthread.core.actors import System
from goldenthread.core.models import User
from goldenthread.demo.consultations import add_consultations
from tests.consultations.conftest import TODAY, client_of, comment_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(editor: User) -> Client:
    return client_of(editor)


def decide(client: Client, one: Comment, what: str, **given: Any) -> Any:
    return client.post(reverse("comment_do", args=[one.pk, what]), {"version": one.version, **given})


def test_an_editor_reads_publishes_groups_answers_and_acts(client: Client, editor: User) -> None:
    one = comment_at(State.RECEIVED, editor)
    assert "The list is hard to find." in client.get(reverse("comments")).content.decode()
    theme = actions.save_theme(by=editor, name="Finding things")
    for what, given in (
        ("theme", {"theme": str(theme.pk)}),
        ("publish", {"public_words": "Lists are hard to find."}),
        ("answer", {"answer": "Two clicks now."}),
    ):
        assert decide(client, one, what, **given).status_code == 302
        one.refresh_from_db()
    day = {"due_on-day": "1", "due_on-month": "6", "due_on-year": "2027"}
    add = reverse("comment_action", args=[one.pk])
    assert client.post(add, {"title": "Move it", "owner": "Editor", **day}).status_code == 302
    page = Client().get(reverse("what_people_said")).content.decode()
    assert "Lists are hard to find." in page
    assert "Two clicks now." in page
    assert "The list is hard to find." not in page
    assert FollowUp.objects.get().theme == theme


def test_two_editors_at_once_and_stale_links(client: Client, editor: User) -> None:
    one = comment_at(State.RECEIVED, editor)
    actions.publish_comment(comment_id=one.pk, public_words="Yes.", by=editor)
    assert decide(client, one, "hold-back", reason="repeated", note="").status_code == 409
    assert decide(client, one, "publish", public_words="No.").status_code == 409
    assert decide(client, one, "dance").status_code == 404


def test_a_form_with_something_to_mend_is_shown_again(client: Client, editor: User) -> None:
    one = comment_at(State.RECEIVED, editor)
    answer = decide(client, one, "hold-back", reason="other", note="")
    assert answer.status_code == 422
    assert "Say what the other reason is." in answer.content.decode()


def test_a_comment_on_paper(client: Client) -> None:
    filled = {"words": "On paper.", "route": "paper", "speaker": "child", "name": "", "contact": ""}
    day = {"said_on-day": "1", "said_on-month": "3", "said_on-year": "2027"}
    assert client.post(reverse("comment_enter"), filled | day).status_code == 302
    assert client.post(reverse("comment_enter"), filled | day | {"said_on-year": "2028"}).status_code == 422
    assert Comment.objects.get().route == "paper"


def test_a_year_is_looked_at_and_then_published(client: Client, editor: User) -> None:
    comment_at(State.PUBLISHED, editor)
    filled = {"title": "2027", "introduction": ""}
    for name, year in (("starts_on", "2026"), ("ends_on", "2027")):
        filled |= {f"{name}-day": "9", f"{name}-month": "3", f"{name}-year": year}
    looked = client.post(reverse("publish_year"), filled)
    assert "What would be published" in looked.content.decode()
    assert not Publication.objects.exists()
    assert client.post(reverse("publish_year"), filled | {"publish": "1"}).status_code == 302
    assert Publication.objects.get().content["comments"] == 1


def test_ratings_with_and_without_words(client: Client) -> None:
    address = reverse("rate_page", args=["page", "have_your_say"])
    assert Client().post(address, {"helpful": "no", "looking_for": "opening hours"}).status_code == 302
    assert Client().post(address, {"helpful": "yes"}).status_code == 302
    assert Client().post(address, {"helpful": "yes", "website": "x"}).status_code == 422
    assert Client().post(address, {"helpful": "yes", "looking_for": "<b>x</b>"}).status_code == 422
    assert Client().post(address, {"looking_for": ""}).status_code == 422
    assert PageRating.objects.count() == 2
    page = client.get(reverse("page_ratings")).content.decode()
    assert "opening hours" in page
    assert "Did not help" in page
    file = client.get(f"{reverse('page_ratings')}?s_download=csv")
    assert b"opening hours" in b"".join(file.streaming_content)


def test_the_question_at_the_foot_of_a_page(rf: Any) -> None:
    environment = get_template("consultations/home.html", using="jinja2").template.environment
    source = (
        '{% from "consultations/rating.html" import rating %}{{ rating("page", "have_your_say", token) }}'
    )
    with_form = environment.from_string(source).render(token="<i>token</i>")
    assert f'action="{reverse("rate_page", args=["page", "have_your_say"])}"' in with_form
    assert "<form" not in environment.from_string(source).render()


def test_the_demonstrations_comments_stand_everywhere(client: Client) -> None:
    many = add_consultations(System.DEMONSTRATION, TODAY)
    assert set(Comment.objects.values_list("state", flat=True)) == set(State.values)
    assert (Comment.objects.count(), Publication.objects.count()) == (many, 1)
    for name in ("have_your_say", "what_people_said", "you_said_we_did", "comments", "themes", "follow_ups",
                 "publish_year", "page_ratings", "gaps"):  # fmt: skip
        assert client.get(reverse(name)).status_code == 200
    theme = Theme.objects.first()
    assert theme is not None
    assert client.get(reverse("what_people_said"), {"theme": str(theme.pk)}).status_code == 200
    assert client.get(reverse("what_people_said"), {"theme": "x", "page": "99"}).status_code == 200
    assert "ZZ99 3ZZ" not in client.get(reverse("gaps"), {"by": "area"}).content.decode()


def test_a_list_takes_as_many_queries_for_many_as_for_one(
    client: Client, editor: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        comment_at(State.ANSWERED, editor, f"Comment {number}")
    with django_assert_max_num_queries(14):
        client.get(reverse("comments"))
    with django_assert_max_num_queries(6):
        Client().get(reverse("what_people_said"))


def test_each_night_is_cleared_away() -> None:
    assert jobs.clear_away.func() == {"allowances": 0, "searches": 0}
