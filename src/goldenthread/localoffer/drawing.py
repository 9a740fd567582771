"""The workflow table of entries as a page of docs/workflows."""

from __future__ import annotations

from goldenthread.localoffer.enums import Happening, State
from goldenthread.localoffer.workflow import AUDIT, NEEDS_LIVE, TRANSITIONS

FILE = "local-offer-entry.md"
_HEAD = """# An entry of the Local Offer

Drawn from `localoffer/workflow.py` by `dev.py manage draw_local_offer`; change it there.

The state says where the words of an entry stand. Whether the public sees an earlier version meanwhile, and
whether the service is closed for a time, are kept beside it. What is not in a state's table is refused there.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([_HEAD, _diagram(), *(_section(state) for state in TRANSITIONS), ""])


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in State]
    for state, moves in TRANSITIONS.items():
        for happening, to in moves.items():
            if to != state:
                lines.append(f"    {state or '[*]'} --> {to.value}: {happening.label}")
    return "\n".join([*lines, "```"])


def _section(state: str) -> str:
    title = State(state).label if state else "Before there is an entry"
    lines = [
        f"\n## {title}\n",
        "| What happens | Next state | Only where it was published | Audit |",
        "|---|---|---|---|",
    ]
    for happening, to in TRANSITIONS[state].items():
        stays = "stays" if to == state else to.label
        live = "yes" if happening in NEEDS_LIVE else ""
        lines.append(f"| {Happening(happening).label} | {stays} | {live} | `{AUDIT[happening]}` |")
    return "\n".join(lines)
