"""The directory of a small county: entries in every state, schools with answers, and who keeps what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from goldenthread.consultations.models import Comment
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import User
from goldenthread.core.roles import Role
from goldenthread.demo.consultations import add_consultations
from goldenthread.demo.county import CENSUS_DAY
from goldenthread.demo.localoffer import adding, tanglewick
from goldenthread.demo.localoffer.schools import school_documents
from goldenthread.demo.settings_list import make_settings
from goldenthread.localoffer import terms
from goldenthread.localoffer.enums import DuplicateState, Question, State
from goldenthread.localoffer.freshness import Rung, rung_of
from goldenthread.localoffer.guidance import coverage
from goldenthread.localoffer.guidance.enums import Cover
from goldenthread.localoffer.models import (
    PossibleDuplicate,
    Provider,
    PublicService,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    Taxonomy,
)
from goldenthread.localoffer.oruk.checker.specification import Specification
from goldenthread.localoffer.queries import entries
from tests.factories.people import user

PLANS = 120


@pytest.fixture
def county(db: None) -> Iterator[adding.Added]:
    """The Local Offer of a small county, with an editor and the provider."""
    with clock.fixed(CENSUS_DAY):
        editor, provider = user(Role.EDITOR), user(Role.PROVIDER)
        yield adding.add_local_offer(PLANS, 1, editor=editor, provider_id=provider.pk, today=CENSUS_DAY)


def _published_terms(slug: str) -> set[str]:
    rows = ServiceTerm.objects.filter(term__taxonomy__slug=slug)
    return set(rows.values_list("term__code", flat=True))


def test_a_county_has_entries_in_every_state_and_what_they_need(county: adding.Added) -> None:
    states = Counter(Service.objects.values_list("state", flat=True))
    assert set(states) == set(State.values)
    assert county.entries + 1 == Service.objects.count()  # the provider began one more
    _somebody_keeps_some()
    _every_age_of_check()
    _every_term_is_used()
    _the_refuge_is_hidden()
    assert PossibleDuplicate.objects.filter(state=DuplicateState.OPEN).exists()
    assert set(county.of_kind) > {"nursery", "speech-and-language", "daytime-breaks"}
    _some_guidance_is_past_its_review()
    _people_say_something_of_services(county)
    _the_pages_answer()


def _somebody_keeps_some() -> None:
    provider = Provider.objects.get()
    own = Service.objects.filter(organization=provider.organization)
    assert provider.organization.name == tanglewick.data()["organization"]["name"]
    assert set(own.values_list("state", flat=True)) == set(State.values)
    assert own.filter(is_paused=True, paused_until__gt=CENSUS_DAY).count() == 1
    sent_back = own.get(state=State.SENT_BACK)
    assert entries.events_of(sent_back)[0].reason
    assert own.get(state=State.SCHEDULED).scheduled_for == CENSUS_DAY + timedelta(14)


def _every_age_of_check() -> None:
    live = Service.objects.filter(live_number__isnull=False)
    rungs = {
        rung_of(one, CENSUS_DAY) for one in live.exclude(checked_on=None).values_list("checked_on", flat=True)
    }
    assert rungs >= {None, Rung.TEN, Rung.TWELVE}
    assert live.filter(due_on__lte=CENSUS_DAY).count() < live.count() / 4


def _every_term_is_used() -> None:
    assert set(Taxonomy.objects.values_list("slug", flat=True)) == set(terms.SLUGS)
    for slug in (terms.KIND, terms.NEED, terms.ACCESS, terms.SETTING, terms.PHASE):
        leaves = {code for code in terms.codes(slug) if not terms.below(slug, code)}
        # A small county may lack what only one of its settings would have.
        assert len(leaves - _published_terms(slug)) <= 4, (slug, leaves - _published_terms(slug))


def _the_refuge_is_hidden() -> None:
    refuge = PublicService.objects.get(terms__term__code="safety")
    assert not refuge.has_place
    document = entries.current_document(Service.objects.get(pk=refuge.pk))
    address = document["service_at_locations"][0]["location"]["addresses"][0]
    assert address["address_1"] not in str(refuge.document)
    assert not ServiceAtLocation.objects.filter(service=refuge).exists()


def _some_guidance_is_past_its_review() -> None:
    stale = {row.item.id for row in coverage.board() if row.cover == Cover.STALE}
    assert stale > {"S2.3.d", "S2.11"}


def _people_say_something_of_services(county: adding.Added) -> None:
    add_consultations(System.DEMONSTRATION, CENSUS_DAY, county.of_kind)
    about = Comment.objects.filter(kind="service")
    assert about.count() >= 6
    assert set(about.values_list("about_id", flat=True)) <= {
        str(key) for key in PublicService.objects.values_list("pk", flat=True)
    }


def _the_pages_answer() -> None:
    client = Client()
    client.force_login(User.objects.get(role=Role.PROVIDER))
    page = client.get(reverse("lo_entries")).content.decode()
    assert all(one["name"] in page for one in tanglewick.data()["entry"] if one.get("becomes") != "archived")
    assert "Tanglewick" in Client().get(reverse("lo_search"), {"q": "tanglewick"}).content.decode()


def test_schools_are_those_of_the_county_most_with_the_seven_questions() -> None:
    plans = 6000
    found = list(school_documents(plans, 1))
    settings = {one.urn: one for one in make_settings(plans, 1) if one.urn}
    urns = [one["local_offer"]["urn"] for one in found if "urn" in one["local_offer"]]
    assert len(set(urns)) == len(urns)
    assert set(urns) < set(settings)
    assert len(urns) > 0.85 * len(settings)
    answered = [len(one["local_offer"].get("questions", {})) for one in found]
    assert 0.5 < sum(one == len(Question) for one in answered) / len(found) < 0.9
    assert 0 in answered
    assert {one for each in found for one in _codes(each, terms.SETTING)} == set(terms.codes(terms.SETTING))
    assert {one for each in found for one in _codes(each, terms.PHASE)} == set(terms.codes(terms.PHASE))
    for one in found:
        assert (
            one["name"] in {setting.name for setting in settings.values()} or "urn" not in one["local_offer"]
        )
        assert UUID(one["id"])
    specification = Specification()
    assert [fault.message for one in found[:60] for fault in specification.wrong_record("service", one)] == []


def _codes(document: dict[str, list[dict[str, dict[str, str]]]], slug: str) -> list[str]:
    found = (one["taxonomy_term"] for one in document["attributes"])
    return [one["term"] for one in found if one["taxonomy"] == slug]


@pytest.mark.parametrize("plans", [1, 6000, 60_000])
def test_a_county_has_one_of_each_sort_and_no_more_than_several_hundred(plans: int) -> None:
    assert 70 <= adding.count_services(plans) <= adding.SERVICES


def test_services_are_made_in_an_empty_directory_and_nowhere_else(settings: object, db: None) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="Demonstration mode is off"):
        call_command("make_services", count=5)
    call_command("make_services", count=5, yes=True, stdout=out)
    assert "5 services made" in out.getvalue()
    assert PublicService.objects.count() == 5
    with pytest.raises(CommandError, match="services in this directory already"):
        call_command("make_services", count=5, yes=True)
    with pytest.raises(CommandError, match="from 1 up"):
        call_command("make_services", count=0, yes=True)
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="production"):
        call_command("make_services", count=5, yes=True)
