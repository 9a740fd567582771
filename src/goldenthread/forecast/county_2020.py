"""The shipped example: a county's recovery plan of May 2020, as mitigations. Most amounts are assumed."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from goldenthread.forecast.mitigation import Mitigation
from goldenthread.forecast.mitigation_data import from_dict


def may_2020() -> tuple[Mitigation, ...]:
    """Return the plan's eleven actions in order; each says what the paper states and what is assumed."""
    text = files("goldenthread.forecast").joinpath("data/may_2020_mitigations.toml").read_text("utf-8")
    return tuple(from_dict(mitigation) for mitigation in tomllib.loads(text)["mitigation"])
