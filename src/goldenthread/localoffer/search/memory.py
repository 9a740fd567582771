"""What a process remembers of the index, and how it keeps up with what other processes change.

Every search asks the database for the number and stamp of the last change (one row). If it is the one that
is remembered, nothing more is read; if it came after, only what changed since; else everything. A change that
was undone is noticed by its stamp.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import numpy as np

from goldenthread.localoffer.models import SearchEntry, SearchState, SearchWord
from goldenthread.localoffer.search.packing import unpack_facts
from goldenthread.localoffer.search.postings import Postings
from goldenthread.localoffer.search.snapshot import Snapshot, Sorts

_COLUMNS: Final = ("number", "service_id", "name", "words", "facts", "is_gone")
_EMPTY: Final = Snapshot(0, "", {}, Postings.empty(), Sorts.empty(), [], [])
_lock = threading.Lock()
_remembered: list[Snapshot] = [_EMPTY]


def current() -> Snapshot:
    """The index as it stands in the database now."""
    held = _remembered[0]
    last = SearchState.objects.filter(pk=1).values_list("number", "stamp").first()
    number, stamp = last or (0, "")
    if (held.number, held.stamp) == (number, stamp):
        return held
    with _lock:
        return _catch_up()


def _catch_up() -> Snapshot:
    state = SearchState.objects.filter(pk=1).first()
    held = _remembered[0]
    if state is None:
        found = _EMPTY
    elif (held.number, held.stamp) == (state.number, state.stamp):
        return held
    else:
        found = _followed(held, state) if _is_part_of(held, state) else _followed(_EMPTY, state)
    _remembered[0] = found
    return found


def _is_part_of(held: Snapshot, state: SearchState) -> bool:
    """Whether what is held came before this state, so that following the changes since leads to it."""
    back = state.number - held.number
    return 0 < back < len(state.stamps) and state.stamps[-1 - back] == held.stamp


def _followed(held: Snapshot, state: SearchState) -> Snapshot:
    """What is held with every change up to this state; later changes may be in it, and are applied again."""
    rows = SearchEntry.objects.filter(changed_in__gt=held.number).order_by("number")
    changed = list(rows.values_list(*_COLUMNS))
    words = SearchWord.objects.filter(pk__gt=max(held.words.values(), default=0))
    known = held.words | dict(words.values_list("word", "id"))
    size = max(len(held.ids), changed[-1][0] + 1 if changed else 0)
    ids, names = list(held.ids), list(held.names)
    _resize(ids, names, size)
    gone = np.zeros(size, bool)
    gone[[row[0] for row in changed]] = True
    for number, service_id, name, *_ in changed:
        ids[number], names[number] = service_id, name
    live = [row for row in changed if not row[5]]
    postings = held.postings.changed(gone, [row[0] for row in live], [bytes(row[3]) for row in live])
    return Snapshot(state.number, state.stamp, known, postings, _sorts(held, gone, live), ids, names)


def _resize(ids: list[UUID | None], names: list[str], size: int) -> None:
    ids.extend([None] * (size - len(ids)))
    names.extend([""] * (size - len(names)))


def _sorts(held: Snapshot, gone: Any, live: Sequence[tuple[Any, ...]]) -> Sorts:
    heads, points = unpack_facts(bytes(row[4]) for row in live)
    return held.sorts.changed(gone, [row[0] for row in live], heads, points)
