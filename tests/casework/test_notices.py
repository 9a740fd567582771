"""Who is told of what, and that no message names a child."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goldenthread.casework import actions
from goldenthread.casework.actions import NewCase, bulk_create_cases
from goldenthread.casework.enums import Status
from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import Notice
from goldenthread.core.refusals import Refusal
from goldenthread.core.roles import Role
from goldenthread.people.enums import Share
from goldenthread.people.models import Contact, Relationship, SettingUser
from tests.factories import casework as make
from tests.factories.people import user

pytestmark = pytest.mark.django_db
BY = System.COMMAND
D = make.RECEIVED


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(make.TODAY):
        yield


def relative(child, share, **given):
    by = user(Role.FAMILY, **given)
    contact = Contact.objects.create(surname="Example", forename="Pat", user=by)
    Relationship.objects.create(person=child, contact=contact, kind="mother", share=share)
    return by


def sent(kind):
    return {one.to_email: one for one in Notice.objects.filter(kind=kind)}


def test_a_family_is_told_what_happened_and_what_comes_next():
    child = make.person()
    mother, father = relative(child, Share.EVERYTHING), relative(child, Share.LETTERS)
    relative(child, Share.NOTHING)
    relative(child, Share.EVERYTHING, is_active=False)
    case = make.request(child=child)
    actions.decide_to_assess(case_id=case.pk, by=BY, on=D + timedelta(30), yes=True)
    told = sent("case_decided_to_assess")
    assert set(told) == {mother.email, father.email}
    notice = told[mother.email]
    assert "We have decided to carry out an EHC needs assessment." in notice.body
    assert "by 29 April 2024" in notice.body
    assert notice.subject.startswith(case.reference)
    assert notice.person_id == child.pk
    for text in (notice.subject, notice.body):
        assert child.surname not in text
        assert child.forename not in text


def test_the_draft_says_until_when_views_are_heard():
    child = make.person()
    mother = relative(child, Share.EVERYTHING)
    case = make.case_at(Status.ISSUING, child=child)
    actions.send_draft(case_id=case.pk, by=BY, on=D + timedelta(make.DRAFTED))
    assert "until the end of 11 May 2024" in sent("case_draft_sent")[mother.email].body


def test_an_adviser_and_a_setting_are_told_by_when():
    case = make.case_at(Status.ASSESSING)
    adviser = make.adviser()
    given = {"case_id": case.pk, "by": BY, "on": D + timedelta(31)}
    actions.request_advice(**given, kind="medical", adviser_id=adviser.pk)
    assert "by 21 March 2024" in sent("case_advice_requested")[adviser.email].body
    actions.cancel_advice(**given, advice_id=case.advice.get().pk, reason="Known.")
    assert set(sent("case_advice_cancelled")) == {adviser.email}
    drafted, school, head = make.case_at(Status.DRAFT), make.setting(), user(Role.SETTING)
    SettingUser.objects.create(user=head, setting=school)
    on = D + timedelta(make.DRAFTED)
    actions.consult_setting(case_id=drafted.pk, by=BY, on=on, setting_id=school.pk)
    assert "by 12 May 2024" in sent("case_setting_consulted")[head.email].body


def test_a_refused_action_tells_nobody():
    child = make.person()
    relative(child, Share.EVERYTHING)
    case = make.request(child=child)
    before = Notice.objects.count()
    with pytest.raises(Refusal):
        actions.decide_to_assess(case_id=case.pk, by=BY, on=D + timedelta(30), yes=False)
    assert Notice.objects.count() == before


def test_loading_a_return_tells_nobody():
    child = make.person()
    relative(child, Share.EVERYTHING)
    bulk_create_cases([NewCase(child.pk, child.birth_date, Status.REQUESTED, D)], by=System.IMPORT)
    with clock.fixed(D + timedelta(600)):
        make.case_at(Status.PLAN, by=System.DEMONSTRATION)
    assert not Notice.objects.exists()
