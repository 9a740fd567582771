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
        Rule("M03", "error", "An earlier person in this file was matched to the same record.",
             "Look at both: if they are one person, join them; if not, give each their own UPN. "
             "The person was not loaded.", blocks=True),
        Rule("M04", "query", "The record was changed here after the last return and differs from this one. "
             "The record was kept.",
             "If the return is right, change the record; if the record is right, correct the next return."),
    )
}  # fmt: skip

# These stand or fall together: a case that has moved on here is not moved back by a return.
_STAGE = ("status", "decided_to_assess_on", "decided_to_issue_on", "closed_on", "closing_reason")
_BLANK = (None, "")


@dataclass(slots=True)
class Merged:
    """What to change and, by field name, what the return says otherwise."""

    changes: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


def merged(names: Sequence[str], new: Any, before: Mapping[str, Any] | None, held: Any) -> Merged:
    """Hold `new` (what this return gives) against `before` (what the last gave) and `held` (the record)."""
    out = Merged()
    for name in names:
        says, has = plain(getattr(new, name)), plain(getattr(held, name))
        said = None if before is None else before.get(name)
        if says in _BLANK or says == has or (before is not None and says == said):
            continue
        if has in _BLANK or has is False or (before is not None and has == said):
            out.changes[name] = getattr(new, name)
        else:
            out.kept[name] = says
    return out


def person(new: NewPerson, before: Values | None, held: Any) -> Merged:
    """A person's own fields. Postcodes are held without their space."""
    return merged(PERSON_VALUES, new, before, held)


@dataclass(slots=True)
class CaseMerge:
    """What to change on a case, its plan and section I, and what differs but was kept."""

    case: dict[str, Any]
    plan: dict[str, Any]
    named: bool
    kept: dict[str, Any]


def case(new: NewCase, before: Values | None, held: Any) -> CaseMerge:
    """A case with its plan. Where the stage was moved on here, the stage and the plan's making are kept."""
    own = merged(CASE_VALUES, new, None if before is None else before.get("case", {}), held)
    moved_on = "status" in own.kept
    if moved_on:
        for name in _STAGE:
            own.changes.pop(name, None)
    result = CaseMerge(own.changes, {}, False, own.kept)
    if new.plan is None:
        return result
    plan = getattr(held, "plan", None)
    said = None if before is None else before.get("plan")
    if plan is None:
        if not moved_on:
            result.plan = {name: getattr(new.plan, name) for name in PLAN_VALUES}
            result.named = True
        return result
    found = merged(PLAN_VALUES, new.plan, said, plan)
    result.plan = found.changes
    result.kept |= {f"plan.{name}": value for name, value in found.kept.items()}
    _section_i(new, before, plan, result)
    return result


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
