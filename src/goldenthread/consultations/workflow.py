"""What may happen to a comment and where it leads: one table; a pair that is not in it is refused.

`docs/workflows/comment.md` is drawn from here by `consultations.drawing`.
"""

from __future__ import annotations

from typing import Final

from goldenthread.consultations.enums import Happening, State
from goldenthread.core.refusals import NotAllowedNow

# Where a comment is before it is sent.
START: Final = ""

_MODERATED = {
    Happening.PUBLISHED: State.PUBLISHED,
    Happening.HELD_BACK: State.HELD,
    Happening.FOUND_ABUSIVE: State.ABUSIVE,
}
TRANSITIONS: Final[dict[str, dict[Happening, State]]] = {
    START: {Happening.SENT: State.RECEIVED},
    State.RECEIVED: {**_MODERATED, Happening.GROUPED: State.RECEIVED},
    State.PUBLISHED: {
        Happening.ANSWERED: State.ANSWERED,
        Happening.GROUPED: State.PUBLISHED,
        Happening.HELD_BACK: State.HELD,
        Happening.TAKEN_UP_AGAIN: State.RECEIVED,
    },
    State.ANSWERED: {
        # An answer is bettered by giving it again.
        Happening.ANSWERED: State.ANSWERED,
        Happening.GROUPED: State.ANSWERED,
        Happening.HELD_BACK: State.HELD,
    },
    State.HELD: {Happening.TAKEN_UP_AGAIN: State.RECEIVED},
    State.ABUSIVE: {Happening.TAKEN_UP_AGAIN: State.RECEIVED},
}
# What the audit log calls each happening.
AUDIT: Final = {happening: f"comment.{happening.value}" for happening in Happening}


def allows(state: str, happening: Happening) -> bool:
    """Whether the table has this happening in this state."""
    return happening in TRANSITIONS[state]


def next_state(state: str, happening: Happening) -> State:
    """The state that a happening leads to. Raises NotAllowedNow for one that cannot happen in this state."""
    found = TRANSITIONS[state].get(happening)
    if found is None:
        now = State(state).label if state else "Not yet sent"
        raise NotAllowedNow(
            f"This comment stands at “{now}”: “{happening.label}” cannot follow from there.",
            "Open the comment to see where it stands and what can be done now.",
        )
    return found
