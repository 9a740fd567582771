"""Who wants to know when something public changed: the search index, say. Told in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

Listener = Callable[[Sequence[UUID]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have `listener` called with the keys of entries just published, changed or taken down.

    It runs inside the transaction of the change: what it raises undoes the change too.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def tell(service_ids: Sequence[UUID]) -> None:
    """Tell every listener; called by the actions after they wrote the public rows."""
    if service_ids:
        for listener in _listeners:
            listener(service_ids)
