"""Loading a return: start it from a page, run it from a job or the command line, notice that it broke off."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction

from goldenthread.casework.actions import refresh_pace
from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import InvalidInput, NotAllowedNow
from goldenthread.returns import permissions, progress, queries
from goldenthread.returns.findings import Findings
from goldenthread.returns.load import CHUNK, Loader, Row
from goldenthread.returns.mapping import Span
from goldenthread.returns.models import ImportIssue, ImportRun, ImportState
from goldenthread.returns.sen2.issues import FileRefused, Issue
from goldenthread.returns.sen2.read import Reading, open_return
from goldenthread.returns.sen2.records import PersonRecord
from goldenthread.returns.tidy import tidied

log = logging.getLogger(__name__)
SUFFIXES = (".xml", ".zip", ".xlsx", ".ods", ".csv")


class Upload(Protocol):
    """An uploaded file, as Django gives it."""

    name: str

    def chunks(self) -> Iterator[bytes]:
        """The content, piece by piece."""
        ...


class Tell(Protocol):
    """Told how far a load has come."""

    def __call__(self, position: int, total: int, people: int) -> None: ...


def begin_import(*, by: Actor, as_of: date, file_name: str, check_only: bool = False) -> ImportRun:
    """Record that a file is to be loaded. Raises NotPermitted, or NotAllowedNow while another one loads."""
    with transaction.atomic():
        permissions.check_can_import(by)
        mark_interrupted()
        if ImportRun.objects.filter(state__in=queries.RUNNING).exists():
            raise NotAllowedNow(
                "Another return is being loaded.", "Wait until it has finished, then try again."
            )
        run = ImportRun.objects.create(
            file_name=Path(file_name).name[:200],
            as_of=as_of,
            check_only=check_only,
            by=None if isinstance(by, str) else by,
            by_label=actor_ref(by).label,
        )
        audit.record(by=by, action="return.given", obj=run, details={"as_of": as_of.isoformat()})
    return run


def store_upload(*, run: ImportRun, upload: Upload, by: Actor) -> Path:
    """Keep an uploaded file for the job that loads it. Raises InvalidInput for a kind that is not read."""
    permissions.check_can_import(by)
    suffix = Path(upload.name).suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidInput(
            f"Files ending in {suffix or 'nothing'} are not read.",
            "Give the XML file, a zip of the COLLECT blade files, or the Excel template.",
            "file",
        )
    place = Path(settings.MEDIA_ROOT) / "returns" / f"{run.pk}{suffix}"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as stream:
        for piece in upload.chunks():
            stream.write(piece)
    run.stored_path = str(place.relative_to(settings.MEDIA_ROOT))
    run.save(update_fields=["stored_path"])
    return place


def run_import(*, run_id: UUID, path: Path, by: Actor, tell: Tell | None = None) -> ImportRun:
    """Read a file and load it, or only check it; what became of it is on the run that is returned.

    Everything is loaded in one transaction or nothing is (docs/decisions/0011-one-file-one-transaction.md).
    A file that cannot be read, or rows that the database refuses, leave the run `refused` with the reason.
    """
    permissions.check_can_import(by)
    run = ImportRun.objects.get(pk=run_id)
    run.sha256, run.started_at = _sha256(path), clock.now()
    _state(run, ImportState.CHECKING)
    teller = progress.Teller(run.pk, 0)
    try:
        with open_return(path, as_of=run.as_of, name=run.file_name) as reading:
            teller = progress.Teller(run.pk, reading.total_hint or 0)
            _take(run, reading, by, teller, tell)
    except FileRefused as refused:
        _refuse(run, by, refused.message, refused.mend)
    except DatabaseError as error:
        log.error(
            "a return was refused by the database", extra={"run": str(run.pk), "status": type(error).__name__}
        )
        _refuse(
            run,
            by,
            "The database refused a row of this file, so nothing was loaded.",
            "Check the file first (it lists every row with a contradiction), mend it and load it again.",
        )
    finally:
        teller.done()
    return run


def mark_interrupted() -> int:
    """Runs that broke off without a word (the machine stopped, say) are shown as such. Returns how many."""
    marked = 0
    for run in ImportRun.objects.filter(state__in=queries.RUNNING):
        if queries.gone(run):
            run.message = "The load was interrupted. Nothing of this file was loaded."
            run.mend = "Load the same file again."
            run.finished_at = clock.now()
            _state(run, ImportState.INTERRUPTED)
            marked += 1
    return marked


def _take(run: ImportRun, reading: Reading, by: Actor, teller: progress.Teller, tell: Tell | None) -> None:
    run.kind, run.collection_year = reading.kind, reading.year
    run.la_code = reading.header.la_code or ""
    _state(run, ImportState.CHECKING if run.check_only else ImportState.LOADING)

    def say(people: int) -> None:
        teller.tell(reading.position, people)
        if tell is not None:
            tell(reading.position, reading.total_hint or 0, people)

    with Findings(run) as findings:
        if run.check_only:
            counts = _check(reading, findings, say)
            _finish(run, findings, counts, ImportState.CHECKED, by)
        else:
            with transaction.atomic(), audit.gathered():
                counts = _load(run, reading, findings, by, say)
                refresh_pace(by=by, on=clock.today())
                _finish(run, findings, counts, ImportState.LOADED, by)


def _check(reading: Reading, findings: Findings, say: object) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number, (person, found) in enumerate(reading, start=1):
        issues = list(found)
        if person is not None:
            issues += tidied(person, f"person {number}")
        counts["people in the file"] += 1
        counts["people kept" if person is not None else "people refused"] += 1
        findings.add(issues, kept=person is not None)
        say(number)  # type: ignore[operator]
    findings.add(reading.file_issues, kept=True)
    return counts


def _load(run: ImportRun, reading: Reading, findings: Findings, by: Actor, say: object) -> Counter[str]:
    def report(issues: Sequence[Issue], kept: bool) -> None:
        findings.add(issues, kept=kept)

    loader = Loader(run, Span.of(reading.header, run.as_of), by, report)
    numbered = enumerate(reading, start=1)
    while part := list(islice(numbered, CHUNK)):
        rows = []
        for number, (person, found) in part:
            loader.counts["people in the file"] += 1
            if person is None:
                loader.counts["people refused"] += 1
                report(found, False)
            else:
                rows.append(_row(person, number, found))
        loader.chunk(rows)
        say(part[-1][0])  # type: ignore[operator]
    findings.add(reading.file_issues, kept=True)
    return loader.counts


def _row(person: PersonRecord, number: int, found: Sequence[Issue]) -> Row:
    return Row(person, f"person {number}", list(found))


def _finish(run: ImportRun, findings: Findings, counts: Counter[str], state: ImportState, by: Actor) -> None:
    with transaction.atomic():
        ImportIssue.objects.bulk_create(findings.rows(), batch_size=500)
        run.counts = {**counts, "severity": dict(findings.by_severity), "code": dict(findings.by_code)}
        run.finished_at = clock.now()
        _state(run, state)
        details = {name: number for name, number in counts.items() if isinstance(number, int)}
        audit.record(by=by, action=f"return.{state.value}", obj=run, details=details)


def _refuse(run: ImportRun, by: Actor, message: str, mend: str) -> None:
    with transaction.atomic():
        run.message, run.mend, run.finished_at = message, mend, clock.now()
        _state(run, ImportState.REFUSED)
        audit.record(by=by, action="return.refused", obj=run)


def _state(run: ImportRun, state: ImportState) -> None:
    run.state = state
    run.save()


def _sha256(path: Path) -> str:
    if path.is_dir():
        return ""
    with path.open("rb") as stream:
        return _digest(stream)


def _digest(stream: IO[bytes]) -> str:
    summed = hashlib.sha256()
    while piece := stream.read(1 << 20):
        summed.update(piece)
    return summed.hexdigest()
