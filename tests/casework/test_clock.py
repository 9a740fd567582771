"""What is due, when and whose turn it is: worked examples, and laws that hold for every date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.casework import clock, steps
from goldenthread.casework.enums import Status, Turn
from goldenthread.casework.facts import (
    AdviceFact,
    CaseFacts,
    ClaimFact,
    ConsultationFact,
    PlanFacts,
    as_of,
    status_of,
)
from goldenthread.statute.rules import law_version

D = date(2024, 1, 8)
LAW = law_version(D)


def on(number):
    return D + timedelta(days=number)


def dues(facts):
    return {(one.rule, one.subject): one for one in clock.deadlines_for(facts)}


def open_rules(facts):
    return [one.rule for one in clock.deadlines_for(facts) if one.is_open]


ASKED = CaseFacts(law_version=LAW, received_on=D, birth_date=date(2017, 5, 4))
ASSESSING = replace(ASKED, assess=True, assess_on=on(40))
ISSUING = replace(ASSESSING, issue=True, issue_on=on(100))
DRAFT = replace(ISSUING, draft_sent_on=on(110))
PLAN = replace(DRAFT, plan=PlanFacts(started_on=on(138)))


def test_the_limits_of_a_request():
    assert {rule: one.due_on for (rule, _), one in dues(ASKED).items()} == {
        "decide_whether_to_assess": on(42),
        "tell_not_issuing": on(112),
        "issue_final_plan": on(140),
    }
    assert clock.standing(ASKED).final_due_on == on(140)


def test_a_decision_on_the_last_day_is_in_time_and_a_day_later_is_not():
    for day, late in ((42, 0), (43, 1)):
        told = dues(replace(ASKED, assess=True, assess_on=on(day)))["decide_whether_to_assess", ""]
        assert (told.met, told.days_late(on(999))) == (True, late)


def test_a_refusal_to_assess_ends_the_16_and_20_weeks():
    refused = dues(replace(ASKED, assess=False, assess_on=on(30)))
    assert refused["decide_whether_to_assess", ""].met is True
    for rule in ("tell_not_issuing", "issue_final_plan"):
        assert (refused[rule, ""].met, refused[rule, ""].closed_on) == (False, on(30))
        assert refused[rule, ""].days_late(on(999)) == 0


def test_an_order_to_assess_has_times_of_its_own():
    facts = replace(
        ASKED, assess=True, assess_on=on(210), assess_refused_on=on(30), assess_ordered_on=on(200)
    )
    every = dues(facts)
    assert every["decide_whether_to_assess", ""].closed_on == on(30)
    assert every["issue_final_plan", ""].met is False
    assert every["tribunal_order_assess_no_plan", ""].due_on == on(200 + 70)
    assert every["tribunal_order_assess_final", ""].due_on == on(200 + 98)
    assert clock.standing(facts).final_due_on == on(298)
    drafting = replace(facts, issue=True, issue_on=on(220))
    assert dues(drafting)["send_draft", ""].due_on == on(298 - 15)


def test_a_council_that_changes_its_own_mind_keeps_the_20_weeks():
    facts = replace(ASKED, assess=True, assess_on=on(50), assess_refused_on=on(30))
    assert dues(facts)["issue_final_plan", ""].is_open
    assert clock.standing(facts).final_due_on == on(140)


def test_an_order_to_make_a_plan():
    facts = replace(
        ASSESSING, issue=True, issue_on=on(260), issue_refused_on=on(110), issue_ordered_on=on(250)
    )
    every = dues(facts)
    assert (every["tell_not_issuing", ""].met, every["tell_not_issuing", ""].closed_on) == (True, on(110))
    assert every["issue_final_plan", ""].met is False
    assert every["tribunal_order_make_draft", ""].due_on == on(250 + 35)
    assert every["tribunal_order_make_final", ""].due_on == on(250 + 77)
    assert clock.standing(facts).final_due_on == on(327)
    assert "send_draft" not in {rule for rule, _ in every}


def test_the_draft_leaves_the_family_its_15_days_before_week_20():
    last = dues(ISSUING)["send_draft", ""].due_on
    sent = dues(replace(ISSUING, draft_sent_on=last))
    assert sent["views_on_draft", ""].due_on + timedelta(1) == on(140)


def test_turns():
    def turn(facts):
        stands = clock.standing(facts)
        return stands.turn, stands.turn_until

    asked = AdviceFact("a", on(41))
    assert turn(ASKED) == turn(ASSESSING) == turn(ISSUING) == (Turn.COUNCIL, None)
    assert turn(replace(ASSESSING, advice=(asked,))) == (Turn.ADVISER, None)
    assert turn(replace(ASSESSING, advice=(replace(asked, returned_on=on(60)),))) == (Turn.COUNCIL, None)
    assert turn(DRAFT) == (Turn.FAMILY, on(124))
    consulted = ConsultationFact("c", on(112))
    assert turn(replace(DRAFT, consultations=(consulted,))) == (Turn.SETTING, on(127))
    answered = replace(
        DRAFT, consultations=(replace(consulted, replied_on=on(113)),), views_received_on=on(115)
    )
    assert turn(answered) == (Turn.COUNCIL, None)
    assert turn(replace(ASKED, withdrawn=True, withdrawn_on=on(5))) == (Turn.NOBODY, None)


def test_nobody_is_late_whose_time_to_answer_has_simply_run_out():
    waiting = replace(DRAFT, consultations=(ConsultationFact("c", on(112)),))
    late = {rule for (rule, _), one in dues(waiting).items() if one.is_open and one.days_late(on(400))}
    assert late == {"issue_final_plan"}


def test_an_exception_excuses_its_own_limit_and_moves_nothing():
    claim = ClaimFact("issue_final_plan", "E4", on(20), on(60), decided_on=on(61))
    claimed, plain = dues(replace(ASSESSING, claims=(claim,))), dues(ASSESSING)
    assert {key: one.due_on for key, one in claimed.items()} == {
        key: one.due_on for key, one in plain.items()
    }
    assert {rule for (rule, _), one in claimed.items() if one.excused_by} == {"issue_final_plan"}
    short = replace(claim, ends_on=on(46))  # 27 days
    assert not any(one.excused_by for one in clock.deadlines_for(replace(ASSESSING, claims=(short,))))


def test_a_plan_is_reviewed_each_year_and_before_each_move():
    assert open_rules(PLAN) == ["annual_review", "phase_transfer"]
    assert dues(PLAN)["annual_review", ""].due_on == date(2025, 5, 25)
    # Born 4 May 2017: year 7 begins in September 2028.
    assert dues(PLAN)["phase_transfer", ""].due_on == date(2028, 2, 15)


def plan(**values):
    return replace(PLAN, plan=replace(PLAN.plan, **values))


def test_a_review_from_the_meeting_to_the_amended_plan():
    met = on(400)
    assert dues(plan(review_meeting_on=met))["review_decision", ""].due_on == met + timedelta(28)
    told = plan(review_meeting_on=met, review_decided_on=on(430), amendment_notice_on=on(430))
    every = dues(told)
    assert (every["review_decision", ""].met, every["review_decision", ""].days_late(on(999))) == (True, 2)
    # A late notice does not buy time: 12 weeks from the meeting.
    assert every["review_final_amended", ""].due_on == met + timedelta(84)
    assert every["annual_review", ""].trigger_on == on(430)
    assert dues(plan(amendment_notice_on=on(430), amended_on=on(470)))["review_final_amended", ""].met is True


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        (date(2020, 9, 1), date(2025, 2, 15)),  # reception in September 2025
        (date(2013, 9, 1), date(2025, 2, 15)),  # year 7 in September 2025
        (date(2008, 9, 1), date(2025, 3, 31)),  # year 12 in September 2025
        (date(2013, 8, 31), date(2029, 3, 31)),  # in year 7 before the plan was made
    ],
)
def test_the_next_phase_transfer_follows_the_age(birth, expected):
    facts = replace(plan(started_on=date(2024, 6, 1)), birth_date=birth)
    moves = [one.due_on for one in clock.deadlines_for(facts) if "transfer" in one.rule]
    assert moves == [expected]


def test_a_settled_transfer_gives_way_to_the_next():
    facts = plan(phase_transfer_final_on=date(2028, 2, 10))
    assert dues(facts)["post16_transfer", ""].due_on == date(2033, 3, 31)
    said = plan(phase_transfer_due_on=date(2027, 2, 15))
    assert dues(said)["phase_transfer", ""].due_on == date(2027, 2, 15)
    settled = plan(phase_transfer_due_on=date(2027, 2, 15), phase_transfer_final_on=date(2027, 2, 1))
    assert dues(settled)["phase_transfer", ""].due_on == date(2028, 2, 15)


def test_ceasing_keeps_the_plan_for_the_time_to_appeal():
    ceasing = plan(cease_decided_on=date(2025, 3, 3), cease_reason="2")
    assert open_rules(ceasing) == ["cease_keep_plan", "end_plan"]
    # 3 May 2025 is a Saturday and the Monday after it a bank holiday: kept to the end of Tuesday 6 May.
    assert dues(ceasing)["cease_keep_plan", ""].due_on == date(2025, 5, 6)
    assert (clock.standing(ceasing).next.rule, clock.standing(ceasing).next.due_on) == (
        "end_plan",
        date(2025, 5, 7),
    )
    assert open_rules(plan(cease_decided_on=on(200), cease_reason="8")) == ["end_plan"]
    ended = plan(cease_decided_on=on(200), cease_reason="2", ceased_on=on(300))
    assert open_rules(ended) == []


def test_a_plan_from_another_council():
    moved = replace(ASKED, received_on=None, plan=PlanFacts(started_on=on(-300), transferred_on=on(0)))
    every = dues(moved)
    assert every["move_tell_family", ""].due_on == on(42)
    assert every["move_first_review", ""].due_on == date(2024, 4, 8)
    assert "issue_final_plan" not in {rule for rule, _ in every}


# Laws that hold for every date.
DAYS = st.dates(date(2015, 1, 1), date(2031, 12, 31))  # the calendar ends in 2035
GAPS = st.integers(0, 200)


@st.composite
def any_facts(draw):
    """A case of any length, its days in order."""
    received = draw(DAYS)
    days = [received]
    for _ in range(5):
        days.append(days[-1] + timedelta(draw(GAPS)))
    far = draw(st.integers(0, 6))
    yes_assess, yes_issue = draw(st.booleans()) or far > 1, draw(st.booleans()) or far > 2
    facts = CaseFacts(law_version=law_version(received), received_on=received, birth_date=date(2010, 6, 1))
    if far >= 1:
        facts = replace(facts, assess=yes_assess, assess_on=days[1])
    if far >= 2:
        facts = replace(facts, issue=yes_issue, issue_on=days[2])
    if far >= 3:
        facts = replace(facts, draft_sent_on=days[3])
    if far >= 4:
        facts = replace(facts, plan=PlanFacts(started_on=days[4]))
    if far >= 5:
        facts = replace(facts, plan=replace(facts.plan, cease_decided_on=days[5], cease_reason="2"))
    advice = tuple(
        AdviceFact(str(n), days[1] + timedelta(n), draw(st.none() | st.just(days[1] + timedelta(30 + n))))
        for n in range(draw(st.integers(0, 3)) if far >= 1 and yes_assess else 0)
    )
    return replace(facts, advice=advice)


@given(any_facts())
def test_every_due_follows_its_trigger_and_is_named_once(facts):
    every = clock.deadlines_for(facts)
    assert len({(one.rule, one.subject, one.trigger_on) for one in every}) == len(every)
    assert [one.due_on for one in every] == sorted(one.due_on for one in every)
    for one in every:
        assert one.due_on >= one.trigger_on or "transfer" in one.rule or one.rule == steps.SEND_DRAFT
        assert (one.closed_on is None) == (one.met is None)
        assert one.target_on is None or one.target_on < one.due_on
        assert steps.step(one.rule).title


@given(any_facts())
def test_a_closed_case_owes_nothing_and_an_open_one_something(facts):
    status = status_of(facts)
    still = [one for one in clock.deadlines_for(facts) if one.is_open]
    stands = clock.standing(facts)
    if status in {Status.NOT_ASSESSING, Status.NOT_ISSUING, Status.CEASED, Status.WITHDRAWN}:
        assert (still, stands.next, stands.turn) == ([], None, Turn.NOBODY)
    else:
        assert stands.next is not None
        assert stands.next.due_on == min(one.due_on for one in still if not one.lapses)


@given(any_facts(), st.integers(0, 400))
def test_the_past_is_what_was_known_then(facts, later):
    """Cutting the facts at a day and then at an earlier one is cutting them at the earlier one."""
    day = facts.received_on + timedelta(later)
    cut = as_of(facts, day)
    assert cut is not None
    assert as_of(cut, day) == cut
    assert as_of(facts, date(2100, 1, 1)) == facts
    before = facts.received_on + timedelta(later // 2)
    assert as_of(cut, before) == as_of(facts, before)
    assert as_of(facts, facts.received_on - timedelta(1)) is None


@given(any_facts(), st.integers(0, 1000))
def test_what_is_late_on_a_day_was_due_before_it(facts, later):
    day = facts.received_on + timedelta(later)
    for one in clock.deadlines_for(as_of(facts, day)):
        late = one.days_late(day)
        assert late >= 0
        if late and one.is_open:
            assert one.due_on + timedelta(late) == day
