"""Where a child or young person attends, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from goldenthread.core.ui.filters import long_date
from goldenthread.core.ui.parts import Link
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import Tag
from goldenthread.placements.models import Placement
from goldenthread.statute.codes import codeset

_COLUMNS = (
    Column("where", "Where"),
    Column("state", "Now"),
    Column("from", "First day"),
    Column("to", "Last day"),
    Column("do", "Action"),
)


@dataclass(frozen=True)
class Places:
    """The panel of a case."""

    table: Table
    start_href: str


def place_words(place: Placement) -> str:
    """A setting, or the kind of arrangement, in words."""
    if place.setting is not None:
        name = str(place.setting)
    else:
        codes = codeset("sen_setting")
        name = codes.label(place.sen_setting) if place.sen_setting in codes else place.sen_setting
    return f"{name}: {place.sen_setting_other}" if place.sen_setting_other else name


def places(case: Any, found: Sequence[Placement], *, may_edit: bool) -> Places:
    """Every setting attended, the present ones first."""
    ordered = sorted(found, key=lambda one: (one.ends_on is not None, one.rank))
    rows = [_row(case.pk, one, may_edit=may_edit) for one in ordered]
    columns = _COLUMNS if any(row.cells["do"] for row in rows) else _COLUMNS[:-1]
    table = Table("Places", columns, rows, caption_hidden=True, empty="No place is recorded.", id="places")
    return Places(table, reverse("placement_start", args=[case.pk]) if may_edit else "")


def _row(case_id: UUID, one: Placement, *, may_edit: bool) -> Row:
    words = place_words(one)
    extra = [
        text
        for text, on in (("SEN unit", one.sen_unit), ("Resourced provision", one.resourced_provision))
        if on
    ]
    end = Link("Record the last day", reverse("placement_end", args=[case_id, one.pk]), hidden=f"at {words}")
    now = Tag("Attends", "green") if one.ends_on is None else Tag("Ended", "grey")
    return Row(
        cells={
            "where": [words, *extra],
            "state": [now, "second place"] if one.rank > 1 else now,
            "from": one.starts_on,
            "to": one.ends_on,
            "do": end if may_edit and one.ends_on is None else None,
        },
        id=str(one.pk),
        name=words,
    )


def period_words(one: Placement) -> str:
    """Since when somebody attends."""
    return f"since {long_date(one.starts_on)}" if one.starts_on else "first day not recorded"
