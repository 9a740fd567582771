"""Every state and every happening: what the table allows, and that the drawn page is fresh."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from goldenthread.core.refusals import NotAllowedNow
from goldenthread.localoffer import workflow
from goldenthread.localoffer.enums import Happening, State

ALLOWED = {
    "": "started loaded",
    "draft": "saved submitted published scheduled discarded paused reopened checked archived merged",
    "submitted": "saved published scheduled sent_back discarded paused reopened checked archived merged",
    "sent_back": "saved submitted published scheduled discarded paused reopened checked archived merged",
    "scheduled": "published unscheduled paused reopened checked archived merged",
    "published": "saved loaded paused reopened checked archived merged",
    "archived": "restored",
}
LEADS = {
    "started": "draft",
    "loaded": "published",
    "submitted": "submitted",
    "sent_back": "sent_back",
    "scheduled": "scheduled",
    "unscheduled": "draft",
    "published": "published",
    "discarded": "published",
    "archived": "archived",
    "merged": "archived",
    "restored": "draft",
}


@pytest.mark.parametrize("state", ["", *State.values])
@pytest.mark.parametrize("happening", list(Happening))
def test_every_pair(state: str, happening: Happening) -> None:
    allowed = happening.value in ALLOWED[state].split()
    assert workflow.allows(state, happening) == allowed
    if not allowed:
        with pytest.raises(NotAllowedNow):
            workflow.next_state(state, happening)
        return
    to = workflow.next_state(state, happening)
    if happening == Happening.SAVED:
        assert to == (State.DRAFT if state == State.PUBLISHED else state)
    else:
        assert to == LEADS.get(happening.value, state)


def test_the_drawn_page_is_fresh() -> None:
    call_command("draw_local_offer", "--check", stdout=StringIO())
