"""Reading a file and loading it, in one transaction, or only checking it."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from goldenthread.casework.actions import count_caseload, count_work, refresh_pace
from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, System
from goldenthread.core.db import learn_sizes
from goldenthread.core.refusals import NotAllowedNow
from goldenthread.returns import permissions, progress
from goldenthread.returns.actions.clearing import forget_files, mark_interrupted
from goldenthread.returns.findings import Findings, report_path
from goldenthread.returns.load import CHUNK, Loader, rows_of
from goldenthread.returns.mapping import Span
from goldenthread.returns.models import UNDER_WAY, ImportIssue, ImportRun, ImportState
from goldenthread.returns.sen2.corrections import Corrections
from goldenthread.returns.sen2.issues import FileRefused
from goldenthread.returns.sen2.read import Reading, open_return

log = logging.getLogger(__name__)
# What the load itself writes is written by this: the person who gave the file is on the run and in the audit
# log, and need not be somebody who works cases.
LOADS = System.IMPORT
# From so many new people on, the database looks afresh at how its tables are filled.
MANY = 500
_WORDS = {
    IntegrityError: (
        "The database refused a row of this file, so nothing was loaded.",
        "Please tell whoever looks after this system: such a row should have been reported.",
    ),
    OperationalError: (
        "The database was busy or did not answer, so nothing was loaded.",
        "Wait a few minutes and load the same file again.",
    ),
    DatabaseError: (
        "The database refused a value of this file, so nothing was loaded.",
        "Please tell whoever looks after this system: such a value should have been reported.",
    ),
}


class Tell(Protocol):
    """Told how far a load has come: read of the file so far, of how much, and how many people."""

    def __call__(self, position: int, total: int, people: int) -> None: ...


def run_import(
    *, run_id: UUID, path: Path, by: Actor, tell: Tell | None = None, corrections: Path | None = None
) -> ImportRun:
    """Read a file and load it, or only check it; what became of it is on the run that is returned.

    Everything is loaded in one transaction or nothing is (docs/decisions/0011-one-file-one-transaction.md).
    A file that cannot be read, or rows that the database refuses, leave the run `refused` with the reason. A
    run that has ended well is left as it is. Raises NotPermitted, or NotAllowedNow while another file loads.
    """
    permissions.check_can_import(by)
    mark_interrupted()
    run = ImportRun.objects.get(pk=run_id)
    if run.state not in (*UNDER_WAY, ImportState.INTERRUPTED):
        return run
    with progress.Teller(run.pk) as teller:
        _take_turn(run)
        try:
            run.sha256 = _sha256(path)
            changes = Corrections.read(corrections) if corrections else None
            with open_return(path, as_of=run.as_of, name=run.file_name, corrections=changes) as reading:
                _take(run, reading, by, teller, tell)
            if run.counts.get("people added", 0) >= MANY:
                learn_sizes()
                count_caseload(by=LOADS)
                count_work(by=LOADS)
        except FileRefused as refused:
            _refuse(run, by, refused.message, refused.mend)
        except DatabaseError as error:
            log.error(
                "a return was refused by the database",
                extra={"run": str(run.pk), "status": type(error).__name__},
            )
            words = next(words for kind, words in _WORDS.items() if isinstance(error, kind))
            _refuse(run, by, *words)
    return run


def _take_turn(run: ImportRun) -> None:
    """Make this the one run at work: the database lets there be only one."""
    run.state, run.running, run.started_at = ImportState.CHECKING, True, clock.now()
    run.message = run.mend = ""
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        raise NotAllowedNow(
            "Another return is being loaded.", "Wait until it has finished, then try again."
        ) from None


def _take(run: ImportRun, reading: Reading, by: Actor, teller: progress.Teller, tell: Tell | None) -> None:
    run.kind, run.collection_year = reading.kind, reading.year
    run.la_code = reading.header.la_code or ""
    if not run.check_only:
        run.state = ImportState.LOADING
    run.save()

    def say(people: int) -> None:
        teller.tell(reading.position, reading.total_hint or 0, people)
        if tell is not None:
            tell(reading.position, reading.total_hint or 0, people)

    with Findings(run) as findings:
        if run.check_only:
            # As it will be loaded, in a transaction that is then taken back: so the figures are true.
            with transaction.atomic():
                with audit.gathered():
                    counts = _load(run, reading, findings, say)
                transaction.set_rollback(True)
            _finish(run, findings, counts, ImportState.CHECKED, by)
        else:
            with transaction.atomic(), audit.gathered():
                counts = _load(run, reading, findings, say)
                if any(number for name, number in counts.items() if name.split()[-1] in {"added", "changed"}):
                    refresh_pace(by=LOADS, on=clock.today())
                _finish(run, findings, counts, ImportState.LOADED, by)
    if run.state == ImportState.LOADED:
        forget_files(run)
        run.save(update_fields=["stored_path", "corrections_path"])


class _Say(Protocol):
    def __call__(self, people: int) -> None: ...


def _load(run: ImportRun, reading: Reading, findings: Findings, say: _Say) -> Counter[str]:
    loader = Loader(run, Span.of(reading.header, run.as_of), LOADS, findings.add)
    numbered = enumerate(reading, start=1)
    while part := list(islice(numbered, CHUNK)):
        for _, (person, found) in part:
            loader.counts["people in the file"] += 1
            if person is None:
                loader.counts["people refused"] += 1
                findings.add(found, False)
        loader.chunk(rows_of(part))
        say(part[-1][0])
    findings.add(reading.file_issues, True)
    findings.sum_up()
    return loader.counts


def _finish(run: ImportRun, findings: Findings, counts: Counter[str], state: ImportState, by: Actor) -> None:
    with transaction.atomic():
        ImportIssue.objects.bulk_create(findings.rows(), batch_size=500)
        run.counts = {**counts, "severity": dict(findings.by_severity), "code": dict(findings.by_code)}
        run.state, run.running, run.finished_at = state, None, clock.now()
        run.save()
        details = {name: number for name, number in counts.items() if number}
        audit.record(by=by, action=f"return.{state.value}", obj=run, details=details)


def _refuse(run: ImportRun, by: Actor, message: str, mend: str) -> None:
    with transaction.atomic():
        run.message, run.mend, run.finished_at = message, mend, clock.now()
        run.state, run.running, run.counts = ImportState.REFUSED, None, {}
        run.save()
        audit.record(by=by, action="return.refused", obj=run)
    # It tells of people who were kept, and nobody was.
    report_path(run.pk).unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
