"""DfE's tables as read by `forecast.published`: to plain lists for keeping, and back."""

from __future__ import annotations

from typing import Any

import numpy as np

from goldenthread.forecast.published import Panel
from goldenthread.forecast.space import Floats


def as_content(panel: Panel) -> dict[str, Any]:
    """A panel as lists that JSON can hold; None where nothing is published."""
    return {
        "codes": list(panel.codes),
        "names": list(panel.names),
        "regions": list(panel.regions),
        "years": list(panel.years),
        "plans": _listed(panel.plans),
        "categories": _listed(panel.categories),
        "flows": {name: _listed(figures) for name, figures in panel.flows.items()},
        "prevalence": _listed(panel.prevalence),
        "own": panel.own.tolist(),
    }


def from_content(content: dict[str, Any]) -> Panel:
    """The panel that `as_content` wrote."""
    return Panel(
        codes=tuple(content["codes"]),
        names=tuple(content["names"]),
        regions=tuple(content["regions"]),
        years=tuple(content["years"]),
        plans=_array(content["plans"]),
        categories=_array(content["categories"]),
        flows={name: _array(figures) for name, figures in content["flows"].items()},
        prevalence=_array(content["prevalence"]),
        own=np.array(content["own"], dtype=np.bool_),
    )


def _listed(figures: Floats) -> Any:
    plain = figures.astype(object)
    plain[~np.isfinite(figures)] = None
    return plain.tolist()


def _array(figures: Any) -> Floats:
    return np.array(figures, dtype=np.float64)  # None becomes NaN
