"""The open data of SIZE services: every page and every id checked, and how long each parameter takes.

The check is that of `manage check_oruk`, over all eleven endpoints: 4 ms an answer, so nine minutes with
50,000 services. The ids of all pages are compared with the directory too. Times are of the server alone,
from request to answer through the whole of the site, for pages of 50; `minimal`, `ndjson` and
`full_service`, which give everything of something at once, are told apart. Processor times are those of this
process: they stay the same when others use the machine. The services are of the demonstration's kind.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from itertools import cycle, islice
from typing import Any, Final
from urllib.parse import urlencode

NEEDS_DATABASE = True
ROUNDS: Final = 40
TARGET_MS: Final = 60
CHUNK: Final = 5_000
CHECKED: Final = 50_000
ROOT: Final = "/oruk/v3"
SEED: Final = 4
Question = dict[str, Any]


def run(size: int = 2000) -> dict[str, Any]:
    """Faults found, seconds of the load and of the check, and milliseconds of each question (p95)."""
    from django.conf import settings

    settings.OPEN_DATA_PER_MINUTE = 0
    logging.getLogger("goldenthread.requests").setLevel(logging.WARNING)
    loaded, seconds = _load(size)
    figures = {"services": loaded, "load s": seconds, **measured(), **paged()}
    return {**figures, **checked()} if size <= CHECKED else figures


def _load(size: int) -> tuple[int, float]:
    """Load the services of the demonstration's generator, so many in a transaction."""
    from goldenthread.core.actors import System
    from goldenthread.demo.localoffer.generator import documents
    from goldenthread.localoffer.actions import load_documents
    from goldenthread.localoffer.models import PublicService

    began = time.perf_counter()
    left = iter(documents(size, SEED))
    for done in range(0, size, CHUNK):
        report = load_documents(by=System.DEMONSTRATION, documents=islice(left, CHUNK))
        if report.left_out:
            raise RuntimeError(f"{len(report.left_out)} services were left out: {report.problems[:3]}")
        _tell(f"{done + report.made:,} services loaded, {time.perf_counter() - began:.0f} s")
    return PublicService.objects.count(), round(time.perf_counter() - began, 1)


def _tell(line: str) -> None:
    print(f"  {line}", flush=True)


def paged() -> dict[str, Any]:
    """Whether all pages together name every service once and nothing else; seconds."""
    from goldenthread.localoffer.models import PublicService

    began = time.perf_counter()
    site, found = Inside(), list[str]()
    for number in range(1, 10**6):
        page = site.get("/services", {"page": number, "per_page": 500, "full": "false"}).body
        found += [one["id"] for one in page["contents"]]
        if page["last_page"]:
            break
    every = {str(key) for key in PublicService.objects.values_list("pk", flat=True)}
    return {
        "pages of 500: ids twice": len(found) - len(set(found)),
        "pages of 500: ids missing or of nothing": len(every ^ set(found)),
        "pages of 500: all s": round(time.perf_counter() - began, 1),
    }


def checked() -> dict[str, Any]:
    """What the checker finds over every page and every id."""
    from goldenthread.localoffer.oruk.checker.check import FeedCheck
    from goldenthread.localoffer.oruk.checker.specification import Specification

    began = time.perf_counter()
    report = FeedCheck(Inside(), Specification(None), progress=_tell).run()
    for one in report.examples:
        print(f"  {one.severity} {one.address}: {one.message}")
    return {
        "check: errors": report.errors,
        "check: warnings": report.warnings,
        "check: answers read": sum(one.answers for one in report.read.values()),
        "check: records": sum(one.items for one in report.read.values()),
        "check s": round(time.perf_counter() - began, 1),
    }


class Inside:
    """The feed of this process, for the checker: no network between."""

    name = "https://localhost/oruk/v3"
    is_network = True

    def __init__(self) -> None:
        from django.test import Client

        self._client = Client(HTTP_HOST="localhost")

    def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Any:
        """The answer at a path. Raises Unreadable."""
        from goldenthread.localoffer.oruk.checker.sources import Answer, Unreadable, parse

        began = time.perf_counter()
        response = self._client.get(f"{ROOT}{path}", query or {})
        if response.status_code != 200:
            raise Unreadable(f"It answers with status {response.status_code}, not 200.")
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(parse(response.content, "The answer"), time.perf_counter() - began, headers)


def measured() -> dict[str, Any]:
    """p95 of each question in milliseconds; of all lists together; and which is the slowest."""
    figures: dict[str, Any] = {}
    every: list[float] = []
    busy: list[float] = []
    for name, (path, questions) in _questions().items():
        timed = [_timed(path, question) for question in islice(cycle(questions), ROUNDS)]
        times = sorted(wall for wall, _ in timed)
        figures[f"{name} p95 ms"] = round(_at(times, 95), 1)
        _tell(f"{name}: {figures[f'{name} p95 ms']} ms")
        every += times
        busy += [processor for _, processor in timed]
    slowest = max(figures, key=lambda name: figures[name])
    for name, (path, questions) in _whole().items():
        figures[f"whole: {name} ms"] = round(min(_timed(path, one)[0] for one in questions), 1)
    every.sort()
    busy.sort()
    return {
        "lists p50 ms": round(_at(every, 50), 1),
        "lists p95 ms": round(_at(every, 95), 1),
        "lists p95 ms of processor": round(_at(busy, 95), 1),
        "lists, slowest question": slowest.removesuffix(" p95 ms"),
        f"lists, questions over {TARGET_MS} ms": sum(
            figures[name] > TARGET_MS for name in figures if name.endswith("p95 ms")
        ),
        **figures,
    }


def _timed(path: str, question: Question) -> tuple[float, float]:
    """Milliseconds on the wall and of the processor."""
    from django.test import Client

    address = f"{ROOT}{path}?{urlencode(question)}"
    client = Client(HTTP_HOST="localhost")
    began, busy = time.perf_counter(), time.process_time()
    answer = client.get(address)
    # Nothing is kept of what is written while it is read.
    length = sum(map(len, answer if answer.streaming else [answer.content]))
    took = (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000
    if answer.status_code != 200 or not length:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return took


def _at(ordered: list[float], percent: int) -> float:
    """Nearest rank."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _questions() -> dict[str, tuple[str, list[Question]]]:
    """What is asked of each list: every parameter by itself, and some together."""
    asked = _Asked()
    of_services = {
        "search": asked.words(),
        "modified_after": asked.moments(),
        "taxonomy_term_id": asked.of("taxonomy_term_id", "taxonomy_terms"),
        "taxonomy_id": asked.of("taxonomy_id", "taxonomies"),
        "organization_id": asked.of("organization_id", "organizations"),
        "ages": [{"minimum_age": age, "maximum_age": age + 2} for age in (0, 4, 11, 16, 23)],
        "day": [{"day": day} for day in ("MO", "WE,TH", "SA,SU", "SU")],
        "times": [{"start_time": "16:00", "end_time": "18:00"}, {"end_time": "09:30"}],
        "together": asked.together(),
    }
    lists: dict[str, dict[str, list[Question]]] = {
        "services": of_services,
        "service_at_locations": {**of_services, "postcode": asked.places()},
        "organizations": {"search": asked.words("organizations")},
        "taxonomies": {"search": [{"search": "need"}]},
        "taxonomy_terms": {
            "search": [{"search": "speech"}, {"search": "play"}],
            "taxonomy_id": asked.of("taxonomy_id", "taxonomies"),
            "parent_id": asked.of("parent_id", "taxonomy_terms"),
            "top_only": [{"top_only": "true"}],
        },
    }
    return _with_pages(lists, asked)


def _with_pages(lists: dict[str, dict[str, list[Question]]], asked: _Asked) -> dict[str, Any]:
    """The questions of each list, and its pages by themselves, brief and full."""
    found = {}
    for name, questions in lists.items():
        path = f"/{name}"
        found[f"{name}: page"] = path, asked.pages(name)
        if name in {"services", "service_at_locations", "organizations"}:
            found[f"{name}: full"] = path, [{"full": "true", **one} for one in asked.pages(name)]
        found |= {f"{name}: {what}": (path, some) for what, some in questions.items() if some}
    return found


def _whole() -> dict[str, tuple[str, list[Question]]]:
    return {
        "services, minimal": ("/services", [{"minimal": "true"}]),
        "services, ndjson": ("/services", [{"format": "ndjson", "full": "true"}]),
        "organizations, full_service, 500": ("/organizations", [{"full_service": "true", "per_page": 500}]),
    }


class _Asked:
    """Values to ask for, as they stand in the directory: common and rare ones."""

    def __init__(self) -> None:
        from goldenthread.localoffer.models import PublicService, ServiceAtLocation

        self._services = list(PublicService.objects.order_by("id")[: ROUNDS * 5 : 5])
        found = ServiceAtLocation.objects.exclude(postcode="").exclude(easting=None).order_by("id")
        self._postcodes = list(found.values_list("postcode", flat=True)[: ROUNDS * 5 : 5])

    def pages(self, name: str) -> list[Question]:
        """The first, the middle and the last page."""
        last = -(-self._ask(name)["total_items"] // 50)
        return [{"page": number} for number in sorted({1, 2, last // 2 or 1, last})]

    def of(self, parameter: str, name: str) -> list[Question]:
        """Keys of the first so many records of a list."""
        return [{parameter: one["id"]} for one in self._ask(name)["contents"]]

    @staticmethod
    def _ask(name: str) -> Any:
        return Inside().get(f"/{name}", {"per_page": ROUNDS}).body

    def words(self, of: str = "services") -> list[Question]:
        """A word that many have, words that few have, two words, parts of words, and one of nobody."""
        if of == "organizations":
            names = [str(one.document["organization"]["name"]).split()[0] for one in self._services[:20]]
        else:
            names = [one.name.split()[-1] for one in self._services[:12]]
            names += [" ".join(one.description.split()[2:4]).strip(".,") for one in self._services[12:24]]
            names += ["and", "swim", "ing", "ti", "sp"]
        return [{"search": name} for name in [*dict.fromkeys(names), "zzyzx"] if name]

    def moments(self) -> list[Question]:
        """A moment before everything, and some in between."""
        found = [one.document["last_modified"] for one in self._services[:10]]
        return [{"modified_after": moment} for moment in ["2000-01-01", *found]]

    def places(self) -> list[Question]:
        """Near some postcodes: as far as is usual, very near, and half a county."""
        far = cycle([{}, {"proximity": 1_000}, {"proximity": 30_000}])
        return [{"postcode": code, **next(far)} for code in self._postcodes[:30]]

    def together(self) -> list[Question]:
        """Several filters at once."""
        others = {"minimum_age": 5, "day": "SA", "search": "and"}
        return [{**one, **others} for one in self.of("taxonomy_term_id", "taxonomy_terms")[:20]]
