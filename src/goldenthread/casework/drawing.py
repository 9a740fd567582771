"""The workflow table as pages of docs/workflows: a diagram, and every event with what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldenthread.casework import steps
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.workflow import OWNER, START, TOLD, TRANSITIONS

_DRAWN = "Drawn from `casework/workflow.py` by `dev.py manage draw_workflows`; change it there."
_LIMITS: dict[str, tuple[str, ...]] = {
    Status.REQUESTED: (steps.DECIDE_TO_ASSESS, steps.FINAL),
    Status.ASSESSING: (steps.ADVICE, steps.NOT_ISSUING, steps.FINAL),
    Status.ISSUING: (steps.SEND_DRAFT, steps.FINAL),
    Status.DRAFT: (steps.VIEWS, steps.CONSULTATION, steps.FINAL),
    Status.PLAN: (
        steps.ANNUAL_REVIEW,
        steps.REVIEW_DECISION,
        steps.AMENDED,
        steps.PHASE_TRANSFER,
        steps.POST16_TRANSFER,
        steps.CEASE_KEEP,
    ),
}


def pages() -> dict[str, str]:
    """File name to text, for docs/workflows."""
    return {"case.md": _case_page()}


def _case_page() -> str:
    parts = [
        "# An EHC case",
        _DRAWN,
        "An event that is not in a status's table is refused there. The dates behind each limit are in "
        "`statute/data`.",
        "## From request to plan",
        _diagram((START, *_REQUEST)),
        "## The life of a plan",
        _diagram((Status.PLAN, Status.CEASED)),
        "## Each status",
        *(_status_section(status) for status in TRANSITIONS),
    ]
    return "\n\n".join(parts) + "\n"


_REQUEST = tuple(status for status in Status if status not in {Status.PLAN, Status.CEASED})


def _diagram(statuses: Iterable[str]) -> str:
    """Moves out of these statuses as a Mermaid diagram; what changes no status is listed in the tables."""
    wanted = list(statuses)
    moves = [
        (status, to, kind)
        for status in wanted
        for kind, to in TRANSITIONS[status].items()
        if to != status or (len(wanted) == 2 and kind not in _EVERYWHERE)
    ]
    shown = dict.fromkeys([status for status, _, _ in moves if status != START] + [to for _, to, _ in moves])
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {status}: {Status(status).label}" for status in shown]
    lines += [f"    {status or '[*]'} --> {to}: {kind.label}" for status, to, kind in moves]
    ends = [status for status in shown if set(TRANSITIONS[status]) <= set(_EVERYWHERE)]
    lines += [f"    {status} --> [*]" for status in ends]
    return "\n".join([*lines, "```"])


_EVERYWHERE = (EventKind.NOTE, EventKind.CORRECTED, EventKind.ALLOCATED, EventKind.LOADED)


def _status_section(status: str) -> str:
    title = Status(status).label if status else "Before there is a case"
    lines = [f"### {title}", ""]
    if status:
        lines += [f"Status `{status}`. Acts when nothing is awaited: {OWNER[status].label.lower()}.", ""]
    if status in _LIMITS:
        lines += ["Limits that run:", "", *(_limit(step_id) for step_id in _LIMITS[status]), ""]
    rows = [
        (
            kind.label,
            f"`{kind}`",
            "stays" if to == status else Status(to).label,
            f"`{TOLD[kind].audit}`",
            f"`{TOLD[kind].notice}`" if TOLD[kind].notice else "none",
        )
        for kind, to in TRANSITIONS[status].items()
    ]
    return "\n".join([*lines, _table(("What happens", "Event", "Next status", "Audit", "Notice"), rows)])


def _limit(step_id: str) -> str:
    found = steps.step(step_id)
    limit = f", {found.limit}" if found.limit else ""
    return f"* {found.title} (`{step_id}`{limit}): {found.law}"


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
