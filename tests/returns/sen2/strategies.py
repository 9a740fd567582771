"""Any record that a return of the newest layout can hold, for property tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from goldenthread.returns.sen2.items import Node
from goldenthread.returns.sen2.layout import (
    ACTIVE_PLANS,
    ASSESSMENT,
    NAMED_PLAN,
    PERSON,
    PLACEMENT_DETAIL,
    PLAN_DETAIL,
    REQUESTS,
)
from goldenthread.returns.sen2.records import (
    ActivePlanRecord,
    AssessmentRecord,
    NamedPlanRecord,
    NeedRecord,
    PersonRecord,
    PlacementRecord,
    RequestRecord,
    SettingRecord,
)
from goldenthread.returns.sen2.years import LAST_YEAR
from goldenthread.statute.codes import codeset

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\x85"),
    min_size=1,
    max_size=12,
)
DATES = st.dates(date(1990, 1, 1), date(2030, 12, 31))
KINDS: dict[str, Any] = {
    "text": WORDS,
    "date": DATES,
    "flag": st.booleans(),
    "rank": st.sampled_from([1, 2]),
    "postcode": st.sampled_from(["ZZ99 9ZZ", "ZZ1 1ZZ"]),
    "upn": st.from_regex(r"[A-HJ-NP-RT-Z][0-9]{12}", fullmatch=True),
    "uln": st.from_regex(r"[1-9][0-9]{9}", fullmatch=True),
    "la": st.from_regex(r"[0-9]{3}", fullmatch=True),
    "urn": st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
    "ukprn": st.from_regex(r"1[0-9]{7}", fullmatch=True),
}


def _fields(node: Node, *, always: tuple[str, ...] = ()) -> dict[str, Any]:
    found = {}
    for item in node.in_year(LAST_YEAR):
        kind = st.sampled_from(sorted(codeset(item.codes).codes)) if item.kind == "code" else KINDS[item.kind]
        found[item.attr] = kind if item.attr in always else st.none() | kind
    return found


def _build(record: Any, node: Node, *, always: tuple[str, ...] = (), **more: Any) -> Any:
    return st.builds(record, **_fields(node, always=always), **more)


NEEDS = st.lists(
    st.builds(NeedRecord, st.sampled_from(sorted(codeset("sen_type").codes)), st.sampled_from([1, 2])),
    max_size=2,
)
# A row of a blade or an element without anything in it says nothing: details have at least their rank.
DETAILS = st.lists(_build(SettingRecord, PLAN_DETAIL, always=("rank",)), max_size=2)
PLACEMENTS = st.lists(_build(PlacementRecord, PLACEMENT_DETAIL, always=("rank",)), max_size=3)
PLANS = _build(NamedPlanRecord, NAMED_PLAN, details=DETAILS)
ASSESSMENTS = _build(AssessmentRecord, ASSESSMENT, named_plan=st.none() | PLANS)
ACTIVE = _build(ActivePlanRecord, ACTIVE_PLANS, placements=PLACEMENTS, needs=NEEDS)
REQUEST = _build(RequestRecord, REQUESTS, assessment=st.none() | ASSESSMENTS, active_plan=st.none() | ACTIVE)
PERSONS = _build(
    PersonRecord,
    PERSON,
    always=("surname", "forename", "birth_date"),
    requests=st.lists(REQUEST, max_size=2),
)
