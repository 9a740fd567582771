"""Starting, saving, approving: what the public sees is what was published, and nobody loses words."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from goldenthread.core import audit, clock
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotAllowedNow, NotFound, NotPermitted
from goldenthread.core.roles import Role
from goldenthread.localoffer import actions, published, queries
from goldenthread.localoffer.enums import State
from goldenthread.localoffer.models import (
    PublicOrganization,
    PublicService,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTerm,
    ServiceVersion,
)
from tests.factories import localoffer as make
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db


def test_an_entry_goes_from_draft_to_the_public() -> None:
    club = make.organization()
    person, editor = make.provider(club), make.editor()
    service = actions.start_entry(by=person, organization_id=club.pk, name="  Weaving  for all ")
    actions.save_draft(by=person, service_id=service.pk, number=1, changes={"description": "Weaving."})
    service = actions.submit(by=person, service_id=service.pk, version=2)
    assert service.state == State.SUBMITTED
    assert not PublicService.objects.exists()
    service = actions.publish(by=editor, service_id=service.pk, version=service.version)
    shown = PublicService.objects.get(pk=service.pk)
    assert (shown.name, shown.description, shown.status) == ("Weaving for all", "Weaving.", "active")
    assert shown.organization.name == club.name
    assert shown.checked_on == clock.today()
    kinds = AuditEntry.objects.filter(object_id=str(service.pk)).values_list("action", flat=True)
    assert sorted(kinds) == [f"localoffer.{one}" for one in ("published", "saved", "started", "submitted")]


def test_the_public_sees_the_old_words_until_the_new_are_published() -> None:
    service = make.published()
    changed = actions.save_draft(
        by=make.editor(), service_id=service.pk, number=1, changes={"name": "Loom Street Diving"}
    )
    assert changed.state == State.DRAFT
    assert changed.is_live
    assert PublicService.objects.get(pk=service.pk).name == "Loom Street Swimming"
    actions.publish(by=make.BY, service_id=service.pk)
    assert PublicService.objects.get(pk=service.pk).name == "Loom Street Diving"


def test_two_people_on_different_parts_both_keep_their_words() -> None:
    service = make.draft()
    opened = service.number
    one = {"description": "A weaving club on Mondays."}
    actions.save_draft(by=make.BY, service_id=service.pk, number=opened, changes=one)
    two = {"local_offer.questions": {"staff": "Trained."}}
    service = actions.save_draft(by=make.BY, service_id=service.pk, number=opened, changes=two)
    now = queries.current_document(service)
    assert now["description"] == one["description"]
    assert now["local_offer"]["questions"] == {"staff": "Trained."}


def test_two_people_on_the_same_part_are_told() -> None:
    service = make.draft()
    actions.save_draft(by=make.BY, service_id=service.pk, number=2, changes={"description": "Mine."})
    with pytest.raises(ChangedMeanwhile):
        actions.save_draft(by=make.BY, service_id=service.pk, number=2, changes={"description": "Yours."})
    assert queries.current_document(Service.objects.get(pk=service.pk))["description"] == "Mine."


def test_what_was_decided_about_an_older_state_is_refused() -> None:
    service = make.draft()
    actions.save_draft(by=make.BY, service_id=service.pk, number=2, changes={"description": "Other."})
    with pytest.raises(ChangedMeanwhile):
        actions.publish(by=make.BY, service_id=service.pk, version=service.version)


def test_a_hidden_address_is_nowhere_in_what_is_public() -> None:
    service = make.published(
        service_at_locations=[make.place(id="11111111-1111-4111-8111-111111111111")],
        local_offer={"hidden_locations": ["11111111-1111-4111-8111-111111111111"], "notes": "Ask Mo."},
    )
    row = PublicService.objects.get(pk=service.pk)
    rows = json.dumps([row.document, row.local_offer, row.postcodes, row.description])
    rows += json.dumps(list(PublicOrganization.objects.values_list("document", flat=True)))
    for word in ('Loom Street"', "12 Loom", "ZZ1", "52.65", "Ask Mo", "hidden", "The pool"):
        assert word not in rows
    assert not ServiceAtLocation.objects.exists()
    assert "ZZ1 1ZZ" in json.dumps(ServiceVersion.objects.get(service=service).document)


def test_a_hidden_address_in_the_description_holds_publishing() -> None:
    service = make.draft(
        description="Come to ZZ11ZZ.",
        service_at_locations=[make.place(id="11111111-1111-4111-8111-111111111111")],
        **{"local_offer.hidden_locations": ["11111111-1111-4111-8111-111111111111"]},
    )
    with pytest.raises(InvalidInput, match="hidden address"):
        actions.publish(by=make.BY, service_id=service.pk)
    assert not PublicService.objects.exists()


def test_hiding_an_address_takes_it_away_on_publication() -> None:
    service = make.published()
    assert ServiceAtLocation.objects.count() == 1
    key = queries.current_document(service)["service_at_locations"][0]["location"]["id"]
    actions.save_draft(
        by=make.BY, service_id=service.pk, number=1, changes={"local_offer.hidden_locations": [key]}
    )
    actions.publish(by=make.BY, service_id=service.pk)
    assert not ServiceAtLocation.objects.exists()
    assert "ZZ1" not in json.dumps(PublicService.objects.get(pk=service.pk).document)


def test_sending_back_needs_a_reason_and_keeps_it() -> None:
    service = make.draft()
    service = actions.submit(by=make.BY, service_id=service.pk, version=service.version)
    with pytest.raises(InvalidInput, match="reason"):
        actions.send_back(by=make.BY, service_id=service.pk, reason="  ")
    service = actions.send_back(by=make.BY, service_id=service.pk, reason="Say what it costs.")
    assert service.state == State.SENT_BACK
    assert service.events.get(kind="sent_back").reason == "Say what it costs."


def test_archive_takes_it_down_and_restore_brings_back_a_draft() -> None:
    service = make.published()
    service = actions.archive(by=make.BY, service_id=service.pk, reason="The club closed.")
    for model in (PublicService, PublicOrganization, ServiceAtLocation, Schedule, ServiceTerm):
        assert not model.objects.exists()
    service = actions.restore(by=make.BY, service_id=service.pk)
    assert (service.state, service.is_live) == (State.DRAFT, False)
    actions.publish(by=make.BY, service_id=service.pk)
    assert PublicService.objects.get().name == "Loom Street Swimming"


def test_a_closed_service_stays_and_says_so() -> None:
    service = make.published()
    actions.pause(by=make.BY, service_id=service.pk, until=clock.today() + timedelta(days=9))
    assert PublicService.objects.get().document["status"] == "temporarily closed"
    with pytest.raises(NotAllowedNow):
        actions.pause(by=make.BY, service_id=service.pk)
    actions.reopen(by=make.BY, service_id=service.pk)
    assert PublicService.objects.get().status == "active"


def test_what_is_scheduled_is_published_on_its_day() -> None:
    service = make.draft()
    day = clock.today() + timedelta(days=3)
    actions.schedule(by=make.BY, service_id=service.pk, on=day)
    assert actions.publish_due() == (0, 0)
    with clock.fixed(day):
        assert actions.publish_due() == (1, 0)
        assert actions.publish_due() == (0, 0)
    assert PublicService.objects.get().checked_on == day


def test_changes_taken_back_leave_the_published_words() -> None:
    service = make.published()
    service = actions.save_draft(by=make.BY, service_id=service.pk, number=1, changes={"name": "Wrong"})
    service = actions.discard_changes(by=make.BY, service_id=service.pk, version=service.version)
    assert (service.state, service.name, service.live_number) == (State.PUBLISHED, "Loom Street Swimming", 3)
    assert [one.document["name"] for one in queries.versions_of(service)][1] == "Wrong"


def test_undo_brings_an_older_version_back() -> None:
    service = make.draft(name="First words")
    service = actions.save_draft(by=make.BY, service_id=service.pk, number=2, changes={"name": "Second"})
    service = actions.go_back_to(by=make.BY, service_id=service.pk, number=2, version=service.version)
    assert service.name == "First words"
    assert service.versions.count() == 4


def test_checked_moves_the_date_when_it_is_due() -> None:
    service = make.published()
    service = actions.confirm_checked(by=make.BY, service_id=service.pk, on=date(2024, 2, 29))
    assert service.due_on == date(2025, 2, 28)
    assert PublicService.objects.get().document["assured_date"] == "2024-02-29"


def test_providers_reach_their_own_entries_alone() -> None:
    mine, other = make.organization("Mine"), make.organization("Other")
    person = make.provider(mine)
    own, theirs = make.draft(mine), make.draft(other)
    assert list(queries.visible_to(person)) == [own]
    for refused in (
        lambda: queries.service_for(person, theirs.pk),
        lambda: actions.save_draft(by=person, service_id=theirs.pk, number=1, changes={"name": "X"}),
        lambda: actions.submit(by=person, service_id=theirs.pk, version=theirs.version),
        lambda: actions.start_entry(by=person, organization_id=other.pk, name="X"),
        lambda: actions.confirm_checked(by=person, service_id=theirs.pk),
        lambda: actions.pause(by=person, service_id=theirs.pk),
    ):
        with pytest.raises(NotFound):
            refused()
    for forbidden in (
        lambda: actions.publish(by=person, service_id=own.pk),
        lambda: actions.archive(by=person, service_id=own.pk, reason="x"),
        lambda: actions.link_provider(by=person, organization_id=other.pk, user_id=person.pk),
        lambda: actions.load_documents(by=person, documents=[]),
    ):
        with pytest.raises(NotPermitted):
            forbidden()


@pytest.mark.parametrize("role", [one for one in Role if one not in {Role.EDITOR, Role.PROVIDER}])
def test_other_roles_see_and_do_nothing(role: Role) -> None:
    service, person = make.draft(), make_user(role)
    assert not queries.visible_to(person).exists()
    with pytest.raises(NotPermitted):
        actions.save_draft(by=person, service_id=service.pk, number=1, changes={"name": "X"})
    with pytest.raises(NotPermitted):
        actions.publish(by=person, service_id=service.pk)


def test_a_listener_is_told_in_the_same_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(published, "_listeners", [told.extend])
    service = make.published()
    actions.archive(by=make.BY, service_id=service.pk, reason="Closed.")
    assert told == [service.pk, service.pk]


def test_an_organisation_that_changes_shows_on_its_entries() -> None:
    service = make.published()
    actions.save_organization(
        by=make.BY, organization_id=service.organization_id, name="New Baths", description="A pool."
    )
    assert PublicService.objects.get().document["organization"]["name"] == "New Baths"
    assert PublicOrganization.objects.get().name == "New Baths"


def test_somebody_invited_signs_in_by_link_and_keeps_the_entries() -> None:
    club = make.organization()
    kept = actions.invite_provider(
        by=make.editor(), organization_id=club.pk, email="Jo@Club.example.org", name="Jo"
    )
    assert (kept.user.role, kept.user.email) == (Role.PROVIDER, "jo@club.example.org")
    assert not kept.user.needs_second_factor
    with pytest.raises(InvalidInput, match="signs in as"):
        actions.invite_provider(
            by=make.BY, organization_id=club.pk, email=make.editor().email, name="Somebody"
        )


def test_the_chain_of_the_audit_log_holds() -> None:
    service = make.published()
    actions.archive(by=make.BY, service_id=service.pk, reason="Closed.")
    assert list(audit.verify()) == []
