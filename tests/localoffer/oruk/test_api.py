"""The eleven endpoints, asked as anybody may ask them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from goldenthread.localoffer import actions
from goldenthread.localoffer.models import PublicService
from goldenthread.localoffer.oruk.api import remembered, throttle
from goldenthread.localoffer.oruk.checker.check import FeedCheck
from goldenthread.localoffer.oruk.checker.findings import PASSED
from goldenthread.localoffer.oruk.checker.shapes import ENDPOINTS
from goldenthread.localoffer.oruk.checker.specification import Specification
from tests.factories import localoffer as make
from tests.localoffer.oruk.client import ROOT, Site, all_ids, get, lines, refused

pytestmark = pytest.mark.django_db

SECRET = "9 Hidden Lane"


def _some(count: int) -> list[str]:
    documents = [
        make.document(
            name=f"Weaving group {number}",
            organization={"name": f"Loom Street {number % 7}", "description": "A hall."},
            service_at_locations=[make.place(), make.place(name="The other hall")],
        )
        for number in range(count)
    ]
    report = actions.load_documents(by=make.BY, documents=documents)
    assert not report.problems
    return [str(report.ids[number]) for number in range(count)]


@pytest.mark.parametrize("whose", ["ours", "official"])
def test_every_page_and_every_id_is_as_the_standard_asks(
    whose: str, request: pytest.FixtureRequest, settings: Any
) -> None:
    settings.OPEN_DATA_PER_MINUTE = 0
    folder: Path | None = None
    if whose == "official":
        folder = request.getfixturevalue("official") / "oruk-3.0"
    _some(60)
    report = FeedCheck(Site(), Specification(folder)).run()
    assert (report.verdict, report.errors, report.warnings) == (PASSED, 0, 0), report.examples
    assert report.read["/services"].items == 60
    assert report.read["/services"].answers == 2
    assert report.read["/service_at_locations"].items == 120
    assert report.read["/organizations/{id}"].answers == 7
    assert set(report.read) == {"/", *(path for one in ENDPOINTS for path in (one.path, one.single))}


def test_an_empty_directory_still_answers() -> None:
    page = get("/services")
    assert page == {
        "total_items": 0,
        "total_pages": 1,
        "page_number": 1,
        "size": 0,
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    }
    assert lines("/services") == []
    assert get("/services", minimal="true")["empty"] is True


def test_a_page_after_the_last_is_empty_and_says_that_it_is_the_last() -> None:
    _some(3)
    page = get("/services", page=9, per_page=2)
    assert (page["total_pages"], page["empty"], page["last_page"]) == (2, True, True)


def test_paging_loses_and_repeats_nothing_while_entries_are_published() -> None:
    before = _some(11)
    found: list[str] = []
    for number in range(1, 7):
        page = get("/services", page=number, per_page=2)
        found += [one["id"] for one in page["contents"]]
        # A new entry that would sort first by name and by key, and an old one that is changed.
        make.published(id=f"00000000-0000-4000-8000-{number:012d}", name=f"Aardvark {number}")
        actions.load_documents(
            by=make.BY, documents=[make.document(id=before[-number], name=f"Aaa {number}")]
        )
    assert found[:11] == before
    assert len(found) == len(set(found))


@pytest.mark.parametrize("path", ["/organizations", "/service_at_locations"])
def test_the_other_lists_stand_as_still(path: str) -> None:
    _some(14)
    before = all_ids(path)
    found = []
    for number in range(1, len(before) + 1):
        found += [one["id"] for one in get(path, page=number, per_page=1)["contents"]]
        if number % 5 == 1:
            make.published(
                id=f"00000000-0000-4000-8000-{number:012d}",
                organization={"id": f"00000000-0000-4000-9000-{number:012d}", "name": f"A {number}"},
            )
    assert found == before


def test_lines_give_what_the_pages_give() -> None:
    _some(9)
    for one in ENDPOINTS:
        assert [row["id"] for row in lines(one.path)] == all_ids(one.path, per_page=4), one.path
    assert lines("/services", full="true") == get("/services", full="true")["contents"]


def test_what_changed_after_a_time_is_what_was_loaded_after_it() -> None:
    first = _some(3)
    last = max(one["last_modified"] for one in get("/services")["contents"])
    PublicService.objects.filter(pk__in=first[:2]).update(
        last_modified=PublicService.objects.get(pk=first[2]).last_modified - timedelta(days=1)
    )
    remembered.forget()  # written past the actions, which would have told
    assert all_ids("/services", modified_after=last) == [first[2]]
    day_before = PublicService.objects.get(pk=first[0]).last_modified.isoformat()
    assert all_ids("/services", modified_after=day_before) == first
    # As people type it: the plus of a zone becomes a space unless it is escaped.
    typed = f"{ROOT}/services?modified_after={day_before}"
    assert Client().get(typed).status_code == 200


def test_minimal_gives_all_on_one_page() -> None:
    ids = _some(60)
    page = get("/services", minimal="true")
    assert [one["id"] for one in page["contents"]] == ids
    assert (page["total_pages"], page["size"], page["last_page"]) == (1, 60, True)
    assert set(page["contents"][0]) == {"id", "name", "status", "last_modified", "modified_date"}


def test_full_and_brief_differ_in_what_there_is_many_of() -> None:
    _some(1)
    brief = get("/services")["contents"][0]
    full = get("/services", full="true")["contents"][0]
    assert {"schedules", "service_at_locations", "attributes"} <= set(full)
    assert not [name for name, part in brief.items() if isinstance(part, list)]
    assert brief["organization"]["name"] == "Loom Street 0"
    assert full == get(f"/services/{full['id']}")
    place = get("/service_at_locations", full="true")["contents"][0]
    assert place["location"]["addresses"][0]["postal_code"] == "ZZ1 1ZZ"
    assert "addresses" not in get("/service_at_locations")["contents"][0]["location"]


def test_an_organisation_has_its_services() -> None:
    ids = _some(9)
    own = get("/organizations", search="Loom Street 0")["contents"][0]
    assert "services" not in own
    got = get(f"/organizations/{own['id']}")
    assert [one["id"] for one in got["services"]] == [ids[0], ids[7]]
    full = get(f"/organizations/{own['id']}", full_service="true")["services"]
    assert full[0]["schedules"]


def test_terms_by_taxonomy_and_parent() -> None:
    taxonomy = actions.load_taxonomy(
        by=make.BY,
        slug="needs",
        name="Needs",
        terms=[actions.NewTerm("hearing", "Hearing"), actions.NewTerm("deaf", "Deaf", parent="hearing")],
    )
    make.published()
    top, below = get("/taxonomy_terms", taxonomy_id=taxonomy.pk)["contents"]
    if "parent_id" in top:
        top, below = below, top
    assert all_ids("/taxonomy_terms", parent_id=top["id"]) == [below["id"]]
    assert below["id"] not in all_ids("/taxonomy_terms", top_only="true")
    assert {one["id"] for one in get(f"/taxonomies/{taxonomy.pk}")["taxonomy_terms"]} == {
        top["id"],
        below["id"],
    }


def test_places_near_a_postcode() -> None:
    near = make.published(service_at_locations=[make.place()])
    make.published(service_at_locations=[make.place(latitude=52.70, longitude=1.60, addresses=[])])
    found = get("/service_at_locations", postcode="zz11zz")["contents"]
    assert [one["service_id"] for one in found] == [str(near.pk)]
    assert get("/service_at_locations", postcode="ZZ1 1ZZ", proximity=20_000)["total_items"] == 2
    told = refused("/service_at_locations", 400, postcode="ZZ9 9ZZ")
    assert told["parameter"] == "postcode"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/services", {"page": "0"}),
        ("/services", {"page": "two"}),
        ("/services", {"per_page": "501"}),
        ("/services", {"per_page": "-1"}),
        ("/services", {"format": "xml"}),
        ("/services", {"modified_after": "yesterday"}),
        ("/services", {"modified_after": "0001-01-01T00:00:00+23:00"}),
        ("/services", {"taxonomy_term_id": "short-breaks"}),
        ("/services", {"minimum_age": "old"}),
        ("/services", {"minimum_age": "nan"}),
        ("/services", {"minimum_age": "9", "maximum_age": "4"}),
        ("/services", {"day": "Funday"}),
        ("/services", {"start_time": "25:00"}),
        ("/services", {"full": "maybe"}),
        ("/services", {"search": "x" * 201}),
        ("/services", {"search": "\0"}),
        ("/services", {"taxonmy_id": str(uuid4())}),
        ("/services", {"page": ["1", "2"]}),
        ("/services", {"postcode": "ZZ1 1ZZ"}),
        ("/service_at_locations", {"proximity": "500"}),
        ("/service_at_locations", {"postcode": "nowhere"}),
        ("/taxonomies", {"full": "true"}),
        ("/taxonomy_terms", {"parent_id": "1"}),
    ],
)
def test_what_cannot_be_asked_is_refused_with_how_to_mend_it(path: str, query: dict[str, Any]) -> None:
    told = refused(path, 400, **query)
    assert told["parameter"] in query
    assert len(told["message"]) > 20
    assert told["mend"]


@pytest.mark.parametrize("key", ["none", "14ff41f8-1cac-4615-a053-204a44d69555", "%00", "1;DROP TABLE"])
def test_an_id_of_nothing_is_not_found(key: str) -> None:
    for one in ENDPOINTS:
        assert "public record" in refused(f"{one.path}/{key}", 404)["message"]


def test_hidden_addresses_drafts_notes_and_archived_entries_are_nowhere() -> None:
    address = {"address_1": SECRET, "city": "Farshire", "postal_code": "ZZ7 7ZZ"}
    hidden = make.place(addresses=[address], name="Safe house", latitude=52.123456, longitude=1.234567)
    own = {"hidden_locations": [hidden["location"]["id"]], "notes": "ask for Hattie Hemlock"}
    shown = make.published(service_at_locations=[hidden, make.place()], local_offer=own)
    gone = make.published(name="Gone with the wind")
    actions.archive(by=make.editor(), service_id=gone.pk, version=gone.version, reason="It closed.")
    make.draft(name="Not yet ready")
    text = json.dumps(
        [
            [lines(one.path), lines(one.path, **({"full": "true"} if "taxonom" not in one.path else {}))]
            + [get(f"{one.path}/{key}") for key in all_ids(one.path)]
            for one in ENDPOINTS
        ]
    )
    assert str(shown.pk) in text
    secrets = (SECRET, "ZZ7", "Farshire", "Safe house", "52.123", "1.234", "Hattie")
    for word in (*secrets, "local_offer", "Gone with", "Not yet"):
        assert word not in text, word
    assert hidden["location"]["id"] not in text
    refused(f"/services/{gone.pk}", 404)
    refused("/service_at_locations", 400, postcode="ZZ7 7ZZ")


def test_an_answer_is_sent_once_to_who_keeps_it() -> None:
    _some(2)
    client = Client()
    first = client.get(f"{ROOT}/services")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get(f"{ROOT}/services", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    make.published()
    changed = client.get(f"{ROOT}/services", headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "Cookie" not in changed.headers.get("Vary", "")


def test_other_sites_may_read_and_nobody_may_write() -> None:
    client = Client(enforce_csrf_checks=True)
    asked = client.options(f"{ROOT}/services")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert client.head(f"{ROOT}/services").status_code == 200
    refused_post = client.delete(f"{ROOT}/services")
    assert refused_post.status_code in {403, 405}


def test_who_asks_too_often_is_told_how_long_to_wait(settings: Any) -> None:
    settings.OPEN_DATA_PER_MINUTE = 3
    client = Client()
    answers = [client.get(f"{ROOT}/services").status_code for _ in range(3)]
    assert answers == [200, 200, 200]
    late = client.get(f"{ROOT}/taxonomies")
    if late.status_code == 200:  # a minute began in between
        throttle.forget()
        for _ in range(4):
            late = client.get(f"{ROOT}/taxonomies")
    assert late.status_code == 429
    assert 1 <= int(late.headers["Retry-After"]) <= 60
    assert "Wait" in json.loads(late.content)["mend"]


def test_the_openapi_document_states_every_endpoint_and_parameter() -> None:
    details = get("/")
    assert get("") == details
    assert details["version"] == "HSDS-UK-3.0"
    assert details["openapi_url"] == "http://testserver/oruk/v3/openapi.json"
    found = get("/openapi.json")
    assert len(found["paths"]) == 11
    assert found["servers"] == [{"url": "http://testserver/oruk/v3"}]
    for schema in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    refs = _refs(found)
    assert refs
    for ref in refs:
        held: Any = found
        for step in ref.removeprefix("#/").split("/"):
            held = held[step]


def _refs(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [ref for part in value.values() for ref in _refs(part)]
    return [ref for part in value for ref in _refs(part)] if isinstance(value, list) else []
