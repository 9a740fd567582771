"""Reminders at 10, 11 and 12 months: each once, to who keeps the entry, and nothing taken down."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.core import clock
from goldenthread.core.models import Notice
from goldenthread.localoffer import actions, jobs
from goldenthread.localoffer.models import PublicService, Reminder, Service
from tests.factories import localoffer as make

pytestmark = pytest.mark.django_db


def sent_on(day: date) -> int:
    """How many messages a run on this day sends."""
    before = Notice.objects.filter(kind="local_offer_check").count()
    with clock.fixed(day):
        actions.send_reminders()
    return Notice.objects.filter(kind="local_offer_check").count() - before


def test_each_reminder_goes_once() -> None:
    service = make.published(assured_date="2023-01-15")
    make.provider(service.organization)
    days = [
        (date(2023, 11, 14), 0),
        (date(2023, 11, 15), 1),
        (date(2023, 11, 15), 0),
        (date(2023, 12, 14), 0),
        (date(2023, 12, 15), 1),
        (date(2024, 1, 15), 1),
        (date(2024, 1, 16), 0),
        (date(2026, 1, 1), 0),
    ]
    assert [sent_on(day) for day, _ in days] == [count for _, count in days]
    assert list(Reminder.objects.order_by("rung").values_list("rung", flat=True)) == [10, 11, 12]
    assert PublicService.objects.filter(pk=service.pk).exists()


def test_a_check_begins_the_year_again() -> None:
    service = make.published(assured_date="2023-01-15")
    person = make.provider(service.organization)
    assert sent_on(date(2024, 1, 18)) == 1
    with clock.fixed(date(2024, 1, 18)):
        actions.confirm_checked(by=person, service_id=service.pk)
    assert sent_on(date(2024, 9, 1)) == 0
    assert sent_on(date(2024, 11, 18)) == 1


def test_one_message_names_all_entries_of_an_organisation() -> None:
    one = make.published(assured_date="2023-01-15")
    make.published(assured_date="2023-01-20", name="Loom Street Diving")
    person = make.provider(one.organization)
    assert sent_on(date(2024, 1, 25)) == 1
    notice = Notice.objects.get(kind="local_offer_check")
    assert notice.to_email == person.email
    assert "Loom Street Swimming" in notice.body
    assert "Loom Street Diving" in notice.body


def test_the_organisation_is_written_to_while_nobody_keeps_it() -> None:
    make.published(
        assured_date="2023-01-15", organization={"name": "Baths", "email": "office@baths.example.org"}
    )
    assert sent_on(date(2024, 1, 25)) == 1
    assert Notice.objects.get(kind="local_offer_check").to_email == "office@baths.example.org"


def test_who_has_nobody_is_counted_and_reminded_once_somebody_comes() -> None:
    service = make.published(assured_date="2023-01-15")
    with clock.fixed(date(2024, 1, 25)):
        assert actions.send_reminders().nobody == 1
    make.provider(service.organization)
    assert sent_on(date(2024, 1, 26)) == 1


def test_archived_and_drafted_entries_are_left_alone() -> None:
    service = make.published(assured_date="2023-01-15")
    make.provider(service.organization)
    make.draft(service.organization)
    actions.archive(by=make.BY, service_id=service.pk, reason="Closed.")
    assert sent_on(date(2024, 6, 1)) == 0


def test_the_job_publishes_and_reminds() -> None:
    service = make.draft()
    with clock.fixed(date(2024, 1, 1)):
        actions.schedule(by=make.BY, service_id=service.pk, on=date(2024, 1, 3))
    with clock.fixed(date(2024, 1, 3)):
        assert jobs.look_after_entries.func()["published"] == 1
    assert Service.objects.get(pk=service.pk).is_live
