"""Decisions by page: asked, checked, recorded; refused with a reason; and when somebody was quicker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.casework import actions
from goldenthread.casework.actions.available import ACTIONS
from goldenthread.casework.enums import Status
from goldenthread.casework.forms.table import DECISIONS
from goldenthread.casework.models import Case, CaseEvent, Plan
from goldenthread.core.models import AuditEntry, Notice
from goldenthread.core.roles import Role
from tests.factories import casework as make
from tests.factories.people import user as make_user

DAY = make.TODAY


def url(case: Case, action: str) -> str:
    return reverse("case_do", args=[case.pk, action.replace("_", "-")])


def day(name: str, on: date = DAY) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def fresh(status: str, back: int) -> Case:
    return make.case_at(status, received=DAY - timedelta(back))


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_every_action_has_a_page_and_every_page_an_action():
    assert {one.name for one in DECISIONS.values()} == {one.name for one in ACTIONS}


@pytest.mark.parametrize("status", list(Status))
def test_what_is_allowed_opens_and_what_is_not_is_refused(open_as, manager, status):
    case = make.case_at(status)
    client = open_as(manager)
    allowed = set(actions.allowed_actions(case, manager))
    for one in DECISIONS.values():
        answer = client.get(url(case, one.name))
        assert answer.status_code == (200 if one.name in allowed else 409), one.name


def test_decide_to_assess_is_checked_then_recorded(open_as, worker):
    case = make.request(on=DAY - timedelta(20))
    client = open_as(worker)
    given = {"version": case.version, "yes": "yes", **day("on")}
    check = client.post(url(case, "decide_to_assess"), given)
    page = text_of(check)
    assert "Check before you record it" in page
    assert "Yes, carry out an EHC needs assessment" in page
    assert "Ask for advice" in page  # what follows
    case.refresh_from_db()
    assert (case.status, CaseEvent.objects.filter(case=case).count()) == (Status.REQUESTED, 1)
    assert not AuditEntry.objects.filter(action="case.decided_to_assess").exists()
    done = client.post(url(case, "decide_to_assess"), given | {"step": "confirm"}, follow=True)
    assert done.redirect_chain == [(reverse("case", args=[case.pk]), 302)]
    assert "The decision is recorded." in text_of(done)
    case.refresh_from_db()
    assert (case.status, case.decided_to_assess_on) == (Status.ASSESSING, DAY)


def test_change_goes_back_with_the_answers(open_as, worker):
    case = make.request(on=DAY - timedelta(20))
    given = {
        "version": case.version,
        "yes": "no",
        "reason": "Support is enough.",
        **day("on"),
        "step": "change",
    }
    page = text_of(open_as(worker).post(url(case, "decide_to_assess"), given))
    assert "Support is enough." in page
    assert "There is a problem" not in page
    assert "<h1" in page
    assert "Continue" in page


def test_a_refusal_needs_its_reasons(open_as, worker):
    case = make.request(on=DAY - timedelta(20))
    given = {"version": case.version, "yes": "no", **day("on")}
    answer = open_as(worker).post(url(case, "decide_to_assess"), given)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "There is a problem" in page
    assert 'href="#id_reason"' in page
    assert "Give the reason." in page
    case.refresh_from_db()
    assert case.status == Status.REQUESTED


def test_a_refusal_says_what_the_family_is_told(open_as, worker):
    case = make.request(on=DAY - timedelta(20))
    given = {"version": case.version, "yes": "no", "reason": "Support is enough.", **day("on")}
    page = text_of(open_as(worker).post(url(case, "decide_to_assess"), given))
    assert "right to appeal" in page
    assert "The case is closed." in page


def test_the_test_in_law_is_on_the_page(open_as, worker):
    case = make.request(on=DAY - timedelta(20))
    page = text_of(open_as(worker).get(url(case, "decide_to_assess")))
    assert "section 36(8)" in page
    assert "it may be necessary for special educational provision" in page


@pytest.mark.parametrize("step", ["", "confirm"])
def test_somebody_was_quicker(open_as, worker, manager, step):
    case = make.request(on=DAY - timedelta(20))
    given = {"version": case.version, "yes": "no", "reason": "Support is enough.", **day("on"), "step": step}
    actions.add_note(case_id=case.pk, by=manager, on=DAY, note="The school rang.")
    answer = open_as(worker).post(url(case, "decide_to_assess"), given)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Someone changed this case after you opened it." in page
    assert "The school rang." in page
    assert "by Marlowe Tapestry" in page
    assert "Support is enough." in page  # nothing typed is lost
    case.refresh_from_db()
    assert case.status == Status.REQUESTED
    assert f'value="{case.version}"' in page  # and it can be sent again


def test_a_day_to_come_is_refused_at_its_field(open_as, worker):
    case = make.request(on=DAY - timedelta(20))
    given = {"version": case.version, "yes": "yes", **day("on", DAY + timedelta(1))}
    page = text_of(open_as(worker).post(url(case, "decide_to_assess"), given))
    assert "3 June 2025 is in the future." in page
    assert 'href="#id_on-day"' in page


def test_what_the_law_asks_for_first_is_said_beside_the_form(open_as, worker):
    case = fresh(Status.ASSESSING, 90)
    client = open_as(worker)
    said = "No advice is recorded as asked for."
    assert said in text_of(client.get(url(case, "decide_to_issue")))
    given = {"version": case.version, "yes": "yes", **day("on")}
    assert said in text_of(client.post(url(case, "decide_to_issue"), given))
    adviser = make.adviser()
    actions.request_advice(case_id=case.pk, by=make.BY, on=DAY, kind="psychological", adviser_id=adviser.pk)
    assert "1 of 1 requests for advice have not been answered" in text_of(
        client.get(url(case, "decide_to_issue"))
    )


def test_a_refusal_overturned_asks_how(open_as, worker):
    case = fresh(Status.NOT_ASSESSING, 60)
    client = open_as(worker)
    assert "How the refusal was overturned" in text_of(client.get(url(case, "decide_to_assess")))
    given = {"version": case.version, "yes": "yes", **day("on"), "overturned": "tribunal", "step": "confirm"}
    assert "Give the day of the order" in text_of(client.post(url(case, "decide_to_assess"), given))
    client.post(url(case, "decide_to_assess"), given | day("ordered_on", DAY - timedelta(2)))
    case.refresh_from_db()
    assert (case.status, case.request_tribunal) == (Status.ASSESSING, True)


def test_several_advisers_are_asked_in_one_go(open_as, worker):
    case = fresh(Status.ASSESSING, 40)
    vellum, bobbin = make.adviser(), make.adviser(name="Other Adviser", kind="medical")
    client = open_as(worker)
    page = text_of(client.get(url(case, "request_advice")))
    assert page.count("checked") == 5  # family, education, medical, psychological, social care: a child of 8
    given = {
        "version": case.version,
        "kinds": ["family", "medical", "psychological"],
        "adviser_psychological": str(vellum.pk),
        "adviser_medical": str(bobbin.pk),
        **day("on"),
    }
    assert "Check before" in text_of(client.post(url(case, "request_advice"), given))
    assert not case.advice.exists()
    assert not Notice.objects.exists()
    client.post(url(case, "request_advice"), given | {"step": "confirm"})
    asked = {one.kind: one.adviser_id for one in case.advice.all()}
    assert asked == {"family": None, "medical": bobbin.pk, "psychological": vellum.pk}
    assert Notice.objects.count() == 2
    again = text_of(client.get(url(case, "request_advice")))
    assert again.count("checked") == 2
    assert again.count("Asked for already.") == 3


def test_one_adviser_refused_means_none_is_asked(open_as, worker):
    case = fresh(Status.ASSESSING, 40)
    adviser = make.adviser()
    actions.request_advice(case_id=case.pk, by=make.BY, on=DAY, kind="psychological", adviser_id=adviser.pk)
    case.refresh_from_db()
    given = {
        "version": case.version,
        "kinds": ["family", "psychological"],
        "adviser_psychological": str(adviser.pk),
        **day("on"),
        "step": "confirm",
    }
    page = text_of(open_as(worker).post(url(case, "request_advice"), given))
    assert "already been asked" in page
    assert case.advice.count() == 1


def test_a_setting_is_found_by_name_then_chosen(open_as, worker):
    case = fresh(Status.DRAFT, 120)
    lane = make.setting(
        name="Bobbin Lane School", name_key="bobbin lane school", urn="900002", town="Weftham"
    )
    make.setting(name="Bobbin Green School", name_key="bobbin green school", urn="900003")
    make.setting(name="Old Bobbin School", name_key="old bobbin school", closed_on=date(2020, 1, 1))
    client = open_as(worker)
    given = {"version": case.version, "setting_words": "bobbin", **day("on")}
    assert "setting (optional)" not in text_of(client.get(url(case, "consult_setting")))
    found = text_of(client.post(url(case, "consult_setting"), given | {"find": "setting"}))
    assert "Bobbin Lane School – Weftham – URN 900002" in found
    assert "Bobbin Green School" in found
    assert "Old Bobbin School" not in found
    assert "There is a problem" not in found
    without = text_of(client.post(url(case, "consult_setting"), given))
    assert "Choose the setting from those that match" in without
    client.post(url(case, "consult_setting"), given | {"setting": str(lane.pk)})
    assert case.setting_consultations.get().setting == lane


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Type to find the setting"), ("zzz", "No setting matches “zzz”"), ("900002", None)],
)
def test_a_setting_by_urn_needs_no_second_choice(open_as, worker, typed, said):
    case = fresh(Status.DRAFT, 120)
    make.setting(urn="900002")
    given = {"version": case.version, "setting_words": typed, **day("on")}
    answer = open_as(worker).post(url(case, "consult_setting"), given, follow=True)
    if said:
        assert said in text_of(answer)
    assert case.setting_consultations.count() == (0 if said else 1)


def final(case: Case, **more: Any) -> dict[str, Any]:
    base = {
        "version": case.version,
        "primary_need": "ASD",
        "names": "type",
        "sen_setting": "OTH",
        **day("on"),
    }
    return base | more


def test_the_final_plan_keeps_the_familys_days(open_as, worker):
    case = fresh(Status.DRAFT, 120)  # drafted 10 days ago
    client = open_as(worker)
    page = text_of(client.get(url(case, "issue_final_plan")))
    assert "The family has until the end of 6 June 2025 for its views" in page
    refused = text_of(client.post(url(case, "issue_final_plan"), final(case)))
    assert "The family has until the end of 6 June 2025" in refused
    assert "There is a problem" in refused
    check = text_of(client.post(url(case, "issue_final_plan"), final(case, family_agreed="on")))
    assert "within its 20 weeks" in check
    client.post(url(case, "issue_final_plan"), final(case, family_agreed="on", step="confirm"))
    case.refresh_from_db()
    assert (case.status, case.plan.primary_need) == (Status.PLAN, "ASD")
    assert case.plan.named_settings.get().sen_setting == "OTH"


def test_the_final_plan_says_how_late_it_is(open_as, worker):
    case = fresh(Status.DRAFT, 150)
    page = text_of(open_as(worker).post(url(case, "issue_final_plan"), final(case)))
    assert "The plan is 10 days later than its 20 weeks" in page


def test_the_final_plan_keeps_what_the_return_asks_for(open_as, worker):
    case, client = fresh(Status.DRAFT, 150), open_as(worker)
    more = {"residential": "A", "work_based": "S", "direct_payment": "E", "organised_arrangements": "on"}
    check = text_of(client.post(url(case, "issue_final_plan"), final(case, **more)))
    assert "38 to 51 weeks" in check
    client.post(url(case, "issue_final_plan"), final(case, **more, step="confirm"))
    plan = Plan.objects.get(case=case)
    assert (plan.residential, plan.work_based, plan.direct_payment) == ("A", "S", "E")
    assert plan.organised_arrangements
    shown = text_of(client.get(reverse("case_plan", args=[case.pk])))
    for label in ("38 to 51 weeks", "Supported internship", "Education only"):
        assert label in shown


def test_section_i_needs_a_setting_or_a_type(open_as, worker):
    case = fresh(Status.DRAFT, 150)
    page = text_of(open_as(worker).post(url(case, "issue_final_plan"), final(case, sen_setting="")))
    assert "Select the type of setting or arrangement" in page


def test_an_exception_says_that_it_moves_nothing(open_as, worker):
    case = make.request(on=DAY - timedelta(50))
    client = open_as(worker)
    page = text_of(client.get(url(case, "claim_exception")))
    assert "It does not move, pause or restart the due date" in page
    assert "Away from the area" in page
    given = {
        "version": case.version,
        "rule": "decide_whether_to_assess",
        "ground": "E4",
        "evidence": "Abroad.",
        **day("starts_on", DAY - timedelta(45)),
        **day("ends_on", DAY - timedelta(10)),
        **day("on"),
        "step": "confirm",
    }
    due = case.next_due_on
    client.post(url(case, "claim_exception"), given)
    case.refresh_from_db()
    assert (case.next_due_on, case.next_excused) == (due, True)


def test_an_exception_too_short_is_refused_with_the_reason(open_as, worker):
    case = make.request(on=DAY - timedelta(50))
    given = {
        "version": case.version,
        "rule": "decide_whether_to_assess",
        "ground": "E4",
        "evidence": "Abroad.",
        **day("starts_on", DAY - timedelta(45)),
        **day("ends_on", DAY - timedelta(40)),
        **day("on"),
    }
    page = text_of(open_as(worker).post(url(case, "claim_exception"), given))
    assert "at least 28 days in a row" in page
    assert not case.exceptions.exists()


def test_only_a_manager_changes_the_coordinator(open_as, worker, manager):
    case = make.request(on=DAY - timedelta(5))
    given = {"version": case.version, "caseworker": str(worker.pk), **day("on")}
    assert open_as(worker).post(url(case, "allocate"), given).status_code == 403
    open_as(manager).post(url(case, "allocate"), given)
    case.refresh_from_db()
    assert case.caseworker == worker


def test_a_note_and_a_correction(open_as, worker):
    case = make.request(on=DAY - timedelta(5))
    client = open_as(worker)
    client.post(url(case, "add_note"), {"version": case.version, "note": "The school rang.", **day("on")})
    case.refresh_from_db()
    given = {"field": "received_on", **day("value", DAY - timedelta(6)), "reason": "Post.", **day("on")}
    client.post(url(case, "correct_date"), given | {"version": case.version, "step": "confirm"})
    case.refresh_from_db()
    assert case.received_on == DAY - timedelta(6)
    assert case.next_due_on == DAY + timedelta(36)
    notes = CaseEvent.objects.filter(case=case, kind__in=["note", "corrected"]).values_list("note", flat=True)
    assert list(notes) == ["The school rang.", "Post."]


def test_from_review_to_ceasing(open_as, worker):
    case = fresh(Status.PLAN, 130 + 360)
    client = open_as(worker)

    def do(action: str, **given: Any) -> None:
        case.refresh_from_db()
        answer = client.post(
            url(case, action), {"version": case.version, "step": "confirm", **day("on")} | given
        )
        assert answer.status_code == 302, text_of(answer)

    do("record_review_meeting", **day("on", DAY - timedelta(20)))
    do("record_review_decision", outcome="A", reason="Speech has come on.", **day("on", DAY - timedelta(10)))
    do("send_amended_plan", names="", primary_need="SLCN", **day("on", DAY - timedelta(5)))
    do("record_phase_transfer", due_on="2027-02-15")
    do("decide_to_cease", cease_reason="2", reason="Needs are met.")
    do("reverse_ceasing", reason="Agreed in mediation.")
    case.refresh_from_db()
    assert (case.status, case.plan.primary_need, case.plan.cease_decided_on) == (Status.PLAN, "SLCN", None)
    assert case.plan.phase_transfer_due_on == date(2027, 2, 15)
    assert case.plan.named_settings.count() == 1  # section I stayed as it was


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ANALYST, Role.FAMILY, Role.ADVISER, Role.SETTING])
def test_nobody_else_decides(open_as, role):
    case = make.request(on=DAY - timedelta(5))
    client = open_as(make_user(role))
    assert client.get(url(case, "decide_to_assess")).status_code == 403
    assert client.post(url(case, "decide_to_assess"), {"yes": "yes", **day("on")}).status_code == 403


def test_there_is_no_such_page(open_as, worker):
    case = make.request(on=DAY - timedelta(5))
    assert open_as(worker).get(url(case, "zzz")).status_code == 404
