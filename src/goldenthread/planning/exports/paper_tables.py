"""The tables and charts of the Schools Forum paper."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldenthread.core.documents import Picture, Table, from_chart
from goldenthread.core.ui.filters import long_date, number, percent, pounds
from goldenthread.forecast.space import Floats
from goldenthread.planning.exports import saying
from goldenthread.planning.exports.material import Material
from goldenthread.planning.presenters import analyses, results, words
from goldenthread.planning.summary import Summary

WIDE = 640  # of charts, in points of their own drawing
Row = tuple[str, ...]


def thousands(value: float) -> str:
    """`−7,343` for £7,343,400 overspent."""
    return number(round(value / 1000))


def _row(label: str, values: Sequence[float] | Floats) -> Row:
    return (label, *(thousands(float(value)) for value in values))


def _by_year(caption: str, material: Material, rows: Sequence[Row], totals: tuple[int, ...] = ()) -> Table:
    years = material.financial_years()
    return Table(
        f"{caption}, £(000)",
        (("", *years),),
        tuple(rows),
        widths=(2.6 if len(years) < 7 else 2.0, *[1.0] * len(years)),
        figures=tuple(range(1, 1 + len(years))),
        totals=totals,
    )


def as_is(material: Material) -> Table:
    """The unmitigated account of the block by year."""
    summary = material.unmitigated
    low, high = (summary.balance[summary.level(end)] for end in ("p10", "p90"))
    rows = [
        _row("Income of the block", summary.income),
        _row("Spending", summary.spend[0]),
        _row("Under or over spend in the year", summary.in_year[0]),
        _row("Cumulative balance", summary.balance[0]),
        _row("Cumulative, 80% range: from", low),
        _row("to", high),
    ]
    return _by_year("As is: the block without mitigations", material, rows, (3,))


def after(material: Material, mitigated: Summary) -> Table:
    """As is, what is saved, and after the interventions, as the county's papers set it out."""
    summary = material.unmitigated
    saved = summary.spend[0] - mitigated.spend[0]
    low, high = (mitigated.balance[mitigated.level(end)] for end in ("p10", "p90"))
    rows = [
        _row("As is: under or over spend in the year", summary.in_year[0]),
        _row("As is: cumulative", summary.balance[0]),
        _row("Savings in the year", saved),
        ("Savings as a share of as-is spending",
         *(percent(float(share), 1) for share in saved / summary.spend[0])),
        _row("After: under or over spend in the year", mitigated.in_year[0]),
        _row("After: cumulative", mitigated.balance[0]),
        _row("After: cumulative, 80% range: from", low),
        _row("to", high),
    ]  # fmt: skip
    return _by_year("Impact on the forecast after the interventions", material, rows, (2, 5))


def chances(material: Material) -> Table:
    """The chance that the deficit passes the threshold, by year."""
    rows = [
        (
            saying.NAMED[name],
            *(percent(float(share), 0) for share in summary.chance_of_deficit(material.threshold)),
        )
        for name, summary in material.scenarios()
    ]
    years = material.financial_years()
    what = f"more than {pounds(material.threshold)}" if material.threshold else "any"
    caption = f"Chance of {what} cumulative deficit at the end of the year"
    if material.threshold:
        caption = f"Chance of a cumulative deficit of {what} at the end of the year"
    return Table(caption, (("", *years),), tuple(rows), widths=(2.0, *[1.0] * len(years)),
                 figures=tuple(range(1, 1 + len(years))))  # fmt: skip


def interventions(material: Material) -> Table:
    """What is to be done, in the columns of the county's recovery plan."""
    years = material.financial_years()[:3]
    head = (
        "Ref",
        "Action",
        "What is assumed",
        "Owner and start",
        f"Saving {years[0]} to {years[-1]}",
        "Confidence",
    )
    rows = []
    for one in material.mitigations:
        saving = material.saving(one.reference)
        rows.append((
            one.reference, one.title, f"{saying.changes(one)}\nEvidence: {saying.evidence(one)}",
            f"{one.owner or 'To be entered'}\n{long_date(one.starts)}",
            pounds(sum(saving.mean[:3])) if saving else "Not worked out",
            saying.confidence(one),
        ))  # fmt: skip
    caption = "The interventions, their assumptions and how sure the saving is"
    return Table(caption, (head,), tuple(rows), widths=(0.75, 2.1, 3.5, 1.8, 1.6, 1.8), figures=(4,))


def savings(material: Material) -> list[Table]:
    """Savings by intervention and year with their total; then their ranges."""
    found = material.savings
    if found is None:
        return []
    titles = {one.reference: f"{one.reference}. {one.title}" for one in material.mitigations}
    rows = [
        _row(titles.get(reference, reference), values)
        for reference, values in zip(found.references, found.mean, strict=True)
    ]
    total = np.subtract(found.as_is, found.mitigated)
    rows.append(_row("All together", total))
    ranges = [
        (titles.get(reference, reference), *_ends(low, high))
        for reference, low, high in zip(found.references, found.low, found.high, strict=True)
    ]
    ranges.append(("All together", *_ends(found.total_low, found.total_high)))
    last = (len(rows) - 1,)
    return [
        _by_year("Savings by intervention", material, rows, last),
        _by_year("Savings by intervention: 80% ranges", material, ranges, last),
    ]


def _ends(low: Sequence[float], high: Sequence[float]) -> Row:
    pairs = zip(low, high, strict=True)
    return tuple(f"{thousands(down)} to {thousands(up)}" for down, up in pairs)


def scores(material: Material) -> Table:
    """How far the method was out where the outcome is known, beside the best simple rule."""
    head = (
        "Years ahead",
        "Average error",
        "Best simple rule",
        "Held by the 80% range",
        "Held by the 95% range",
    )
    rows = tuple(
        (
            str(one.horizon),
            f"{one.error:.1f}%",
            f"{one.naive:.1f}%",
            f"{one.covered_80:.0f}%",
            f"{one.covered_95:.0f}%",
        )
        for one in material.scores
    )
    return Table("How the method has done: all EHC plans, every council", (head,), rows, figures=(1, 2, 3, 4))


def sources(material: Material) -> Table:
    """What the forecast was made from."""
    head = ("Input", "Where it comes from", "Version", "Stand-in", "Checksum")
    rows = tuple(
        (one.kind, one.words, one.version, "Yes" if one.assumed else "No", one.digest[:16])
        for one in material.sources
    )
    return Table("What the forecast was made from", (head,), rows, widths=(2, 3.4, 1.2, 1, 2.2))


def charts(material: Material) -> dict[str, tuple[Picture, Table]]:
    """The charts by name with their figures: plans, deficit and, where there is something saved, savings."""
    other = ("With mitigations, middle", material.mitigated) if material.mitigated is not None else None
    drawn = {
        "plans": results.plans_fan(material.unmitigated, material.seen, other, wide=WIDE),
        "deficit": results.deficit_fan(material.unmitigated, material.threshold, other, wide=WIDE),
    }
    if material.savings is not None and material.savings.references:
        titles = {one.reference: one.title for one in material.mitigations}
        summary = material.unmitigated
        funds = summary.opening_balance + float(summary.income.sum())
        drawn["savings"] = analyses.savings_waterfall(material.savings, titles, funds, wide=WIDE)
    return {name: from_chart(chart) for name, chart in drawn.items()}


def authors() -> Table:
    """Who wrote and who answers for the report, to be filled in."""
    rows = ("Report Authors", "Assistant Director", "Lead Director", "Lead Member")
    blank = "To be entered"
    return Table(
        "Authors and contacts",
        (("", "Name", "Contact Information"),),
        tuple((row, blank, blank) for row in rows),
    )


def financial_year_words(material: Material) -> str:
    """`2024/25 to 2027/28`."""
    years = material.unmitigated.financial_years
    return f"{words.financial_year(years[0])} to {words.financial_year(years[-1])}"
