"""Recording what was really spent and saved, month by month."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, System, actor_ref
from goldenthread.core.refusals import InvalidInput
from goldenthread.planning import permissions
from goldenthread.planning.enums import ActualKind
from goldenthread.planning.models import ActualBatch, ActualFigure
from goldenthread.planning.queries.recovery import actions_of, plan_version
from goldenthread.planning.reading.actuals import ActualRow, read
from goldenthread.planning.reading.table import LARGEST, CellProblem


@dataclass(frozen=True, slots=True)
class ActualsReport:
    """What became of a file: how many rows were taken, how many were the same as before, what is wrong."""

    batch: ActualBatch | None
    taken: int
    same: int
    problems: tuple[CellProblem, ...]


def record_actuals(
    *, by: Actor, content: bytes, file_name: str, source: str, plan_slug: str
) -> ActualsReport:
    """Take the good rows of a file of monthly figures and tell the wrong ones, one by one.

    `plan_slug` is the plan whose actions the savings belong to. Raises NotPermitted, NotFound (no such plan),
    or InvalidInput for a file that is no table.
    """
    permissions.check_can_edit(by)
    if len(content) > LARGEST:
        raise InvalidInput(f"The file is larger than {LARGEST // 1024**2} MB.", field="file")
    record = plan_version(by, plan_slug)
    references = {one.reference for one in actions_of(record)}
    found = read(content, references, clock.today())
    digest = hashlib.sha256(content).hexdigest()
    return _keep(by, found.rows, found.problems, source, plan_slug, Path(file_name).name[:200], digest)


def record_figures(*, by: Actor, rows: Sequence[ActualRow], source: str, plan_slug: str) -> ActualsReport:
    """Take monthly figures that are checked already. Raises NotPermitted or NotFound."""
    permissions.check_can_edit(by)
    plan_version(by, plan_slug)
    return _keep(by, rows, (), source, plan_slug, "", "")


def _keep(
    by: Actor,
    rows: Sequence[ActualRow],
    problems: Sequence[CellProblem],
    source: str,
    plan_slug: str,
    file_name: str,
    digest: str,
) -> ActualsReport:
    if not source.strip():
        raise InvalidInput("Say where the figures come from.", field="source")
    with transaction.atomic():
        fresh = _fresh(rows, plan_slug)
        if not fresh:
            return ActualsReport(None, 0, len(rows), tuple(problems))
        batch = ActualBatch.objects.create(
            source=source.strip()[:300],
            file_name=file_name,
            sha256=digest,
            taken=len(fresh),
            left_out=len({one.row for one in problems}),
            by=None if isinstance(by, System) else by,
            by_label=actor_ref(by).label,
        )
        ActualFigure.objects.bulk_create(
            ActualFigure(
                batch=batch,
                plan_slug=_slug(row, plan_slug),
                kind=row.kind,
                subject=row.subject,
                month=row.month,
                pounds=row.pounds,
                version=version,
            )
            for row, version in fresh
        )
        details = {"taken": len(fresh), "left_out": batch.left_out}
        audit.record(by=by, action="planning.actuals_recorded", obj=batch, details=details)
    return ActualsReport(batch, len(fresh), len(rows) - len(fresh), tuple(problems))


def _fresh(rows: Sequence[ActualRow], plan_slug: str) -> list[tuple[ActualRow, int]]:
    """Rows that say something new, each with the version it gets."""
    keys = ActualFigure.objects.filter(plan_slug__in=("", plan_slug)).order_by()
    newest = keys.values("plan_slug", "kind", "subject", "month").annotate(newest=Max("version"))
    last = {(one["plan_slug"], one["kind"], one["subject"], one["month"]): one["newest"] for one in newest}
    known = {(one.plan_slug, one.kind, one.subject, one.month, one.version): one.pounds for one in keys}
    fresh = []
    for row in rows:
        key = (_slug(row, plan_slug), row.kind.value, row.subject, row.month)
        version = last.get(key, 0)
        if known.get((*key, version)) != row.pounds:
            fresh.append((row, version + 1))
    return fresh


def _slug(row: ActualRow, plan_slug: str) -> str:
    """Spending on a line is the council's, whatever the plan; a saving is of one plan's action."""
    return plan_slug if row.kind == ActualKind.SAVING else ""
