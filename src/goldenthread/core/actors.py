"""Who does something: a signed-in user, or the system by a name of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from goldenthread.core.models import User


class System(StrEnum):
    """The parts of the system that act without a person."""

    IMPORT = "SEN2 import"
    SETTINGS_IMPORT = "settings import"
    SCHEDULER = "scheduler"
    DEMONSTRATION = "demonstration county"
    COMMAND = "command line"
    VISITOR = "member of the public"


Actor = Union["User", System]


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as written on audit and event rows: no foreign key, so it outlives the user."""

    kind: str
    id: str
    label: str


def actor_ref(by: Actor) -> ActorRef:
    """The reference to write for `by`. Raises ValueError for a user who is not signed in."""
    if isinstance(by, System):
        return ActorRef("system", by.name.lower(), by.value)
    if not by.is_authenticated:
        raise ValueError("an action needs a signed-in user or a named system actor")
    return ActorRef("user", str(by.pk), by.name)
