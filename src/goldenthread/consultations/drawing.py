"""The workflow of a comment as a page of docs/workflows."""

from __future__ import annotations

from goldenthread.consultations.enums import Happening, State
from goldenthread.consultations.workflow import AUDIT, START, TRANSITIONS

_HEAD = """# A comment on the Local Offer

Drawn from `consultations/workflow.py` by `dev.py manage draw_comments`; change it there.

What is not in a state's table is refused there.
"""


def page() -> str:
    """The text of docs/workflows/comment.md."""
    moves = [(state, to, what) for state, row in TRANSITIONS.items() for what, to in row.items()]
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state}: {state.label}" for state in State]
    lines += [f"    {state or '[*]'} --> {to}: {what.label}" for state, to, what in moves if to != state]
    parts = [_HEAD, "\n".join([*lines, "```", ""])]
    parts += [_section(state, row) for state, row in TRANSITIONS.items()]
    return "\n".join(parts)


def _section(state: str, row: dict[Happening, State]) -> str:
    title = State(state).label if state != START else "Before it is sent"
    lines = [f"## {title}", ""]
    lines += [f"State `{state}`.", ""] if state != START else []
    lines += ["| What happens | Next state | Audit |", "| --- | --- | --- |"]
    for what, to in row.items():
        lines.append(f"| {what.label} | {'stays' if to == state else to.label} | `{AUDIT[what]}` |")
    return "\n".join([*lines, ""])
