"""Giving an input: read, checked and stored whole as a new version, or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

from django.db import transaction

from goldenthread.core import audit
from goldenthread.core.actors import Actor, System, actor_ref
from goldenthread.core.refusals import InvalidInput
from goldenthread.planning import permissions
from goldenthread.planning.enums import InputKind
from goldenthread.planning.models import InputVersion
from goldenthread.planning.queries.inputs import next_number
from goldenthread.planning.reading import read_input
from goldenthread.planning.reading.table import LARGEST


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
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        newest = InputVersion.objects.select_for_update().filter(kind=kind).order_by("-number").first()
        if newest is not None and newest.sha256 == digest and newest.source == source.strip():
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
