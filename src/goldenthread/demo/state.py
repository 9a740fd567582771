"""What the site knows of its demonstration county: how it was made, on what day it stands, who one can be."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from goldenthread.core import clock
from goldenthread.core.models import SiteState
from goldenthread.demo.calibration import Line
from goldenthread.demo.county import CENSUS_DAY


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A county that was made: `personas` as `teams.as_kept` has them, `lines` as calibration compares."""

    plans: int
    seed: int
    people: int
    personas: list[dict[str, str]]
    lines: list[Line]


def keep(made: Demonstration) -> None:
    """Remember the county, and let the site's clock stand at its census day."""
    state, _ = SiteState.objects.select_for_update().get_or_create(pk=1)
    state.demonstration_date, state.demonstration = CENSUS_DAY, asdict(made)
    state.save()
    clock.forget()


def kept() -> Demonstration | None:
    """The county in this database; None where there is none."""
    content: dict[str, Any] | None = (
        SiteState.objects.filter(pk=1).values_list("demonstration", flat=True).first()
    )
    if not content:
        return None
    return Demonstration(**{**content, "lines": [Line(**line) for line in content["lines"]]})
