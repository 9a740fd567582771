"""Finding services: words read, corrected and matched; filters, counts, order; one page fetched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any, Final
from uuid import UUID

import numpy as np
import numpy.typing as npt

from goldenthread.localoffer.search import memory
from goldenthread.localoffer.search.answers import Found
from goldenthread.localoffer.search.asking import NATIONAL, Asked
from goldenthread.localoffer.search.filtering import facets, filters
from goldenthread.localoffer.search.hits import hits_of
from goldenthread.localoffer.search.marks import NATIONAL as NATIONAL_MARK
from goldenthread.localoffer.search.scoring import Matched, concepts_of, match
from goldenthread.localoffer.search.snapshot import Bits, Floats, Mask, Snapshot, packed, unpacked
from goldenthread.localoffer.search.spelling import corrected
from goldenthread.localoffer.search.words import tokens

NATIONAL_SHOWN: Final = 5
# How far away a service loses half of the quarter of its score that nearness is worth, in metres.
_NEAR: Final = 10_000.0
_NO_PLACE: Final = 0.85
Order = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What answers, before a page of it is fetched."""

    snapshot: Snapshot
    showing_for: str
    matched: Matched | None
    base: Bits
    used: dict[str, Bits]
    local: Mask
    national: Mask
    order: list[Order]

    def groups(self, asked: Asked) -> tuple[Mask, Mask]:
        """Whose pages are turned, and the other group."""
        return (self.national, self.local) if asked.group == NATIONAL else (self.local, self.national)


def find(asked: Asked) -> Found:
    """The services that answer, on the asked page, with counts. Four reads of the database.

    Local services and those for the whole country are found and sorted alike, and listed apart.
    """
    snapshot = memory.current()
    if not snapshot.sorts.alive.any():
        return Found(asked_for=asked.text)
    answer = _answer(snapshot, asked)
    turned, _ = answer.groups(asked)
    total, start = int(np.count_nonzero(turned)), (asked.page - 1) * asked.per_page
    mine = _first(snapshot, turned, answer.order, start + asked.per_page)[start:]
    beside = asked.group != NATIONAL and asked.page == 1
    theirs = _first(snapshot, answer.national, answer.order, NATIONAL_SHOWN) if beside else []
    shown = {hit.id: hit for hit in hits_of([*mine, *theirs], asked.point)}
    return Found(
        hits=tuple(shown[key] for key in mine if key in shown),
        national=tuple(shown[key] for key in theirs if key in shown),
        total=total,
        national_total=int(np.count_nonzero(answer.national)),
        showing_for=answer.showing_for,
        asked_for=asked.text,
        has_all=answer.matched.has_all if answer.matched else True,
        facets=facets(snapshot, asked, answer.base, answer.used),
        page=asked.page,
        pages=max(1, -(-total // asked.per_page)),
    )


def keys(asked: Asked) -> list[UUID]:
    """The keys of all services of the asked group that answer, in order, whatever the page."""
    snapshot = memory.current()
    if not snapshot.sorts.alive.any():
        return []
    answer = _answer(snapshot, asked)
    return _first(snapshot, answer.groups(asked)[0], answer.order, snapshot.size)


def _answer(snapshot: Snapshot, asked: Asked) -> _Answer:
    typed = tokens(asked.text)
    words = typed if asked.exact else corrected(snapshot, typed)
    matched = match(snapshot, concepts_of(words)) if words else None
    distances = snapshot.sorts.distances(asked.point) if asked.point else None
    base = packed(matched.mask if matched else snapshot.sorts.alive)
    used = filters(snapshot, asked, distances)
    left = unpacked(reduce(np.bitwise_and, used.values(), base), snapshot.size)
    national = unpacked(snapshot.marks.get(NATIONAL_MARK, snapshot.nobody), snapshot.size)
    return _Answer(
        snapshot,
        " ".join(words) if words != typed else "",
        matched,
        base,
        used,
        left & ~national,
        left & national,
        _order(snapshot, asked, matched, distances),
    )


def _order(
    snapshot: Snapshot, asked: Asked, matched: Matched | None, distances: Floats | None
) -> list[Order]:
    """By what to sort: least first, the next where two are alike, and at last the key."""
    by_id = snapshot.by_id
    if asked.sort == "name":
        return [snapshot.by_name]
    if asked.sort == "checked":
        return [-snapshot.sorts.checked.astype(np.float64), by_id]
    if distances is not None and (asked.sort == "distance" or matched is None):
        return [distances, by_id]
    if matched is None:
        return [snapshot.by_name]
    scores = matched.scores.astype(np.float64)
    if distances is not None:
        near = 0.75 + 0.25 * np.exp2(-distances / _NEAR)
        scores = scores * np.where(np.isinf(distances), _NO_PLACE, near)
    return [-np.round(scores, 4), by_id]


def _first(snapshot: Snapshot, mask: Mask, order: list[Order], most: int) -> list[UUID]:
    """The keys of the first services by this order."""
    numbers = np.flatnonzero(mask)
    if len(numbers) > most:
        leading = order[0][numbers]
        numbers = numbers[leading <= np.partition(leading, most - 1)[most - 1]]
    ranked = numbers[np.lexsort([one[numbers] for one in reversed(order)])][:most]
    return [key for key in (snapshot.ids[number] for number in ranked.tolist()) if key is not None]
