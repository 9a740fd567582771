"""The DSG management plan as a workbook, in the order of the Department's tabs."""

from __future__ import annotations

from goldenthread.forecast.space import CATEGORIES
from goldenthread.planning.exports import back_tabs, front_tabs
from goldenthread.planning.exports.category_tab import write_category
from goldenthread.planning.exports.counts import counts_of
from goldenthread.planning.exports.finance_tab import FinanceTab
from goldenthread.planning.exports.material import UNMITIGATED, Material
from goldenthread.planning.exports.people_tab import PeopleTab
from goldenthread.planning.exports.sheets import Book


def workbook(material: Material) -> bytes:
    """The plan as .xlsx: counts that tie, money, both scenarios, live formulas and their checks.

    The same forecast gives the same bytes. Where the Department's layout is not confirmed the sheets say so.
    """
    book = Book(f"DSG management plan, {material.council}", material.origin.made_on, material.council)
    counts = {name: counts_of(summary, material) for name, summary in material.scenarios()}
    front_tabs.write_cover(book, material)
    front_tabs.write_introduction(book)
    front_tabs.write_narrative(book, material)
    finance, people = FinanceTab(book, material), PeopleTab(book, material)
    back_tabs.write_governance(book, material)
    front_tabs.write_engagement(book)
    front_tabs.write_strategy(book)
    tabs = [write_category(book, code, material, counts) for code in CATEGORIES]
    finance.write(tabs)
    people.write(tabs, counts, finance)
    back_tabs.write_comparators(book, material)
    back_tabs.write_reference(book, material, counts[UNMITIGATED], tabs, finance)
    back_tabs.write_checks(book, counts)
    return book.finish()
