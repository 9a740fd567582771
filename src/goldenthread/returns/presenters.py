"""What the pages of the returns room show."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.ui.filters import number
from goldenthread.core.ui.parts import Link, Progress, Stat, SummaryRow
from goldenthread.core.ui.tables import Column, Row
from goldenthread.core.ui.tags import StatusTags, Tag
from goldenthread.returns import progress, queries
from goldenthread.returns.findings import SHOWN
from goldenthread.returns.models import ImportIssue, ImportRun, ImportState

STATES = StatusTags(
    {
        ImportState.WAITING: ("Waiting", "yellow"),
        ImportState.CHECKING: ("Reading", "blue"),
        ImportState.LOADING: ("Loading", "blue"),
        ImportState.CHECKED: ("Checked only", "teal"),
        ImportState.LOADED: ("Loaded", "green"),
        ImportState.REFUSED: ("Refused", "red"),
        ImportState.INTERRUPTED: ("Interrupted", "orange"),
        ImportState.CANCELLED: ("Cancelled", "grey"),
    }
)
SEVERITIES = {"error": Tag("Error", "red"), "query": Tag("Query", "yellow"), "note": Tag("Note", "grey")}
KINDS = {"xml": "XML", "blades": "COLLECT blades", "template": "Excel template"}
RUN_COLUMNS = (
    Column("file", "File"),
    Column("state", "State", sortable=True),
    Column("as_of", "As at", sortable=True),
    Column("people", "People kept", numeric=True),
    Column("refused", "Refused", numeric=True),
    Column("given", "Given", sortable=True, order_by=("created_at",)),
    Column("by", "By", sortable=True, order_by=("by_label",)),
)
KIND_COLUMNS = (
    Column("reason", "What is wrong"),
    Column("severity", "Weight"),
    Column("number", "Times", numeric=True),
    Column("mend", "How to mend it"),
)
ISSUE_COLUMNS = (
    Column("line", "Line", sortable=True, numeric=True, order_by=("file", "line")),
    Column("file", "File", breaks=True),
    Column("field", "Person and field", sortable=True, breaks=True),
    Column("value", "Value", breaks=True),
    Column("severity", "Weight", sortable=True),
    Column("reason", "What is wrong and how to mend it", sortable=True, order_by=("code",)),
    Column("kept", "Loaded", sortable=True),
)


def run_rows(runs: Iterable[ImportRun]) -> Iterator[Row]:
    """The list of loads."""
    for run in runs:
        yield Row(
            {
                "file": Link(run.file_name, reverse("return_run", args=[run.pk])),
                "state": STATES[queries.state_now(run)],
                "as_of": run.as_of,
                "people": run.counts.get("people kept", 0) if run.counts else None,
                "refused": run.counts.get("people refused", 0) if run.counts else None,
                "given": run.created_at.date(),
                "by": run.by_label,
            }
        )


def kind_rows(run: ImportRun, kinds: Mapping[str, ImportIssue], *, links: bool) -> Iterator[Row]:
    """Each kind of finding, the gravest and most frequent first."""
    weight = list(SEVERITIES)
    counted: dict[str, int] = run.counts.get("code", {})
    known = [(code, times) for code, times in counted.items() if code in kinds]
    for code, times in sorted(known, key=lambda one: (weight.index(kinds[one[0]].severity), -one[1], one[0])):
        kind = kinds[code]
        href = f"{reverse('return_issues', args=[run.pk])}?code={code}"
        reason: Any = Link(kind.reason, href) if links else kind.reason
        yield Row(
            {"reason": reason, "severity": SEVERITIES[kind.severity], "number": times, "mend": kind.mend}
        )


def issue_rows(issues: Iterable[ImportIssue]) -> Iterator[Row]:
    """Findings, one a row."""
    for one in issues:
        yield Row(
            {
                "line": one.line or None,
                "file": one.file,
                # With room to break between its parts.
                "field": one.field.replace("/", " / "),
                "value": one.value,
                "severity": SEVERITIES[one.severity],
                "reason": f"{one.reason} {one.mend}",
                "kept": one.kept,
            }
        )


def stats(run: ImportRun) -> list[Stat]:
    """What became of the people, in figures; as it would be where the file was only checked."""
    would = run.state == ImportState.CHECKED
    words = [
        ("people added", "people would be added" if would else "people added", "good"),
        ("people changed", "would be changed" if would else "changed", "plain"),
        ("people unchanged", "stay as they are", "plain"),
        ("people refused", "would be refused" if would else "refused: not loaded", "late"),
    ]
    figures = [(run.counts.get(name, 0), label, tone) for name, label, tone in words]
    return [Stat(label, figure, tone=tone if figure else "plain") for figure, label, tone in figures]


def told(run: ImportRun) -> list[str]:
    """What else happened, a sentence each."""
    counts, would = run.counts, run.state == ImportState.CHECKED
    lines = [
        ("cases added", "case", "cases", "added"),
        ("plans added", "plan", "plans", "added with them"),
        ("cases changed", "case", "cases", "changed"),
        ("placements added", "place attended", "places attended", "added"),
        ("places changed", "place attended", "places attended", "changed"),
    ]
    told_of = []
    for name, one, many, done in lines:
        count = counts.get(name, 0)
        verb = "would be" if would else "was" if count == 1 else "were"
        if count:
            told_of.append(f"{number(count)} {one if count == 1 else many} {verb} {done}.")
    return told_of


def facts(run: ImportRun) -> list[SummaryRow]:
    """About the file."""
    return [
        SummaryRow("As at", run.as_of),
        SummaryRow("Kind of file", KINDS.get(run.kind, run.kind)),
        SummaryRow("Collection year", str(run.collection_year or "")),
        SummaryRow("Local authority", run.la_code),
        SummaryRow("People in the file", run.counts.get("people in the file")),
        SummaryRow("Given by", f"{run.by_label}, {run.created_at:%-d %B %Y}"),
        SummaryRow("Took", took(run)),
    ]


def took(run: ImportRun) -> str:
    """How long the run has been at work."""
    if run.started_at is None:
        return ""
    seconds = max(0, round(((run.finished_at or clock.now()) - run.started_at).total_seconds()))
    if seconds < 1:
        return "under a second"
    return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"


def how_far(run: ImportRun, *, still: bool = False) -> Progress:
    """The progress of a run that waits or is at work. The page looks again by itself unless it is `still`."""
    step = progress.read(run.pk)
    share = round((step.share if step else 0) * 100)
    words = {ImportState.WAITING: "Waiting to start", ImportState.CHECKING: "Reading and checking the file"}
    if run.state == ImportState.CHECKING and share:
        words[ImportState.CHECKING] = "Trying the load, without keeping it"
    rows = [
        SummaryRow("People so far", step.people if step else 0),
        SummaryRow("Time running", took(run)),
        SummaryRow("Last heard of", f"{max(0, round(time.time() - step.at))} s ago" if step else ""),
    ]
    # Under 100 until it has ended, so that the page goes on looking.
    label = words.get(ImportState(run.state), "Loading")
    return Progress(
        label, min(share, 99), 100, refresh=0 if still else 5, facts=[row for row in rows if row.value != ""]
    )


def shown_of(run: ImportRun) -> str:
    """A sentence where the page shows fewer findings than there are."""
    total = sum(run.counts.get("severity", {}).values())
    if total <= SHOWN:
        return ""
    return f"The first {number(SHOWN)} of {number(total)} are shown. The report has them all."
