"""The caseload as its page shows it: counted no more often than it must be, and never silently old.

A count is kept with the last line of the audit log from before it began. Every change writes its line in its
own transaction, so a count stands for as long as no later line tells of a change. Then it is counted anew,
except at the size of several councils: there the last count is shown for up to an hour, saying so.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q

from goldenthread.casework.models import CaseloadCount
from goldenthread.casework.queries.caseload import Caseload, caseload
from goldenthread.core import clock
from goldenthread.core.models import AuditEntry, AuditHead

# A count takes about 8 microseconds a plan: more plans than this are not counted for each change.
LIVE_UP_TO = 50_000
OLDEST = timedelta(hours=1)
DAYS_KEPT = 30
# Lines that tell of no case, plan, place, setting or person changed.
_NO_CHANGE = ("read.", "user.", "notice.", "job.", "audit.", "pace.", "caseload.")


@dataclass(frozen=True, slots=True)
class Counted:
    """A caseload and when it was counted. `changed`: something was recorded since, so live rows may differ.

    `seq` and `hash` are the line of the audit log that it was counted after.
    """

    caseload: Caseload
    at: datetime
    seq: int
    hash: str
    changed: bool = False


_kept: OrderedDict[date, Counted] = OrderedDict()


def counted_caseload(on: date, *, afresh: bool = False) -> Counted:
    """The caseload at the end of a day, as live rows have it or marked `changed`. Writes nothing.

    `afresh`: as live rows have it, however long that takes.
    """
    last = _last(on)
    if last is not None:
        if _stands(last):
            return last
        many = last.caseload.plans > LIVE_UP_TO
        if many and not afresh and clock.now() - last.at < OLDEST:
            return replace(last, changed=True)
    found = count(on)
    if found.seq:  # without a line there is nothing to know a change by
        _kept.pop(on, None)
        _kept[on] = found
        while len(_kept) > DAYS_KEPT:
            _kept.popitem(last=False)
    return found


def count(on: date) -> Counted:
    """Count live rows. The line is read first: what is recorded meanwhile counts as a change."""
    head = AuditHead.objects.filter(pk=1).values_list("seq", "hash").first()
    seq, digest = head or (0, "")
    at = clock.now()
    return Counted(caseload(on), at, seq, digest)


def _last(on: date) -> Counted | None:
    """The newer of this process's own count and the stored one."""
    own = _kept.get(on)
    row = CaseloadCount.objects.filter(as_of=on).first()
    if row is None or (own is not None and own.at >= row.counted_at):
        return own
    return Counted(Caseload(**row.figures), row.counted_at, row.seq, row.hash)


def _stands(one: Counted) -> bool:
    """Whether the log holds the line it was counted after, and no later one that tells of a change."""
    no_change = Q()
    for beginning in _NO_CHANGE:
        no_change |= Q(action__startswith=beginning)
    lines = AuditEntry.objects.filter(Q(seq=one.seq) | (Q(seq__gt=one.seq) & ~no_change), seq__gte=one.seq)
    return list(lines.order_by("seq").values_list("seq", "hash")[:2]) == [(one.seq, one.hash)]
