"""Places by placement and year, and where those go for whom there is none."""

from __future__ import annotations

import re
from typing import Any

from goldenthread.forecast.space import PLACEMENTS
from goldenthread.planning.reading.table import Read, Table, open_table

LAYOUT = (
    "placement, census_year, places, overflow: one row a year for each placement whose places are limited. "
    "overflow says where the others go, such as “independent 70%, mainstream 30%”; empty: independent."
)
CODES = [place.code for place in PLACEMENTS]
_PART = re.compile(r"([a-z0-9_]+)\s+(\d+(?:\.\d+)?)\s*%")


def read(content: bytes) -> Read:
    """Places by placement and January census. Raises FileRefused."""
    table = open_table(content, ["placement", "census_year", "places"])
    kept: list[dict[str, Any]] = []
    seen: dict[tuple[str, int], int] = {}
    for row, cells in table.lines:
        code = table.one_of(row, "placement", cells, CODES)
        year = table.whole(row, "census_year", cells, least=2000, most=2100)
        places = table.number(row, "places", cells, most=100_000)
        overflow = _overflow(table, row, code or "", cells)
        if code is None or year is None or places is None or overflow is None:
            continue
        if not table.refuse_twice(row, (code, year), seen, f"{code} in {year}"):
            kept.append({"placement": code, "year": year, "places": places, "overflow": overflow})
    table.finish()
    years = [one["year"] for one in kept]
    about = {
        "placements": sorted({one["placement"] for one in kept}),
        "first_year": min(years),
        "last_year": max(years),
    }
    return Read(len(kept), about, kept)


def _overflow(table: Table, row: int, code: str, cells: dict[str, str]) -> dict[str, float] | None:
    text = cells.get("overflow", "")
    if not text:
        return {"independent": 1.0} if code != "independent" else {"mainstream": 1.0}
    parts = [part.strip() for part in text.split(",")]
    found = {match[1]: float(match[2]) / 100 for part in parts if (match := _PART.fullmatch(part))}
    wrong = sorted(set(found) - set(CODES)) or ([code] if code in found else [])
    if len(found) < len(parts):
        table.wrong(
            row, "overflow", text, f"“{text[:60]}” does not read like “independent 70%, mainstream 30%”"
        )
    elif wrong:
        table.wrong(row, "overflow", text, f"{wrong[0]} cannot take the overflow of {code}")
    elif abs(sum(found.values()) - 1) > 0.001:
        table.wrong(row, "overflow", text, f"the shares add up to {100 * sum(found.values()):g}%, not 100%")
    else:
        return found
    return None
