"""The paper for the Schools Forum, in the county's form of report, as accessible PDF and as Word."""

from __future__ import annotations

from goldenthread.core.documents import (
    Block,
    Document,
    Heading,
    Items,
    NewPage,
    Paragraph,
    Picture,
    Table,
    to_pdf,
    to_word,
)
from goldenthread.core.ui.filters import long_date, number
from goldenthread.planning.analyses import Savings
from goldenthread.planning.exports import paper_tables, saying
from goldenthread.planning.exports.material import Material
from goldenthread.planning.presenters.analyses import overlap_words

TITLE = "High Needs Block: forecast and DSG management plan"
_ENTER = "To be entered by the author of the report."
Charts = dict[str, tuple[Picture, Table]]


def forum_pdf(material: Material) -> bytes:
    """The paper as PDF/UA-1."""
    return to_pdf(forum_paper(material))


def forum_word(material: Material) -> bytes:
    """The paper as .docx."""
    return to_word(forum_paper(material))


def forum_paper(material: Material) -> Document:
    """The paper: recommendations first, then what they rest on, then how to check it.

    What the council's officers have to write is marked "To be entered". Nobody is named.
    """
    charts = paper_tables.charts(material)
    blocks: list[Block] = [
        *_recommendations(material),
        *_purpose(material),
        *_key_issues(material, charts),
        *_options(material, charts),
        *_financial(material),
        *_trust(material),
        *_assumptions(material),
        *_checking(material),
        *_environment(),
        *_timescales(material),
        *_closing(material),
        *_appendix(charts),
    ]
    return Document(
        TITLE,
        blocks,
        material.origin.made_on,
        author=material.council,
        subject=f"{material.title}: {paper_tables.financial_year_words(material)}",
        above=(material.council, "Schools Forum", "Date of meeting: to be entered"),
        footer=f"{material.council}, Schools Forum",
    )


def _section(title: str, *texts: str) -> list[Block]:
    return [Heading(title, numbered=True), *(Paragraph(text, numbered=True) for text in texts)]


def _recommendations(material: Material) -> list[Block]:
    asks = ["That the Schools Forum notes the forecast of the High Needs Block in sections 2 and 4."]
    if material.mitigations:
        asks.append("That the Schools Forum comments on the interventions in section 3, on what each is "
                    "reckoned to save and on how sure that is.")  # fmt: skip
    asks.append("That the Schools Forum considers how well the forecast has done (section 5) and what was "
                "assumed (section 6) before it relies on the figures.")  # fmt: skip
    return [Heading("Recommendations"), Items(tuple(asks), ordered=True)]


def _purpose(material: Material) -> list[Block]:
    summary, origin = material.unmitigated, material.origin
    with_ = (
        "and with the interventions that are planned"
        if material.mitigated is not None
        else "if nothing is done"
    )
    return _section(
        "Purpose",
        f"The purpose of this report is to show where the High Needs Block is heading in "
        f"{paper_tables.financial_year_words(material)}, as things are {with_}, so that the Forum can check "
        "it.",
        f"The forecast starts from the EHC plans of January {summary.years[0]} in the council's records as "
        f"they stood on {long_date(origin.records_as_of)}. It is the outcome of "
        f"{number(summary.simulations)} simulations. An 80% range holds the outcome in four of five of them.",
    )


def _key_issues(material: Material, charts: Charts) -> list[Block]:
    said = [saying.plans_ahead(material.unmitigated)]
    said += [saying.balance_ahead(name, summary) for name, summary in material.scenarios()]
    said += [saying.chance_ahead(name, summary, material.threshold) for name, summary in material.scenarios()]
    return [*_section("Key Issues", *said), charts["plans"][0], charts["deficit"][0]]


def _options(material: Material, charts: Charts) -> list[Block]:
    if not material.mitigations or material.mitigated is None:
        return _section(
            "Options and Proposal",
            "This paper is made from a forecast without interventions. Make it from a scenario to show what "
            "interventions save.",
        )
    blocks = _section(
        "Options and Proposal",
        f"The scenario “{material.scenario}” has {len(material.mitigations)} interventions. The table says "
        "what each changes, from when, on what evidence, and how sure the plan's makers are of the saving.",
    )
    blocks.append(paper_tables.interventions(material))
    if material.savings is not None:
        blocks.append(Paragraph(_savings_words(material, material.savings), numbered=True))
        blocks += paper_tables.savings(material)
        blocks.append(charts["savings"][0])
    return blocks


def _savings_words(material: Material, savings: Savings) -> str:
    """How savings are reckoned, and why they may differ a little from those of the whole forecast."""
    said = (
        "Savings are net of what an intervention costs; a cost is shown with a minus sign. Where "
        "interventions act on the same children the saving is shared between them. "
        f"{overlap_words(savings)}"
    )
    if savings.simulations == material.unmitigated.simulations:
        return said
    return (
        f"{said} They were shared out over {number(savings.simulations)} simulations, so they can differ a "
        "little from the figures of the whole forecast in section 4."
    )


def _financial(material: Material) -> list[Block]:
    blocks = _section(
        "Financial Implications",
        "Money is in thousands of pounds by financial year, means over all simulations. An overspend and a "
        "deficit have a minus sign.",
    )
    blocks.append(paper_tables.as_is(material))
    if material.mitigated is not None:
        blocks.append(paper_tables.after(material, material.mitigated))
    blocks.append(paper_tables.chances(material))
    return blocks


def _trust(material: Material) -> list[Block]:
    if not material.scores:
        return _section("How well the forecast has done", *saying.scores(material))
    blocks = _section("How well the forecast has done", material.scores_source)
    return [*blocks, paper_tables.scores(material)]


def _assumptions(material: Material) -> list[Block]:
    notes = list(dict.fromkeys(note for _, summary in material.scenarios() for note in summary.notes))
    notes += [note for note in material.notes if note not in notes]
    lead = "These assumptions were made." if notes else "Nothing was assumed beyond the inputs of section 7."
    return [*_section("What was assumed", lead), *([Items(tuple(notes))] if notes else [])]


def _environment() -> list[Block]:
    return _section("Environmental Implications", _ENTER)


def _timescales(material: Material) -> list[Block]:
    starts = [f"{one.reference}. {one.title}: {long_date(one.starts)}" for one in material.mitigations]
    blocks: list[Block] = [Heading("Timescales associated with the decision and next steps", numbered=True)]
    if starts:
        blocks.append(Paragraph("The interventions start as follows.", numbered=True))
        blocks.append(Items(tuple(starts)))
    return [*blocks, Paragraph(f"The decision and what follows from it: {_ENTER}", numbered=True)]


def _checking(material: Material) -> list[Block]:
    origin, summary = material.origin, material.unmitigated
    runs = f"run {origin.run}"
    if origin.mitigated_run:
        runs += f" as is and run {origin.mitigated_run} with mitigations"
    blocks = _section(
        "How to check this report",
        f"Every figure is of {runs}, made on {long_date(origin.made_on)} with seed {summary.seed} by version "
        f"{origin.code_version} of Golden Thread. The same inputs and seed give the same figures.",
        "The DSG management plan workbook and the CSV files of the same run hold every figure, with live "
        "formulas and a sheet of checks. Their layout follows what is published of the Department's "
        "template. The template itself was not available: the workbook's introduction lists what is not "
        "confirmed.",
    )
    return [*blocks, paper_tables.sources(material)] if material.sources else blocks


def _closing(material: Material) -> list[Block]:
    return [
        Heading("Background papers"),
        Items((
            f"DSG management plan, {material.title} (workbook)",
            "dsg_counts.csv, dsg_spend.csv, dsg_position.csv and workstreams.csv of the same run",
        ), ordered=True),
        paper_tables.authors(),
        Paragraph("The report was circulated to the following members prior to publication:"),
        Paragraph("Local Member(s): to be entered"),
        Paragraph("Other members: to be entered"),
    ]  # fmt: skip


def _appendix(charts: Charts) -> list[Block]:
    return [NewPage(), Heading("Appendix A: figures of the charts"), *(table for _, table in charts.values())]
