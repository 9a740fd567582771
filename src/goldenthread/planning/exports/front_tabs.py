"""The tabs before the figures and around them: cover, introduction, narrative, engagement, strategy."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.core.ui.filters import long_date
from goldenthread.planning.exports import saying
from goldenthread.planning.exports.counts import AGES
from goldenthread.planning.exports.material import Material
from goldenthread.planning.exports.sheets import Book, Sheet

_ENGAGEMENT = (
    ("10.1", "Schools forum"), ("10.2", "Education institutions"), ("10.3", "Parents and carers"),
    ("10.4", "Children and young people"), ("10.5", "Elected members"), ("10.6", "Health partners"),
)  # fmt: skip
_ENTER = "To be entered by the council"
_STRATEGY = ("SEND strategy", "Local area plan", "Health", "Social care", "Therapies", "Links to documents")


def write_cover(book: Book, material: Material) -> None:
    """Whose plan, of when, from which forecast; sign-off to be filled in."""
    sheet, origin = (
        book.sheet("Cover", f"DSG management plan: {material.council}", 34, (60, 20)),
        material.origin,
    )
    sheet.heading("This plan")
    for label, words in (
        ("Local authority", material.council),
        ("Local authority code", material.la_code),
        ("Forecast", material.title),
        ("Scenario with mitigations", material.scenario or "None chosen"),
        ("Made on", long_date(origin.made_on)),
        ("Council's records as on", long_date(origin.records_as_of)),
        ("Run without mitigations", origin.run),
        ("Run with mitigations", origin.mitigated_run or "None"),
        ("Simulations and seed", f"{material.unmitigated.simulations:,}, seed {material.unmitigated.seed}"),
        ("Version of Golden Thread", origin.code_version),
    ):
        sheet.cells(label, [words])
    sheet.heading("Sign-off")
    for label in ("Section 151 officer", "Director of children's services", "Chair of the schools forum",
                  "Date and version"):  # fmt: skip
        sheet.to_enter(label, 2)
    sheet.note("The fields of the Department's own cover were not seen: see the introduction.")


def write_introduction(book: Book) -> None:
    """How to read the workbook, and plainly what of its layout is not confirmed."""
    sheet = book.sheet("Introduction", "Introduction", 110)
    sheet.heading("How to read this workbook")
    sheet.text("Plain cells hold figures of the forecast. Sums and links between tabs are live formulas.")
    for words, name in (("A formula: it follows when a figure changes", "live"),
                        ("To be entered by the council", "enter")):  # fmt: skip
        form = book.format("text", live=True) if name == "live" else book.format("enter")
        sheet.made.write_string(sheet.row, 0, words, form)
        sheet.row += 1
    sheet.text(
        "RAG: red, off track and no recovery agreed; amber, off track with a recovery agreed; green, on "
        "track. A rating is always written as a word too."
    )
    sheet.heading("Age groups")
    sheet.text("Age is in whole years at 31 August before the school year.")
    for label in AGES:
        sheet.text(label)
    sheet.heading("Rounding")
    sheet.text(
        "Counts are means over all simulations, rounded so that each total is the sum of its parts, on each "
        "tab and over all tabs. No figure is moved by as much as 1. The checks tab lists those not rounded "
        "to the nearest."
    )
    sheet.heading("Small counts")
    sheet.text(saying.SMALL_COUNTS)
    _say_what_is_confirmed(sheet)


def _say_what_is_confirmed(sheet: Sheet) -> None:
    sheet.heading("The official template: what this layout follows")
    _listed(sheet, saying.FOLLOWED)
    sheet.heading("The official template: what is not confirmed")
    sheet.text(
        "The Department's template was not available when this layout was made, so this is an equivalent, "
        "not a copy. Copy the figures into the Department's own file before sending it. Not confirmed:"
    )
    _listed(sheet, saying.NOT_CONFIRMED)


def _listed(sheet: Sheet, lines: Sequence[str]) -> None:
    for line in lines:
        sheet.text(f"• {line}")


def write_narrative(book: Book, material: Material) -> None:
    """Section 6: what the figures say, and room for the council's own words."""
    sheet = book.sheet("Narrative", "Summary: financial and CYP narrative", 80, (80,))
    sheet.heading("6.1 Financial plan narrative")
    for name, summary in material.scenarios():
        sheet.text(saying.balance_ahead(name, summary))
        sheet.text(saying.chance_ahead(name, summary, material.threshold))
    sheet.to_enter(_ENTER, 1, lines=6)
    sheet.heading("6.2 High needs trends")
    for name, summary in material.scenarios():
        sheet.text(f"{name}: {saying.plans_ahead(summary)}")
    sheet.to_enter(_ENTER, 1, lines=6)
    sheet.heading("6.3 Outcomes for children and young people")
    sheet.to_enter(_ENTER, 1, lines=6)
    sheet.heading("How well the forecast has done")
    for line in saying.scores(material):
        sheet.text(line)
    if material.scores_source:
        sheet.note(f"Measured on: {material.scores_source}")
    sheet.heading("What was assumed")
    for line in material.unmitigated.notes or ("Nothing beyond the inputs of the reference data.",):
        sheet.text(line)


def write_engagement(book: Book) -> None:
    """Section 10: headings for the council to fill in."""
    sheet = book.sheet(
        "Engagement", "Stakeholder engagement, co-production and consultation", 30, (16, 50, 50)
    )
    for number, who in _ENGAGEMENT:
        sheet.heading(f"{number} {who}")
        sheet.head("Meeting or event", ["Date", "What was discussed", "What changed"], words=3)
        for _ in range(3):
            sheet.to_enter(_ENTER, 3, lines=2)


def write_strategy(book: Book) -> None:
    """The strategy tab, whose layout is not confirmed."""
    sheet = book.sheet(
        "Strategy", "SEND strategy, local area plan, health, social care and therapies", 30, (110,)
    )
    sheet.note("The layout of this tab is not confirmed: see the introduction.")
    for part in _STRATEGY:
        sheet.heading(part)
        sheet.to_enter(_ENTER, 1, lines=4)
