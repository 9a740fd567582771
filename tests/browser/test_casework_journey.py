"""Casework in a browser: from the worklist to a decision by keyboard, and every page on every screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Page

from goldenthread.casework import actions
from goldenthread.casework.enums import Status
from goldenthread.casework.models import Case
from goldenthread.core import clock
from goldenthread.core.models import SiteState, User
from goldenthread.core.roles import Role
from goldenthread.people.models import Contact, Relationship, SettingUser
from tests.factories import casework as make
from tests.factories.people import user as make_user
from tests.support.browser import axe, overflow

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = make.TODAY


@pytest.fixture
def day() -> Iterator[date]:
    """The served site, which runs in another thread, stands on a fixed day as the demonstration does."""
    SiteState.objects.create(pk=1, demonstration_date=TODAY)
    clock.forget()
    with override_settings(DEMONSTRATION=True), clock.fixed(TODAY):
        yield TODAY
    clock.forget()


def enter(page: Page, user: User, base_url: str) -> None:
    """Give the browser a session of this person, second step and all."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])


def tab_to(page: Page, text: str, most: int = 90) -> None:
    """Press Tab until what has the focus says `text`."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; if (e === document.body) return '';"
            " const label = e.id && document.querySelector(`label[for='${e.id}']`);"
            " return (label || e).innerText || ''; }"
        )
        if text in focused:
            return
    raise AssertionError(f"Tab never reached “{text}”.")


def test_from_the_worklist_to_a_decision_and_back_by_keyboard(
    page: Page, live_server: Any, day: date
) -> None:
    worker = make_user(Role.PLAN_COORDINATOR, name="Amber Quill")
    case = make.request(child=make.person(forename="Wren", surname="Weftley"), on=day - timedelta(45))
    actions.allocate(case_ids=[case.pk], caseworker_id=worker.pk, by=make.BY, on=day)
    enter(page, worker, live_server.url)
    page.goto("/cases/worklist/?tab=overdue")
    tab_to(page, "Wren Weftley")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case.pk}/")
    tab_to(page, "Decide whether to assess")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decide-to-assess/")
    tab_to(page, "Yes, carry out an EHC needs assessment")
    page.keyboard.press("Space")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check before you record it").wait_for()
    assert axe(page) == []
    tab_to(page, "Record the decision")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case.pk}/")
    assert page.get_by_text("The decision is recorded.").is_visible()
    assert page.get_by_role("heading", name="Next: Ask for advice").is_visible()
    tab_to(page, "Worklist")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/worklist/**")
    assert Case.objects.get(pk=case.pk).status == Status.ASSESSING


def a_busy_case() -> Case:
    """A case with a bit of everything: late advice, an exception, notes, contacts, a setting consulted."""
    received = TODAY - timedelta(130)
    case = make.case_at(Status.ASSESSING, received=received)
    given = {"case_id": case.pk, "by": make.BY, "on": received + timedelta(31)}
    adviser_user = make_user(Role.ADVISER, email="adviser@threadshire.example")
    actions.request_advice(**given, kind="psychological", adviser_id=make.adviser(user=adviser_user).pk)
    actions.request_advice(**given, kind="family")
    actions.claim_exception(
        **given,
        rule="advice_returned",
        ground="A3",
        evidence="Missed it.",
        starts_on=received + timedelta(40),
    )
    step = given | {"on": received + timedelta(110)}
    actions.decide_to_issue(**step, yes=True)
    actions.send_draft(**step | {"on": TODAY - timedelta(5)})
    school = make.setting(urn="900002", town="Weftham")
    user = make_user(Role.SETTING, email="setting@threadshire.example")
    SettingUser.objects.create(user=user, setting=school)
    actions.consult_setting(**step | {"on": TODAY - timedelta(5)}, setting_id=school.pk)
    family = make_user(Role.FAMILY, email="family@threadshire.example")
    contact = Contact.objects.create(
        forename="Juniper", surname="Example", user=family, phone="01632 960 001"
    )
    Relationship.objects.create(person=case.person, contact=contact, kind="mother", share="everything")
    return case


STAFF = (
    "/cases/worklist/?tab=all_open",
    "/cases/workload/",
    "/cases/{case}/",
    "/cases/{case}/dates/",
    "/cases/{case}/advice/",
    "/cases/{case}/plan/",
    "/cases/{case}/people/",
    "/cases/{case}/timeline/",
    "/cases/{case}/access/",
    "/cases/{case}/do/issue-final-plan/",
    "/cases/{case}/do/record-consultation-reply/",
    "/cases/{case}/do/consult-setting/",
    "/cases/{case}/do/claim-exception/",
    "/cases/{case}/do/correct-date/",
    "/cases/{case}/do/withdraw/",
    "/cases/{new}/do/decide-to-assess/",
    "/cases/{assessing}/do/request-advice/",
    "/cases/{planned}/do/send-amended-plan/",
    "/cases/{planned}/plan/",
    "/placements/{planned}/start/",
    "/cases/record/?q=example",
    "/cases/record/new/",
    "/cases/record/{free}/",
    "/cases/reports/?year=2024",
    "/cases/reports/waiting/?year=2024",
    "/cases/reports/backlog/",
    "/cases/reports/caseload/",
    "/cases/law/",
)


def sound(page: Page, address: str) -> list[str]:
    """What is wrong with a page: it does not open, axe finds faults, or it is too wide."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        return [f"{address}: {answer and answer.status}"]
    return [f"{address}: {fault}" for fault in (*axe(page), *overflow(page))]


def test_every_page_of_staff_is_sound(page: Page, live_server: Any, day: date) -> None:
    keys = {
        "case": a_busy_case().pk,
        "new": make.request(on=day - timedelta(20)).pk,
        "assessing": make.case_at(Status.ASSESSING, received=day - timedelta(40)).pk,
        "planned": _in_review().pk,
        "free": make.person(forename="Free").pk,
    }
    enter(page, make_user(Role.MANAGER), live_server.url)
    faults = [fault for address in STAFF for fault in sound(page, address.format(**keys))]
    assert faults == []


def _in_review() -> Case:
    """A plan with proposed changes that wait for the amended plan."""
    case = make.case_at(Status.PLAN)
    held = {"case_id": case.pk, "by": make.BY, "on": TODAY - timedelta(20)}
    actions.record_review_meeting(**held)
    actions.record_review_decision(**held | {"on": TODAY - timedelta(10)}, outcome="A", reason="Changes.")
    return case


def test_every_page_of_families_and_partners_is_sound(page: Page, live_server: Any, day: date) -> None:
    case = a_busy_case()
    advice, asked = case.advice.get(kind="psychological"), case.setting_consultations.get()
    pages = {
        "family": ("/cases/mine/", f"/cases/mine/{case.pk}/"),
        "adviser": ("/cases/asked/", f"/cases/asked/{advice.pk}/"),
        "setting": ("/cases/setting/", f"/cases/setting/{asked.pk}/"),
    }
    faults = []
    for who, addresses in pages.items():
        enter(page, User.objects.get(email=f"{who}@threadshire.example"), live_server.url)
        faults += [fault for address in addresses for fault in sound(page, address)]
    assert faults == []


def test_errors_are_sound_and_lead_to_their_field(page: Page, live_server: Any, day: date) -> None:
    case = make.request(on=day - timedelta(20))
    enter(page, make_user(Role.PLAN_COORDINATOR), live_server.url)
    page.goto(reverse("case_do", args=[case.pk, "decide-to-assess"]))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Select the decision").click()
    assert page.evaluate("document.activeElement.name") == "yes"
    assert page.title().startswith("Error:")
    assert axe(page) == []
