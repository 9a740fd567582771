"""A later return against the record: what it may change, and what it may not.

Three values meet: what the last return said, what this one says, and what the record holds. Only what the
return itself changed is taken over, and only where nobody has changed the record since. Otherwise the
record keeps its value and the difference is reported: a return updates, it never undoes casework.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldenthread.casework.actions import NewCase
from goldenthread.casework.enums import CLOSED, Status
from goldenthread.people.actions import NewPerson
from goldenthread.returns.sen2.issues import Rule
from goldenthread.returns.values import CASE_VALUES, PERSON_VALUES, PLAN_VALUES, Values, of_named, plain

M_RULES = {
    rule.id: rule
    for rule in (
        Rule("M01", "error", "Several people in the record fit this one, so it cannot be told which it is.",
             "Give the UPN or ULN, or merge the records that are the same person. The person was not loaded.",
             blocks=True),
        Rule("M02", "error", "Another person in the record has this UPN or ULN, so it was left out.",
             "Find out whose it is and correct the record or the return."),
        Rule("M03", "error", "An earlier person in this file is the same in the record, or may be the same.",
             "Look at both: if they are one person, join them; if not, give each their own UPN. "
             "The person was not loaded.", blocks=True),
        Rule("M04", "query", "The record was changed here after the last return and differs from this one. "
             "The record was kept.",
             "If the return is right, change the record; if the record is right, correct the next return."),
        Rule("M05", "query", "This return takes back what the record has: an end, a plan or a decision. "
             "A return never deletes, so the record was kept.",
             "If it never happened, correct it in the case itself; else correct the next return."),
        Rule("M06", "error", "The UPN or ULN leads to a record of another name and birth date or number.",
             "Correct the number; if it is the same child, first correct the name or birth date in the "
             "record. The person was not loaded.", blocks=True),
        Rule("M07", "query", "With this change the dates of the case would contradict each other. The record "
             "was kept.",
             "Look at the dates of the request, its decision and the plan, and correct whichever is wrong."),
    )
}  # fmt: skip

# These stand or fall with the status: a case that has moved on here is not moved back by a return.
_STAGE = ("status", "decided_to_assess_on", "decided_to_issue_on", "closed_on", "closing_reason")
_END = ("ceased_on", "cease_reason")
# How far a case has come. Refusals and withdrawals end it wherever it stands.
_FAR = {
    Status.REQUESTED: 0,
    Status.NOT_ASSESSING: 1,
    Status.WITHDRAWN: 1,
    Status.ASSESSING: 2,
    Status.NOT_ISSUING: 3,
    Status.ISSUING: 4,
    Status.DRAFT: 5,
    Status.PLAN: 6,
    Status.CEASED: 7,
}
_HAS_PLAN = frozenset({Status.PLAN, Status.CEASED})


@dataclass(slots=True)
class Merged:
    """What to change and, by field name, what the return says otherwise."""

    changes: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


def merged(names: Sequence[str], new: Any, before: Mapping[str, Any] | None, held: Any) -> Merged:
    """Hold `new` (what this return gives) against `before` (what the last gave) and `held` (the record)."""
    out = Merged()
    for name in names:
        says, has = _value(getattr(new, name)), _value(getattr(held, name))
        said = _value(before.get(name)) if before else None
        if says is None or says in (has, said):
            continue
        if has == said or (has is False and said is None):
            out.changes[name] = getattr(new, name)
        else:
            out.kept[name] = says
    return out


def _value(value: Any) -> Any:
    """As JSON holds it; blank text is nothing."""
    found = plain(value)
    return None if found == "" else found


def person(new: NewPerson, before: Values | None, held: Any) -> Merged:
    """A person's own fields. Postcodes are held without their space."""
    return merged(PERSON_VALUES, new, before, held)


@dataclass(slots=True)
class CaseMerge:
    """What to change on a case, its plan and section I; what differs but was kept, by the rule for it."""

    case: dict[str, Any] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)
    named: bool = False
    kept: dict[str, Any] = field(default_factory=dict)
    taken_back: dict[str, Any] = field(default_factory=dict)
    contradicts: dict[str, Any] = field(default_factory=dict)


def case(new: NewCase, before: Values | None, held: Any) -> CaseMerge:
    """A case with its plan. Where the case has come further here, its stage and its plan's end are kept."""
    said = (before or {}).get("case", {})
    own = merged(CASE_VALUES, new, said, held)
    result = CaseMerge(case=own.changes, kept=own.kept)
    follows = _stage(new, said, held, result)
    plan = getattr(held, "plan", None)
    if new.plan is not None and plan is not None:
        found = merged(PLAN_VALUES, new.plan, (before or {}).get("plan"), plan)
        result.plan = found.changes
        result.kept |= {f"plan.{name}": value for name, value in found.kept.items()}
        _section_i(new, before, plan, result)
    elif new.plan is not None and follows:
        result.plan = {name: getattr(new.plan, name) for name in PLAN_VALUES}
        result.named = bool(new.plan.named)
    if not follows:
        for name in _END:
            result.plan.pop(name, None)
    _in_order(result, held, plan)
    return result


def _stage(new: NewCase, said: Values, held: Any, result: CaseMerge) -> bool:
    """Whether the case stands where the return says, or goes there; else its stage is not changed."""
    says, has = Status(new.status), Status(held.status)
    result.case.pop("status", None)
    result.kept.pop("status", None)
    if says == has or (has == Status.DRAFT and says == Status.ISSUING):
        return True
    if says != said.get("status"):
        if _goes_on(says, has, untouched=has == said.get("status")):
            result.case["status"] = new.status
            return True
        taken = result.taken_back if has == said.get("status") else result.kept
        taken["status"] = says.value
    for name in _STAGE:
        result.case.pop(name, None)
    return False


def _goes_on(says: Status, has: Status, *, untouched: bool) -> bool:
    """Whether a case may go where the return says: not back, and not out of an end that was set here."""
    if untouched:
        return not (says == Status.REQUESTED or (has in _HAS_PLAN and _FAR[says] < _FAR[has]))
    return has not in CLOSED and _FAR[says] > _FAR[has]


def _in_order(result: CaseMerge, held: Any, plan: Any) -> None:
    """Leave out changes after which the dates of the case would contradict each other."""
    received = result.case.get("received_on", held.received_on)
    decided = result.case.get("decided_to_assess_on", held.decided_to_assess_on)
    starts = result.plan.get("started_on") or (plan.started_on if plan else None)
    ends = result.plan.get("ceased_on") or (plan.ceased_on if plan else None)
    early = received is not None and any(day is not None and day < received for day in (decided, starts))
    if not early and not (starts and ends and ends < starts):
        return
    dates = ("received_on", "decided_to_assess_on")
    result.contradicts = {name: plain(result.case.pop(name)) for name in dates if name in result.case}
    if plan is None and result.plan:
        result.contradicts["plan.started_on"] = plain(starts)
        result.case.pop("status", None)
        result.plan, result.named = {}, False
        return
    for name in ("started_on", *_END):
        if name in result.plan:
            result.contradicts[f"plan.{name}"] = plain(result.plan.pop(name))
    if "plan.ceased_on" in result.contradicts:
        result.case.pop("status", None)


def _section_i(new: NewCase, before: Values | None, plan: Any, result: CaseMerge) -> None:
    assert new.plan is not None
    says = sorted((of_named(one) for one in new.plan.named), key=str)
    has = sorted((of_named(one) for one in plan.named_settings.all()), key=str)
    said = None if before is None else sorted(before.get("named", []), key=str)
    if not says or says in (has, said):
        return
    if not has or has == said:
        result.named = True
    else:
        result.kept["section I"] = "another setting"
