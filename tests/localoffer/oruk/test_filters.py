"""Every filter against the same question asked of the documents themselves, one by one."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.localoffer import actions
from goldenthread.localoffer.enums import Day
from goldenthread.localoffer.grid import to_grid
from goldenthread.localoffer.oruk.api import parameters, rows
from tests.factories import localoffer as make
from tests.localoffer.oruk.client import all_ids, get, lines

pytestmark = pytest.mark.django_db

_DAYS = [day.value for day in Day]
_WORDS = ["Swim", "loom", "ARTS", "play", "50%", "under_score", "O'Neill", "back\\slash"]
_KEYED = ["organization_id", "taxonomy_id", "taxonomy_term_id"]
_TERMS = ["short-breaks", "play", "therapy"]
# Few values, so that bounds are often met exactly.
_AGES = st.sampled_from([None, 4, 5, 11, 11.5])
_TIMES = st.sampled_from([None, "09:00", "10:30", "12:00"])
_MOMENTS = st.sampled_from(["2024-01-05T10:00:00Z", "2024-01-05T10:00:00.500Z", "2024-06-30T23:30:00+01:00"])
_FAR = st.sampled_from([None, 500, 5_000, 12_000, 40_000])


def _ordered(low: Any, high: Any) -> tuple[Any, Any]:
    return (high, low) if low is not None and high is not None and low > high else (low, high)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A service with some of everything that a filter asks of."""
    low, high = _ordered(draw(_AGES), draw(_AGES))
    opens, closes = _ordered(draw(_TIMES), draw(_TIMES))
    place = make.place(latitude=draw(st.floats(52.5, 52.8)), longitude=draw(st.floats(1.4, 1.7)))
    place["id"] = str(draw(st.uuids(version=4)))
    schedule = {
        "byday": ",".join(draw(st.lists(st.sampled_from(_DAYS), max_size=3))) or None,
        "opens_at": opens,
        "closes_at": closes,
        "service_at_location_id": draw(st.sampled_from([None, place["id"]])),
    }
    return make.document(
        id=str(draw(st.uuids(version=4))),
        name=" ".join(draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3))),
        description=" ".join(draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3))),
        last_modified=draw(_MOMENTS),
        minimum_age=low,
        maximum_age=high,
        organization={"name": draw(st.sampled_from(["Mill", "Forge"])), "description": "Here."},
        schedules=[schedule],
        service_at_locations=[place, make.place()],
        attributes=[
            {"taxonomy_term": {"name": code, "taxonomy": "kinds" if code != "play" else "fun", "term": code}}
            for code in draw(st.sets(st.sampled_from(_TERMS)))
        ],
    )


@st.composite
def asked(draw: st.DrawFn) -> dict[str, Any]:
    """Some of the filters, as words in an address."""
    kind = draw(st.sampled_from(["ages", "times", "words", "keys", "moment", "near", "all", "all"]))
    found: dict[str, Any] = {}
    if kind in {"ages", "all"}:
        found["minimum_age"], found["maximum_age"] = _ordered(draw(_AGES), draw(_AGES))
    if kind in {"times", "all"}:
        found["start_time"], found["end_time"] = _ordered(draw(_TIMES), draw(_TIMES))
        found["day"] = ",".join(draw(st.lists(st.sampled_from(_DAYS), max_size=3))) or None
    if kind in {"words", "all"}:
        found["search"] = " ".join(draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=2)))
    if kind in {"moment", "all"}:
        found["modified_after"] = draw(st.one_of(st.none(), _MOMENTS))
    if kind in {"near", "all"}:
        found["postcode"] = draw(st.sampled_from([None, "ZZ1 1ZZ", "zz11zz"])) if kind == "all" else "ZZ1 1ZZ"
        found["proximity"] = draw(_FAR) if found["postcode"] else None
    if kind in {"keys", "all"}:
        for name in draw(st.sets(st.sampled_from(_KEYED), min_size=kind == "keys", max_size=2)):
            found[name] = draw(st.integers(0, 2))
    return {name: value for name, value in found.items() if value is not None}


def _with_keys(query: dict[str, Any]) -> dict[str, str]:
    """The query with keys that stand in the directory, where it has any."""
    lists = {"taxonomy_term_id": "terms", "taxonomy_id": "taxonomies", "organization_id": "organizations"}
    found = dict(query)
    for name, kind in lists.items():
        if name in found:
            keys = [str(key) for key in getattr(rows, kind)({}).part(0, 100)] or [str(UUID(int=1))]
            found[name] = keys[found[name] % len(keys)]
    return {name: str(value) for name, value in found.items()}


def _takes(document: dict[str, Any], query: dict[str, str]) -> bool:
    """What the filters on a service itself mean."""
    text = [document["name"].lower(), document.get("description", "").lower()]
    terms = [one["taxonomy_term"] for one in document.get("attributes", [])]
    return all(
        (
            all(any(word.lower() in part for part in text) for word in query.get("search", "").split()),
            "minimum_age" not in query or document.get("maximum_age", 999) >= float(query["minimum_age"]),
            "maximum_age" not in query or document.get("minimum_age", -1) <= float(query["maximum_age"]),
            query.get("organization_id", document["organization"]["id"]) == document["organization"]["id"],
            "taxonomy_term_id" not in query or query["taxonomy_term_id"] in [one["id"] for one in terms],
            "taxonomy_id" not in query or query["taxonomy_id"] in [one["taxonomy_id"] for one in terms],
            "modified_after" not in query
            or _moment(document) >= datetime.fromisoformat(query["modified_after"]),
        )
    )


def _runs(schedule: dict[str, Any], query: dict[str, str]) -> bool:
    days = set(schedule.get("byday", "").split(",")) - {""}
    opens, closes = schedule.get("opens_at"), schedule.get("closes_at")
    return all(
        (
            "day" not in query or bool(days & set(query["day"].split(","))),
            "start_time" not in query or (closes is not None and _at(closes) > _at(query["start_time"])),
            "end_time" not in query or (opens is not None and _at(opens) < _at(query["end_time"])),
        )
    )


def _moment(document: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(document["last_modified"])


def _at(text: str) -> time:
    return time.fromisoformat(text)


def _has_session(document: dict[str, Any], query: dict[str, str], place: str | None = None) -> bool:
    """Whether some session is asked for; at a place, those of the service as a whole count too."""
    if not {"day", "start_time", "end_time"} & set(query):
        return True
    return any(
        _runs(one, query) and place in (None, one.get("service_at_location_id", place))
        for one in document.get("schedules", [])
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(documents(), min_size=3, max_size=8, unique_by=lambda one: one["id"]), asked())
def test_filters_give_what_the_documents_say(
    django_db_blocker: Any, found: list[dict[str, Any]], query: dict[str, Any]
) -> None:
    with transaction.atomic():
        report = actions.load_documents(by=make.BY, documents=found, keep_times=True)
        assert not report.left_out
        words = _with_keys(query)
        everything = get("/services", full="true", per_page=500)["contents"]
        wanted = [one["id"] for one in everything if _takes(one, words) and _has_session(one, words)]
        of_services = {name: word for name, word in words.items() if name not in {"postcode", "proximity"}}
        assert all_ids("/services", per_page=3, **of_services) == wanted
        moments = {one["id"]: _moment(one) for one in everything}
        assert moments == {one["id"]: _moment(one) for one in found}
        places = [
            place["id"]
            for one in everything
            for place in one["service_at_locations"]
            if _takes(one, {name: part for name, part in words.items() if name != "search"})
            and (_takes(one, words) or _place_takes(one, place, words))
            and _has_session(one, words, place["id"])
            and _is_near(place, words)
        ]
        assert sorted(one["id"] for one in lines("/service_at_locations", **words)) == sorted(places)
        transaction.set_rollback(True)


def _is_near(place: dict[str, Any], query: dict[str, str]) -> bool:
    """Whether a place is as near to the postcode as was asked: 8 km unless said."""
    if "postcode" not in query:
        return True
    point = rows.point_of("ZZ1 1ZZ")
    at = to_grid(place["location"]["latitude"], place["location"]["longitude"])
    assert point is not None
    assert at is not None
    return math.dist(point, at) <= int(query.get("proximity", 8_000))


def _place_takes(document: dict[str, Any], place: dict[str, Any], query: dict[str, str]) -> bool:
    """A search of places reads the name of the place too."""
    text = [document["name"], document.get("description", ""), place["location"].get("name", "")]
    return all(any(word.lower() in part.lower() for part in text) for word in query["search"].split())


@pytest.mark.parametrize(
    "text", ["2024-06-30T22:30:00Z", "2024-06-30T23:30:00+01:00", "2024-12-30T22:30:00Z"]
)
def test_a_change_counts_at_its_moment_in_summer_and_in_winter(text: str) -> None:
    at = datetime.fromisoformat(text)
    actions.load_documents(by=make.BY, documents=[make.document(last_modified=text)], keep_times=True)
    assert get("/services")["contents"][0]["last_modified"] == f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"
    for seconds, count in ((-1, 1), (0, 1), (1, 0)):
        after = (at + timedelta(seconds=seconds)).isoformat()
        assert get("/services", modified_after=after)["total_items"] == count, after


def test_terms_taxonomies_and_organisations_by_every_filter_together() -> None:
    kinds = [("play", "Play", ""), ("music", "Music and play", "play"), ("band", "Band", "music")]
    needs = [("deaf", "Deaf", ""), ("sign", "Sign play", "deaf")]
    for slug, terms in (("kinds", kinds), ("needs", needs)):
        new = [actions.NewTerm(code, name, parent=parent) for code, name, parent in terms]
        actions.load_taxonomy(by=make.BY, slug=slug, name=f"The {slug}", terms=new)
    for name in ("Play Mill", "Forge"):
        make.published(organization={"name": name, "description": "Play here."})
    every = lines("/taxonomy_terms")
    keys = [None, str(UUID(int=1)), *sorted({one["id"] for one in every})]
    taxonomies = [None, *sorted({one["taxonomy_id"] for one in every})]
    for taxonomy, parent, top, word in product(taxonomies, keys, [None, "true", "false"], [None, "PLAY"]):
        query = {"taxonomy_id": taxonomy, "parent_id": parent, "top_only": top, "search": word}
        wanted = [
            one["id"]
            for one in every
            if taxonomy in (None, one["taxonomy_id"])
            and parent in (None, one.get("parent_id"))
            and not (top == "true" and "parent_id" in one)
            and (word or "").lower() in f"{one['name']} {one.get('description', '')}".lower()
        ]
        given = {name: value for name, value in query.items() if value is not None}
        assert [one["id"] for one in get("/taxonomy_terms", **given)["contents"]] == wanted, given
    assert [one["name"] for one in get("/taxonomies", search="NEEDS")["contents"]] == ["The needs"]
    # Of organisations the name alone is searched.
    assert [one["name"] for one in get("/organizations", search="play")["contents"]] == ["Play Mill"]


@given(st.text(max_size=30), st.sampled_from(sorted(parameters.PARAMETERS)))
@settings(max_examples=200, deadline=None)
def test_whatever_is_asked_is_read_or_refused(text: str, name: str) -> None:
    told = None
    try:
        parameters.read("services", {name: [text]})
    except parameters.BadParameter as bad:
        told = bad
    assert told is None or (told.mend and len(told.message) < 200)
