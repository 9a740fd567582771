"""The pages of editors and providers: what they show, what they save, and to whom they are closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lxml import html

from goldenthread.core import clock
from goldenthread.core.models import Notice, User
from goldenthread.localoffer import actions, queries
from goldenthread.localoffer.enums import State
from goldenthread.localoffer.models import Organization, PublicService, Service
from tests.factories import localoffer as make

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    """A browser in which this person is signed in, past the second step."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["second_factor"] = str(person.pk)
    session.save()
    return client


def filled(answer: Any, name: str = "number") -> dict[str, Any]:
    """What a browser would send of the form that has this field, as the page shows it."""
    forms = html.fromstring(answer.content.decode()).forms
    found: dict[str, Any] = {}
    for key, value in next(form for form in forms if name in form.fields).form_values():
        found.setdefault(key, []).append(value)
    return found


def part(client: Client, service: Service, name: str, **given: Any) -> Any:
    """Save one part; what is not given stays as the page shows it."""
    address = reverse("lo_section", args=[service.pk, name])
    return client.post(address, filled(client.get(address)) | given)


def names_of(answer: Any) -> list[str]:
    """The entries that a page of the list shows."""
    cells = html.fromstring(answer.content.decode()).xpath("//table//tbody//th//a")
    return [cell.text_content().strip() for cell in cells]


def test_a_provider_writes_and_hands_in_and_an_editor_publishes() -> None:
    club = make.organization()
    provider, editor = signed_in(make.provider(club)), signed_in(make.editor())
    answer = provider.post(reverse("lo_new"), {"organization": str(club.pk), "name": "Weaving"})
    service = Service.objects.get()
    assert answer.headers["Location"] == reverse("lo_entry", args=[service.pk])
    assert part(provider, service, "about", description="A club.", url="weave.example.org").status_code == 302
    part(provider, service, "who", minimum_age="5", maximum_age="11", referral=["self", "gp"])
    part(provider, service, "where", name1="The hall", address_11="1 Loom Street", postal_code1="zz11zz")
    part(provider, service, "when", days1=["MO", "WE"], opens_at1="15:30", closes_at1="17:00")
    part(provider, service, "cost", option1="A session", amount1="2.50")
    part(provider, service, "contact", phone="01632 960 111", person="Front desk")
    part(provider, service, "access", access1="A ramp at the side door.")
    part(provider, service, "questions", staff="All trained.")
    version = Service.objects.get().version
    provider.post(reverse("lo_decide", args=[service.pk, "submit"]), {"version": version})
    assert Service.objects.get().state == State.SUBMITTED
    page = editor.get(reverse("lo_entry", args=[service.pk])).content.decode()
    assert "Waiting for approval" in page
    editor.post(reverse("lo_decide", args=[service.pk, "publish"]), {"version": version + 1})
    shown = PublicService.objects.get()
    assert shown.document["url"] == "https://weave.example.org"
    assert (shown.minimum_age, shown.referral, shown.days, shown.postcodes) == (5, "|self|gp|", 5, "ZZ1 1ZZ")
    assert shown.document["phones"][0]["number"] == "01632 960 111"
    assert shown.local_offer["questions"] == {"staff": "All trained."}
    place = shown.document["service_at_locations"][0]["location"]
    assert place["accessibility"][0]["description"] == "A ramp at the side door."


def test_what_a_form_shows_and_saves_again_changes_nothing() -> None:
    service = make.published()
    client = signed_in(make.editor())
    for name in ("about", "kinds", "who", "where", "when", "cost", "contact", "access", "questions", "notes"):
        assert part(client, service, name).status_code == 302, name
    assert Service.objects.get().number == 1


def test_two_people_in_one_part_lose_no_words() -> None:
    service = make.draft()
    one, two = signed_in(make.editor()), signed_in(make.provider(service.organization))
    address = reverse("lo_section", args=[service.pk, "about"])
    opened = {"number": service.number, "name": service.name}
    one.post(address, opened | {"description": "What the editor wrote."})
    answer = two.post(address, opened | {"description": "What the provider wrote."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What the editor wrote." in page
    assert "What the provider wrote." in page
    again = filled(answer)
    assert two.post(address, again).status_code == 302
    words = [one.document.get("description") for one in queries.versions_of(service)]
    assert words[:2] == ["What the provider wrote.", "What the editor wrote."]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("<script>alert(1)</script>", "write plain text without HTML"),
        ("x" * 20_001, "20,001 letters are too many"),
    ],
)
def test_what_cannot_be_kept_is_told_and_stays_in_the_box(typed: str, told: str) -> None:
    service = make.draft()
    answer = part(signed_in(make.editor()), service, "about", description=typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert "<script>alert" not in page
    assert Service.objects.get().number == service.number


def test_five_megabytes_are_held_off() -> None:
    service = make.draft()
    answer = part(signed_in(make.editor()), service, "about", description="x" * 5_000_000)
    assert answer.status_code == 413
    assert "too long" in answer.content.decode()
    assert Service.objects.get().number == service.number


def test_hiding_an_address_on_the_page_hides_it() -> None:
    service = make.published()
    client = signed_in(make.editor())
    part(client, service, "where", hide1="on")
    client.post(
        reverse("lo_decide", args=[service.pk, "publish"]), {"version": Service.objects.get().version}
    )
    assert "ZZ1" not in str(PublicService.objects.get().document)
    assert "hidden from the public" in client.get(reverse("lo_preview", args=[service.pk])).content.decode()


def test_a_provider_finds_nothing_of_others() -> None:
    theirs, mine = make.published(), make.organization("Mine")
    person = signed_in(make.provider(mine))
    page = person.get(reverse("lo_entries")).content.decode()
    assert theirs.name not in page
    for name, rest in (
        ("lo_entry", []),
        ("lo_preview", []),
        ("lo_changes", []),
        ("lo_versions", []),
        ("lo_version", [1]),
        ("lo_section", ["about"]),
        ("lo_decide", ["pause"]),
    ):
        address = reverse(name, args=[theirs.pk, *rest])
        assert person.get(address).status_code == 404, name
        if name in {"lo_version", "lo_section", "lo_decide"}:
            assert person.post(address, {"version": "1", "number": "1"}).status_code == 404, name
    assert theirs.name not in b"".join(person.get(reverse("lo_entries") + "?download=csv")).decode()


def test_a_provider_neither_publishes_nor_reads_the_editors_notes() -> None:
    service = make.draft(**{"local_offer.notes": "Ask before printing."})
    person = signed_in(make.provider(service.organization))
    assert person.get(reverse("lo_section", args=[service.pk, "notes"])).status_code == 404
    for name in ("lo_preview", "lo_changes", "lo_entry"):
        assert "Ask before" not in person.get(reverse(name, args=[service.pk])).content.decode()
    for what in ("publish", "archive", "send-back", "schedule"):
        answer = person.post(reverse("lo_decide", args=[service.pk, what]), {"version": service.version})
        assert answer.status_code == 403, what
    assert not PublicService.objects.exists()


def test_the_list_is_filtered_and_downloaded() -> None:
    make.published()
    late = make.published(name="Late one", assured_date="2020-01-01", organization={"name": "Other"})
    make.draft(name="A draft")
    client = signed_in(make.editor())
    names = {
        query: names_of(client.get(reverse("lo_entries") + query))
        for query in ("", "?overdue=on", "?state=draft", "?q=other", "?state=nonsense")
    }
    assert names["?overdue=on"][-1] in {"Late one", "Loom Street Swimming"}
    assert "Late one" in names["?overdue=on"]
    assert names["?state=draft"] == ["A draft"]
    assert names["?q=other"] == ["Late one"]
    lines = b"".join(client.get(reverse("lo_entries") + "?download=csv&q=other")).decode("utf-8-sig")
    assert str(late.pk) in lines
    book = client.get(reverse("lo_entries") + "?download=xlsx")
    assert book.status_code == 200
    book.close()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_for_many(count: int, django_assert_max_num_queries: Any) -> None:
    for number in range(count):
        make.published(name=f"Service {number}")
    client = signed_in(make.editor())
    client.get(reverse("lo_entries"))
    with django_assert_max_num_queries(9):
        client.get(reverse("lo_entries"))


def test_every_decision_has_its_page_and_does_what_it_says() -> None:
    service = make.published()
    client = signed_in(make.editor())

    def do(what: str, **given: Any) -> None:
        address = reverse("lo_decide", args=[service.pk, what])
        assert client.get(address).status_code == 200
        data = {"version": Service.objects.get().version} | given
        assert client.post(address, data).status_code == 302, what

    do("check")
    do("pause", until=(clock.today() + timedelta(days=5)).isoformat(), reason="Flood")
    do("reopen")
    part(client, service, "about", description="New words.")
    do("schedule", on=(clock.today() + timedelta(days=5)).isoformat())
    do("unschedule")
    do("discard")
    do("archive", reason="Closed for good.")
    assert not PublicService.objects.exists()
    do("restore")
    actions.submit(by=make.BY, service_id=service.pk, version=Service.objects.get().version)
    do("send-back", reason="Say what it costs.")
    assert "Say what it costs." in client.get(reverse("lo_entry", args=[service.pk])).content.decode()


def test_a_decision_on_an_older_state_is_told() -> None:
    service = make.draft()
    client = signed_in(make.editor())
    answer = client.post(reverse("lo_decide", args=[service.pk, "publish"]), {"version": service.version - 1})
    assert answer.status_code == 409
    assert not PublicService.objects.exists()


def test_changes_and_versions_say_what_differs_and_go_back() -> None:
    service = make.published()
    client = signed_in(make.editor())
    part(client, service, "about", description="Quite other words.")
    page = client.get(reverse("lo_changes", args=[service.pk])).content.decode()
    assert "Quite other words." in page
    assert "with a helper in the water" in page
    assert "Version 2" in client.get(reverse("lo_versions", args=[service.pk])).content.decode()
    version = Service.objects.get().version
    client.post(reverse("lo_version", args=[service.pk, 1]), {"version": version})
    assert "helper" in queries.current_document(Service.objects.get())["description"]


def test_editors_keep_organisations_and_ask_people() -> None:
    client = signed_in(make.editor())
    client.post(reverse("lo_organization_new"), {"name": "Weavers", "email": "office@weavers.example.org"})
    club = Organization.objects.get()
    assert "Weavers" in client.get(reverse("lo_organizations")).content.decode()
    address = reverse("lo_organization", args=[club.pk])
    client.post(address, {"name": "Jo Weaver", "email": "jo@weavers.example.org"})
    assert "Jo Weaver" in client.get(address).content.decode()
    assert Notice.objects.get(to_email="jo@weavers.example.org").kind == "invitation"
    client.post(
        reverse("lo_organization_change", args=[club.pk]), {"name": "Weavers of Loom", "website": "nonsense"}
    )
    assert Organization.objects.get().name == "Weavers"
    provider = club.providers.get()
    client.post(reverse("lo_provider_end", args=[club.pk, provider.pk]))
    assert not club.providers.exists()
    assert not queries.visible_to(User.objects.get(email="jo@weavers.example.org")).exists()
