"""Each rule has a record that passes it and one that breaks it; together they cover the whole table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from goldenthread.returns.sen2.checks import Checker, Context, SettingFacts
from goldenthread.returns.sen2.policy import RULES
from goldenthread.returns.sen2.records import (
    ActivePlanRecord,
    AssessmentRecord,
    HeaderRecord,
    NamedPlanRecord,
    NeedRecord,
    PersonRecord,
    PlacementRecord,
    RequestRecord,
    SettingRecord,
)

from .builders import (
    HEADER,
    active_plan,
    assessment,
    named_plan,
    person,
    placement,
    request,
    setting,
    upn,
)

FACTS = {
    "100000": SettingFacts(date(2000, 1, 1), None, True, True, True, False),
    "100001": SettingFacts(date(2000, 1, 1), date(2020, 8, 31), False, False, False, True),
}
CONTEXT = Context.of(HEADER, facts=FACTS.get)


def _request(**changes: Any) -> PersonRecord:
    return person(requests=[request(**changes)])


def _assessment(**changes: Any) -> PersonRecord:
    return _request(assessment=assessment(**changes))


def _plan(**changes: Any) -> PersonRecord:
    return _assessment(named_plan=named_plan(**changes))


def _detail(**changes: Any) -> PersonRecord:
    return _plan(details=[setting(**changes)])


def _active(**changes: Any) -> PersonRecord:
    return _request(active_plan=active_plan(**changes))


def _place(**changes: Any) -> PersonRecord:
    return _active(placements=[placement(**changes)])


def _born(born: date, **changes: Any) -> PersonRecord:
    return person(birth_date=born, **changes)


def _aged(born: date, made: Callable[..., PersonRecord], **changes: Any) -> PersonRecord:
    return replace(made(**changes), birth_date=born)


D = date
ADULT, TEENAGER = D(2004, 5, 4), D(2009, 5, 4)
REVIEW = {"review_meeting": D(2026, 11, 2), "review_outcome": "A", "last_review": D(2026, 11, 20)}
TWO = [placement(), placement(urn="100002")]
MAXIMUM = {"cease_date": D(2026, 12, 1), "cease_reason": "1"}
UNMET = {"outcome": "N", "assessment": None, "active_plan": None}
EARLY = assessment(named_plan=named_plan(start_date=D(2026, 2, 1)))
CEASED = assessment(named_plan=named_plan(cease_date=D(2026, 9, 1), cease_reason="5"))
ELSEWHERE = assessment(outcome="H", outcome_date=None)
# Rule, severity, item at fault; then a record that breaks the rule.
BREAKS: list[tuple[str, str, str, PersonRecord]] = [
    ("L10", "error", "Sex", person(sex=None)),
    ("L10", "error", "Ethnicity", person(ethnicity=None)),
    ("L11", "query", "PostCode", person(postcode=None)),
    ("L11", "query", "PostCode", person(postcode="NOWHERE")),
    ("L12", "error", "PersonBirthDate", _born(D(2027, 1, 22))),
    ("L13", "error", "PersonBirthDate", _born(D(2001, 8, 31))),
    ("L13", "query", "PersonBirthDate", _born(D(2001, 1, 21))),
    ("L14", "error", "UPNunknown", person(upn=None)),
    ("L14", "error", "UPNunknown", person(upn_unknown="UN2")),
    ("L15", "error", "UPN", person(upn="A801200001001")),
    ("L16", "error", "UniqueLearnerNumber", person(uln="1234567890")),
    ("L19", "query", "UPNunknown", person(upn=None, upn_unknown="UN1")),
    ("L19", "query", "UPNunknown", person(upn=None, upn_unknown="UN9")),
    ("L20", "error", "Requests", person(requests=[])),
    ("L21", "error", "RequestOutcome", _request(outcome=None)),
    ("L22", "error", "RequestOutcomeDate", _request(outcome_date=None)),
    ("L22", "error", "RequestOutcomeDate", _request(outcome="A")),
    ("L23", "error", "ReceivedDate", _request(received_date=None)),
    ("L23", "error", "ReceivedDate", _request(received_date=D(2027, 1, 22))),
    ("L23", "error", "ReceivedDate", _request(received_date=D(2017, 5, 3))),
    ("L24", "error", "RequestOutcomeDate", _request(outcome_date=D(2026, 2, 1))),
    ("L24", "error", "RequestOutcomeDate", _request(outcome_date=D(2027, 1, 22))),
    ("L25", "error", "RequestSource", _request(source=None)),
    ("L26", "query", "ReceivedDate", _request(outcome="H")),
    ("L26", "query", "RequestOutcomeDate", _request(outcome="H", received_date=None)),
    ("L27", "query", "RequestOutcome",
     _request(**UNMET, received_date=D(2025, 2, 2), outcome_date=D(2025, 3, 2))),
    ("L28", "error", "RequestTribunal", _request(outcome="A", outcome_date=None, tribunal=True)),
    ("L28", "error", "RequestMediation", _request(outcome="W", outcome_date=None, mediation=True)),
    ("L29", "error", "Assessment", _request(outcome="N")),
    ("L30", "error", "AssessmentOutcome", _assessment(outcome=None)),
    ("L30", "error", "AssessmentOutcomeDate", _assessment(outcome_date=None)),
    ("L30", "error", "AssessmentOutcomeDate", _assessment(outcome="H")),
    ("L31", "error", "AssessmentOutcomeDate", _assessment(outcome_date=D(2026, 3, 12))),
    ("L32", "error", "NamedPlan", _assessment(outcome="N")),
    ("L33", "query", "AssessmentOutcomeDate", _assessment(outcome_date=D(2026, 6, 20))),
    ("L34", "query", "Week20", _assessment(week20_exception=True)),
    ("L35", "query", "Week20", _plan(start_date=D(2026, 6, 23))),
    ("L36", "error", "Assessment/NamedPlan/StartDate", _plan(start_date=D(2026, 2, 1))),
    ("L37", "query", "Assessment/NamedPlan/StartDate",
     _request(outcome="H", outcome_date=None, assessment=EARLY)),
    ("L40", "error", "StartDate", _plan(start_date=None)),
    ("L40", "error", "StartDate", _plan(start_date=D(2014, 8, 31))),
    ("L40", "error", "StartDate", _plan(start_date=D(2027, 1, 22))),
    ("L41", "error", "CeaseReason", _plan(cease_date=D(2026, 12, 1))),
    ("L41", "error", "CeaseDate", _plan(cease_reason="5")),
    ("L41", "error", "CeaseDate", _plan(cease_date=D(2026, 6, 18), cease_reason="5")),
    ("L41", "error", "CeaseDate", _plan(cease_date=D(2027, 1, 22), cease_reason="5")),
    ("L42", "error", "CeaseDate",
     _plan(start_date=D(2020, 1, 1), cease_date=D(2025, 12, 31), cease_reason="5")),
    ("L43", "error", "CeaseReason", _plan(cease_date=D(2026, 12, 1), cease_reason="1")),
    ("L43", "error", "CeaseReason", _plan(cease_date=D(2026, 12, 1), cease_reason="3")),
    ("L43", "query", "CeaseReason", _plan(cease_date=D(2026, 12, 1), cease_reason="6")),
    ("L43", "query", "CeaseReason", _aged(ADULT, _plan, **MAXIMUM)),
    ("L44", "query", "CeaseReason", _plan(cease_date=D(2026, 12, 1), cease_reason="9")),
    ("L45", "error", "URN", _detail(urn=None)),
    ("L45", "error", "URN", _detail(ukprn="10000000")),
    ("L45", "error", "URN", _place(sen_setting="OLA")),
    ("L45", "error", "PlanDetail", _plan(details=[])),
    ("L45", "error", "PlanDetail", _plan(details=[setting(), setting()])),
    ("L46", "query", "URN", _detail(urn="100009")),
    ("L46", "query", "URN", _place(urn="100001")),
    ("L47", "query", "SENunitIndicator", _detail(sen_unit=True)),
    ("L47", "query", "SENunitIndicator", _detail(urn="100001", sen_unit=True, resourced_provision=False)),
    ("L47", "query", "ResourcedProvisionIndicator", _detail(urn="100001")),
    ("L48", "error", "SENunitIndicator", _detail(sen_unit=None)),
    ("L48", "error", "ResourcedProvisionIndicator", _place(resourced_provision=None)),
    ("L49", "error", "SENSettingOther", _detail(urn=None, sen_setting="OTH")),
    ("L49", "error", "SENSettingOther", _detail(sen_setting_other="A tent")),
    ("L50", "error", "OA", _plan(organised_arrangements=True)),
    ("L50", "error", "DP", _plan(direct_payment="E")),
    ("L51", "query", "PlanWBP", _plan(work_based="S")),
    ("L51", "query", "WBP", _place(work_based="S")),
    ("L51", "query", "PlanRes", _plan(residential="A", details=[setting(urn="100001")])),
    ("L51", "query", "Res", _place(residential="A", urn="100001")),
    ("L60", "error", "ActivePlans", _request(active_plan=None)),
    ("L60", "query", "ActivePlans", _request(
        active_plan=None, assessment=CEASED)),
    ("L61", "error", "PlacementDetail", _active(placements=TWO)),
    ("L61", "error", "PlacementDetail", _active(placements=[])),
    ("L62", "error", "EntryDate", _place(entry_date=D(2027, 1, 22))),
    ("L62", "error", "LeavingDate", _place(leaving_date=D(2022, 9, 4))),
    ("L62", "error", "LeavingDate", _place(leaving_date=D(2027, 1, 22))),
    ("L63", "error", "EntryDate", _place(entry_date=D(2017, 5, 3))),
    ("L64", "error", "SENneed", _active(needs=[])),
    ("L64", "error", "SENneed", _active(needs=[NeedRecord("SLCN", 2)])),
    ("L64", "error", "SENneed", _active(needs=[NeedRecord("SLCN", 1), NeedRecord("MLD", 1)])),
    ("L64", "error", "SENneed", _active(needs=[NeedRecord("SLCN", 1), NeedRecord("SLCN", 2)])),
    ("L65", "query", "PlacementDetail", _place(urn="100002")),
    ("L66", "error", "ReviewMeeting", _active(review_outcome="M")),
    ("L66", "error", "ReviewOutcome", _active(last_review=D(2026, 11, 20))),
    ("L66", "error", "LastReview", _active(**REVIEW | {"last_review": D(2026, 11, 1)})),
    ("L67", "query", "LastReview", _active(**REVIEW | {"last_review": D(2026, 12, 1)})),
    ("L67", "query", "ReviewMeeting", _active(review_meeting=D(2026, 1, 20))),
    ("L68", "error", "ReviewOutcome",
     _active(**REVIEW | {"review_outcome": "M"}, review_draft=D(2026, 11, 20))),
    ("L68", "error", "ReviewDraft", _active(**REVIEW, review_draft=D(2026, 11, 1))),
    ("L68", "query", "ReviewDraft", _active(**REVIEW, review_draft=D(2026, 12, 1))),
    ("L69", "error", "PhaseTransferDueDate", _active(phase_transfer_due=D(2027, 2, 14))),
    ("L69", "query", "PhaseTransferFinalDate",
     _active(phase_transfer_due=D(2026, 2, 15), phase_transfer_final=D(2026, 2, 16))),
    ("L70", "query", "PhaseTransferDueDate", _born(D(2016, 4, 1))),
    ("L71", "error", "TransferLA", _active(transfer_la="999")),
    ("L72", "error", "TransferLA", _active(transfer_la="998")),
    ("L73", "error", "SENsetting", _place(urn=None, sen_setting="NIEC")),
    ("L73", "error", "SENsetting", _place(urn=None, sen_setting="NEET")),
    ("L80", "query", "PersonBirthDate", _born(D(2025, 9, 1))),
    ("L80", "query", "URN", _aged(ADULT, _place)),
    ("L26", "query", "ReceivedDate", _request(outcome="H", received_date=D(2026, 1, 1))),
    ("L26", "query", "RequestOutcomeDate",
     _request(outcome="H", received_date=D(2025, 12, 1), outcome_date=D(2026, 1, 1))),
    ("L34", "query", "Week20",
     _assessment(week20_exception=True, named_plan=named_plan(start_date=D(2026, 6, 22)))),
    ("L37", "query", "Assessment/NamedPlan/StartDate",
     _request(assessment=EARLY, active_plan=active_plan(transfer_la="998"))),
    ("L43", "error", "CeaseReason", _aged(D(2008, 12, 2), _plan, **MAXIMUM)),
    ("L43", "query", "CeaseReason", _aged(D(2008, 12, 1), _plan, **MAXIMUM)),
    ("L43", "query", "CeaseReason", _aged(D(2001, 12, 2), _plan, **MAXIMUM)),
    ("L46", "query", "URN", _place(urn="100001", entry_date=D(2020, 8, 31))),
    ("L46", "query", "URN", _place(entry_date=D(1999, 12, 31))),
    ("L60", "query", "ActivePlans", _request(active_plan=None, assessment=assessment(
        named_plan=named_plan(start_date=D(2025, 1, 1), cease_date=D(2026, 1, 1), cease_reason="5")))),
    ("L65", "query", "PlacementDetail", _place(urn=None, sen_setting="OLA")),
    ("L65", "query", "PlacementDetail", _place(urn=None, ukprn="10000000")),
    ("L19", "query", "UPNunknown", _born(D(2021, 1, 21), upn=None, upn_unknown="UN1")),
]  # fmt: skip

# Records just inside the rule: the edge that must not be reported.
PASSES: list[tuple[str, PersonRecord]] = [
    ("L10", person()), ("L11", person()),
    ("L12", _born(D(2027, 1, 21))),
    ("L13", _born(D(2001, 9, 1))),
    ("L14", person(upn=None, upn_unknown="UN2")), ("L14", person(upn=None, uln="1000000043")),
    ("L15", person(upn="H801200001001")), ("L16", person(uln="1000000043")),
    ("L19", _born(D(2021, 1, 22), upn=None, upn_unknown="UN1")),
    ("L19", _born(D(2011, 1, 21), upn=None, upn_unknown="UN9")),
    ("L20", person()), ("L21", person()),
    ("L22", _request(outcome="A", outcome_date=None)),
    ("L23", _request(outcome="H", received_date=None)), ("L23", _request(received_date=D(2027, 1, 21))),
    ("L24", _request(outcome_date=D(2026, 2, 2))), ("L24", _request(outcome_date=D(2027, 1, 21))),
    ("L25", _request(outcome="H", source=None)),
    ("L26", _request(outcome="H", received_date=D(2025, 12, 31), outcome_date=None)),
    ("L27", _request(**UNMET, outcome_date=D(2026, 1, 1))),
    ("L28", _request(outcome="N", tribunal=True)),
    ("L29", _request(outcome="N", tribunal=True)),
    ("L30", _assessment(outcome="Y", outcome_date=None, named_plan=None)),
    ("L31", _assessment(outcome_date=D(2026, 3, 13))),
    ("L32", _assessment(outcome="N", tribunal=True)),
    ("L33", person()),
    ("L34", _assessment(week20_exception=True, named_plan=named_plan(start_date=D(2026, 6, 23)))),
    ("L35", _plan(start_date=D(2026, 6, 22))),
    ("L36", _plan(start_date=D(2026, 2, 2))),
    ("L36", _request(outcome="H", assessment=EARLY)),
    ("L37", _request(outcome="H")),
    ("L40", _plan(start_date=D(2014, 9, 1))),
    ("L41", _plan(cease_date=D(2026, 6, 19), cease_reason="5")),
    ("L42", _plan(start_date=D(2020, 1, 1), cease_date=D(2026, 1, 1), cease_reason="5")),
    ("L43", _aged(D(2001, 5, 4), _plan, **MAXIMUM)),
    ("L44", _plan(cease_date=D(2026, 12, 1), cease_reason="5")),
    ("L45", _plan(details=[setting(), setting(urn="100001", rank=2)])),
    ("L46", person()), ("L47", person()), ("L48", _detail(urn=None, sen_setting="OLA", sen_unit=None)),
    ("L49", _detail(urn=None, sen_setting="OTH", sen_setting_other="A tent")),
    ("L50", _plan(personal_budget=True, organised_arrangements=True, direct_payment="E")),
    ("L51", _aged(TEENAGER, _plan, work_based="S", residential="A")),
    ("L60", person()),
    ("L61",
     _active(placements=[placement(leaving_date=D(2026, 7, 1)), placement(entry_date=D(2026, 9, 1))])),
    ("L61", _active(transfer_la="998", placements=[])),
    ("L62", _place(leaving_date=D(2022, 9, 5))), ("L63", _place(entry_date=D(2017, 5, 4))),
    ("L64", _active(needs=[NeedRecord("SLCN", 2), NeedRecord("MLD", 1)])),
    ("L65", person()), ("L66", _active(**REVIEW)),
    ("L67", _active(**REVIEW | {"last_review": D(2026, 11, 30)})),
    ("L67", _active(review_meeting=D(2026, 1, 21))),
    ("L68", _active(**REVIEW, review_draft=D(2026, 11, 30))),
    ("L69", _active(phase_transfer_due=D(2027, 2, 15), phase_transfer_final=D(2027, 2, 15))),
    ("L69", _aged(TEENAGER, _active, phase_transfer_due=D(2027, 4, 1))),
    ("L70", _aged(D(2016, 4, 1), _active, phase_transfer_due=D(2027, 2, 15))),
    ("L71", _active(transfer_la="998")),
    ("L72", _request(assessment=ELSEWHERE, active_plan=active_plan(transfer_la="998"))),
    ("L73", _aged(TEENAGER, _place, urn=None, sen_setting="NEET")),
    ("L73",
     _active(**REVIEW | {"review_outcome": "C"}, placements=[placement(urn=None, sen_setting="NIEC")])),
    ("L80", _born(D(2025, 1, 21))), ("L80", _aged(ADULT, _place, urn="100001")),
    ("L23", _request(received_date=D(2017, 5, 4))),
    ("L27", _request(**UNMET | {"assessment": assessment()}, outcome_date=D(2025, 3, 2))),
    ("L27", _request(**UNMET, received_date=D(2025, 2, 2))),
    ("L33", _assessment(outcome="H")),
    ("L33", _assessment(outcome_date=None)),
    ("L33", _assessment(outcome_date=D(2026, 6, 20), named_plan=None)),
    ("L35", _assessment(outcome="H", named_plan=named_plan(start_date=D(2026, 6, 23)))),
    ("L37", _plan(start_date=D(2026, 2, 1))),
    ("L40", _plan(start_date=D(2027, 1, 21))),
    ("L41", _plan(cease_date=D(2027, 1, 21), cease_reason="5")),
    ("L43", _aged(D(2008, 12, 1), _plan, cease_date=D(2026, 12, 1), cease_reason="3")),
    ("L43", _aged(D(2010, 12, 1), _plan, cease_date=D(2026, 12, 1), cease_reason="6")),
    ("L43", _aged(D(2010, 12, 1), _plan, cease_date=D(2026, 12, 1), cease_reason="4")),
    ("L43", _aged(D(2010, 12, 2), _plan, cease_date=D(2026, 12, 1), cease_reason="5")),
    ("L46", _detail(urn=None, sen_setting="OLA")),
    ("L46", _place(entry_date=D(2000, 1, 1))),
    ("L51", _aged(D(2011, 1, 21), _plan, work_based="S")),
    ("L51", _aged(D(2011, 1, 21), _place, work_based="S")),
    ("L62", _place(entry_date=D(2027, 1, 21))), ("L62", _place(leaving_date=D(2027, 1, 21))),
    ("L66", _active(**REVIEW | {"last_review": D(2026, 11, 2)})),
    ("L67", _request(
        active_plan=active_plan(review_meeting=D(2026, 1, 20)), assessment=CEASED)),
    ("L68", _active(**REVIEW, review_draft=D(2026, 11, 2))),
    ("L69", _aged(D(2011, 2, 14), _active, phase_transfer_due=D(2027, 2, 14))),
    ("L70", _aged(D(2016, 4, 1), _request, assessment=CEASED)),
    ("L73", _aged(D(2011, 1, 21), _place, urn=None, sen_setting="NEET")),
    ("L73", _aged(D(2001, 1, 22), _place, urn=None, sen_setting="NEET")),
    ("L13", _aged(D(2000, 1, 1), _plan, cease_date=D(2026, 12, 1), cease_reason="5")),
    ("L13", _aged(D(2000, 1, 1), _plan, start_date=None)),
    ("L13", _aged(D(2000, 1, 1), _assessment, named_plan=None)),
    ("L27", _request(**UNMET | {"active_plan": active_plan()}, outcome_date=D(2025, 3, 2))),
]  # fmt: skip


def _found(record: PersonRecord) -> list[tuple[str, str, str]]:
    return [(rule.id, severity, path) for rule, path, severity in Checker(CONTEXT, "f").findings(record)]


@pytest.mark.parametrize(("rule", "severity", "item", "record"), BREAKS)
def test_broken_rule_is_found(rule: str, severity: str, item: str, record: PersonRecord) -> None:
    found = [(each, grade) for each, grade, path in _found(record) if f"/{path}".endswith(f"/{item}")]
    assert (rule, severity) in found


@pytest.mark.parametrize(("rule", "record"), PASSES)
def test_kept_rule_is_not_found(rule: str, record: PersonRecord) -> None:
    assert rule not in [each for each, _, _ in _found(record)]


@pytest.mark.parametrize(
    "changes", [{"collection": "CIN"}, {"year": None}, {"reference_date": date(2027, 1, 20)}]
)
def test_header_rule_l01(changes: dict[str, Any]) -> None:
    assert _header(**changes) == ["L01"]


def _header(sender: str | None = None, **changes: Any) -> list[str]:
    header: HeaderRecord = replace(HEADER, **changes)
    return [each.code for each in Checker(Context.of(header, year=2027, sender=sender), "f").header(header)]


def test_header_rules_l02_and_l03() -> None:
    assert _header() == []
    assert _header(sender="999") == []
    assert _header(sender="998") == ["L02"]
    assert _header(la_code=None) == ["L02"]
    assert _header(dsco=None) == ["L03"]
    assert _header(dmo=None, dco=None) == ["L03", "L03"]


def test_maximum_age_at_18_is_asked_about_and_no_error() -> None:
    at_18 = _aged(D(2008, 12, 1), _plan, **MAXIMUM)
    assert [grade for rule, grade, _ in _found(at_18) if rule == "L43"] == ["query"]


def test_dsco_is_asked_from_2026_alone() -> None:
    header = replace(HEADER, year=2025, reference_date=date(2025, 1, 16), dsco=None)
    assert Checker(Context.of(header), "f").header(header) == []
    header = replace(HEADER, year=2026, reference_date=date(2026, 1, 15), dsco=None)
    assert [each.code for each in Checker(Context.of(header), "f").header(header)] == ["L03"]


def test_rules_of_later_years_are_not_run_before() -> None:
    header = replace(HEADER, year=2025, reference_date=date(2025, 1, 16))
    found = [rule.id for rule, _, _ in Checker(Context.of(header), "f").findings(_request(source=None))]
    assert "L25" not in found


def test_persons_are_compared_with_those_accepted() -> None:
    checker = Checker(CONTEXT, "f")
    first = person(1, uln="1000000043")
    assert list(checker.findings(first)) == []
    checker.accept(first)
    found = {(rule.id, path) for rule, path, _ in checker.findings(replace(first, upn=upn(2)))}
    assert found == {("L17", "UniqueLearnerNumber"), ("L18", "Surname")}
    assert [rule.id for rule, _, _ in checker.findings(person(2, upn=upn(1)))] == ["L17"]
    assert list(checker.findings(person(2))) == []


def test_every_rule_of_the_table_is_tried() -> None:
    tried = {rule for rule, *_ in BREAKS} | {"L01", "L02", "L03", "L17", "L18"}
    passed = {rule for rule, _ in PASSES} | {"L01", "L02", "L03", "L17", "L18"}
    assert tried == passed == {rule for rule in RULES if rule.startswith("L")}


def test_rules_say_how_to_mend() -> None:
    for rule in RULES.values():
        assert rule.reason.endswith("."), rule.id
        assert rule.mend.endswith("."), rule.id


def test_an_empty_person_breaks_no_function() -> None:
    empty = [
        PersonRecord(),
        PersonRecord(requests=[RequestRecord(assessment=AssessmentRecord(named_plan=NamedPlanRecord()))]),
        PersonRecord(
            requests=[
                RequestRecord(
                    assessment=AssessmentRecord(named_plan=NamedPlanRecord(details=[SettingRecord()])),
                    active_plan=ActivePlanRecord(placements=[PlacementRecord()]),
                )
            ]
        ),
    ]
    for context in (CONTEXT, Context(year=None)):
        for record in empty:
            assert list(Checker(context, "f").findings(record))
