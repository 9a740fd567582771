"""Giving an input: read, checked and stored whole as a new version, or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor, System, actor_ref
from goldenthread.core.refusals import InvalidInput
from goldenthread.forecast.published import PublishedError, read_panel
from goldenthread.planning import permissions
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import InputVersion
from goldenthread.planning.queries.inputs import next_number
from goldenthread.planning.reading import read_input
from goldenthread.planning.reading.dfe import as_content
from goldenthread.planning.reading.table import LARGEST, Read


def store_input(
    *,
    by: Actor,
    kind: InputKind,
    content: bytes,
    file_name: str,
    source: str,
    assumed: bool = False,
) -> InputVersion:
    """Store a file as the newest version of its kind; runs made with older ones keep theirs.

    A file whose very content is in force already is not stored twice: the version in force is returned.
    Raises NotPermitted, or InvalidInput with every wrong cell (nothing is stored then).
    """
    permissions.check_can_edit(by)
    if not source.strip():
        raise InvalidInput("Say where the figures come from.", field="source")
    if len(content) > LARGEST:
        raise InvalidInput(f"The file is larger than {LARGEST // 1024**2} MB.", field="file")
    read = read_input(kind, content)
    return _keep(by, kind, read, hashlib.sha256(content).hexdigest(), file_name, source, assumed)


def import_dfe(*, by: Actor, folder: Path, source: str, council: str = "") -> InputVersion:
    """Store DfE's tables of every local authority, from a folder of its releases, as the newest version.

    `council` is DfE's code of the council whose figures stand for this one's; this council's own by default,
    where the tables have it. Raises NotPermitted, or InvalidInput with the file, the row and the cell that
    cannot be right (nothing is stored then).
    """
    permissions.check_can_edit(by)
    if not source.strip():
        raise InvalidInput("Say where the figures come from.", field="source")
    try:
        panel = read_panel(_checked(folder))
    except PublishedError as error:
        raise InvalidInput(f"{error} Nothing was stored.", field="folder") from error
    if council and council not in panel.codes:
        raise InvalidInput(
            f"There is no local authority {council} in these tables.",
            "Give DfE's three figures, such as 937.",
            field="council",
        )
    content = as_content(panel)
    digest = hashlib.sha256(json.dumps(content).encode()).hexdigest()
    own = settings.COUNCIL_LA_CODE if settings.COUNCIL_LA_CODE in panel.codes else ""
    about = {
        "councils": len(panel.codes),
        "first_year": panel.years[0],
        "last_year": panel.years[-1],
        "council": council or own,
    }
    read = Read(len(panel.codes) * len(panel.years), about, content)
    return _keep(by, InputKind.DFE, read, digest, folder.name, source, assumed=False)


def _checked(folder: Path) -> Path:
    if not folder.is_dir():
        raise InvalidInput(f"There is no folder {folder.name}.", "Give the folder with DfE's tables.")
    return folder


def _keep(
    by: Actor, kind: InputKind, read: Read, digest: str, file_name: str, source: str, assumed: bool
) -> InputVersion:
    with transaction.atomic():
        newest = InputVersion.objects.select_for_update().filter(kind=kind).order_by("-number").first()
        same = newest is not None and (newest.sha256, newest.source, newest.about) == (
            digest,
            source.strip()[:300],
            read.about,
        )
        if newest is not None and same:
            return newest
        version = InputVersion.objects.create(
            kind=kind,
            number=next_number(kind),
            source=source.strip()[:300],
            file_name=Path(file_name).name[:200],
            sha256=digest,
            rows=read.rows,
            about=read.about,
            assumed=assumed,
            content=gzip.compress(json.dumps(read.content).encode(), mtime=0),
            by=None if isinstance(by, System) else by,
            by_label=actor_ref(by).label,
        )
        details = {"kind": kind.value, "number": version.number, "rows": read.rows}
        audit.record(by=by, action="planning.input_stored", obj=version, details=details)
    return version
