"""The pages of the Local Offer for everybody: what they show, what they say to bad input, what they cost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from lxml import html

from goldenthread.consultations.models import Comment, SoughtDay
from goldenthread.core.actors import System
from goldenthread.localoffer import actions, shortlist
from goldenthread.localoffer.models import PublicService, Service
from tests.factories import localoffer as make

pytestmark = pytest.mark.django_db
BY = System.COMMAND
HEAVIEST = 250_000


@pytest.fixture
def visitor() -> Client:
    """Somebody who is not signed in."""
    return Client()


def page(client: Client, name: str, *args: Any, query: str = "", status: int = 200) -> html.HtmlElement:
    """A page as a browser without script reads it."""
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status, answer.content.decode()[:500]
    return html.fromstring(answer.content.decode())


def words_of(found: html.HtmlElement) -> str:
    """All its words, with one space between."""
    return " ".join(found.find(".//main").text_content().split())


def names(found: html.HtmlElement) -> list[str]:
    """The services that a list shows."""
    return [one.text_content().strip() for one in found.xpath("//h3[@class='lo-item__name']/a")]


def test_the_first_page_leads_on_and_says_what_changed(visitor: Client) -> None:
    service = make.published()
    found = page(visitor, "local_offer")
    assert "Loom Street Swimming" in words_of(found)
    links = set(found.xpath("//main//a/@href"))
    here = {reverse(name) for name in ("have_your_say", "lo_settings", "lo_changes_feed", "lo_shortlist")}
    assert here | {reverse("lo_service", args=[service.pk])} <= links
    assert reverse("local_offer") in page(visitor, "home").xpath("//main//a/@href")
    assert found.xpath("//form[@role='search']")[0].action == reverse("lo_search")


def test_a_list_shows_who_answers_and_lets_filters_be_taken_off(visitor: Client) -> None:
    make.published(name="Tots in water", minimum_age=0, maximum_age=4)
    make.published(cost_options=[{"amount": 0}])
    found = page(visitor, "lo_search", query="?q=water&age=9&free=yes")
    assert names(found) == ["Loom Street Swimming"]
    chips = {one.text_content(): one.get("href") for one in found.xpath("//a[@class='moj-filter__tag']")}
    assert chips["Remove this filter: Free"] == "?q=water&age=9"
    assert chips["Remove this filter: Age 9"] == "?q=water&free=yes"
    assert "Free" in words_of(found)
    assert "Checked on 2 January 2024" in words_of(found)
    assert "Monday (1)" in words_of(found)
    assert "Tuesday (0)" in words_of(found)
    assert found.xpath("//svg[@aria-hidden='true']//*[local-name()='text']/text()")[0]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?postcode=nowhere", "Enter a postcode such as"),
        ("?postcode=XX99+9XX", "We do not know where XX99 9XX is"),
        ("?age=old", "Give an age in whole years"),
        ("?page=0", "Give a page from 1"),
        ("?page=900", "There is no page 900"),
        ("?kind=%3Cscript%3E&nonsense=1", "Choose from the list"),
        (f"?q={'swim+' * 100}", "Only the first 200 letters"),
        ("?q=%00%ff%f0swim&sort=%22", "Choose from the list"),
    ],
)
def test_bad_input_is_told_and_breaks_nothing(visitor: Client, query: str, said: str) -> None:
    make.published()
    assert said in words_of(page(visitor, "lo_search", query=query))


def test_a_search_that_finds_nothing_says_what_to_try_and_is_counted(visitor: Client) -> None:
    found = words_of(page(visitor, "lo_search", query="?q=zither&postcode=ZZ9+9ZZ&need=ASD"))
    assert "You could try" in found
    counted = SoughtDay.objects.get()
    assert (counted.area, counted.times) == ("ZZ9", 1)
    assert "utis" in counted.need
    make.published()
    page(visitor, "lo_search", query="?q=swimming")
    assert SoughtDay.objects.count() == 1


def test_an_entry_answers_all_that_families_ask(visitor: Client) -> None:
    service = make.published(languages=[{"name": "Urdu"}], alert="Bring a towel.")
    found = page(visitor, "lo_service", service.pk)
    said = words_of(found)
    for part in (
        *("Loom Street Baths", "5 to 16", "Anyone can ask for it themselves", "A session: £4.50", "Urdu"),
        *("Mondays and Saturdays, 9:30am to 10:30am", "12 Loom Street", "ZZ1 1ZZ", "Short breaks"),
        *(
            "Bring a towel.",
            "Every helper has made a course.",
            "more than a year ago",
            "Was this page helpful?",
        ),
    ):
        assert part in said, part
    links = found.xpath("//main//a/@href")
    assert {"tel:01632960123", "mailto:swim@example.org", "https://swim.example.org"} <= set(links)
    assert reverse("tell_us_about", args=["service", service.pk]) in links


def test_what_a_provider_writes_is_text(visitor: Client) -> None:
    written = make.document(
        name="<b>Bold</b> & <img src=x onerror=alert(1)> club",
        description="<script>alert(1)</script><p>Ages &lt; 5 &amp; 3 > 2</p>",
        url="javascript:alert(1)",
    )
    key = actions.load_documents(by=BY, documents=[written]).ids[0]
    answer = visitor.get(reverse("lo_service", args=[key]))
    found = html.fromstring(answer.content.decode())
    assert "alert(1)" not in answer.content.decode()
    assert "Ages < 5 & 3 > 2" in words_of(found)
    assert not [href for href in found.xpath("//a/@href") if href.startswith("javascript")]
    assert not found.xpath("//main//img")


def test_a_description_of_five_megabytes_is_refused_where_it_is_written() -> None:
    report = actions.load_documents(by=BY, documents=[make.document(description="swim " * 1_000_000)])
    assert report.left_out == {0}
    assert "Shorten it" in report.problems[0][1].message
    assert not PublicService.objects.exists()


def test_a_hidden_address_is_on_no_page_and_in_no_file(visitor: Client) -> None:
    hidden = make.place(addresses=[{"address_1": "9 Refuge Row", "city": "Weft", "postal_code": "ZZ7 7ZZ"}])
    hidden["location"] |= {"name": "The house", "latitude": 51.5, "longitude": -1.5}
    own = {"hidden_locations": [hidden["location"]["id"]]}
    service = make.published(
        name="Safe house", service_at_locations=[make.place(), hidden], local_offer=own, email=None, url=None
    )
    keys = f"?keys={shortlist.written([service.pk])}"
    addresses = [
        reverse("lo_service", args=[service.pk]),
        reverse("lo_service_calendar", args=[service.pk]),
        *(reverse(name) for name in ("local_offer", "lo_search", "lo_changes_feed", "lo_search_feed")),
        *(reverse(name) + keys for name in ("lo_shortlist", "lo_shortlist_csv", "lo_shortlist_calendar")),
        f"{reverse('lo_search')}?q=refuge",
        f"{reverse('lo_search')}?postcode=ZZ7+7ZZ",
        reverse("lo_search_csv"),
    ]
    for address in addresses:
        text = visitor.get(address).getvalue().decode()
        assert "Refuge Row" not in text, address
        assert "ZZ7 7ZZ" not in text.replace('value="ZZ7 7ZZ"', "").replace("where ZZ7 7ZZ is", ""), address


def test_an_entry_that_is_closed_says_so_and_has_no_sessions(visitor: Client) -> None:
    service = make.published()
    calendar = reverse("lo_service_calendar", args=[service.pk])
    assert "BEGIN:VEVENT" in visitor.get(calendar).content.decode()
    service = Service.objects.get(pk=service.pk)
    actions.pause(by=BY, service_id=service.pk, version=service.version, reason="Flood")
    assert "Closed for a time" in words_of(page(visitor, "lo_service", service.pk))
    assert "BEGIN:VEVENT" not in visitor.get(calendar).content.decode()


def test_an_entry_that_was_taken_down_says_so(visitor: Client) -> None:
    service = make.published()
    actions.archive(by=BY, service_id=service.pk, reason="Closed for good.")
    found = page(visitor, "lo_service", service.pk, status=410)
    assert "no longer in the Local Offer" in words_of(found)
    assert "Loom Street" not in words_of(found)
    assert found.xpath("//main//form[@role='search']")
    never = make.draft()
    for key in (never.pk, uuid4()):
        assert visitor.get(reverse("lo_service", args=[key])).status_code == 404


def change(client: Client, **given: Any) -> Any:
    """Change the shortlist as its buttons do."""
    return client.post(reverse("lo_shortlist_change"), given)


def test_a_shortlist_is_kept_shared_and_taken_off(visitor: Client) -> None:
    service, other = make.published(), make.published(name="Weaving")
    back = f"{reverse('lo_search')}?q=swim"
    assert change(visitor, add=str(service.pk), back=back).headers["Location"] == back
    change(visitor, add=str(other.pk), back="https://elsewhere.example/")
    found = page(visitor, "lo_shortlist")
    assert names(found) == ["Loom Street Swimming", "Weaving"]
    assert "01632 960 123" in words_of(found)
    link = found.xpath("//input[@id='lo-link']/@value")[0]
    assert link.endswith(f"?keys={shortlist.written([service.pk, other.pk])}")
    friend = Client()
    sent = page(friend, "lo_shortlist", query=link[link.index("?") :])
    assert names(sent) == ["Loom Street Swimming", "Weaving"]
    assert names(page(friend, "lo_shortlist")) == []
    change(friend, keep=shortlist.written([service.pk, other.pk]))
    change(friend, remove=str(service.pk))
    assert names(page(friend, "lo_shortlist")) == ["Weaving"]
    change(friend, clear="yes")
    assert "gt_shortlist" not in {name for name, one in friend.cookies.items() if one.value}
    actions.archive(by=BY, service_id=other.pk, reason="Closed.")
    assert "1 service of this list is no longer" in words_of(page(visitor, "lo_shortlist"))


def test_a_shortlist_that_is_no_shortlist_is_empty(visitor: Client) -> None:
    assert change(visitor, add="nonsense", back="//elsewhere.example/").headers["Location"] == reverse(
        "lo_shortlist"
    )
    visitor.cookies["gt_shortlist"] = shortlist.written([uuid4()])
    assert "Nothing is on it yet" in words_of(page(visitor, "lo_shortlist"))
    assert page(visitor, "lo_shortlist", query="?keys=%00..x.%F0") is not None
    keys = [uuid4() for _ in range(shortlist.MOST)]
    change(visitor, keep=shortlist.written(keys))
    change(visitor, add=str(uuid4()))
    assert "Take one off first" in words_of(page(visitor, "lo_shortlist"))


def test_changes_are_a_feed_and_a_search_is_one_too(visitor: Client) -> None:
    service = make.published(name="Fun & <games>", description="For all\x0b of us.")
    make.published(name="Weaving", description="A loom.")
    everything = ElementTree.fromstring(visitor.get(reverse("lo_changes_feed")).content)
    assert len(everything.findall("./channel/item")) == 2
    found = ElementTree.fromstring(visitor.get(reverse("lo_search_feed") + "?q=weaving").content)
    assert [one.text for one in found.findall("./channel/item/title")] == ["Weaving (new)"]
    links = [one.text or "" for one in everything.findall("./channel/item/link")]
    assert any(link.endswith(reverse("lo_service", args=[service.pk])) for link in links)


def test_a_list_comes_as_a_file(visitor: Client) -> None:
    make.published(name="=1+1", description="A trick.")
    lines = visitor.get(reverse("lo_search_csv") + "?q=trick").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Service,Who runs it")
    assert lines[1].startswith("'=1+1,Loom Street Baths,A trick.")
    assert len(lines) == 2


def test_what_is_said_of_an_entry_reaches_those_who_answer(visitor: Client) -> None:
    service = make.published()
    found = page(visitor, "tell_us_about", "service", service.pk)
    assert "Loom Street Swimming" in words_of(found)
    assert visitor.get(reverse("tell_us_about", args=["service", "nonsense"])).status_code == 404
    assert visitor.get(reverse("tell_us_about", args=["service", uuid4()])).status_code == 404
    assert not Comment.objects.exists()


def test_what_was_published_of_what_people_said_stands_with_the_service(visitor: Client) -> None:
    service, before = make.published(), make.published(name="Loom Street Pool")
    Service.objects.filter(pk=before.pk).update(merged_into=service)
    told = {"kind": "service", "words": "Not for the public.", "speaker": "parent", "route": "web"}
    told |= {"said_on": date(2024, 1, 8)}
    for number, (about, state) in enumerate(
        (
            (service, "answered"),
            (before, "published"),
            (service, "received"),
            (make.published(name="B"), "published"),
        )
    ):
        Comment.objects.create(
            **told,
            about_id=str(about.pk),
            state=state,
            public_words=f"Public {number}.",
            answer="We put in a ramp.",
            answered_on=date(2024, 1, 9),
        )
    found = words_of(page(visitor, "lo_service", service.pk))
    assert [f"Public {number}." in found for number in range(4)] == [True, True, False, False]
    assert "Our answer: We put in a ramp." in found
    assert "Not for the public" not in found


@pytest.fixture
def full() -> UUID:
    """Fourteen services, one of them with much to it; the key of that."""
    for number in range(12):
        make.published(name=f"Swimming {number}")
    make.published(name="Swimming by telephone", local_offer={"is_national": True})
    places = [make.place(id=None, longitude=1.7 + number / 100) for number in range(5)]
    return make.published(service_at_locations=places).pk


def test_pages_ask_little_and_weigh_little(
    visitor: Client, full: UUID, django_assert_max_num_queries: Any
) -> None:
    carried = sum(
        Path(str(finders.find(f"goldenthread/{name}"))).stat().st_size for name in ("app.css", "app.js")
    )
    addresses = {
        reverse("local_offer"): 8,
        f"{reverse('lo_search')}?q=swimming": 8,
        f"{reverse('lo_search')}?q=swiming&postcode=ZZ1+1ZZ&age=9&day=SA&page=2": 8,
        reverse("lo_service", args=[full]): 8,
    }
    for address, most in addresses.items():
        visitor.get(address)
        with django_assert_max_num_queries(most, info=address):
            answer = visitor.get(address)
        assert len(answer.content) + carried < HEAVIEST, address
        found = html.fromstring(answer.content.decode())
        blocking = found.xpath("//script[@src][not(@defer) and not(@async)]")
        assert not blocking, address


def test_a_page_that_a_browser_has_is_not_sent_again(visitor: Client, full: UUID) -> None:
    for address in (reverse("local_offer"), reverse("lo_service", args=[full]), reverse("lo_changes_feed")):
        visitor.get(address)
        etag = visitor.get(address).headers["ETag"]
        again = visitor.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b""), address
        assert "Content-Security-Policy" not in again.headers
    service = Service.objects.get(pk=full)
    actions.pause(by=BY, service_id=service.pk, version=service.version, reason="Flood")
    changed = visitor.get(reverse("lo_service", args=[full]), headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert json.dumps(changed.headers.get("Content-Security-Policy"))
