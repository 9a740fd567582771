"""The values that a return gave for each stored field: what a later return is compared with.

For one person: `person` by field name, and for each case by its key the values of the case, of its plan, and
section I. Everything is text, numbers, true, false or nothing, so that it can be kept as JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from goldenthread.casework.actions import NewCase, NewNamed
from goldenthread.casework.actions.bulk import CASE_VALUES as ALL_OF_CASE
from goldenthread.casework.actions.bulk import PLAN_VALUES as ALL_OF_PLAN
from goldenthread.people.actions import NewPerson
from goldenthread.placements.actions import NewPlacement

PERSON_VALUES = (
    "surname",
    "forename",
    "birth_date",
    "sex",
    "ethnicity",
    "postcode",
    "upn",
    "uln",
    "upn_unknown",
)
# A return says nothing of these.
_OURS = {"route", "caseworker_id", "requested_by", "recorded_from", "move_told_on"}
CASE_VALUES = tuple(name for name in ALL_OF_CASE if name not in _OURS)
PLAN_VALUES = tuple(name for name in ALL_OF_PLAN if name not in _OURS)
# What tells one placement from another, and what is said of it.
PLACE_KEY = ("setting_id", "sen_setting", "rank", "starts_on")
PLACE_VALUES = (
    "starts_on",
    "ends_on",
    "sen_unit",
    "resourced_provision",
    "residential",
    "work_based",
    "attendance",
    "sen_setting_other",
)
Values = dict[str, Any]


def plain(value: Any) -> Any:
    """As JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return str(value) if isinstance(value, str) else value


def of_person(new: NewPerson) -> Values:
    """The person's own fields; those that a return leaves out are not there."""
    return _given(new, PERSON_VALUES)


def of_case(new: NewCase, places: Sequence[NewPlacement] = ()) -> Values:
    """`case`, `plan`, `named` and `places` of one case."""
    found: Values = {"case": _given(new, CASE_VALUES)}
    if places:
        found["places"] = [_given(one, (*PLACE_KEY, *PLACE_VALUES[1:])) for one in places]
    if new.plan is not None:
        found["plan"] = _given(new.plan, PLAN_VALUES)
        found["named"] = [of_named(one) for one in new.plan.named]
    return found


def of_named(one: Any) -> list[Any]:
    """An entry of section I, new or as the record has it."""
    return [plain(getattr(one, each.name)) for each in fields(NewNamed)]


def _given(new: Any, names: tuple[str, ...]) -> Values:
    values = {name: plain(getattr(new, name)) for name in names}
    return {name: value for name, value in values.items() if value not in (None, "")}
