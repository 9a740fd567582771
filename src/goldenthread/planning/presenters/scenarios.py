"""Scenarios and mitigations in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from django.urls import reverse

from goldenthread.core.ui.filters import long_date, number, percent, pounds
from goldenthread.core.ui.parts import Link, SummaryRow
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import StatusTags
from goldenthread.forecast.mitigation import POUNDS_A_PLAN, Effect, Kind, Mitigation, Where
from goldenthread.forecast.space import Floats, Space
from goldenthread.planning.enums import Confidence
from goldenthread.planning.models import Scenario
from goldenthread.planning.presenters import words
from goldenthread.planning.summary import Summary

CONFIDENCE = StatusTags(
    {
        Confidence.HIGH: ("High", "green"),
        Confidence.MEDIUM: ("Medium", "yellow"),
        Confidence.MEDIUM_LOW: ("Medium to low", "orange"),
        Confidence.LOW: ("Low", "red"),
        Confidence.TO_BE_CONFIRMED: ("To be confirmed", "grey"),
    }
)
COLUMNS: Final = (
    Column("name", "Scenario", sortable=True, order_by=("title",)),
    Column("mitigations", "Mitigations", numeric=True, sortable=True, order_by=("mitigation_count",)),
    Column("version", "Version", numeric=True),
    Column("changed", "Changed", sortable=True, order_by=("updated_at",)),
    Column("by", "Made by"),
)
_SPACE: Final = Space()


def rows(scenarios: Iterable[Scenario]) -> Iterator[Row]:
    """The list of scenarios; `mitigation_count` is annotated by the query."""
    for one in scenarios:
        yield Row(
            {
                "name": Link(one.title, reverse("planning_scenario", args=[one.pk])),
                "mitigations": getattr(one, "mitigation_count", None),
                "version": one.version,
                "changed": one.updated_at.date(),
                "by": one.by_label,
            },
            name=one.title,
        )


def _places(codes: Sequence[str]) -> str:
    titles = {place.code: place.title for place in _SPACE.placements}
    return words.listed([titles.get(code, code) for code in codes])


def _whom(where: Where, *, placements: bool = True) -> str:
    """`aged 11 to 15, with Autistic spectrum disorder, at Mainstream school`."""
    said = []
    if where.ages:
        first, last = where.ages
        said.append(f"aged {first}" if first == last else f"aged {first} to {last}")
    if where.needs:
        names = dict(zip(_SPACE.needs, words.needs(_SPACE), strict=True))
        said.append(f"with {words.listed([names.get(code, code) for code in where.needs])}")
    if placements and where.placements:
        said.append(f"at {_places(where.placements)}")
    return f" ({', '.join(said)})" if said else ""


def _change(factor: float) -> str:
    share = factor - 1
    return f"{percent(abs(share), 1).replace('.0%', '%')} {'more' if share >= 0 else 'fewer'}"


def _price(effect: Effect) -> str:
    if effect.unit == POUNDS_A_PLAN:
        return f"{pounds(abs(effect.amount))} {'more' if effect.amount >= 0 else 'less'} a plan"
    return f"{_change(effect.amount).replace('fewer', 'less')}"


def _heads(amount: float) -> str:
    return number(int(amount) if float(amount).is_integer() else round(amount, 1))


def effect_words(effect: Effect) -> str:
    """One effect as a sentence."""
    where, amount = effect.where, effect.amount
    share = percent(amount, 1).replace(".0%", "%")
    said = {
        Kind.JOINER_FACTOR: lambda: f"{_change(amount)} new plans{_whom(where)}",
        Kind.JOINER_HEADS: lambda: (
            f"{_heads(abs(amount))} {'more' if amount >= 0 else 'fewer'} new plans a year{_whom(where)}"
        ),
        Kind.LEAVER_FACTOR: lambda: (
            f"Plans end {_change(amount).replace('fewer', 'less')} often{_whom(where)}"
        ),
        Kind.LEAVER_HEADS: lambda: f"{_heads(amount)} plans more end each year{_whom(where)}",
        Kind.DIVERT: lambda: (
            f"{share} of those bound for {_places(where.placements)} go to {_places([where.to])}"
            f"{_whom(where, placements=False)}"
        ),
        Kind.MOVE_HEADS: lambda: (
            f"{_heads(amount)} a year move from {_places(where.placements)} to {_places([where.to])}"
            f"{_whom(where, placements=False)}"
        ),
        Kind.PLACES: lambda: f"{_heads(amount)} places at {_places(where.placements)}",
        Kind.PRICE: lambda: f"A plan at {_places(where.placements)} costs {_price(effect)}",
        Kind.REPRICE: lambda: (
            f"A plan at {_places(where.placements)} costs {_price(effect)}; {_places([where.to])} pays for it"
        ),
        Kind.INFLATION_CAP: lambda: f"Prices at {_places(where.placements)} rise by {share} a year at most",
        Kind.FIXED: lambda: (
            f"{pounds(abs(amount))} {'more' if amount >= 0 else 'less'} a year on "
            f"{words.line_name(where.line)}"
        ),
    }[effect.kind]()
    later = f", {effect.after} year{'' if effect.after == 1 else 's'} after the start" if effect.after else ""
    return f"{said}{later}{_own_ramp(effect.ramp)}."


def _own_ramp(ramp: Sequence[float]) -> str:
    return f", growing {ramp_words(ramp)}" if ramp else ""


def ramp_words(ramp: Sequence[float]) -> str:
    """`25%, 50%, 100%`, or `in full at once`."""
    if tuple(ramp) == (1.0,):
        return "in full at once"
    return ", ".join(f"{round(share * 100, 2):g}%" for share in ramp)


def facts(one: Mitigation) -> list[SummaryRow]:
    """A mitigation at a glance."""
    costs = [f"{words.financial_year(year)}: {pounds(cost)}" for year, cost in sorted(one.one_off.items())]
    effects = [effect_words(effect) for effect in one.effects]
    return [
        SummaryRow("What it does", effects or "Nothing yet: add what it changes."),
        SummaryRow("Starts", long_date(one.starts)),
        SummaryRow("How it grows", ramp_words(one.ramp)),
        SummaryRow("Costs once", costs),
        SummaryRow("Confidence", CONFIDENCE[str(one.confidence)]),
        SummaryRow("Evidence", [one.evidence] if one.evidence else ""),
        SummaryRow("Owner", one.owner),
        SummaryRow("Notes", one.notes),
    ]


def effect_table(baseline: Summary, mitigated: Summary) -> Table:
    """What a scenario changes, by year: EHC plans, spending and the balance."""
    years = baseline.financial_years
    columns = [Column("name", "Mean")] + [
        Column(str(at), words.financial_year(year), numeric=True) for at, year in enumerate(years)
    ]
    both = (
        ("EHC plans at the January census", baseline.totals[0][1:], mitigated.totals[0][1:], words.heads),
        ("Spending", baseline.spend[0], mitigated.spend[0], pounds),
        ("Balance at the end of the year", baseline.balance[0], mitigated.balance[0], pounds),
    )
    rows = []
    for name, before, after, write in both:
        for label, values in ((f"{name}, as it is", before), (f"{name}, with mitigations", after)):
            rows.append(Row({"name": label} | {str(n): write(float(v)) for n, v in enumerate(values)}))
    saved = [float(one) for one in baseline.spend[0] - mitigated.spend[0]]
    foot = Row({"name": "Saved in the year"} | {str(n): pounds(value) for n, value in enumerate(saved)})
    return Table("What the mitigations change", columns, rows, foot=foot, id="effect")


Side = tuple[str, Summary]


def compare_table(sides: Sequence[Side], threshold: float) -> Table:
    """Scenarios side by side, a column each."""
    columns = [Column("name", "At the end")] + [
        Column(str(at), name, numeric=True) for at, (name, _) in enumerate(sides)
    ]
    rows = [
        _compared("EHC plans", sides, lambda s: words.heads(s.totals[0][-1])),
        _compared("EHC plans, 80% range", sides, lambda s: words.head_range(*_ends(s, s.totals))),
        _compared("Spending in the last year", sides, lambda s: pounds(float(s.spend[0][-1]))),
        _compared("Spending in all years", sides, lambda s: pounds(float(s.spend[0].sum()))),
        _compared("Saved against the first", sides, lambda s: pounds(_saved(sides[0][1], s))),
        _compared("Balance", sides, lambda s: pounds(float(s.balance[0][-1]))),
        _compared("Balance, 80% range", sides, lambda s: words.money_range(*_ends(s, s.balance))),
        _compared(
            f"Chance of a deficit over {pounds(threshold)}" if threshold else "Chance of a deficit",
            sides,
            lambda s: percent(float(s.chance_of_deficit(threshold)[-1]), 0),
        ),
        _compared(
            "Without a place where meant, all years", sides, lambda s: words.heads(s.overflow[0].sum())
        ),
    ]
    return Table("Side by side", columns, rows, id="side-by-side")


def _compared(name: str, sides: Sequence[Side], write: Callable[[Summary], str]) -> Row:
    return Row({"name": name} | {str(at): write(summary) for at, (_, summary) in enumerate(sides)})


def _ends(summary: Summary, levels: Floats) -> tuple[float, float]:
    _, low, high = words.RANGES["80"]
    return float(levels[summary.level(low)][-1]), float(levels[summary.level(high)][-1])


def _saved(first: Summary, other: Summary) -> float:
    """Over the years that both have."""
    years = [year for year in first.financial_years if year in other.financial_years]
    both = [sum(one.spend[0][one.financial_years.index(year)] for year in years) for one in (first, other)]
    return float(both[0] - both[1])


def compare_by_year(sides: Sequence[Side]) -> Table:
    """The balance at the end of each financial year, a row for each scenario."""
    years = sorted({year for _, summary in sides for year in summary.financial_years})
    columns = [Column("name", "Scenario")] + [
        Column(str(year), words.financial_year(year), numeric=True) for year in years
    ]
    rows = []
    for name, summary in sides:
        found = zip(summary.financial_years, summary.balance[0], strict=True)
        rows.append(Row({"name": name} | {str(year): pounds(float(value)) for year, value in found}))
    return Table("Balance at the end of the year", columns, rows, id="balance-by-year")
