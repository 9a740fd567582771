"""Saying something without signing in: what is kept, what is refused, and who is held off."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.consultations import actions, policies, targets, traps
from goldenthread.consultations.actions import limits
from goldenthread.consultations.enums import State
from goldenthread.consultations.models import Allowance, Comment
from goldenthread.core.models import AuditEntry, User
from goldenthread.core.refusals import InvalidInput
from tests.consultations.conftest import client_of, said

pytestmark = pytest.mark.django_db
FORM = reverse("tell_us")


class _Earlier(signing.TimestampSigner):
    """Signs as if some seconds ago."""

    seconds = 60

    def timestamp(self) -> str:
        return signing.b62_encode(signing.b62_decode(super().timestamp()) - self.seconds)


def stamp(seconds: int = 60, key: str = "one") -> str:
    """A stamp of a form that was opened so many seconds ago."""
    signer = _Earlier(salt="consultations.form")
    signer.seconds = seconds
    return signer.sign(key)


def send(client: Client | None = None, **changes: Any) -> Any:
    """Send the form as a person does."""
    filled = {"words": "More short breaks, please.", "speaker": "parent", "stamp": stamp(), "website": ""}
    return (client or Client()).post(FORM, filled | changes)


def test_anyone_may_say_something() -> None:
    answer = send(name="Robin Example", contact="robin@example.org")
    assert (answer.status_code, answer["Location"]) == (302, reverse("comment_thanks"))
    one = Comment.objects.get()
    assert (one.state, one.words, one.name, one.author) == (
        State.RECEIVED,
        "More short breaks, please.",
        "Robin Example",
        None,
    )
    line = AuditEntry.objects.order_by("-seq").first()
    assert line is not None
    assert (line.action, line.actor_label) == ("comment.sent", "member of the public")
    assert "Robin" not in str(line.details)


def test_nothing_is_public_before_a_person_has_read_it() -> None:
    send(words="A secret of Robin Example")
    for name in ("have_your_say", "what_people_said", "you_said_we_did"):
        assert "secret" not in Client().get(reverse(name)).content.decode()


def test_who_is_signed_in_is_known_to_the_editor_alone(editor: User) -> None:
    send(client_of(editor))
    assert Comment.objects.get().author == editor


def test_the_form_carries_its_stamp_and_takes_it_back() -> None:
    found = re.search(r'name="stamp" value="([^"]+)"', Client().get(FORM).content.decode())
    assert found is not None
    assert "quicker than people type" in send(stamp=found[1]).content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stamp": ""}, "Something was missing"),
        ({"stamp": "made-up:1abc:xyz"}, "Something was missing"),
        ({"age": 1}, "quicker than people type"),
        ({"age": 13 * 3600}, "open for a long time"),
        ({"website": "https://sheds.example"}, "Leave this box empty"),
        ({"words": "<script>alert(1)</script> hello"}, "computer code"),
        ({"words": "Look <b>here</b>"}, "computer code"),
        ({"words": "x" * 5_001}, "5,001 characters"),
        ({"words": "bell \x07"}, "cannot be read"),
        ({"name": "<img src=x>"}, "computer code"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_written(changes: dict[str, Any], message: str) -> None:
    if "age" in changes:
        changes = {"stamp": stamp(changes["age"])}
    answer = send(**changes)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert message in text
    assert "More short breaks, please." in text or "words" in changes
    assert not Comment.objects.exists()
    assert "<script>alert" not in text
    assert "<b>here" not in text


def test_a_long_comment_stays_in_the_box() -> None:
    assert "y" * 5_500 in send(words="y" * 5_500).content.decode()


def test_less_than_signs_are_words_too() -> None:
    assert send(words="Clubs for < 5 and > 16 & more: 3<4").status_code == 302


def test_the_same_form_sent_twice_is_one_comment() -> None:
    first = stamp()
    assert [send(stamp=first).status_code for _ in range(2)] == [302, 302]
    assert Comment.objects.count() == 1


def test_one_place_may_send_only_so_many() -> None:
    answers = [send(stamp=stamp(key=str(number))) for number in range(limits.FROM_ONE_PLACE["comment"] + 3)]
    assert [one.status_code for one in answers[-4:]] == [302, 429, 429, 429]
    assert "More short breaks, please." in answers[-1].content.decode()
    assert Comment.objects.count() == limits.FROM_ONE_PLACE["comment"]
    shared = Allowance.objects.get(key="all:comment")
    assert shared.used == limits.FROM_ONE_PLACE["comment"], "refusals use up nobody else's number"


def test_bots_from_many_places_fill_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.BY_EVERYBODY, "comment", 40)
    used, refused = 40, 0
    for number in range(used + 60):
        try:
            limits.use(what="comment", place=f"198.51.{number // 250}.{number % 250}")
        except limits.TooMany:
            refused += 1
    assert refused == 60
    assert send(stamp=stamp(key="late"), website="x").status_code == 422
    late = send(stamp=stamp(key="late"))
    assert late.status_code == 429
    assert "More short breaks, please." in late.content.decode()


def test_places_are_not_kept() -> None:
    limits.use(what="comment", place="198.51.100.7")
    assert not Allowance.objects.filter(key__contains="198.51").exists()


def test_a_household_of_ipv6_is_one_place(rf: Any) -> None:
    first, second = (rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{host}") for host in (1, 2))
    assert traps.place_of(first) == traps.place_of(second) == "2001:db8:1:2::/64"


def test_about_something_that_is_not_public() -> None:
    assert Client().get(reverse("tell_us_about", args=["service", "none"])).status_code == 404
    assert Client().get(reverse("tell_us_about", args=["page", "have_your_say"])).status_code == 200


def test_a_room_registers_what_its_things_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "_finders", dict(targets._finders))
    found = targets.Target("club", "a-1", "Thimble Club", "/local-offer/a-1/")
    targets.register("club", lambda key: found if key == "a-1" else None)
    answer = Client().post(
        reverse("tell_us_about", args=["club", "a-1"]),
        {"words": "Very good.", "speaker": "child", "stamp": stamp(), "website": ""},
    )
    assert answer.status_code == 302
    one = Comment.objects.get()
    assert (one.kind, one.about_id, one.title, one.address) == (
        "club",
        "a-1",
        "Thimble Club",
        "/local-offer/a-1/",
    )


@given(st.text(max_size=300))
def test_any_text_is_taken_or_refused_in_words(text: str) -> None:
    try:
        kept = policies.check_words(text, "words")
    except InvalidInput as refused:
        kept = refused.message
        text += kept
    assert kept
    assert kept in text.replace("\r\n", "\n")


def test_words_are_checked_wherever_they_come_from() -> None:
    with pytest.raises(InvalidInput):
        actions.send_comment(said=said("<iframe src=x>"))
