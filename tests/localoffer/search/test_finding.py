"""What is found, and in which order."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.management import call_command

from goldenthread.localoffer import terms
from goldenthread.localoffer.grid import to_grid
from goldenthread.localoffer.models import SearchWord
from goldenthread.localoffer.search import finding, places
from goldenthread.localoffer.search.asking import Asked
from tests.factories.localoffer import place, published
from tests.localoffer.search.asking import names

pytestmark = pytest.mark.django_db


def entry(name: str, description: str = "Something else.", **given: object) -> None:
    published(name=name, description=description, attributes=None, **given)


def test_names_stand_above_descriptions_and_exact_names_first() -> None:
    entry("Loom club", "We sometimes swim on Fridays.")
    entry("Swim and loom for teenagers of the whole county")
    entry("Swim")
    assert names("swim") == ["Swim", "Swim and loom for teenagers of the whole county", "Loom club"]


def test_a_synonym_finds_it_and_what_was_typed_stands_first() -> None:
    entry("Children's SaLT team")
    entry("Speech therapy at home")
    entry("Speech club", "A choir.")
    assert names("speech therapy") == ["Speech therapy at home", "Children's SaLT team"]
    assert names("SALT") == ["Children's SaLT team", "Speech therapy at home"]


def test_a_slip_is_corrected_told_and_may_be_insisted_on() -> None:
    entry("Trampoline club")
    found = finding.find(Asked(text="tramploine club"))
    assert [hit.name for hit in found.hits] == ["Trampoline club"]
    assert (found.showing_for, found.asked_for) == ("trampoline club", "tramploine club")
    insisted = finding.find(Asked(text="tramploine", exact=True))
    assert (insisted.total, insisted.showing_for) == (0, "")


def test_where_none_has_all_words_those_with_some_are_shown_and_said() -> None:
    entry("Trampoline club")
    entry("Pottery evening")
    found = finding.find(Asked(text="trampoline xylophone"))
    assert not found.has_all
    assert [hit.name for hit in found.hits] == ["Trampoline club"]
    assert finding.find(Asked(text="trampoline")).has_all


def test_national_services_stand_apart_and_crowd_nothing_out() -> None:
    for number in range(8):
        entry(f"Autism line {number}", local_offer={"is_national": True})
    entry("Weavers", "For autistic weavers.")
    found = finding.find(Asked(text="autism", per_page=3))
    assert [hit.name for hit in found.hits] == ["Weavers"]
    assert (found.total, found.national_total, len(found.national)) == (1, 8, 5)
    turned = finding.find(Asked(text="autism", per_page=3, page=3, group="national"))
    assert len(turned.hits) == 2
    assert (turned.total, turned.pages) == (8, 3)


def test_the_nearest_site_is_shown_and_ranked() -> None:
    far, near = {"latitude": 52.9, "longitude": 1.5}, {"latitude": 52.66, "longitude": 1.7161}
    entry("Two sites", service_at_locations=[place(name="Far", **far), place(name="Near", **near)])
    entry("One site", service_at_locations=[place(name="Middle", latitude=52.7, longitude=1.7)])
    entry("By telephone", service_at_locations=None)
    point = to_grid(52.66, 1.716)
    hits = finding.find(Asked(text="something", point=point, sort="distance")).hits
    assert [hit.name for hit in hits] == ["Two sites", "One site", "By telephone"]
    assert hits[0].place is not None
    assert (hits[0].place.name, hits[0].places) == ("Near", 2)
    assert hits[2].place is None
    assert hits[0].place.distance_m is not None
    assert hits[0].place.distance_m < 20
    assert names("something", point=point, within_km=1.0, sort="distance") == ["Two sites"]


def test_a_hit_says_what_a_list_shows() -> None:
    call_command("load_taxonomies")
    kind = terms.document(terms.KIND, "sport")
    need = terms.document(terms.NEED, "ASD")
    published(description="Swimming. " * 60, attributes=[{"taxonomy_term": kind}, {"taxonomy_term": need}])
    (hit,) = finding.find(Asked(text="swimming", needs=("ASD",), kinds=("leisure",))).hits
    assert (hit.kinds, hit.needs, hit.organization) == (("sport",), ("ASD",), "Loom Street Baths")
    assert hit.place is not None
    assert (hit.place.town, hit.place.distance_m, hit.minimum_age) == ("Threadford", None, 5)
    assert len(hit.summary) <= 221
    assert hit.summary.endswith("Swimming…")


def test_a_postcode_is_where_the_directory_has_places_of_it_or_beside_it() -> None:
    entry("Here")
    assert places.point_of("ZZ1 1ZZ") is not None
    assert places.point_of("zz1 1zy") == places.point_of("ZZ1") == places.point_of("ZZ1 1ZZ")
    assert places.point_of("ZZ2 1ZZ") is None
    assert places.point_of("not a postcode") is None


def test_nothing_published_and_strange_words_find_nothing() -> None:
    assert finding.find(Asked(text="swim")).total == 0
    entry("Swim")
    for text in ("%%%", "\u202e", "' OR 1=1 --", "~autism", "national=yes", "a" * 40):
        assert finding.find(Asked(text=text)).total in {0, 1}


def test_a_hidden_address_is_in_no_part_of_the_index() -> None:
    key = str(uuid4())
    hidden = place(
        id=key, name="Safe house", addresses=[{"address_1": "3 Secret Row", "postal_code": "ZZ9 9ZQ"}]
    )
    entry("A refuge", service_at_locations=[hidden], local_offer={"hidden_locations": [key]})
    assert names("refuge") == ["A refuge"]
    assert not SearchWord.objects.filter(word__in=["secret", "row", "zz9", "9zq", "safe", "house"]).exists()
    assert places.point_of("ZZ9 9ZQ") is None
