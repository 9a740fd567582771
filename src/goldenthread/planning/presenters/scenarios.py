"""Scenarios and mitigations in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from django.urls import reverse

from goldenthread.core.ui.filters import long_date, number, percent, pounds
from goldenthread.core.ui.parts import Link, SummaryRow
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import StatusTags
from goldenthread.forecast.mitigation import POUNDS_A_PLAN, Effect, EvidenceGrade, Kind, Mitigation, Where
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
GRADES: Final[dict[EvidenceGrade, str]] = {
    EvidenceGrade.OWN_RECORDS: "this council's own records",
    EvidenceGrade.PUBLISHED: "published evidence",
    EvidenceGrade.TRIAL: "a trial",
    EvidenceGrade.JUDGEMENT: "judgement",
}
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


def _share(amount: float) -> str:
    return percent(amount, 1).replace(".0%", "%")


def _more(amount: float, less: str = "fewer") -> str:
    return "more" if amount >= 0 else less


_SAYS: Final[dict[Kind, Callable[[Effect, Where], str]]] = {
    Kind.JOINER_FACTOR: lambda e, at: f"{_change(e.amount)} new plans{_whom(at)}",
    Kind.JOINER_HEADS: lambda e, at: f"{_heads(abs(e.amount))} {_more(e.amount)} new plans a year{_whom(at)}",
    Kind.LEAVER_FACTOR: lambda e, at: (
        f"Plans end {_change(e.amount).replace('fewer', 'less')} often{_whom(at)}"
    ),
    Kind.LEAVER_HEADS: lambda e, at: f"{_heads(e.amount)} plans more end each year{_whom(at)}",
    Kind.DIVERT: lambda e, at: (
        f"{_share(e.amount)} of those bound for {_places(at.placements)} go to {_places([at.to])}"
        f"{_whom(at, placements=False)}"
    ),
    Kind.MOVE_HEADS: lambda e, at: (
        f"{_heads(e.amount)} a year move from {_places(at.placements)} to {_places([at.to])}"
        f"{_whom(at, placements=False)}"
    ),
    Kind.PLACES: lambda e, at: f"{_heads(e.amount)} places at {_places(at.placements)}",
    Kind.PRICE: lambda e, at: f"A plan at {_places(at.placements)} costs {_price(e)}",
    Kind.REPRICE: lambda e, at: (
        f"A plan at {_places(at.placements)} costs {_price(e)}; {_places([at.to])} pays for it"
    ),
    Kind.INFLATION_CAP: lambda e, at: (
        f"Prices at {_places(at.placements)} rise by {_share(e.amount)} a year at most"
    ),
    Kind.FIXED: lambda e, at: (
        f"{pounds(abs(e.amount))} {_more(e.amount, 'less')} a year on {words.line_name(at.line)}"
    ),
}


def effect_words(effect: Effect) -> str:
    """One effect as a sentence."""
    said = _SAYS[effect.kind](effect, effect.where)
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
    rows = [
        SummaryRow("What it does", effects or "Nothing yet: add what it changes."),
        SummaryRow("Starts", long_date(one.starts)),
        SummaryRow("How it grows", ramp_words(one.ramp)),
        SummaryRow("Costs once", costs),
        SummaryRow("Confidence", CONFIDENCE[str(one.confidence)]),
        SummaryRow("Evidence", f"{one.evidence} ({GRADES[one.evidence_grade]})".strip()),
        SummaryRow("Owner", one.owner),
        SummaryRow("Notes", one.notes),
    ]
    return [row for row in rows if row.value]


def effect_table(baseline: Summary, mitigated: Summary, *, exact: bool = False) -> Table:
    """What a scenario changes, by year: EHC plans, spending and the balance."""
    years = baseline.financial_years
    columns = [Column("name", "Mean")] + [
        Column(str(at), words.financial_year(year), numeric=True) for at, year in enumerate(years)
    ]
    money = (lambda value: round(value, 2)) if exact else pounds
    heads = (lambda value: round(value, 1)) if exact else words.heads
    both: tuple[tuple[str, Floats, Floats, Callable[[float], Any]], ...] = (
        ("EHC plans at the January census", baseline.totals[0][1:], mitigated.totals[0][1:], heads),
        ("Spending", baseline.spend[0], mitigated.spend[0], money),
        ("Balance at the end of the year", baseline.balance[0], mitigated.balance[0], money),
    )
    rows = []
    for name, before, after, write in both:
        for label, values in ((f"{name}, as it is", before), (f"{name}, with mitigations", after)):
            rows.append(Row({"name": label} | {str(n): write(float(v)) for n, v in enumerate(values)}))
    saved = [float(one) for one in baseline.spend[0] - mitigated.spend[0]]
    foot = Row({"name": "Saved in the year"} | {str(n): money(value) for n, value in enumerate(saved)})
    return Table("What the mitigations change", columns, rows, foot=foot, id="effect", scroll=True)


Side = tuple[str, Summary]


def compare_table(sides: Sequence[Side], threshold: float, *, exact: bool = False) -> Table:
    """Scenarios side by side at the end of the forecast, a column each; numbers where `exact`, for a file."""
    columns = [Column("name", "At the end")] + [
        Column(str(at), name, numeric=True) for at, (name, _) in enumerate(sides)
    ]
    money = (lambda value: round(value, 2)) if exact else pounds
    heads = (lambda value: round(value, 1)) if exact else words.heads
    share = (lambda value: round(value, 4)) if exact else (lambda value: percent(value, 0))
    over = f"Chance of a deficit over {pounds(threshold)}" if threshold else "Chance of a deficit"
    asked: list[tuple[str, Callable[[float], Any], Callable[[Summary], float]]] = [
        ("EHC plans", heads, lambda s: s.totals[0][-1]),
        ("EHC plans, low end of the 80% range", heads, lambda s: _ends(s, s.totals)[0]),
        ("EHC plans, high end", heads, lambda s: _ends(s, s.totals)[1]),
        ("Spending in the last year", money, lambda s: s.spend[0][-1]),
        ("Spending in all years", money, lambda s: s.spend[0].sum()),
        ("Saved against the first", money, lambda s: _saved(sides[0][1], s)),
        ("Balance", money, lambda s: s.balance[0][-1]),
        ("Balance, low end of the 80% range", money, lambda s: _ends(s, s.balance)[0]),
        ("Balance, high end", money, lambda s: _ends(s, s.balance)[1]),
        (over, share, lambda s: s.chance_of_deficit(threshold)[-1]),
        ("Without a place where meant, all years", heads, lambda s: s.overflow[0].sum()),
    ]
    rows = [
        Row({"name": name} | {str(at): write(float(read(one))) for at, (_, one) in enumerate(sides)})
        for name, write, read in asked
    ]
    return Table("Side by side", columns, rows, id="side-by-side", scroll=True)


def _ends(summary: Summary, levels: Floats) -> tuple[float, float]:
    _, low, high = words.RANGES["80"]
    return float(levels[summary.level(low)][-1]), float(levels[summary.level(high)][-1])


def _saved(first: Summary, other: Summary) -> float:
    """Over the years that both have."""
    years = [year for year in first.financial_years if year in other.financial_years]
    both = [sum(one.spend[0][one.financial_years.index(year)] for year in years) for one in (first, other)]
    return float(both[0] - both[1])


def compare_by_year(sides: Sequence[Side], *, exact: bool = False) -> Table:
    """The balance at the end of each financial year, a row for each scenario."""
    years = sorted({year for _, summary in sides for year in summary.financial_years})
    columns = [Column("name", "Scenario")] + [
        Column(str(year), words.financial_year(year), numeric=True) for year in years
    ]
    rows = []
    for name, summary in sides:
        found = zip(summary.financial_years, summary.balance[0], strict=True)
        rows.append(
            Row(
                {"name": name}
                | {
                    str(year): round(float(value), 2) if exact else pounds(float(value))
                    for year, value in found
                }
            )
        )
    return Table("Balance at the end of the year", columns, rows, id="balance-by-year", scroll=True)
