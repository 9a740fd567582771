"""A real site on loopback, asked at a steady rate; times run from the moment a request was due."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks._localoffer import golden

RATE: Final = 20
WORKERS: Final = 2
_START_SECONDS: Final = 60
_ASKERS: Final = 16
# Of ten requests: five searches, three entries, the first page, a list of the API.
_TURNS: Final = (
    *("search", "entry", "search", "home", "search"),
    *("entry", "API list", "search", "entry", "search"),
)


@dataclass(slots=True)
class _Told:
    """What came back."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: int = 0
    largest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def measured(minutes: float) -> dict[str, Any]:
    """Milliseconds of each kind of page at RATE requests a second, and how many requests failed."""
    pages = _pages()
    with site() as port:
        told = _Told()
        local = threading.local()
        for kind in ("search", "entry", "home", "API list") * 20:  # each by a connection of its own, so that
            _ask(port, threading.local(), kind, next(pages[kind]), 0, _Told())  # both workers are warm
        requests = round(minutes * 60 * RATE)
        began = time.perf_counter() + 0.5
        with ThreadPoolExecutor(_ASKERS) as pool:
            for number, kind in zip(range(requests), cycle(_TURNS), strict=False):
                due = began + number / RATE
                time.sleep(max(0.0, due - time.perf_counter()))
                pool.submit(_ask, port, local, kind, next(pages[kind]), due, told)
    every = [took for kind, many in told.took.items() if kind != "API list" for took in many]
    found: dict[str, Any] = {"requests": requests, "requests failed": told.faults}
    found |= golden.percentiles(every, "pages") | {"largest page KB": round(told.largest / 1024, 1)}
    for kind, many in told.took.items():
        found |= golden.percentiles(many, kind)
    return found


def _ask(port: int, local: threading.local, kind: str, path: str, due: float, told: _Told) -> None:
    try:
        connection = getattr(local, "connection", None) or http.client.HTTPConnection("127.0.0.1", port, 30)
        local.connection = connection
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        right = answer.status == 200
    except (OSError, http.client.HTTPException):
        local.connection, right, body = None, False, b""
    took = (time.perf_counter() - due) * 1000
    with told.lock:
        told.took[kind].append(took)
        told.faults += not right
        told.largest = max(told.largest, len(body) if kind != "API list" else 0)


def _pages() -> dict[str, Iterator[str]]:
    """Addresses of each kind, again and again in an order of chance that is always the same."""
    from django.urls import reverse

    from goldenthread.localoffer.models import PublicService

    random = Random(golden.SEED)
    keys = list(PublicService.objects.order_by("id").values_list("id", flat=True))
    entries = [reverse("lo_service", args=[key]) for key in random.sample(keys, min(2_000, len(keys)))]
    texts = [*golden.phrases(), *(slip for _, slip in golden.slips())]
    filters: tuple[dict[str, str], ...] = ({}, {"need": "ASD"}, {"age": "7"}, {"free": "1"}, {"page": "2"})
    searches = [
        f"{reverse('lo_search')}?{urlencode({'q': text, **filters[at % len(filters)]})}"
        for at, text in enumerate(texts)
    ]
    lists = [
        f"/oruk/v3/services?{urlencode({'page': page, 'per_page': 50})}"
        for page in random.sample(range(1, max(2, len(keys) // 50)), min(50, max(1, len(keys) // 50 - 1)))
    ]
    random.shuffle(searches)
    home = [reverse("local_offer")]
    found = {"search": searches, "entry": entries, "home": home, "API list": lists}
    return {kind: cycle(paths) for kind, paths in found.items()}


@contextmanager
def site(**more: str) -> Iterator[int]:
    """A site of two workers on the benchmark's database, `more` in its environment; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "goldenthread.config.wsgi:application"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", "4", "--preload"]
    command += ["--no-control-socket", "--log-level", "warning", "--timeout", "120"]
    log = Path(os.environ["GT_VAR"]) / "site.log"
    variables = {**os.environ, "GT_OPEN_DATA_PER_MINUTE": "0", **more}
    with (
        log.open("wb") as file,
        subprocess.Popen(command, env=variables, stdout=file, stderr=file) as process,
    ):
        try:
            _await(port, process, log)
            yield port
        finally:
            process.terminate()


def _await(port: int, site: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and site.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the site did not start:\n{log.read_text(errors='replace')[-2000:]}")
