"""Feeds that time out, break down, change or are of another kind: told clearly, and nothing half-loaded."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command

from goldenthread.localoffer.models import PublicService, Service
from goldenthread.localoffer.oruk.importing.reading import read, text_of
from tests.factories import localoffer as make

pytestmark = pytest.mark.django_db
Answer = tuple[int, Any]
SLOW = 5.0


class Feed:
    """A real server on this machine that answers as a function says; `asked` has each path."""

    def __init__(self, answer: Callable[[str, int], Answer]) -> None:
        self.asked: list[str] = []
        feed = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                feed.asked.append(self.path)
                status, body = answer(parts.path, int(parse_qs(parts.query).get("page", ["1"])[0]))
                text = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: Any) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[str, int], Answer]], Feed]]:
    """Makes feeds, and stops them."""
    made: list[Feed] = []

    def start(answer: Callable[[str, int], Answer]) -> Feed:
        made.append(Feed(answer))
        return made[-1]

    yield start
    for one in made:
        one.server.shutdown()
        one.server.server_close()


DOCUMENTS = {one["id"]: one for one in (make.document(name=f"Club {n}") for n in range(12))}


def page_of(keys: list[str], number: int, *, total: int | None = None, size: int = 4) -> dict[str, Any]:
    """A page of a list of these."""
    pages = -(-len(keys) // size)
    part = keys[(number - 1) * size : number * size]
    return {
        "total_items": len(keys) if total is None else total,
        "total_pages": pages,
        "page_number": number,
        "last_page": number >= pages,
        "contents": [{"id": key} for key in part],
    }


def good(path: str, number: int) -> Answer:
    """As a good feed answers."""
    if path == "/services":
        return 200, page_of(list(DOCUMENTS), number)
    return 200, DOCUMENTS[path.rsplit("/", 1)[1]]


def run(feed: Feed, *more: str) -> str:
    out = StringIO()
    call_command("import_oruk", feed.address, "--timeout", "0.5", *more, stdout=out)
    return out.getvalue()


def test_a_good_feed_is_loaded(serve: Any) -> None:
    assert "12 services read: 12 added" in run(serve(good))


@pytest.mark.parametrize(
    ("at", "answer", "words"),
    [
        (2, (500, {}), "page=2: It answers with status 500"),
        (3, (200, b"<html>busy</html>"), "page=3: The answer is not JSON"),
        (2, (200, {"contents": [], "page_number": 1}), "page=2 is no page of services"),
        (1, (200, {"content": [{"id": "1"}], "totalElements": 1, "number": 1}), "Open Referral UK 1.0"),
        (1, (200, {"message": "hello"}), "page=1 is no page of services"),
        (1, (200, []), "page=1 is no page of services"),
    ],
)
def test_a_list_that_breaks_half_way_loads_nothing(serve: Any, at: int, answer: Answer, words: str) -> None:
    feed = serve(lambda path, number: answer if path == "/services" and number == at else good(path, number))
    with pytest.raises(CommandError, match=words) as told:
        run(feed)
    assert "Nothing was loaded." in str(told.value)
    assert not Service.objects.exists()


def test_a_feed_that_does_not_answer_in_time(serve: Any) -> None:
    def slow(path: str, number: int) -> Answer:
        if number == 2:
            time.sleep(SLOW)
        return good(path, number)

    with pytest.raises(CommandError, match=r"no whole answer within 0\.5 seconds"):
        run(serve(slow))
    assert not Service.objects.exists()


def test_a_feed_that_breaks_down_among_the_services_loads_nothing(serve: Any) -> None:
    broken = set(list(DOCUMENTS)[6:])
    feed = serve(lambda path, n: (503, {}) if path.rsplit("/", 1)[1] in broken else good(path, n))
    with pytest.raises(CommandError, match="stopped answering: 5 services one after the other"):
        run(feed)
    assert not Service.objects.exists()
    assert len(feed.asked) == 3 + 6 + 5, "nobody asks a dead feed for everything"


def test_one_service_that_is_broken_is_told_and_the_others_loaded(serve: Any) -> None:
    gone = list(DOCUMENTS)[3]
    said = run(serve(lambda path, n: (404, {}) if path.endswith(gone) else good(path, n)))
    assert "12 services read: 11 added, 0 changed, 0 the same, 1 left out." in said
    assert f"/services/{gone}: It answers with status 404, not 200. Left out." in said
    assert PublicService.objects.count() == 11


def test_a_list_that_changes_while_it_is_read_is_read_again(serve: Any) -> None:
    keys = list(DOCUMENTS)
    asked: list[int] = []

    def changing(path: str, number: int) -> Answer:
        if path != "/services":
            return good(path, number)
        asked.append(number)
        # The first service is taken down after the first page: all others move up by one, once.
        return 200, page_of(keys if len(asked) == 1 else keys[1:], number)

    said = run(serve(changing))
    assert asked == [1, 2, 3, 1, 2, 3]
    assert "11 services read: 11 added" in said
    assert PublicService.objects.count() == 11


def test_a_list_that_never_stands_still_is_loaded_and_told(serve: Any) -> None:
    keys = list(DOCUMENTS)
    feed = serve(lambda path, n: (200, page_of(keys, n, total=99)) if path == "/services" else good(path, n))
    said = run(feed)
    assert "12 added" in said
    assert "/services: The list changed each of 3 times that it was read" in said


def test_a_feed_whose_services_have_no_id(serve: Any) -> None:
    feed = serve(lambda path, n: (200, {"contents": [{"name": "x"}], "last_page": True}))
    said = run(feed)
    assert "1 services read: 0 added" in said
    assert "has no id" in said


@pytest.mark.parametrize("name", ["V3.0-UK-Default", "V3.0-UK-Warn", "V3.0-UK-Fail"])
def test_the_mock_feeds_of_the_official_validator(official: Path, name: str) -> None:
    folder = official / "validator-mock-feeds" / name
    items = list(read(str(folder)))
    assert [one.problem for one in items] == [""]
    out = StringIO()
    call_command("import_oruk", str(folder), stdout=out)
    said = out.getvalue()
    if name == "V3.0-UK-Fail":
        assert "1 added" in said or "1 left out" in said
    else:
        assert "1 services read: 1 added, 0 changed, 0 the same, 0 left out." in said
        assert PublicService.objects.get().name == "Community Counselling"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_in_whatever_a_spreadsheet_writes(encoding: str) -> None:
    assert text_of("Café – £2".encode(encoding)) == "Café – £2"
