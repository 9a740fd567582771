"""Loading many documents at once: from another system, from a file, or for the demonstration.

Keyed by the document's own id, so loading the same again changes nothing. What somebody is working on here
is never overwritten: it is told and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.db import learn_sizes
from goldenthread.localoffer import permissions, workflow
from goldenthread.localoffer.actions import projecting
from goldenthread.localoffer.actions.publishing import set_checked
from goldenthread.localoffer.actions.recording import user_id
from goldenthread.localoffer.actions.taxonomies import settle_terms
from goldenthread.localoffer.document import Document, Problem, clean, missing, urn_of
from goldenthread.localoffer.enums import Happening, State
from goldenthread.localoffer.leaking import leaks
from goldenthread.localoffer.models import Organization, Service, ServiceEvent, ServiceVersion
from goldenthread.people.rows import insert_rows

BATCH = 500
_STANDS = ("number", "version", "state", "live_number", "checked_on", "due_on")


@dataclass(slots=True)
class LoadReport:
    """What became of each document.

    `problems` has the place in the file (0 for the first) and what was wrong. A document in `left_out` was
    not loaded; any other with a problem was loaded without the part. `ids` has the key of each by its place.
    """

    made: int = 0
    changed: int = 0
    same: int = 0
    left_out: set[int] = field(default_factory=set)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    ids: dict[int, UUID] = field(default_factory=dict)

    def refuse(self, index: int, where: str, message: str) -> None:
        """Leave a document out and say why."""
        self.left_out.add(index)
        self.problems.append((index, Problem(where, message)))


@dataclass(slots=True)
class _Item:
    index: int
    document: Document
    organization: Document
    checked_on: date | None
    last_modified: datetime | None


@transaction.atomic
def load_documents(
    *,
    by: Actor,
    documents: Iterable[Document],
    source: str = "",
    publish: bool = True,
    keep_times: bool = False,
    dry_run: bool = False,
) -> LoadReport:
    """Make or change an entry for each document, all in one transaction.

    A document without a UUID gets one from `source` and its own id, or its name and organisation. Published
    with `checked_on` from `assured_date` (none given: never checked, so overdue), or kept as drafts.
    `keep_times` takes `last_modified` from the document. `dry_run` reports and changes nothing.
    Raises NotPermitted.
    """
    permissions.check_can_approve(by)
    report, numbered = LoadReport(), enumerate(documents)
    for batch in iter(lambda: list(islice(numbered, BATCH)), []):
        _load_batch(_read(batch, source, keep_times, report), by, source, publish, report)
    details = {"made": report.made, "changed": report.changed, "same": report.same, "source": source}
    audit.record(by=by, action="localoffer.loaded", details=details | {"left_out": len(report.left_out)})
    if dry_run:
        transaction.set_rollback(True)
    elif report.made > 1000:
        learn_sizes()
    return report


def _read(
    batch: Sequence[tuple[int, Any]], source: str, keep_times: bool, report: LoadReport
) -> Iterator[_Item]:
    """The documents that can be loaded, clean."""
    for index, raw in batch:
        if not isinstance(raw, dict):
            report.refuse(index, "", "This is no service.")
            continue
        organization = raw.get("organization")
        organization = organization if isinstance(organization, dict) else {}
        key = key_of(raw, organization, source)
        document, problems = clean(raw, key)
        report.problems += [(index, problem) for problem in problems]
        if any(not problem.where or problem.where in {"name", "description"} for problem in problems):
            report.left_out.add(index)
            continue
        lacking = missing(document)
        if lacking or not document.get("organization", {}).get("name"):
            words = [one.message for one in lacking] or ["Say which organisation provides it."]
            report.refuse(index, lacking[0].where if lacking else "organization", " ".join(words))
            continue
        if leaks(document):
            report.refuse(index, "description", "A hidden address stands in words that would be public.")
            continue
        report.ids[index] = key
        yield _Item(index, *_parted(document, keep_times, source))


def key_of(document: Document, organization: Document, source: str) -> UUID:
    """The key of a document: its own if that is a UUID, else one made from where it came from."""
    try:
        return UUID(str(document.get("id")))
    except ValueError:
        own = document.get("id") or f"{organization.get('name', '')}/{document.get('name', '')}".lower()
        return uuid5(NAMESPACE_URL, f"localoffer/{source}/{own}")


def _parted(
    document: Document, keep_times: bool, source: str
) -> tuple[Document, Document, date | None, datetime | None]:
    """The document without what is kept elsewhere, and those parts."""
    organization = document.pop("organization")
    try:
        key = UUID(str(organization.get("id")))
    except ValueError:
        key = uuid5(NAMESPACE_URL, f"localoffer/{source}/organization/{organization['name'].lower()}")
    organization["id"] = str(key)
    checked = document.pop("assured_date", None)
    modified = document.pop("last_modified", None)
    for name in ("organization_id", "status"):
        document.pop(name, None)
    return (
        document,
        organization,
        min(date.fromisoformat(checked), clock.today()) if checked else None,
        _moment(modified) if keep_times else None,
    )


def _moment(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.astimezone()


def _load_batch(items: Iterable[_Item], by: Actor, source: str, publish: bool, report: LoadReport) -> None:
    unique: dict[str, _Item] = {}
    for item in items:
        if item.document["id"] in unique:
            report.refuse(item.index, "id", "Another service in the file has the same key.")
        else:
            unique[item.document["id"]] = item
    if not unique:
        return
    wanted = list(unique.values())
    settle_terms([item.document for item in wanted])
    organizations = _organizations(wanted)
    held = {str(row.pk): row for row in Service.objects.select_for_update(of=("self",)).filter(pk__in=unique)}
    numbers = ServiceVersion.objects.filter(service_id__in=held)
    documents = {(str(one.service_id), one.number): one.document for one in numbers}
    written = []
    for item in wanted:
        service = held.get(item.document["id"])
        before = documents.get((item.document["id"], service.number)) if service else None
        if service is not None and not _may_change(service, item, report):
            continue
        if service is not None and before == item.document and service.checked_on == item.checked_on:
            report.same += 1
            continue
        written.append((_set(service, item, organizations, source, publish), item, service is not None))
    _store(written, by, publish, report)


def _may_change(service: Service, item: _Item, report: LoadReport) -> bool:
    if service.state == State.PUBLISHED:
        return True
    words = {State.ARCHIVED: "It was archived here. Restore it first, or leave it out of the file."}
    report.refuse(
        item.index, "", words.get(State(service.state), "Somebody is changing it here. Finish that first.")
    )
    return False


def _organizations(items: Sequence[_Item]) -> dict[str, Organization]:
    """The organisations of the documents, made or brought up to date; the first mention in a batch counts."""
    wanted: dict[str, Document] = {}
    for item in items:
        wanted.setdefault(item.organization["id"], item.organization)
    held = {str(row.pk): row for row in Organization.objects.filter(pk__in=wanted)}
    new = []
    for key, document in wanted.items():
        rest = {name: part for name, part in document.items() if name not in {"id", "name"}}
        name = document["name"][:255]
        if key in held:
            row = held[key]
            if (row.name, row.document) != (name, {**row.document, **rest}):
                row.name, row.document = name, {**row.document, **rest}
                row.save()
        else:
            held[key] = Organization(id=UUID(key), name=name, document=rest, email=rest.get("email", ""))
            new.append(held[key])
    Organization.objects.bulk_create(new, batch_size=BATCH)
    return held


def _set(
    service: Service | None,
    item: _Item,
    organizations: dict[str, Organization],
    source: str,
    publish: bool,
) -> Service:
    if service is None:
        service = Service(
            id=UUID(item.document["id"]), state=workflow.START, number=0, version=0, source=source
        )
    service.organization = organizations[item.organization["id"]]
    service.name = item.document["name"]
    service.number += 1
    service.version += 1
    service.urn = urn_of(item.document) or service.urn
    if publish:
        service.state = workflow.next_state(service.state, Happening.LOADED)
        service.live_number = service.number
        service.first_published_at = service.first_published_at or item.last_modified or clock.now()
    else:
        service.state = workflow.next_state(service.state, _kind(service, publish))
        if service.is_live:
            return service
    if item.checked_on:
        set_checked(service, item.checked_on)
    elif publish and service.due_on is None:
        service.due_on = clock.today()
    return service


def _kind(service: Service, publish: bool) -> Happening:
    """What happens to an entry that is loaded: a published one that is to be looked at is a draft again."""
    if publish:
        return Happening.LOADED
    return Happening.STARTED if service.state == workflow.START else Happening.SAVED


def _store(
    written: Sequence[tuple[Service, _Item, bool]], by: Actor, publish: bool, report: LoadReport
) -> None:
    now = clock.now()
    insert_rows(Service, [one for one, _, old in written if not old])
    changed = [one for one, _, old in written if old]
    if changed:
        Service.objects.bulk_update(changed, ["organization", "name", "urn", *_STANDS], batch_size=100)
    _record(written, by, publish)
    report.made += len(written) - len(changed)
    report.changed += len(changed)
    if publish:
        pairs = ((one, item.document, item.last_modified or now) for one, item, _ in written)
        projecting.write([projecting.projection_of(*pair) for pair in pairs])


def _record(written: Sequence[tuple[Service, _Item, bool]], by: Actor, publish: bool) -> None:
    """The version and the event of each."""
    said: dict[str, Any] = {"at": clock.now(), "by_id": user_id(by), "by_label": actor_ref(by).label}
    insert_rows(
        ServiceVersion,
        [
            ServiceVersion(service=one, number=one.number, document=item.document, **said)
            for one, item, _ in written
        ],
    )
    kinds = {False: Happening.STARTED, True: Happening.SAVED}
    insert_rows(
        ServiceEvent,
        [
            ServiceEvent(
                service=one,
                kind=Happening.LOADED if publish else kinds[old],
                number=one.number,
                state=one.state,
                **said,
            )
            for one, _, old in written
        ],
    )
