"""Programs that send: a real server, hundreds of posts from many places, and one person among them."""

from __future__ import annotations

import http.client
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings as conf
from django.test import Client

from goldenthread.consultations.actions import limits
from goldenthread.consultations.models import Allowance, Comment
from tests.consultations.conftest import client_of
from tests.consultations.test_sending import FORM, send, stamp

SENT, PLACES, KEPT = 120, 11, 30
SAME = stamp(key="same")


@pytest.fixture
def server(live_server: Any, settings: Any) -> str:
    """A server of this site with a thread for each connection, on this machine."""
    settings.ALLOWED_HOSTS = ["*"]
    return str(live_server.url)


def _post(address: str, number: int) -> int:
    """One bot: its own place (all of 127.x is this machine), its own session, a good stamp. The status."""
    parts = urlsplit(address)
    source = (f"127.0.{number % PLACES}.9", 0)
    host = parts.hostname or ""
    connection = http.client.HTTPConnection(host, parts.port, timeout=60, source_address=source)
    token = "a" * 32
    body = {"words": f"Buy sheds {number}", "speaker": "other", "csrfmiddlewaretoken": token}
    body |= {"stamp": stamp(key=f"bot-{number}"), "website": ""}
    body |= ({}, {"stamp": SAME}, {"stamp": ""}, {"website": "x"}, {}, {}, {}, {})[number % 8]
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{conf.CSRF_COOKIE_NAME}={token}",
        "Origin": address,
    }
    try:
        connection.request("POST", FORM, urlencode(body), headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_hundreds_of_bots_at_once_fill_no_table(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.BY_EVERYBODY, "comment", KEPT)
    with ThreadPoolExecutor(8) as pool:
        statuses = Counter(pool.map(lambda number: _post(server, number), range(SENT)))
    assert set(statuses) <= {302, 422, 429}, statuses
    assert statuses[422] == SENT // 4, "those without a stamp, and those who filled the box"
    assert 0 < Comment.objects.count() <= KEPT
    assert statuses[302] >= Comment.objects.count(), "the same form again is the same comment"
    assert Comment.objects.filter(form_key__isnull=False).count() == Comment.objects.count()
    assert Allowance.objects.get(key="all:comment").used <= KEPT
    assert Allowance.objects.count() <= PLACES + 1
    # A person who comes now loses nothing: their words are in the box, and they are told what else to do.
    late = send(stamp=stamp(key="person"), words="A club for my child, please.")
    text = late.content.decode()
    assert late.status_code == 429
    assert "A club for my child, please." in text
    assert "write or telephone" in text
    assert re.search(r'name="stamp" value="[^"]+"', text)


@pytest.mark.django_db
def test_five_megabytes_are_refused_in_words() -> None:
    answer = Client().post(FORM, {"words": "x" * 5_000_000, "speaker": "parent", "stamp": stamp()})
    text = answer.content.decode()
    assert answer.status_code == 413
    assert "too long" in text
    assert "Go back" in text
    assert not Comment.objects.exists()
    assert len(text) < 50_000, "what is too long is not sent back"


@pytest.mark.django_db
def test_who_is_signed_in_is_not_stopped_by_strangers(editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.BY_EVERYBODY, "comment", 0)
    assert send(stamp=stamp(key="stranger")).status_code == 429
    assert send(client_of(editor), stamp=stamp(key="known")).status_code == 302
