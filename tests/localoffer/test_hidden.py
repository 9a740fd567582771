"""Hidden places: for any document, nothing of one is in what the public can reach."""

from __future__ import annotations

import json
import logging
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.core import clock
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import InvalidInput
from goldenthread.localoffer import actions
from goldenthread.localoffer.document import clean
from goldenthread.localoffer.leaking import leaks
from goldenthread.localoffer.models import PublicService
from goldenthread.localoffer.projection import project
from tests.factories import localoffer as make

HIDDEN = "22222222-2222-4222-8222-222222222222"
# Marks that nothing else has: each stands in one part of the hidden place.
SECRETS = {
    "street": "71 Quillwort Passage",
    "attention": "Mx Zephyrine Oldcastle",
    "postcode": "ZZ77 7QX",
    "name": "Quartermoon Lodge",
    "phone": "01632 967 777",
    "latitude": "51.987654",
    "longitude": "-1.123987",
    "reference": "UPRN900917771",
    "about": "Behind the blue gate of Vellum Yard",
}


def secret_place(**given: Any) -> dict[str, Any]:
    return {
        "id": HIDDEN,
        "location_type": "physical",
        "name": SECRETS["name"],
        "description": SECRETS["about"],
        "latitude": float(SECRETS["latitude"]),
        "longitude": float(SECRETS["longitude"]),
        "external_identifier": SECRETS["reference"],
        "phones": [{"number": SECRETS["phone"]}],
        "addresses": [
            {
                "address_1": SECRETS["street"],
                "attention": SECRETS["attention"],
                "city": "Weft",
                "postal_code": SECRETS["postcode"],
            }
        ],
        "accessibility": [{"description": SECRETS["about"]}],
        **given,
    }


words = st.text(st.characters(codec="utf-8", exclude_characters="<>&"), max_size=30)
documents = st.fixed_dictionaries(
    {"name": words.filter(str.strip), "description": words.filter(str.strip)},
    optional={
        "alert": words,
        "fees": words,
        "contacts": st.lists(
            st.fixed_dictionaries({"name": words}, optional={"location_id": st.just(HIDDEN), "title": words}),
            max_size=3,
        ),
        "schedules": st.lists(
            st.fixed_dictionaries({"byday": st.just("MO"), "service_at_location_id": st.just(HIDDEN)}),
            max_size=2,
        ),
        "places": st.integers(0, 2),
        "hide_by_service": st.booleans(),
    },
)


def whole(document: dict[str, Any]) -> dict[str, Any]:
    """A clean document with the hidden place among open ones, and a telephone of it."""
    document = dict(document)
    places = [make.place() for _ in range(document.pop("places", 0))]
    hidden = {"id": str(uuid4()), "location": secret_place()}
    key = hidden["id"] if document.pop("hide_by_service", False) else HIDDEN
    document |= {
        "service_at_locations": [*places, hidden],
        "phones": [{"number": SECRETS["phone"], "location_id": HIDDEN}, {"number": "01632 960 111"}],
        "local_offer": {"hidden_locations": [key], "notes": SECRETS["street"]},
        "organization": {"id": str(uuid4()), "name": "Tanglewick Aid"},
    }
    found, _ = clean(document, uuid4())
    return found


@settings(max_examples=60)
@given(documents)
def test_nothing_of_a_hidden_place_is_projected(document: dict[str, Any]) -> None:
    found = whole(document)
    assert leaks(found) == []
    now = clock.now()
    shown = project(found, number=1, is_paused=False, checked_on=None, first_published=now, last_modified=now)
    text = repr(shown) + json.dumps(shown.service["document"], ensure_ascii=False)
    told = [name for name, secret in SECRETS.items() if secret in text or secret.replace(" ", "") in text]
    assert told == []
    assert HIDDEN not in text


@pytest.mark.parametrize(
    "name", ["street", "attention", "postcode", "name", "phone", "latitude", "reference"]
)
@pytest.mark.parametrize("where", ["description", "contacts", "organization", "local_offer"])
@settings(max_examples=12)
@given(data=st.data())
def test_public_words_that_name_it_are_found(name: str, where: str, data: st.DataObject) -> None:
    secret = SECRETS[name]
    if name in {"street", "postcode", "phone"}:
        gap = data.draw(st.sampled_from(["", " ", "  ", "-"])) if name != "street" else " "
        secret = data.draw(st.sampled_from([str.lower, str.upper]))(secret).replace(" ", gap)
    text = f"{data.draw(words)} {secret} {data.draw(words)}"
    found = whole({"name": "Aid", "description": "Help."})
    if where == "description":
        found["description"] = text
    elif where == "contacts":
        found["contacts"] = [{"id": str(uuid4()), "name": text}]
    elif where == "organization":
        found["organization"]["description"] = text
    else:
        found["local_offer"]["questions"] = {"staff": text}
    assert leaks(found)


def test_a_place_that_is_only_called_refuge_may_be_spoken_of() -> None:
    found = whole({"name": "Refuge", "description": "A refuge for women and a safe house."})
    found["service_at_locations"][-1]["location"]["name"] = "The Refuge"
    assert leaks(found) == []


def publish(caplog: pytest.LogCaptureFixture) -> UUID:
    caplog.set_level(logging.DEBUG)
    document = whole({"name": "Quiet help", "description": "For anyone who needs a safe place.", "places": 1})
    report = actions.load_documents(by=make.BY, documents=[document])
    assert not report.problems
    return report.ids[0]


def assert_untold(text: str) -> None:
    squeezed = text.replace(" ", "").lower()
    assert [name for name, secret in SECRETS.items() if secret.replace(" ", "").lower() in squeezed] == []


# What is kept for those who sign in; every other row of the room is the public's.
WORKING = {
    "Organization", "Provider", "Service", "ServiceVersion", "ServiceEvent", "Reminder", "PossibleDuplicate",
    "Load", "Merge", "RegisterEntry",
}  # fmt: skip


@pytest.mark.django_db
def test_no_row_answer_or_log_line_tells_of_it(caplog: pytest.LogCaptureFixture) -> None:
    key = publish(caplog)
    actions.pause(by=make.BY, service_id=key)
    actions.reopen(by=make.BY, service_id=key)
    for model in apps.get_app_config("localoffer").get_models():
        if model.__name__ not in WORKING:
            for row in model._default_manager.values():
                assert_untold(repr(row))
    client = Client()
    for address in ("/services", f"/services/{key}", "/service_at_locations", "/organizations"):
        assert_untold(client.get(f"/oruk/v3{address}").content.decode())
    for secret in (SECRETS["postcode"], SECRETS["name"], "Quillwort"):
        answer = client.get("/oruk/v3/services", {"search": secret})
        assert answer.json()["contents"] == []
    for name, kwargs in (("lo_service", {"service_id": key}), ("local_offer", {})):
        assert_untold(client.get(reverse(name, kwargs=kwargs)).content.decode())
    assert_untold(caplog.text)
    assert_untold(repr(list(AuditEntry.objects.values())))


@pytest.mark.django_db
def test_words_of_the_organisation_are_refused_and_say_nothing(caplog: pytest.LogCaptureFixture) -> None:
    key = publish(caplog)
    organization = PublicService.objects.get(pk=key).organization_id
    with pytest.raises(InvalidInput) as refused:
        actions.save_organization(
            by=make.BY,
            organization_id=organization,
            name="Tanglewick Aid",
            description=f"Come to {SECRETS['street']}.",
        )
    assert_untold(f"{refused.value.message} {refused.value.mend}")
    assert_untold(json.dumps(PublicService.objects.get(pk=key).organization.document))
    actions.save_draft(by=make.BY, service_id=key, number=1, changes={"alert": SECRETS["postcode"]})
    with pytest.raises(InvalidInput):
        actions.publish(by=make.BY, service_id=key)
    assert_untold(caplog.text)
