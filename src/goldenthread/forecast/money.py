"""Prices, lines and income: what a plan in a place costs, and what the High Needs Block has for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from goldenthread.forecast.space import Floats

# Section 251 lines of the high needs budget. Source: DfE, section 251 guidance; see docs on the export.
LINES: Final[dict[str, str]] = {
    "1.0.2": "High needs place funding inside the Individual Schools Budget",
    "1.2.1": "Top-up funding, maintained schools",
    "1.2.2": "Top-up funding, academies, free schools and colleges",
    "1.2.3": "Top-up and other funding, non-maintained and independent providers",
    "1.2.4": "Additional high needs targeted funding for mainstream",
    "1.2.5": "SEN support services",
    "1.2.6": "Hospital education services",
    "1.2.7": "Other alternative provision services",
    "1.2.8": "Support for inclusion",
    "1.2.9": "Special schools and PRUs in financial difficulty",
    "1.2.10": "PFI and BSF costs at special schools, AP/PRUs and post-16",
    "1.2.11": "Direct payments (SEN and disability)",
    "1.2.13": "Therapies and other health-related services",
}


@dataclass(frozen=True, slots=True)
class Price:
    """What one plan in a placement costs in a full year, in pounds of the first financial year.

    `bands` are (share of plans, top-up) pairs whose shares add up to one; `spread` is the standard deviation
    of the log of one fee (independent fees have a heavy tail), nought where the price is fixed.
    """

    placement: str
    place: float
    bands: tuple[tuple[float, float], ...]
    line: str
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Money:
    """Prices, spending that does not follow plans, and income, for H financial years from April on.

    Year h has 5/12 of the plans at census h (April to August) and 7/12 of those at census h+1.
    """

    prices: tuple[Price, ...]
    fixed: dict[str, Floats]  # line -> (H,) pounds that no plan moves
    inflation: dict[str, Floats]  # line -> (H,) rise on the year before; the first is nought
    allocation: Floats  # (H,) the block's grant, after recoupment
    transfers: Floats  # (H,) moved in from other blocks or the council, or out if negative
    opening_balance: float  # at 1 April of the first year; a deficit is negative
    inflation_spread: float = 0.0  # standard deviation of a year's shock to all prices
