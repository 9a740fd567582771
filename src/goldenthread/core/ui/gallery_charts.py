"""Samples of the charts of a forecast, for the component gallery; the figures are made up."""

from __future__ import annotations

from typing import Any

from goldenthread.core import charts


def planning_charts() -> list[Any]:
    """A fan, a waterfall and a tornado."""
    return [_fan(), _waterfall(), _tornado()]


def _fan() -> Any:
    years = ("2021", "2022", "2023", "2024", "2025", "2026", "2027")
    past = [None] * 3
    return charts.fan(
        "Deficit at the end of the year",
        "The deficit is likely to pass £40m by 2027; in one of forty futures it passes £62m.",
        years,
        charts.Seen((-1e6, 1.5e6, 5e6, 9e6, None, None, None), (None, None, None, 9e6, 17e6, 28e6, 41e6)),
        (
            charts.Band("95% range", (*past, 9e6, 13e6, 19e6, 24e6), (*past, 9e6, 22e6, 40e6, 62e6)),
            charts.Band("80% range", (*past, 9e6, 14e6, 22e6, 30e6), (*past, 9e6, 20e6, 35e6, 54e6)),
        ),
        unit="pounds",
        target=("Threshold", 35e6),
    )


def _waterfall() -> Any:
    return charts.waterfall(
        "From as it is to after mitigations",
        "Mitigations take the deficit from £41m to £23.5m; together they save less than one by one.",
        ("As it is", 41e6),
        (
            ("Resourced provision: more places, better used", -9e6),
            ("Special school places", -7e6),
            ("Cap on rises in contracts", -2e6),
            ("Overlap between them", 0.5e6),
        ),
        ("After mitigations", 23.5e6),
        unit="pounds",
    )


def _tornado() -> Any:
    return charts.tornado(
        "What moves the deficit most",
        "Growth in requests moves it most.",
        ("Middle", 41e6),
        (
            charts.Swing("Inflation of fees, 1% or 5% a year", 37e6, 46e6),
            charts.Swing("Growth of requests, 2% or 10% a year", 30e6, 55e6),
            charts.Swing("New special school places, 40 or 120", 43e6, 38.5e6),
        ),
        unit="pounds",
    )
