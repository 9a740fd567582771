"""What may happen to an entry of the directory and where it leads: one table.

A pair that is not in it is refused. `docs/workflows/local-offer-entry.md` is drawn from here.
"""

from __future__ import annotations

from typing import Final

from goldenthread.core.refusals import NotAllowedNow
from goldenthread.localoffer.enums import Happening, State

# Where an entry is before it exists.
START: Final = ""
# These need a published version: `policies.check_live`.
NEEDS_LIVE: Final = frozenset({Happening.PAUSED, Happening.REOPENED, Happening.CHECKED, Happening.DISCARDED})
_WHILE_LIVE = (Happening.PAUSED, Happening.REOPENED, Happening.CHECKED)
_ENDS = {Happening.ARCHIVED: State.ARCHIVED, Happening.MERGED: State.ARCHIVED}
_APPROVED = {Happening.PUBLISHED: State.PUBLISHED, Happening.SCHEDULED: State.SCHEDULED}


def _stays(state: State, *more: Happening) -> dict[Happening, State]:
    return dict.fromkeys((*_WHILE_LIVE, *more), state)


TRANSITIONS: Final[dict[str, dict[Happening, State]]] = {
    START: {Happening.STARTED: State.DRAFT, Happening.LOADED: State.PUBLISHED},
    State.DRAFT: {
        **_stays(State.DRAFT, Happening.SAVED),
        Happening.SUBMITTED: State.SUBMITTED,
        **_APPROVED,
        Happening.DISCARDED: State.PUBLISHED,
        **_ENDS,
    },
    State.SUBMITTED: {
        **_stays(State.SUBMITTED, Happening.SAVED),
        **_APPROVED,
        Happening.SENT_BACK: State.SENT_BACK,
        Happening.DISCARDED: State.PUBLISHED,
        **_ENDS,
    },
    State.SENT_BACK: {
        **_stays(State.SENT_BACK, Happening.SAVED),
        Happening.SUBMITTED: State.SUBMITTED,
        **_APPROVED,
        Happening.DISCARDED: State.PUBLISHED,
        **_ENDS,
    },
    State.SCHEDULED: {
        **_stays(State.SCHEDULED),
        Happening.PUBLISHED: State.PUBLISHED,
        Happening.UNSCHEDULED: State.DRAFT,
        **_ENDS,
    },
    State.PUBLISHED: {
        **_stays(State.PUBLISHED, Happening.LOADED),
        Happening.SAVED: State.DRAFT,
        **_ENDS,
    },
    State.ARCHIVED: {Happening.RESTORED: State.DRAFT},
}
# What the audit log calls each happening.
AUDIT: Final = {happening: f"localoffer.{happening.value}" for happening in Happening}


def allows(state: str, happening: Happening) -> bool:
    """Whether the table has this happening in this state."""
    return happening in TRANSITIONS[state]


def next_state(state: str, happening: Happening) -> State:
    """The state that a happening leads to. Raises NotAllowedNow for one that cannot happen in this state."""
    found = TRANSITIONS[state].get(happening)
    if found is None:
        now = State(state).label if state else "not yet begun"
        raise NotAllowedNow(
            f"This entry cannot be {happening.label[0].lower()}{happening.label[1:]}: it is {now.lower()}.",
            "Open the entry to see where it stands and what can be done now.",
        )
    return found
