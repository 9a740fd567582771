"""What became of some entries after they were loaded: one at least in every state, through the actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from goldenthread.core.actors import Actor
from goldenthread.core.models import User
from goldenthread.demo.localoffer import tanglewick
from goldenthread.localoffer import actions, queries
from goldenthread.localoffer.guidance.actions import confirm_reviewed

_BACK: Final = (
    "The telephone number is that of the old office. Please put the new one in.",
    "Please say what it costs, and whether families on benefits pay less.",
)
_CLOSED: Final = (
    ("The building is being repaired.", 40),
    ("We are looking for new staff.", 75),
    ("Closed until the heating works again.", 12),
)
_ENDED: Final = (
    "The funding ended.",
    "It is one with another service now.",
    "Nobody answered for two years.",
)

# Pages that nobody has read through for more than a year, with how many days ago somebody last did.
_PAST_REVIEW: Final = {
    "travel-costs": 371,
    "university": 392,
    "somewhere-to-live": 404,
    "mediation": 430,
    "how-send-is-paid-for": 515,
}


def happen_to_guidance(editor: Actor, today: date) -> None:
    """Let a few pages be past their review, so that what the law asks for of them is stale."""
    for slug, days in _PAST_REVIEW.items():
        confirm_reviewed(by=editor, slug=slug, on=today - timedelta(days))


def happen_to_tanglewick(editor: Actor, provider_id: UUID, today: date) -> None:
    """Bring the provider's own entries to the states that their file gives, and begin a new one."""
    provider = User.objects.get(pk=provider_id)
    for one in tanglewick.data()["entry"]:
        if "becomes" in one:
            key = UUID(tanglewick.key_of(one["name"]))
            _BECOME[one["becomes"]](key, one, provider, editor, today)
    new = tanglewick.data()["draft"]
    draft = actions.start_entry(by=provider, organization_id=UUID(tanglewick.key_of()), name=new["name"])
    _save(draft.pk, {"description": new["description"]}, provider)


def _save(key: UUID, changes: dict[str, Any], by: Actor) -> int:
    """Save a change to what an entry says now; the version to decide on."""
    number = queries.service_for(by, key).number
    return actions.save_draft(by=by, service_id=key, number=number, changes=changes).version


def _paused(key: UUID, one: dict[str, Any], provider: Actor, editor: Actor, today: date) -> None:
    actions.pause(by=provider, service_id=key, until=today + timedelta(180), reason="Until the summer.")


def _submitted(key: UUID, one: dict[str, Any], provider: Actor, editor: Actor, today: date) -> None:
    version = _save(key, {"description": one["change"]}, provider)
    actions.submit(by=provider, service_id=key, version=version)


def _sent_back(key: UUID, one: dict[str, Any], provider: Actor, editor: Actor, today: date) -> None:
    _submitted(key, one, provider, editor, today)
    actions.send_back(by=editor, service_id=key, reason=one["reason"])


def _scheduled(key: UUID, one: dict[str, Any], provider: Actor, editor: Actor, today: date) -> None:
    _submitted(key, one, provider, editor, today)
    actions.schedule(by=editor, service_id=key, on=today + timedelta(14))


def _archived(key: UUID, one: dict[str, Any], provider: Actor, editor: Actor, today: date) -> None:
    actions.archive(by=editor, service_id=key, reason=one["reason"])


_BECOME: Final[dict[str, Callable[[UUID, dict[str, Any], Actor, Actor, date], None]]] = {
    "paused": _paused,
    "submitted": _submitted,
    "sent_back": _sent_back,
    "scheduled": _scheduled,
    "archived": _archived,
}


def happen_to_services(keys: Sequence[UUID], editor: Actor, today: date) -> None:
    """Change a few of the county's other entries: they lie evenly among all of them."""
    turns = iter(keys[3 :: max(1, len(keys) // 16)])
    for _ in range(2):
        _save(next(turns), {"alert": "We move in the spring. The new address will be here."}, editor)
    for reason in _BACK:
        key = next(turns)
        actions.submit(by=editor, service_id=key, version=_save(key, {"fees": "Ask us."}, editor))
        actions.send_back(by=editor, service_id=key, reason=reason)
    key = next(turns)
    actions.submit(by=editor, service_id=key, version=_save(key, {"fees": "Free in term time."}, editor))
    key = next(turns)
    _save(key, {"alert": "New times from next month."}, editor)
    actions.schedule(by=editor, service_id=key, on=today + timedelta(9))
    for reason, days in _CLOSED:
        actions.pause(by=editor, service_id=next(turns), until=today + timedelta(days), reason=reason)
    for reason in _ENDED:
        actions.archive(by=editor, service_id=next(turns), reason=reason)
