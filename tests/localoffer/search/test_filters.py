"""Every filter, count and order equals a plain one over the public rows; paging loses and repeats nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from math import hypot
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.demo.localoffer.generator import documents
from goldenthread.localoffer import actions
from goldenthread.localoffer.enums import Day
from goldenthread.localoffer.models import PublicService, Schedule, ServiceAtLocation, ServiceTerm
from goldenthread.localoffer.search import finding
from goldenthread.localoffer.search.asking import CHOICES, TIMES, Asked
from goldenthread.localoffer.search.words import folded
from tests.factories.localoffer import BY

KNOWN = {field: values for field, _, values in CHOICES}
SLUGS = {"needs": "need", "kinds": "kind", "settings": "setting", "phases": "phase", "access": "access"}
SPANS = {
    "morning": (time(0), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time.max),
}
DAYS = list(Day.values)


class Rows:
    """The public rows, read once; and whether each answers, told plainly."""

    def __init__(self) -> None:
        self.services = list(PublicService.objects.all())
        self.terms: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
        for row in ServiceTerm.objects.select_related("term__parent", "term__taxonomy"):
            for term in (row.term, row.term.parent):
                if term:
                    self.terms[row.service_id].add((row.term.taxonomy.slug, term.code))
        self.sessions = grouped(Schedule.objects.all())
        self.places = grouped(ServiceAtLocation.objects.exclude(easting=None))

    def away(self, key: UUID, point: tuple[int, int]) -> float:
        far = [hypot(one.easting - point[0], one.northing - point[1]) for one in self.places[key]]
        return min(far, default=float("inf"))

    def matching(self, asked: Asked) -> list[PublicService]:
        return [row for row in self.services if self.answers(row, asked)]

    def answers(self, row: PublicService, asked: Asked) -> bool:
        for name, slug in SLUGS.items():
            held = [(slug, code) in self.terms[row.pk] for code in getattr(asked, name)]
            if held and not (all(held) if name == "access" else any(held)):
                return False
        if asked.age is not None and not _takes(row, asked.age):
            return False
        if asked.free and not row.is_free:
            return False
        if asked.referral and not set(asked.referral) & set(row.referral.split("|")):
            return False
        if asked.within_km and asked.point and self.away(row.pk, asked.point) > asked.within_km * 1000:
            return False
        if not (asked.days or asked.time_of_day):
            return True
        return any(_runs(one, asked) for one in self.sessions[row.pk])


def grouped(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    """Rows by the key of their service."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.service_id].append(row)
    return found


def _takes(row: PublicService, age: int) -> bool:
    youngest, oldest = row.minimum_age, row.maximum_age
    return (youngest is None or youngest < age + 1) and (oldest is None or oldest >= age)


def _runs(one: Schedule, asked: Asked) -> bool:
    if asked.days and (one.day is None or DAYS[one.day] not in asked.days):
        return False
    if not asked.time_of_day:
        return True
    if one.opens_at is None:
        return False
    start, end = SPANS[asked.time_of_day]
    closes = one.closes_at or one.opens_at
    if closes < one.opens_at:
        closes = time.max
    return start <= one.opens_at < end or (one.opens_at < end and closes > start)


@pytest.fixture
def rows(db: None) -> Rows:
    """Ninety services of the demonstration, in the public rows."""
    call_command("load_taxonomies", verbosity=0)
    actions.load_documents(by=BY, documents=documents(90, 11))
    return Rows()


def some(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    """None, mostly, or up to three of the values of a filter."""
    return st.just(()) | st.lists(st.sampled_from(KNOWN[name]), max_size=3, unique=True).map(tuple)


QUESTIONS = st.builds(
    Asked,
    point=st.none() | st.tuples(st.integers(500_000, 545_000), st.integers(540_000, 580_000)),
    within_km=st.none() | st.sampled_from([1.0, 5.0, 12.5, 40.0]),
    age=st.none() | st.integers(0, 25),
    time_of_day=st.sampled_from(["", "", *TIMES]),
    free=st.sampled_from([False, False, True]),
    sort=st.sampled_from(["relevance", "checked", "name"]),
    **{name: some(name) for name in KNOWN},
)
LEAN = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


def test_filters_counts_order_and_pages(rows: Rows) -> None:
    @LEAN
    @given(QUESTIONS, st.integers(1, 9))
    def check(asked: Asked, per_page: int) -> None:
        wanted = rows.matching(asked)
        national = finding.keys(replace(asked, group="national"))
        local = finding.keys(asked)
        assert set(local) == {row.pk for row in wanted if not row.is_national}
        assert set(national) == {row.pk for row in wanted if row.is_national}
        assert local == _ordered(rows, asked, [row for row in wanted if not row.is_national])
        _check_pages(replace(asked, per_page=per_page), local, national)

    check()


def _check_pages(asked: Asked, local: list[UUID], national: list[UUID]) -> None:
    first = finding.find(asked)
    turned = [hit.id for n in range(1, first.pages + 1) for hit in finding.find(replace(asked, page=n)).hits]
    assert turned == local
    assert (first.total, first.national_total) == (len(local), len(national))
    assert [hit.id for hit in first.national] == national[:5]
    assert finding.find(replace(asked, page=first.pages + 1)).hits == ()


def _ordered(rows: Rows, asked: Asked, wanted: list[PublicService]) -> list[UUID]:
    def by(row: PublicService) -> tuple[Any, ...]:
        if asked.sort == "checked":
            return (-row.checked_on.toordinal() if row.checked_on else 0, row.pk.hex)
        if asked.sort == "relevance" and asked.point:
            return (rows.away(row.pk, asked.point), row.pk.hex)
        return (folded(row.name), row.pk.hex)

    return [row.pk for row in sorted(wanted, key=by)]


def test_each_count_is_what_choosing_the_value_would_show(rows: Rows) -> None:
    @settings(LEAN, max_examples=8)
    @given(QUESTIONS)
    def check(asked: Asked) -> None:
        counts = finding.find(asked).facets
        for name, values in KNOWN.items():
            chosen = asked.access if name == "access" else ()
            wanted = {v: len(rows.matching(replace(asked, **{name: (*chosen, v)}))) for v in values[:9]}
            assert {value: counts[name][value] for value in values[:9]} == wanted, name
        times = {part: len(rows.matching(replace(asked, time_of_day=part))) for part in TIMES}
        assert counts["time_of_day"] == times
        assert counts["free"] == {"yes": len(rows.matching(replace(asked, free=True)))}

    check()
