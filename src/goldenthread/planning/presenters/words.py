"""Names that pages and files give to what a forecast is split by, and how years and ranges are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from goldenthread.core.ui.filters import number, pounds
from goldenthread.forecast.money import LINES
from goldenthread.forecast.space import Space
from goldenthread.statute.codes import codeset

# The seven groups of the DSG management plan, shorter than its sheet titles (forecast.space.CATEGORIES).
CATEGORIES: Final[dict[str, str]] = {
    "MmSoA": "Mainstream schools",
    "RPSEN": "Resourced provision and SEN units",
    "MdSSA": "State-funded special schools",
    "NMISS": "Independent and non-maintained special schools",
    "HspAP": "Alternative provision and hospital schools",
    "P16FE": "Further education and post-16",
    "OTHER": "Elsewhere",
}
# The age groups of the DSG management plan: whole years at 31 August.
AGE_GROUPS: Final[tuple[tuple[str, int, int], ...]] = (
    ("Under 5", 0, 4),
    ("5 to 10", 5, 10),
    ("11 to 15", 11, 15),
    ("16 to 19", 16, 19),
    ("20 to 25", 20, 25),
)
# Of a range its words, its low and its high level of `summary.LEVELS`.
RANGES: Final[dict[str, tuple[str, str, str]]] = {
    "80": ("80% range", "p10", "p90"),
    "95": ("95% range", "p2_5", "p97_5"),
}


def financial_year(begins: int) -> str:
    """`2024/25`, of the year in which it begins."""
    return f"{begins}/{(begins + 1) % 100:02}"


def census(year: int) -> str:
    """`Jan 2024`."""
    return f"Jan {year}"


def line_name(line: str) -> str:
    """`1.2.3 Top-up and other funding, …`."""
    return f"{line} {LINES[line]}" if line in LINES else line


def needs(space: Space) -> list[str]:
    """The primary needs of a space in words; a code that the return does not know stays itself."""
    known = codeset("sen_type")
    return ["Not known" if code == "NK" else known.label(code) if code in known else code
            for code in space.needs]  # fmt: skip


def heads(value: float) -> str:
    """A number of children: whole, since ranges are of whole children."""
    return number(round(value))


def money_range(low: float, high: float) -> str:
    """`£1.20m to £1.45m`."""
    # Else a line may end between the minus and the amount.
    return f"{pounds(low)} to {pounds(high)}".replace("−£", "−\u2060£")


def head_range(low: float, high: float) -> str:
    """`1,200 to 1,450`."""
    return f"{heads(low)} to {heads(high)}"


def deficit(balance: float) -> str:
    """A balance in words: `£4.20m deficit` or `£0.30m surplus`."""
    if round(balance) == 0:
        return "£0"
    return f"{pounds(abs(balance))} {'deficit' if balance < 0 else 'surplus'}"


def listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
