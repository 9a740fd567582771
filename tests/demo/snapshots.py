"""Everything that a SEN2 return carries, read back from the database as plain rows that two databases share.

Keys and times of writing differ between any two databases, so rows are told by the case's reference, the
person's own facts and the setting's register numbers.
"""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import models

from goldenthread.casework.models import Case, CaseEvent, Deadline, NamedSetting, Pace, Plan
from goldenthread.demo.assumptions import CENSUS_DAYS
from goldenthread.people.models import Address, Person
from goldenthread.placements.models import Placement

# How a row of another table is told; None: it is not told (who works here is not in a return).
_TOLD_BY = {
    "Person": ("surname", "forename", "birth_date", "upn", "uln"),
    "Case": ("reference",),
    "Plan": ("case__reference",),
    "Setting": ("urn", "ukprn"),
    "User": None,
}
# `source` says where a record came from, which is what differs here.
_OWN = {"id", "created_at", "updated_at", "source", "at", "actor_id", "actor_label", "merged_into"}
TABLES: tuple[type[models.Model], ...] = (
    Person, Address, Case, Plan, NamedSetting, Placement, Deadline, CaseEvent, Pace,
)  # fmt: skip
Rows = dict[str, Counter[Any]]


def columns(model: type[models.Model]) -> list[str]:
    """The columns that a row is compared by."""
    found: list[str] = []
    for one in model._meta.concrete_fields:
        if one.name in _OWN:
            continue
        if isinstance(one, models.ForeignKey):
            told = _TOLD_BY[one.related_model.__name__]
            found += [f"{one.name}__{name}" for name in told or ()]
        else:
            found.append(one.name)
    return found


def tables() -> Rows:
    """Every row of every table, with how often it is there."""
    return {model.__name__: _rows(model) for model in TABLES}


def _rows(model: type[models.Model]) -> Counter[Any]:
    values = model._default_manager.order_by().values_list(*columns(model))
    return Counter(
        tuple(json.dumps(v) if isinstance(v, dict) else v for v in row) for row in values.iterator()
    )


def asked(command: str, **options: Any) -> Any:
    """What a command prints as JSON."""
    out = StringIO()
    call_command(command, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def reports() -> dict[str, Any]:
    """What the report commands say: timeliness of each year, caseload of each January, the worklist."""
    found = {f"timeliness {year}": asked("timeliness", year=str(year)) for year in range(2019, 2024)}
    for year, (month, day) in CENSUS_DAYS.items():
        found[f"caseload {year}"] = asked("caseload", as_of=f"{year}-{month:02}-{day:02}")
    for as_of in ("2023-06-30", "2024-01-18"):
        found[f"worklist {as_of}"] = worklist(as_of)
    return found


def worklist(day: str) -> list[dict[str, Any]]:
    """The worklist without the keys of this one database."""
    cases = asked("worklist", as_of=day)["cases"]
    return [{k: v for k, v in case.items() if k not in ("case", "person")} for case in cases]
