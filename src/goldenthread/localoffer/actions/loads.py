"""Files of services: given, checked, loaded in the background row by row, or left.

A load that broke off goes on where it stopped: each batch is written with how far it is, in one transaction.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, System, actor_ref
from goldenthread.core.db import learn_sizes
from goldenthread.core.refusals import NotAllowedNow, NotFound, Refusal
from goldenthread.localoffer import permissions
from goldenthread.localoffer.actions.duplicates import look_for_duplicates
from goldenthread.localoffer.actions.loading import load_documents
from goldenthread.localoffer.actions.recording import user_id
from goldenthread.localoffer.actions.weighing import SOURCE, Scales, Weighed
from goldenthread.localoffer.enums import LoadState, Outcome
from goldenthread.localoffer.models import Load
from goldenthread.localoffer.packing import packed, unpacked
from goldenthread.localoffer.sheet.reading import Sheet, read_sheet
from goldenthread.localoffer.sheet.rows import Finding

BATCH = 500
MOST_FINDINGS = 20_000
KEEP_FILES = timedelta(days=30)
UNDER_WAY = frozenset({LoadState.CHECKING, LoadState.APPLYING})


@transaction.atomic
def give_file(*, by: Actor, content: bytes, file_name: str, publish: bool = False) -> Load:
    """Keep a file of services to be checked. Raises NotPermitted, or InvalidInput for one that is none."""
    permissions.check_can_approve(by)
    sheet = read_sheet(content, file_name)
    told = {"unknown": sheet.unknown, "not_read": sheet.not_read, "lacking": sheet.lacking}
    load = Load.objects.create(
        file_name=file_name[:200],
        content=zlib.compress(content),
        publish=publish,
        read_as=sheet.read_as,
        rows=len(sheet.rows),
        columns=told,
        by_id=user_id(by),
        by_label=actor_ref(by).label,
    )
    audit.record(by=by, action="localoffer.file_given", obj=load, details={"rows": load.rows})
    return load


def _locked(load_id: UUID, *states: LoadState) -> Load:
    load = Load.objects.select_for_update(of=("self",)).filter(pk=load_id).first()
    if load is None:
        raise NotFound("There is no such file.", "Open the list of files and choose it there.")
    if load.state not in states:
        raise NotAllowedNow(f"This file is {LoadState(load.state).label.lower()}.")
    return load


def check_file(*, by: Actor, load_id: UUID) -> Load:
    """See what a file would do, row by row; changes no entry.

    Raises NotPermitted, NotFound, or NotAllowedNow where it was checked already.
    """
    permissions.check_can_approve(by)
    with transaction.atomic():
        load = _locked(load_id, LoadState.CHECKING)
    scales, tally = Scales(), _Tally()
    for batch in _batches(read_sheet(zlib.decompress(load.content), load.file_name), 0):
        tally.add(scales.weigh(batch))
        _note(load, tally)
    load.state = LoadState.CHECKED
    tally.keep_on(load)
    load.save()
    return load


@transaction.atomic
def start_loading(*, by: Actor, load_id: UUID) -> Load:
    """Decide that a checked file is loaded; `apply_file` does it, in the background.

    Raises NotPermitted, NotFound or NotAllowedNow.
    """
    permissions.check_can_approve(by)
    load = _locked(load_id, LoadState.CHECKED)
    load.state, load.done, load.seen_at = LoadState.APPLYING, 0, None
    load.new = load.changed = load.same = load.refused = 0
    load.findings = load.outcomes = b""
    load.save()
    audit.record(by=by, action="localoffer.file_loading", obj=load, details={"rows": load.rows})
    return load


@transaction.atomic
def leave_file(*, by: Actor, load_id: UUID) -> Load:
    """Put a checked file aside; nothing of it is loaded. Raises NotPermitted, NotFound or NotAllowedNow."""
    permissions.check_can_approve(by)
    load = _locked(load_id, LoadState.CHECKED)
    load.state = LoadState.LEFT
    load.save()
    audit.record(by=by, action="localoffer.file_left", obj=load)
    return load


def apply_file(*, by: Actor, load_id: UUID) -> Load:
    """Load the rows of a file that can be; goes on where an earlier call broke off.

    What each row did is kept, batch by batch. Raises NotPermitted or NotFound; one that ended is left.
    """
    permissions.check_can_approve(by)
    load = Load.objects.filter(pk=load_id).first()
    if load is None:
        raise NotFound("There is no such file.")
    if load.state != LoadState.APPLYING:
        return load
    actor: Actor = load.by or by
    try:
        _apply(load, actor)
    except Refusal as refused:
        load.state, load.problem, load.mend = LoadState.FAILED, refused.message, refused.mend
        load.save(update_fields=["state", "problem", "mend", "updated_at"])
    return load


def _apply(load: Load, by: Actor) -> None:
    sheet = read_sheet(zlib.decompress(load.content), load.file_name)
    scales, tally = Scales(), _Tally.of(load)
    scales.seen = {UUID(one[4]): one[0] for one in tally.outcomes if one[1] != Outcome.REFUSED}
    for batch in _batches(sheet, load.done):
        with transaction.atomic():
            _locked(load.pk, LoadState.APPLYING)
            weighed = scales.weigh(batch)
            _load_batch(by, weighed, load.publish)
            tally.add(weighed)
            _note(load, tally)
    with transaction.atomic():
        _locked(load.pk, LoadState.APPLYING)
        load.state = LoadState.DONE
        tally.keep_on(load)
        load.save()
        counts = {"new": load.new, "changed": load.changed, "same": load.same, "refused": load.refused}
        audit.record(by=by, action="localoffer.file_loaded", obj=load, details=counts)
    if load.new > 1000:
        learn_sizes()
    if load.new or load.changed:
        look_for_duplicates(by=by)


def _load_batch(by: Actor, weighed: list[Weighed], publish: bool) -> None:
    """Load what is new or changed; what the loading itself refuses is told of its row."""
    wanted = [one for one in weighed if one.outcome in {Outcome.NEW, Outcome.CHANGED}]
    if not wanted:
        return
    documents = [one.document for one in wanted]
    report = load_documents(by=by, documents=documents, source=SOURCE, publish=publish)
    for index, problem in report.problems:
        one, refuses = wanted[index], index in report.left_out
        one.findings.append(Finding(one.row, "", "", problem.message, "", refuses))
        if refuses:
            one.outcome = Outcome.REFUSED


def _batches(sheet: Sheet, done: int) -> Iterator[list[Any]]:
    for start in range(done, len(sheet.rows), BATCH):
        yield [(number, sheet.cells(cells)) for number, cells in sheet.rows[start : start + BATCH]]


class _Tally:
    """What the rows so far did."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(Outcome, 0)
        self.findings: list[list[Any]] = []
        self.outcomes: list[list[Any]] = []

    @classmethod
    def of(cls, load: Load) -> _Tally:
        """As it was left on a load that broke off."""
        found = cls()
        found.counts = {one: getattr(load, one.value) for one in Outcome}
        found.findings, found.outcomes = unpacked(load.findings), unpacked(load.outcomes)
        return found

    def add(self, weighed: list[Weighed]) -> None:
        """Count more rows."""
        for one in weighed:
            self.counts[one.outcome] += 1
            self.outcomes.append(one.as_list())
            room = MOST_FINDINGS - len(self.findings)
            self.findings += [finding.as_list() for finding in one.findings[: max(0, room)]]

    def keep_on(self, load: Load) -> None:
        """Put it on the load, which is not saved."""
        load.done = len(self.outcomes)
        load.seen_at = clock.now()
        for outcome, count in self.counts.items():
            setattr(load, outcome.value, count)
        load.findings, load.outcomes = packed(self.findings), packed(self.outcomes)


def _note(load: Load, tally: _Tally) -> None:
    """Say how far it is. While only checking, what was found is kept at the end."""
    if load.state == LoadState.APPLYING:
        tally.keep_on(load)
        load.save()
    else:
        Load.objects.filter(pk=load.pk).update(done=len(tally.outcomes), seen_at=clock.now())


def clear_files(*, by: Actor = System.SCHEDULER) -> int:
    """Empty the files given more than 30 days ago: they may hold hidden addresses. Returns how many."""
    permissions.check_can_approve(by)
    old = Load.objects.filter(created_at__lt=clock.now() - KEEP_FILES).exclude(content=b"")
    old.filter(state__in=[LoadState.CHECKED, *UNDER_WAY]).update(state=LoadState.LEFT)
    return old.update(content=b"", findings=b"")
