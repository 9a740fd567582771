"""The checker: the verdicts that the official validator documents, planted faults, hostile servers."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from goldenthread.localoffer.oruk.checker.check import FeedCheck, nulls
from goldenthread.localoffer.oruk.checker.findings import (
    EXAMPLES,
    FAILED,
    PASSED,
    PASSED_REQUIRED,
    Finding,
    Report,
)
from goldenthread.localoffer.oruk.checker.paging import Paging
from goldenthread.localoffer.oruk.checker.sources import Folder, Network, Unreadable
from goldenthread.localoffer.oruk.checker.specification import Specification

_PAGING = {"size", "first_page", "last_page", "empty", "total_items", "page number", "items per page"}
KEY = "3f7b145d-84af-42d7-8fae-eaca714b02b2"


@pytest.mark.parametrize("whose", ["ours", "official"])
@pytest.mark.parametrize(
    ("feed", "broken"),
    [
        ("Default", set()),
        ("Warn", {"/taxonomy_terms/{id}"}),
        ("Fail", {"/", "/services", "/services/{id}", "/taxonomy_terms/{id}"}),
    ],
)
def test_the_mock_feeds_get_their_documented_verdicts(
    official: Path, feed: str, broken: set[str], whose: str
) -> None:
    """Of schemas, as the validator judges; paging it no longer looks at, and of that one mock is wrong."""
    specification = Specification(official / "oruk-3.0" if whose == "official" else None)
    report = FeedCheck(Folder(official / "validator-mock-feeds" / f"V3.0-UK-{feed}"), specification).run()
    schema_errors = {
        endpoint for severity, endpoint, kind in report.counts if severity == "error" and kind not in _PAGING
    }
    assert schema_errors == broken
    assert (report.verdict == FAILED) is (feed == "Fail")
    assert report.version == "HSDS-UK-3.0"


def _record(name: str = "Weaving") -> dict[str, Any]:
    return {"id": KEY, "name": name, "description": "For all.", "status": "active"}


def _page(*contents: Any, number: int = 1, of: int = 1, total: int | None = None) -> dict[str, Any]:
    return {
        "total_items": len(contents) if total is None else total,
        "total_pages": of,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number == of,
        "empty": not contents,
        "contents": list(contents),
    }


DETAILS = {
    "version": "HSDS-UK-3.0",
    "profile": "https://example.org/profile",
    "openapi_url": "https://example.org/openapi.json",
}


def _folder(folder: Path, **changed: Any) -> Path:
    files: dict[str, Any] = {"api_details": DETAILS}
    for shape in ("service", "organization", "taxonomy", "taxonomy_term"):
        files |= {f"{shape}_list": _page(_record()), shape: _record()}
    files |= {"service_at_location_list": _page({"id": KEY}), "service_at_location": {"id": KEY}}
    for name, body in (files | changed).items():
        (folder / f"{name}.json").write_text(json.dumps(body), "utf-8")
    return folder


def _kinds(folder: Path) -> set[tuple[str, str]]:
    report = FeedCheck(Folder(folder), Specification()).run()
    return {(endpoint, kind) for _severity, endpoint, kind in report.counts}


def test_a_good_folder_passes(tmp_path: Path) -> None:
    report = FeedCheck(Folder(_folder(tmp_path)), Specification()).run()
    assert (report.verdict, report.warnings) == (PASSED, 0)


@pytest.mark.parametrize(
    ("name", "change", "kind"),
    [
        ("service", {"status": "open"}, ("/services/{id}", "enum: status")),
        ("service", {"url": None}, ("/services/{id}", "null")),
        ("service", {"something_else": [{"of": None}]}, ("/services/{id}", "null")),
        ("service", {"minimum_age": "five"}, ("/services/{id}", "type: minimum_age")),
        ("service", {"email": "nobody"}, ("/services/{id}", "format: email")),
        ("service", {"last_modified": "2023-03-15"}, ("/services/{id}", "format: last_modified")),
        ("service", {"id": "1"}, ("/services/{id}", "format: id")),
        (
            "service",
            {"schedules": [{"id": KEY, "freq": "DAILY"}]},
            ("/services/{id}", "enum: schedules.*.freq"),
        ),
        ("api_details", {"version": "HSDS-UK-3"}, ("/", "version")),
        ("organization_list", {"last_page": False}, ("/organizations", "last_page")),
        ("organization_list", {"first_page": False}, ("/organizations", "first_page")),
        ("organization_list", {"empty": True}, ("/organizations", "empty")),
        ("organization_list", {"size": 2}, ("/organizations", "size")),
        ("taxonomy_list", {"total_items": "1"}, ("/taxonomies", "paging")),
        ("taxonomy_list", {"contents": {}}, ("/taxonomies", "type: contents")),
        ("taxonomy_list", {"contents": [7]}, ("/taxonomies", "type: contents.*")),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, name: str, change: Any, kind: tuple[str, str]) -> None:
    _folder(tmp_path)
    file = tmp_path / f"{name}.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change), "utf-8")
    assert kind in _kinds(tmp_path)


def test_an_empty_feed_is_told() -> None:
    paging = Paging()
    assert list(paging.wrong(1, _page())) == []
    assert paging.is_over(1)


def test_paging_over_all_pages() -> None:
    paging = Paging()
    first, second = {"id": "a"}, {"id": "b"}
    assert list(paging.wrong(1, _page(first, second, of=3, total=6))) == []
    assert [kind for kind, _ in paging.wrong(2, _page(second, number=2, of=3, total=6))] == ["items per page"]
    assert list(paging.wrong(3, _page({"id": "c"}, number=3, of=3, total=6))) == []
    assert [kind for kind, _ in paging.wrong_in_all()] == ["repeated id", "total_items"]


def test_nulls_are_found_wherever_they_are() -> None:
    assert sorted(nulls({"a": None, "b": [1, {"c": None}]})) == ["a", "b.1.c"]
    assert list(nulls(None)) == ["the whole answer"]


def test_many_of_one_fault_are_one_kind_with_a_few_examples() -> None:
    report = Report()
    for number in range(1000):
        report.add(Finding("error", "/taxonomies", str(number), "null", "null", required=False))
    assert (len(report.examples), report.optional_errors, report.verdict) == (EXAMPLES, 1000, PASSED_REQUIRED)


_ANSWERS: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "/loop": (302, b"", {"Location": "/loop"}),
    "/away": (301, b"", {"Location": "file:///etc/passwd"}),
    "/moved": (301, b"", {"Location": "/good"}),
    "/page": (200, b"<html><title>Council</title>", {}),
    "/huge": (200, b'"' + b"x" * 300_000 + b'"', {}),
    "/deep": (200, b"[" * 100_000, {}),
    "/down": (503, b"{}", {}),
}


class _Handler(BaseHTTPRequestHandler):
    """Answers as badly as its path asks."""

    protocol_version = "HTTP/1.1"
    busy = 0

    def do_GET(self) -> None:
        path = self.path.split("?")[0].rstrip("/")
        if path == "/drip":
            self._drip()
        elif path == "/hangup":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif path == "/busy" and type(self).busy < 2:
            type(self).busy += 1
            self._send(429, b"", {"Retry-After": "7"})
        else:
            self._send(*_ANSWERS.get(path, (200, b'{"version": "HSDS-UK-3.0"}', {})))

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(1000):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """A bad server's address."""
    _Handler.busy = 0
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/drip", "no whole answer within"),
        ("/loop", "redirects more than 5 times"),
        ("/away", "not a web address"),
        ("/page", "is not JSON"),
        ("/huge", "larger than 0.1 MB"),
        ("/deep", "is not JSON"),
        ("/down", "status 503"),
        ("/hangup", "no connection"),
    ],
)
def test_a_server_that_answers_badly_is_told_in_words(server: str, path: str, words: str) -> None:
    source = Network(server + path, timeout=0.4, largest=100_000)
    with pytest.raises(Unreadable, match=words):
        source.get("/")
    source.close()


def test_redirects_are_followed_and_told_and_busy_servers_waited_for(server: str) -> None:
    waited: list[float] = []
    moved = Network(f"{server}/moved", sleep=waited.append)
    assert moved.get("/").notes == (f"redirects to {server}/good",)
    busy = Network(f"{server}/busy", sleep=waited.append)
    assert busy.get("/").body["version"] == "HSDS-UK-3.0"
    assert waited == [7, 7]
    moved.close()
    busy.close()


def test_nothing_listens(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no connection"):
        Network("http://127.0.0.1:9", timeout=2).get("/")
    with pytest.raises(ValueError, match="web address"):
        Network("ftp://example.org")


def test_the_command_prints_people_and_programs_what_was_found(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    call_command("check_oruk", str(_folder(tmp_path)), stdout=out, stderr=err)
    assert "passed" in out.getvalue()
    service = deepcopy(_record()) | {"status": "open"}
    out = StringIO()
    with pytest.raises(CommandError, match="1 errors"):
        call_command("check_oruk", str(_folder(tmp_path, service=service)), "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["verdict"], found["errors"]) == ("failed", 1)
    for wrong in (str(tmp_path / "nowhere"), "ftp://example.org"):
        with pytest.raises(CommandError):
            call_command("check_oruk", wrong)
    with pytest.raises(CommandError, match="specification"):
        call_command("check_oruk", str(tmp_path), specification=tmp_path)
