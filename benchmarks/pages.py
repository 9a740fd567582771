"""The heaviest pages on a county of SIZE plans: server time p50, p95 and p99, and queries. SQLite.

The county is made once and kept in var/bench. Each page is asked for through the whole of the site
(middleware, queries, template) by the persona whose page it is, each time about somebody or something else.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from typing import Any

from benchmarks._county import county

ROUNDS = 60
Address = Iterator[str]


def run(size: int = 20_000) -> dict[str, float]:
    """Milliseconds for each page, and the most queries that one took."""
    os.environ["GT_DATABASE_URL"] = f"sqlite:///{county(size)}"
    import django

    django.setup()
    logging.getLogger("goldenthread.requests").setLevel(logging.WARNING)
    figures: dict[str, float] = {"plans": size, "counting the lists, as the worker does, s": _counted()}
    for name, (persona, addresses) in _pages().items():
        client = _client(persona)
        figures |= {f"{name}, {what}": value for what, value in _measured(client, addresses).items()}
    return figures


def _counted() -> float:
    """Seconds of the job that counts the lists of a very large county, which runs every few minutes."""
    from goldenthread.casework.jobs import count_work

    return round(_timed(count_work.call) / 1000, 2)


def _pages() -> dict[str, tuple[str, Address]]:
    """Each page with who asks for it and the addresses asked for."""
    from django.urls import reverse

    worklist, people = reverse("worklist"), reverse("people")
    return {
        "worklist, own": ("coordinator", cycle([f"{worklist}?tab={tab}" for tab in _TABS])),
        "worklist, whole team": (
            "manager",
            cycle([f"{worklist}?tab={tab}&page={n}" for n in (1, 2, 9) for tab in _TABS]),
        ),
        "workload": ("manager", cycle([reverse("workload")])),
        "case": ("coordinator", _cases("case")),
        "case timeline": ("coordinator", _cases("case_timeline")),
        "people search": ("coordinator", cycle(f"{people}?q={words}" for words in _words())),
        "timeliness": (
            "analyst",
            cycle([f"{reverse('reports')}?year={year}" for year in (2023, 2022, 2021)]),
        ),
        "waiting times": ("analyst", cycle([reverse("report_waiting")])),
        "backlog": ("analyst", cycle([reverse("report_backlog")])),
        "caseload": ("analyst", cycle([reverse("report_caseload")])),
    }


_TABS = ("due_this_week", "overdue", "at_risk", "waiting", "reviews_due", "all_open", "plans")


def _cases(page: str) -> Address:
    """The page of every case in turn, those with an open request and those with a plan."""
    from django.urls import reverse

    from goldenthread.casework.models import Case

    open_ones = list(Case.objects.filter(stage="request").values_list("pk", flat=True)[:ROUNDS])
    with_plan = list(Case.objects.filter(stage="plan").values_list("pk", flat=True)[:ROUNDS])
    pairs = zip(open_ones, with_plan, strict=False)
    return cycle([reverse(page, args=[key]) for pair in pairs for key in pair])


def _words() -> list[str]:
    """What people type: a whole name, either order, a slip, a number, a postcode, a day of birth."""
    from goldenthread.people.models import Person

    found = []
    for number, one in enumerate(Person.objects.order_by("pk")[: ROUNDS * 40 : 40]):
        slip = one.surname[:3] + one.surname[4:]
        kinds = (
            f"{one.forename} {one.surname}",
            f"{one.surname} {one.forename}",
            f"{one.forename} {slip}",
            one.surname,
            one.upn or one.postcode,
            one.birth_date.strftime("%d/%m/%Y"),
        )
        found.append(kinds[number % len(kinds)].replace(" ", "+"))
    return found


def _client(persona: str) -> Any:
    """A browser signed in as a persona."""
    from django.test import Client
    from django.urls import reverse

    client = Client(HTTP_HOST="localhost")
    answer = client.post(reverse("be_persona", args=[persona]))
    if answer.status_code != 302:
        raise RuntimeError(f"nobody could be {persona}: {answer.status_code}")
    return client


def _measured(client: Any, addresses: Address) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked = list(islice(addresses, ROUNDS))
    most = 0
    for address in asked[:7]:  # warm, and counted
        with CaptureQueriesContext(connection) as queries:
            _get(client, address)
        most = max(most, len(queries))
    times = sorted(_timed(partial(_get, client, address)) for address in asked)
    return {
        "p50 ms": round(_at(times, 50), 1),
        "p95 ms": round(_at(times, 95), 1),
        "p99 ms": round(_at(times, 99), 1),
        "queries": most,
    }


def _get(client: Any, address: str) -> None:
    answer = client.get(address, follow=True)
    if answer.status_code != 200 or len(answer.redirect_chain) > 1:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    getattr(answer, "content", b"")


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _at(ordered: list[float], percent: int) -> float:
    """Nearest rank."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
