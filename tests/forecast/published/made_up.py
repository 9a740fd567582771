"""DfE's tables for made-up councils: the files, and a panel without files."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from goldenthread.forecast.published import FLOWS, Panel
from goldenthread.forecast.published.tables import CASELOAD, NEW_PLANS, REQUESTS, TIMELINESS, Table
from goldenthread.forecast.space import CATEGORIES

PLACE = (
    "time_period", "geographic_level", "region_name", "old_la_code", "new_la_code", "la_name",
)  # fmt: skip
REGIONS = ("North", "South", "East")


def columns_of(table: Table) -> list[str]:
    """The file's columns that a table reads, in order, each once."""
    return list(dict.fromkeys(name for choices in table.columns.values() for name in choices[0]))


def line(table: Table, code: str = "901", period: str = "202324", **changes: str) -> dict[str, str]:
    """A row about everybody of one council; every figure is 10 unless it is given."""
    row = {
        "time_period": period,
        "geographic_level": "Local authority",
        "region_name": "North",
        "old_la_code": code,
        "new_la_code": f"E06000{code}",
        "la_name": f"Council {code}",
        **dict(zip(table.labels, table.whole, strict=True)),
        **dict.fromkeys(columns_of(table), "10"),
    }
    if table is CASELOAD:
        row["ehcplans"] = "1000"
    return row | changes


def write(folder: Path, table: Table, rows: Sequence[Mapping[str, str]], name: str = "") -> Path:
    """Write rows as the table's file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or table.file)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def panel(councils: int = 40, first: int = 2014, last: int = 2024, seed: int = 5) -> Panel:
    """Made-up councils whose growth follows the requests of the year before; flows run to the last year."""
    numbers = np.random.default_rng(seed)
    years = last - first + 1
    plans = np.empty((councils, years))
    plans[:, 0] = np.round(numbers.uniform(800, 5000, councils))
    way_in = numbers.uniform(0.1, 0.25, (councils, years + 1))
    for year in range(1, years):
        growth = 0.09 + 0.5 * (way_in[:, year - 1] - 0.175) + numbers.normal(0, 0.02, councils)
        plans[:, year] = np.round(plans[:, year - 1] * np.exp(growth))
    # Requests of the calendar year that ends before the census of which they say the next year's growth.
    flows = {name: np.full((councils, years), np.nan) for name in FLOWS}
    flows["requests"][:, :-1] = np.round(way_in[:, 1:years] * 1.3 * plans[:, 1:])
    flows["refused"][:, :-1] = flows["requests"][:, :-1] - np.round(way_in[:, 1:years] * plans[:, 1:])
    flows["issued"][:, :-1] = 200.0
    flows["in_time"][:, :-1] = np.round(numbers.uniform(20, 180, (councils, years - 1)))
    shares = numbers.dirichlet(np.array([35, 5, 30, 6, 2, 15, 7.0]) * 20, councils)
    drift = np.exp(numbers.normal(0, 0.03, (councils, years, len(CATEGORIES))).cumsum(axis=1))
    mixed = shares[:, None] * drift
    categories = np.floor(mixed / mixed.sum(axis=2, keepdims=True) * plans[..., None])
    categories[:, :, -1] += plans - categories.sum(axis=2)
    return Panel(
        codes=tuple(f"{901 + at}" for at in range(councils)),
        names=tuple(f"Council {901 + at}" for at in range(councils)),
        regions=tuple(REGIONS[at % len(REGIONS)] for at in range(councils)),
        years=tuple(range(first, last + 1)),
        plans=plans,
        categories=categories,
        flows=flows,
        prevalence=numbers.uniform(2, 5, (councils, years)),
        own=np.ones((councils, years), dtype=np.bool_),
    )


def write_panel(folder: Path, made: Panel) -> Path:
    """Write a made-up panel as DfE's files."""
    stocks, requests, issued, new = [], [], [], []
    for at, code in enumerate(made.codes):
        about = {"la_name": made.names[at], "region_name": made.regions[at]}
        for place, year in enumerate(made.years):
            heads = dict(zip(CATEGORIES, made.categories[at, place], strict=True))
            figures = dict.fromkeys(columns_of(CASELOAD), "0")
            figures |= {
                choices[0][0]: f"{heads[name]:.0f}"
                for name, choices in CASELOAD.columns.items()
                if name in heads
            }
            figures["ehcplans"] = f"{made.plans[at, place]:.0f}"
            stocks.append(line(CASELOAD, code, f"{year - 1}{year % 100:02}", **figures, **about))
            flow = {name: made.flows[name][at, place] for name in FLOWS}
            if np.isnan(flow["requests"]):
                continue
            asked = {
                "requests_received_in_year": flow["requests"],
                "requests_decided_not_to_assess": flow["refused"],
            }
            came = {"plans_issued_den": flow["issued"], "plans_issued_within_20_weeks": flow["in_time"]}
            requests.append(
                line(REQUESTS, code, str(year), **{k: f"{v:.0f}" for k, v in asked.items()}, **about)
            )
            issued.append(
                line(TIMELINESS, code, str(year), **{k: f"{v:.0f}" for k, v in came.items()}, **about)
            )
            new.append(line(NEW_PLANS, code, str(year), **about))
    for table, rows in ((CASELOAD, stocks), (REQUESTS, requests), (TIMELINESS, issued), (NEW_PLANS, new)):
        write(folder, table, rows)
    return folder
