"""What may happen to a forecast run and where it leads: one table; a pair that is not in it is refused."""

from __future__ import annotations

from typing import Final

from goldenthread.core.refusals import NotAllowedNow
from goldenthread.planning.enums import RunEvent, RunState

TRANSITIONS: Final[dict[tuple[RunState, RunEvent], RunState]] = {
    (RunState.WAITING, RunEvent.STARTED): RunState.RUNNING,
    (RunState.WAITING, RunEvent.STOPPED): RunState.STOPPED,
    (RunState.WAITING, RunEvent.FAILED): RunState.FAILED,
    (RunState.RUNNING, RunEvent.FINISHED): RunState.DONE,
    (RunState.RUNNING, RunEvent.STOPPED): RunState.STOPPED,
    (RunState.RUNNING, RunEvent.FAILED): RunState.FAILED,
}


def next_state(state: str, event: RunEvent) -> RunState:
    """The state that an event leads to. Raises NotAllowedNow for one that cannot happen in this state."""
    now = RunState(state)
    found = TRANSITIONS.get((now, event))
    if found is None:
        raise NotAllowedNow(
            f"This run is {now.label.lower()}: it cannot be {event.label.lower()} now.",
            "Open the list of runs to see where it stands.",
        )
    return found
