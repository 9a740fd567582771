"""Giving a return: from the command line, or as an uploaded file that a job loads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.ids import new_id
from goldenthread.core.refusals import InvalidInput, NotAllowedNow
from goldenthread.returns import permissions, queries
from goldenthread.returns.actions.clearing import forget_files, mark_interrupted
from goldenthread.returns.models import UNDER_WAY, ImportRun, ImportState

SUFFIXES = (".xml", ".zip", ".xlsx", ".xlsm", ".csv")
Then = Callable[[ImportRun], object]
LIMIT = 2 * 1024**3  # bytes of an uploaded file; the command line takes files of any size


class Upload(Protocol):
    """An uploaded file, as Django gives it."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterator[bytes]:
        """The content, piece by piece."""
        ...


def begin_import(
    *,
    by: Actor,
    as_of: date,
    file_name: str,
    check_only: bool = False,
    stored_path: str = "",
    corrections_path: str = "",
    run_id: UUID | None = None,
    then: Then | None = None,
) -> ImportRun:
    """Record that a file is to be loaded, or only checked; `then` is called in the same transaction.

    Raises NotPermitted, or NotAllowedNow while another one waits or loads.
    """
    permissions.check_can_import(by)
    mark_interrupted()
    with transaction.atomic():
        if ImportRun.objects.select_for_update().filter(state__in=UNDER_WAY).exists():
            raise NotAllowedNow(
                "Another return is being loaded.", "Wait until it has finished, then try again."
            )
        run = ImportRun.objects.create(
            id=run_id or new_id(),
            file_name=Path(file_name).name[:200],
            stored_path=stored_path,
            corrections_path=corrections_path,
            as_of=as_of,
            check_only=check_only,
            by=None if isinstance(by, str) else by,
            by_label=actor_ref(by).label,
        )
        details = {"as_of": as_of.isoformat(), "check_only": check_only}
        audit.record(by=by, action="return.given", obj=run, details=details)
        if then is not None:
            then(run)
    return run


def give_file(
    *,
    by: Actor,
    as_of: date,
    upload: Upload,
    check_only: bool,
    then: Then,
    corrections: Upload | None = None,
) -> ImportRun:
    """Keep an uploaded file, and a corrected report with it, for the job that `then` puts in the queue.

    Raises NotPermitted, NotAllowedNow, or InvalidInput for a file of a kind or size that is not read.
    """
    permissions.check_can_import(by)
    key = new_id()
    stored = _keep(upload, f"{key}{_suffix(upload)}", "file")
    again = _keep(corrections, f"{key}-corrections.csv", "corrections") if corrections else ""
    try:
        return begin_import(
            by=by,
            as_of=as_of,
            file_name=upload.name or "return",
            check_only=check_only,
            stored_path=stored,
            corrections_path=again,
            run_id=key,
            then=then,
        )
    except BaseException:
        for path in filter(None, (stored, again)):
            (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)
        raise


def give_again(*, by: Actor, run_id: UUID, then: Then) -> ImportRun:
    """Load a file that was checked, with the same corrections: a new run. Raises NotPermitted, NotFound, or
    NotAllowedNow if its file is kept no more."""
    permissions.check_can_import(by)
    checked = queries.run_for(by, run_id)
    root = Path(settings.MEDIA_ROOT)
    if not checked.stored_path or not (root / checked.stored_path).exists():
        raise NotAllowedNow("The file of this load is not kept any more.", "Give the file again.")
    return begin_import(
        by=by,
        as_of=checked.as_of,
        file_name=checked.file_name,
        stored_path=checked.stored_path,
        corrections_path=checked.corrections_path,
        then=lambda new: _hand_over(checked, new, then),
    )


def _hand_over(checked: ImportRun, new: ImportRun, then: Then) -> None:
    """The file goes along: it is cleared away once the new run has loaded it."""
    ImportRun.objects.filter(pk=checked.pk).update(stored_path="", corrections_path="")
    then(new)


def cancel_import(*, by: Actor, run_id: UUID) -> ImportRun:
    """Cancel a load that has not started. Raises NotPermitted, NotFound, or NotAllowedNow once it has."""
    permissions.check_can_import(by)
    queries.run_for(by, run_id)
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state != ImportState.WAITING:
            raise NotAllowedNow("This load has already started.", "Wait until it has finished.")
        run.state, run.finished_at = ImportState.CANCELLED, clock.now()
        forget_files(run)
        run.save()
        audit.record(by=by, action="return.cancelled", obj=run)
    return run


def _suffix(upload: Upload) -> str:
    suffix = Path(upload.name or "").suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidInput(
            f"Files ending in {suffix or 'nothing'} are not read.",
            "Give the XML file, a zip of the COLLECT blade files, or the Excel template.",
            "file",
        )
    return suffix


def _keep(upload: Upload, name: str, field: str) -> str:
    """Copy an uploaded file to where the job finds it; its place below the files folder."""
    if (upload.size or 0) > LIMIT:
        raise InvalidInput(
            "The file is larger than 2 GB.",
            "Ask your administrator to load it with manage import_sen2.",
            field,
        )
    place = Path(settings.MEDIA_ROOT) / "returns" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as stream:
        for piece in upload.chunks():
            stream.write(piece)
    return str(place.relative_to(settings.MEDIA_ROOT))
