"""Sentences about a forecast that more than one export says."""

from __future__ import annotations

from typing import Final

from goldenthread.core.ui.filters import percent, pounds
from goldenthread.forecast.mitigation import Mitigation
from goldenthread.planning.enums import Confidence
from goldenthread.planning.exports.material import MITIGATED, UNMITIGATED, Material
from goldenthread.planning.presenters import words
from goldenthread.planning.presenters.scenarios import GRADES, effect_words
from goldenthread.planning.summary import Summary

NAMED: Final = {UNMITIGATED: "As is", MITIGATED: "With the mitigations"}
SMALL_COUNTS: Final = (
    "A small count can point to one child. Give the figures by placement only to those who may see them, and "
    "put small counts together before any of them is published."
)
FOLLOWED: Final = (
    "The order of the tabs and their section numbers: contents list of the Department's guidance of "
    "September 2020.",
    "The titles of the seven placement tabs, and the row labels and age groups of the two count tables: "
    "published open-source code written against version 5 of the template.",
    "Which placements belong to which tab: checked against the Department's published figures of January "
    "2021, where it gives the same numbers for 149 of 149 councils.",
    "The section 251 lines: the Department's own list.",
)
NOT_CONFIRMED: Final = (
    "The position of every cell: the template workbook itself (version 10, March 2025) was not seen.",
    "The fields of the cover and the strategy tab.",
    "The rows of 7.1 and 7.2 and the spending tables on the placement tabs.",
    "The columns of the workstream log.",
    "The layout of the comparators and the reference data, which the template holds ready filled.",
    "Any row that versions after 5 added, such as Down syndrome among the primary needs.",
)


def plans_ahead(summary: Summary) -> str:
    """How many plans there are and will be."""
    low, high = (summary.totals[summary.level(end)][-1] for end in ("p10", "p90"))
    return (
        f"There were {words.heads(summary.totals[0][0])} EHC plans in January {summary.years[0]}. In January "
        f"{summary.years[-1]} there are forecast to be {words.heads(summary.totals[0][-1])} "
        f"(80% range {words.head_range(low, high)})."
    )


def balance_ahead(name: str, summary: Summary) -> str:
    """Where the block's balance goes."""
    closes = words.financial_year(summary.financial_years[-1])
    low, high = (summary.balance[summary.level(end)][-1] for end in ("p10", "p90"))
    return (
        f"{NAMED[name]}, the high needs block ends {closes} with a cumulative "
        f"{words.deficit(float(summary.balance[0][-1]))} (80% range {words.deficit(float(low))} to "
        f"{words.deficit(float(high))})."
    )


def chance_ahead(name: str, summary: Summary, threshold: float) -> str:
    """How likely it is that the deficit passes the threshold, by the last year."""
    closes = words.financial_year(summary.financial_years[-1])
    over = f"passes {pounds(threshold)}" if threshold else "is above nought"
    chance = percent(float(summary.chance_of_deficit(threshold)[-1]), 0)
    return f"{NAMED[name]}, the chance that the cumulative deficit {over} at the end of {closes} is {chance}."


def scores(material: Material) -> list[str]:
    """How well the method has done, in sentences; what to say where that is not known."""
    if not material.scores:
        return ["How well this method did in the past has not been measured with this council's tables."]
    return [
        f"{_years(one.horizon)} ahead the forecast of all plans was wrong by {one.error:.1f}% on average; "
        f"the best simple rule by {one.naive:.1f}%. The 80% range held {one.covered_80:.0f}% of outcomes and "
        f"the 95% range {one.covered_95:.0f}%."
        for one in material.scores
    ]


def _years(count: int) -> str:
    return "One year" if count == 1 else f"{count} years"


def confidence(one: Mitigation) -> str:
    """How sure the plan's makers are, in the county's words."""
    return str(Confidence(one.confidence).label)


def grade(one: Mitigation) -> str:
    """What kind of evidence the amounts rest on."""
    words_ = GRADES[one.evidence_grade]
    return f"{words_[0].upper()}{words_[1:]}"


def evidence(one: Mitigation) -> str:
    """What the amounts rest on: the grade, then the plan's own words."""
    return ". ".join(part for part in (grade(one), one.evidence) if part)


def changes(one: Mitigation, between: str = "\n") -> str:
    """What a mitigation changes, a sentence for each effect."""
    return between.join(effect_words(effect) for effect in one.effects)
