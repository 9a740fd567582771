"""Programs that fill in the form "Tell us": SIZE posts at a real site, and a person who comes after them.

First behind a proxy that says where each comes from: a new place for every four posts. Then, a tenth as
many, at a site that trusts no proxy: whatever they claim, they all come from one place. Each has a good
stamp, as if it had opened the form and waited, but for some that have none, repeat another's, or fill the
box that people do not see. The site has two workers on loopback; times are as the senders see them.
"""

from __future__ import annotations

import http.client
import os
import re
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks._localoffer import golden, serving

NEEDS_DATABASE = True
SENDERS: Final = 8
EACH: Final = 4
STEP: Final = 2_000
TOKEN: Final = "a" * 32
WORDS: Final = "A club on Saturdays for my child, please."
# Longer than the site takes for the quickest that people type.
WAIT: Final = 3.5
FROM_A_PERSON: Final = "192.0.2.7"


def run(size: int = 10_000) -> dict[str, Any]:
    """What became of the posts, of a person's words after them, and of the site, for each of the two ways."""
    from goldenthread.consultations.models import Allowance

    figures: dict[str, Any] = {}
    ways: tuple[tuple[str, int, dict[str, str]], ...]
    ways = (("many places", size, {"GT_BEHIND_PROXY": "1"}), ("one place", max(1, size // 10), {}))
    for name, count, variables in ways:
        Allowance.objects.all().delete()
        with serving.site(**variables) as port:
            found = _flood(port, count) | _person(port) | _health(port)
        figures |= {f"{name}: {what}": value for what, value in found.items()}
    return figures


def _flood(port: int, count: int) -> dict[str, Any]:
    """Send so many: how each was answered, how long it took, and what was kept."""
    from goldenthread.consultations.models import Allowance, Comment

    held = Comment.objects.count()
    bodies = _bodies(count)
    time.sleep(WAIT)
    local, began, took = threading.local(), time.perf_counter(), []
    statuses: Counter[int] = Counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        answers = pool.map(lambda one: _post(port, local, *one), enumerate(bodies))
        for number, (status, milliseconds) in enumerate(answers, start=1):
            statuses[status] += 1
            took.append(milliseconds)
            if number % STEP == 0:
                print(f"  {number:,} sent in {time.perf_counter() - began:.0f} s", flush=True)
    return {
        "posts": count,
        "posts a second": round(count / (time.perf_counter() - began), 1),
        "comments kept": Comment.objects.count() - held,
        "rows that count places": Allowance.objects.count(),
        "answered as sent (302)": statuses[302],
        "told what is wrong (422)": statuses[422],
        "told to come later (429)": statuses[429],
        "answered otherwise, or not": count - statuses[302] - statuses[422] - statuses[429],
        **golden.percentiles(took, "posts"),
    }


def _bodies(count: int) -> list[dict[str, str]]:
    """What each sends. Of eight, five send a form of their own; the others are caught by the form."""
    from goldenthread.consultations.traps import new_stamp

    repeated = new_stamp()
    odd: tuple[dict[str, str], ...] = ({"stamp": repeated}, {"stamp": ""}, {"website": "x"})
    plain = {"speaker": "other", "website": "", "csrfmiddlewaretoken": TOKEN}
    return [
        {**plain, "words": f"Buy sheds {number}", "stamp": new_stamp()}
        | dict(enumerate(odd)).get(number % 8, {})
        for number in range(count)
    ]


def _post(port: int, local: threading.local, number: int, body: dict[str, str]) -> tuple[int, float]:
    """Send one from its place; the status (0: no answer) and milliseconds."""
    place = number // EACH
    source = f"198.{18 + place // 65_536}.{place // 256 % 256}.{place % 256}"
    began = time.perf_counter()
    try:
        local.connection = getattr(local, "connection", None) or _connection(port)
        answer = _ask(local.connection, port, source, TOKEN, body)
        answer.read()
        status = answer.status
    except (OSError, http.client.HTTPException):
        local.connection, status = None, 0
    return status, (time.perf_counter() - began) * 1000


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def _ask(
    connection: http.client.HTTPConnection, port: int, source: str, token: str, body: dict[str, str] | None
) -> http.client.HTTPResponse:
    """Send the form, or ask for it where there is no body."""
    from django.conf import settings
    from django.urls import reverse

    headers = {"X-Forwarded-For": source, "Origin": f"http://127.0.0.1:{port}"}
    if body is None:
        connection.request("GET", reverse("tell_us"), headers=headers)
        return connection.getresponse()
    headers |= {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{settings.CSRF_COOKIE_NAME}={token}",
    }
    connection.request("POST", reverse("tell_us"), urlencode(body), headers)
    return connection.getresponse()


def _person(port: int) -> dict[str, Any]:
    """Somebody opens the form, writes, and sends it while there is no room: do they lose their words?"""
    from django.conf import settings

    opened = _ask(_connection(port), port, FROM_A_PERSON, "", None)
    page = opened.read().decode()
    cookie = SimpleCookie(opened.headers.get("Set-Cookie", ""))[settings.CSRF_COOKIE_NAME].value
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', page))
    time.sleep(WAIT)
    body = {**fields, "words": WORDS, "speaker": "parent", "website": ""}
    answer = _ask(_connection(port), port, FROM_A_PERSON, cookie, body)
    text = unescape(answer.read().decode())
    return {
        "a person: the form opens (status)": opened.status,
        "a person: answered (status)": answer.status,
        "a person: has their words back": WORDS in text,
        "a person: is told to write or telephone": "write or telephone" in text,
    }


def _health(port: int) -> dict[str, Any]:
    """Whether the site is ready, how soon it says so, and what its log holds of faults."""
    connection, began = _connection(port), time.perf_counter()
    connection.request("GET", "/health/ready")
    status = connection.getresponse().status
    took = (time.perf_counter() - began) * 1000
    log = (Path(os.environ["GT_VAR"]) / "site.log").read_text(encoding="utf-8", errors="replace")
    return {
        "health (status)": status,
        "health ms": round(took, 1),
        "errors in the log": sum(
            '"level": "error"' in line or "Traceback" in line for line in log.splitlines()
        ),
    }
