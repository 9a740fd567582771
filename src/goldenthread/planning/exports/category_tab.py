"""One tab for each placement category: two count tables that tie, what the plans cost, words to add."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldenthread.forecast.costs import BEFORE_SEPTEMBER, FROM_SEPTEMBER
from goldenthread.forecast.space import CATEGORIES
from goldenthread.planning.exports.counts import AGES, BY_AGE, BY_NEED, POST_16, TOTALS, Counts
from goldenthread.planning.exports.material import Material
from goldenthread.planning.exports.sheets import AVERAGE, MONEY, Book, Check, Live, Sheet
from goldenthread.planning.summary import Summary


@dataclass(slots=True)
class CategoryTab:
    """A written tab, and the rows of it that other sheets point to: by scenario."""

    code: str
    sheet: Sheet
    ages: dict[str, list[int | None]] = field(default_factory=dict)  # a row for each age group of the form
    needs: dict[str, list[int]] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    spend: dict[str, int] = field(default_factory=dict)
    unit: dict[str, int] = field(default_factory=dict)


def write_category(book: Book, code: str, material: Material, counts: dict[str, Counts]) -> CategoryTab:
    """Write the tab of a category: counts by January census, money by financial year."""
    tab = CategoryTab(code, book.sheet(code, CATEGORIES[code]))
    sheet = tab.sheet
    sheet.note(
        "Counts are plans at the January census, ages in whole years at 31 August before the school year. "
        "Each forecast is a mean over all simulations, rounded so that every total is the sum of its parts."
    )
    for name, summary in material.scenarios():
        _write_counts(tab, name, counts[name])
        _write_money(tab, name, summary, counts[name])
    if code == POST_16:
        _say_what_moved(sheet, counts)
    sheet.heading("Mitigations that act on these placements")
    for words in _acting(material, code) or ["None is entered."]:
        sheet.text(words)
    sheet.heading("Narrative")
    sheet.to_enter("To be entered by the council: what these figures mean, what is being done", 6, lines=6)
    sheet.freeze()
    return tab


def _write_counts(tab: CategoryTab, name: str, counts: Counts) -> None:
    sheet, k = tab.sheet, list(CATEGORIES).index(tab.code)
    years = [
        f"Jan {year}{'' if actual else ' forecast'}"
        for year, actual in zip(counts.years, counts.actual, strict=True)
    ]
    totals = counts.totals()[:, k].tolist()
    sheet.heading(f"{name}: {BY_AGE}")
    sheet.head(BY_AGE, years)
    first = sheet.row
    shown = counts.age_rows(tab.code)
    rows = {g: sheet.cells(list(AGES)[g], counts.by_age[:, k, g].tolist()) for g in shown}
    tab.ages[name] = [rows.get(g) for g in range(len(AGES))]
    tab.total[name] = sheet.sums(TOTALS[BY_AGE], first, totals)
    sheet.heading(f"{name}: {BY_NEED}")
    sheet.head(BY_NEED, years)
    first = sheet.row
    needs = enumerate(counts.needs)
    tab.needs[name] = [sheet.cells(label, counts.by_need[:, k, n].tolist()) for n, label in needs]
    by_need = sheet.sums(TOTALS[BY_NEED], first, totals)
    for at, year in enumerate(counts.years):
        left, right = (Live(f"={sheet.at(row, at + 1)}", totals[at]) for row in (tab.total[name], by_need))
        sheet.book.checks.append(
            Check(f"{tab.code}, {name}, January {year}: by age and by need", left, right)
        )


def _write_money(tab: CategoryTab, name: str, summary: Summary, counts: Counts) -> None:
    """Plans paid for, spending and the average cost. Year h has 5/12 of census h and 7/12 of the next."""
    sheet, k = tab.sheet, list(CATEGORIES).index(tab.code)
    before = len(counts.years) - len(summary.years)
    totals = counts.totals()[before:, k]
    sheet.heading(f"{name}: spending by financial year (April to March)")
    sheet.head("", [f"{year}/{(year + 1) % 100:02}" for year in summary.financial_years])
    plans, values = [], []
    for at in range(len(summary.financial_years)):
        now, after = (sheet.at(tab.total[name], before + at + step) for step in (1, 2))
        values.append(float(BEFORE_SEPTEMBER * totals[at] + FROM_SEPTEMBER * totals[at + 1]))
        plans.append(Live(f"=5/12*{now}+7/12*{after}", values[-1]))
    paid = sheet.cells("Average number of plans in the year (5/12 and 7/12)", plans, AVERAGE)
    spend = summary.spend_by_category
    tab.spend[name] = sheet.cells("Spending on these placements", spend[0, :, k].tolist(), MONEY)
    for label, level in (("low end", "p10"), ("high end", "p90")):
        ends = spend[summary.level(level), :, k].tolist()
        sheet.cells(f"Spending, 80% range, {label}", ends, MONEY)
    unit = []
    for at, value in enumerate(values):
        cost, average = sheet.at(tab.spend[name], at + 1), sheet.at(paid, at + 1)
        each = float(spend[0, at, k]) / value if value else 0.0
        unit.append(Live(f"=IF({average}=0,0,{cost}/{average})", each))
    tab.unit[name] = sheet.cells("Average cost of a plan in the year", unit, MONEY)


def _say_what_moved(sheet: Sheet, counts: dict[str, Counts]) -> None:
    sheet.space()
    for name, one in counts.items():
        moved = [
            f"{heads:.1f} in January {year}"
            for year, heads in zip(one.years, one.moved_up, strict=True)
            if heads > 0.05
        ]
        if moved:
            sheet.note(
                f"{name}: the form has no row here for children under 16. Those who are "
                f"(mean {', '.join(moved)}) are counted in the row Age 16 to 19."
            )


def _acting(material: Material, code: str) -> list[str]:
    """The mitigations that name a placement of this category."""
    of = {place.code for place in material.unmitigated.space.placements if place.category == code}
    return [
        f"{one.reference}. {one.title}"
        for one in material.mitigations
        if any(of & {*effect.where.placements, effect.where.to} for effect in one.effects)
    ]
