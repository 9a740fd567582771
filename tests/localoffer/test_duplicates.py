"""Duplicates: which pairs are told, merging them field by field, undoing it, and two editors at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from goldenthread.core.refusals import ChangedMeanwhile, NotAllowedNow, NotPermitted
from goldenthread.localoffer import actions, queries
from goldenthread.localoffer.enums import DuplicateState, State
from goldenthread.localoffer.likeness import TOLD, card, compare, pairs
from goldenthread.localoffer.merging import FIELDS, merged, side_by_side
from goldenthread.localoffer.models import Merge, PossibleDuplicate, Provider, PublicService, Service
from goldenthread.localoffer.queries import duplicates
from tests.factories import localoffer as make
from tests.localoffer.views.test_editing import filled, signed_in


def a_card(number: int, name: str, organization: str = "Club", **given: Any) -> Any:
    place = (
        {"location": {"addresses": [{"postal_code": given.pop("postcode")}]}} if "postcode" in given else {}
    )
    document = {"name": name, **given} | ({"service_at_locations": [place]} if place else {})
    return card(document, UUID(int=number), organization)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ({"local_offer": {"urn": "123456"}}, {"local_offer": {"urn": "123456"}}, ["the same number"]),
        ({"postcode": "ZZ1 1ZZ", "name": "The Café & Co"}, {"postcode": "ZZ11ZZ", "name": "cafe and co"},
         ["the same name", "postcode"]),
        ({"phones": [{"number": "+44 1632 960111"}]}, {"phones": [{"number": "01632960111"}]}, ["telephone"]),
        ({"email": "A@b.example"}, {"email": "a@b.example"}, ["email"]),
        ({"url": "https://www.a.example/"}, {"url": "http://a.example"}, ["website"]),
        ({"postcode": "ZZ1 1ZZ", "name": "Dee weavers"}, {"postcode": "ZZ1 1ZZ", "name": "Dee weaver"},
         ["nearly the same name", "postcode"]),
        ({"name": "Saturday weavers"}, {"name": "Saturday  Weavers"}, ["the same name"]),
    ],
)  # fmt: skip
def test_what_is_alike_is_told_with_reasons(one: Any, other: Any, words: list[str]) -> None:
    cards = [
        a_card(number, given.pop("name", f"Name {number} of its own {uuid4()}"), f"Club {number}", **given)
        for number, given in enumerate((dict(one), dict(other)), start=1)
    ]
    found = compare(*cards)
    told = pairs(cards)
    assert found.score >= TOLD
    assert all(any(word in reason for reason in found.reasons) for word in words)
    assert list(told) == [(UUID(int=1), UUID(int=2))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"postcode": "ZZ1 1ZZ", "name": "Weaving"}, {"postcode": "ZZ1 1ZZ", "name": "Swimming"}),
        ({"postcode": "ZZ1 1ZZ", "name": "Youth club"}, {"postcode": "ZZ9 9ZZ", "name": "Youth club"}),
        ({"phones": [{"number": "999"}], "name": "One"}, {"phones": [{"number": "999"}], "name": "Two"}),
    ],
)
def test_what_differs_is_not_told(one: Any, other: Any) -> None:
    assert not pairs([a_card(1, organization="A", **one), a_card(2, organization="B", **other)])


def test_an_offices_telephone_says_nothing_and_long_lists_stay_short_to_compare() -> None:
    shared = [a_card(at, f"{uuid4()}", f"Club {at}", email="office@a.example") for at in range(1, 12)]
    assert not pairs(shared)
    # All of one postcode: neighbours by name are compared, not each with each.
    many = [
        a_card(at, f"Club of letter {chr(97 + at % 26) * 9} {at}", postcode="ZZ1 1ZZ") for at in range(1, 400)
    ]
    found = pairs([*many, a_card(1001, "Xylophone weavers", "A", postcode="ZZ1 1ZZ"),
                   a_card(1002, "Xylophone weavers", "B", postcode="ZZ1 1ZZ")])  # fmt: skip
    assert (UUID(int=1001), UUID(int=1002)) in found


def test_each_field_comes_from_where_it_was_chosen() -> None:
    one = {"name": "A", "description": "x", "url": "u", "local_offer": {"notes": "n", "referral": ["gp"]}}
    other = {"name": "B", "description": "y", "minimum_age": 3, "local_offer": {"questions": {"staff": "s"}}}
    found = merged(one, other, ["name", "ages", "url", "questions", "referral"])
    assert found == {
        "name": "B",
        "description": "x",
        "minimum_age": 3,
        "local_offer": {"notes": "n", "questions": {"staff": "s"}},
    }
    assert {row.field.key for row in side_by_side(one, other)} <= {one.key for one in FIELDS}


def two() -> tuple[Service, Service, PossibleDuplicate]:
    """Two published entries of one service, and the pair."""
    first = make.published(name="Saturday weavers", organization={"name": "Tanglewick Clubs"})
    second = make.published(name="Saturday weavers", organization={"name": "Tanglewick"}, description="Wool.")
    assert actions.look_for_duplicates(by=make.BY) == 1
    return first, second, PossibleDuplicate.objects.get()


def merge(pair: PossibleDuplicate, winner: Service, **given: Any) -> Merge:
    versions = {pair.first_id: pair.first.version, pair.second_id: pair.second.version}
    wanted = {"by": make.editor(), "versions": versions, **given}
    return actions.merge_entries(pair_id=pair.pk, winner_id=winner.pk, **wanted)


@pytest.mark.django_db
def test_a_merge_leads_from_the_loser_to_the_winner_and_can_be_undone() -> None:
    first, second, pair = two()
    provider = make.provider(second.organization)
    made = merge(pair, first, taken=["description"], with_providers=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.state, second.merged_into_id) == (State.ARCHIVED, first.pk)
    assert (duplicates.stands_for(second.pk), duplicates.merged_ids(first.pk)) == (first.pk, [second.pk])
    assert list(PublicService.objects.values_list("pk", "description")) == [(first.pk, "Wool.")]
    assert first.checked_on is not None
    assert first.checked_on.isoformat() == "2024-01-02"
    assert Provider.objects.filter(user=provider, organization=first.organization).exists()
    assert PossibleDuplicate.objects.get().state == DuplicateState.MERGED
    assert actions.look_for_duplicates(by=make.BY) == 0
    actions.undo_merge(by=make.editor(), merge_id=made.pk)
    shown = dict(PublicService.objects.values_list("pk", "description"))
    assert shown == {
        first.pk: "Swimming for disabled children, with a helper in the water.",
        second.pk: "Wool.",
    }
    second.refresh_from_db()
    assert (second.state, second.merged_into_id) == (State.PUBLISHED, None)
    assert not Provider.objects.filter(user=provider, organization=first.organization).exists()
    assert [one.number for one in queries.versions_of(first)] == [3, 2, 1]
    with pytest.raises(NotAllowedNow):
        actions.undo_merge(by=make.editor(), merge_id=made.pk)


@pytest.mark.django_db
def test_what_the_winner_said_since_stays_when_a_merge_is_undone() -> None:
    first, second, pair = two()
    made = merge(pair, first, taken=["description"])
    actions.save_draft(by=make.editor(), service_id=first.pk, number=2, changes={"alert": "Moved."})
    actions.undo_merge(by=make.editor(), merge_id=made.pk)
    first.refresh_from_db()
    words = queries.current_document(first)
    assert (words["alert"], words["description"]) == ("Moved.", "Wool.")
    assert PublicService.objects.filter(pk=second.pk).exists()


@pytest.mark.django_db
def test_of_two_editors_only_one_decides() -> None:
    first, second, pair = two()
    old = {pair.first_id: pair.first.version, pair.second_id: pair.second.version}
    actions.confirm_checked(by=make.BY, service_id=second.pk)
    with pytest.raises(ChangedMeanwhile):
        merge(pair, first, versions=old)
    assert not Merge.objects.exists()
    pair.refresh_from_db()
    merge(PossibleDuplicate.objects.get(), first)
    with pytest.raises(ChangedMeanwhile):
        actions.mark_different(by=make.editor(), pair_id=pair.pk)
    with pytest.raises(NotPermitted):
        actions.mark_different(by=make.provider(first.organization), pair_id=pair.pk)


@pytest.mark.django_db
def test_merged_into_one_that_is_merged_leads_to_the_last() -> None:
    first, second, pair = two()
    earlier = merge(pair, first)
    third = make.published(name="Saturday weavers", organization={"name": "Third"})
    actions.look_for_duplicates(by=make.BY)
    actions_pair = PossibleDuplicate.objects.get(state=DuplicateState.OPEN)
    later = merge(actions_pair, third)
    assert duplicates.stands_for(second.pk) == third.pk
    actions.undo_merge(by=make.editor(), merge_id=later.pk)
    assert duplicates.stands_for(second.pk) == first.pk
    actions.undo_merge(by=make.editor(), merge_id=earlier.pk)
    assert PublicService.objects.count() == 3


@pytest.mark.django_db
def test_publishing_finds_them_at_once_and_two_services_stay_two() -> None:
    make.published(name="Weaving for all")
    service = make.draft(name="Weaving for all")
    actions.publish(by=make.BY, service_id=service.pk)
    pair = PossibleDuplicate.objects.get()
    actions.mark_different(by=make.editor(), pair_id=pair.pk)
    assert actions.look_for_duplicates(by=make.BY) == 1
    assert PossibleDuplicate.objects.get().state == DuplicateState.DIFFERENT


@pytest.mark.django_db
def test_the_pages_from_list_to_undo() -> None:
    first, second, pair = two()
    make.provider(second.organization)
    editor = signed_in(make.editor())
    editor.post(reverse("lo_duplicates_look"))
    assert "The same name, the same postcode" in editor.get(reverse("lo_duplicates")).content.decode()
    address = reverse("lo_pair", args=[pair.pk])
    answer = editor.get(address)
    side = "first" if pair.first_id == first.pk else "second"
    other = "second" if side == "first" else "first"
    sent = filled(answer, "winner") | {"winner": side, "description": other}
    assert editor.post(address, sent | {"winner": ""}).status_code == 422
    answer = editor.post(address, sent)
    assert answer.headers["Location"] == reverse("lo_entry", args=[first.pk])
    assert PublicService.objects.get().description == "Wool."
    # The other editor, whose page is still open, is told.
    assert editor.post(address, sent).status_code == 409
    made = Merge.objects.get()
    undo = reverse("lo_merge_undo", args=[made.pk])
    assert undo in editor.get(reverse("lo_merges")).content.decode()
    assert "entry of its own again" in editor.get(undo).content.decode()
    editor.post(undo)
    assert PublicService.objects.count() == 2
    editor.post(reverse("lo_pair_differ", args=[PossibleDuplicate.objects.get().pk]))
    assert "No two entries" in editor.get(reverse("lo_duplicates")).content.decode()
