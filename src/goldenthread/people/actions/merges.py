"""Two records found to be one person: merged, moved back, or said to be two people after all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

from goldenthread.core import clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.people import policies, vocabulary
from goldenthread.people.actions.common import locked, noted, remember
from goldenthread.people.merging import holdings
from goldenthread.people.models import Address, Merge, NotDuplicate, Person, Relationship
from goldenthread.people.permissions import check_can_merge

IDENTIFIERS = ("upn", "uln", "nhs_number")
# Facts that the kept record takes where its own is empty.
TAKEN = (
    *IDENTIFIERS, "middle_names", "preferred_name", "sex", "ethnicity", "first_language",
    "interpreter_language", "accessible_format", "died_on", "postcode",
)  # fmt: skip
OWN = (("people.PersonName", "person"), ("people.Spokesperson", "person"), ("people.Address", "person"))


def merge_people(*, by: Actor, kept_id: UUID, gone_id: UUID, reason: str) -> Merge:
    """Make two records one. Nothing is deleted: what moves is listed, so that `undo_merge` can move it back.

    The kept record's own facts win; where it has none it takes the other's, identifiers among them.
    Raises NotPermitted, NotFound, NotAllowedNow, InvalidInput without a reason.
    """
    with transaction.atomic():
        check_can_merge(by)
        rows = {key: locked(key, by) for key in sorted({kept_id, gone_id})}
        kept, gone = rows[kept_id], rows[gone_id]
        policies.check_merge(kept, gone)
        if not reason.strip():
            raise InvalidInput("Say why these are the same person.", "", "reason")
        moved = _move_all(kept, gone)
        ref = actor_ref(by)
        merge = Merge.objects.create(
            kept=kept, merged=gone, reason=reason.strip(), moved=moved, by_id=ref.id, by_label=ref.label
        )
        for person in (kept, gone):
            remember(person.pk, by, "merge", new=reason.strip())
            noted(by, "person.merged", person, merge=str(merge.pk), kept=str(kept.pk))
        return merge


def _move_all(kept: Person, gone: Person) -> dict[str, Any]:
    """Move everything and tell what was moved, in plain values for the `moved` column."""
    pointed = _ids(Person.objects.filter(merged_into=gone))
    Person.objects.filter(pk__in=pointed).update(merged_into=kept)
    # The merged record keeps its identifiers: the unique indexes look at live records only.
    gone.merged_into, gone.version = kept, gone.version + 1
    gone.save(update_fields=["merged_into", "version", "updated_at"])
    closed = _close_address(kept, gone)
    rows = [_move(label, field, gone.pk, kept.pk) for label, field in OWN]
    rows.append(_move_relationships(kept, gone))
    for holding in holdings():
        rows.append(_move(holding.model_label, holding.field, gone.pk, kept.pk))
    taken = _take_facts(kept, gone)
    vocabulary.index_again([kept.pk, gone.pk])
    return {"rows": [row for row in rows if row["ids"]], "pointed": pointed, "taken": taken, "closed": closed}


def _ids(rows: models.QuerySet[Any]) -> list[str]:
    return [str(key) for key in rows.order_by("pk").values_list("pk", flat=True)]


def _move(
    label: str, field: str, source: UUID, target: UUID, only: Iterable[str] | None = None
) -> dict[str, Any]:
    """Give the rows to another person. Raises NotAllowedNow where the two sets cannot stand together."""
    model = apps.get_model(label)
    rows = model._base_manager.filter(**{field: source})
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    ids = _ids(rows)
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=ids).update(**{field: target})
    except IntegrityError as error:
        raise NotAllowedNow(
            f"Both records have a {model._meta.verbose_name} that cannot stand beside the other's.",
            "Close or correct one of them, then merge.",
        ) from error
    return {"model": label, "field": field, "ids": ids}


def _move_relationships(kept: Person, gone: Person) -> dict[str, Any]:
    """Contacts that both have stay with each: what the kept record says of sharing wins."""
    shared = Relationship.objects.filter(person=kept).values("contact")
    only = _ids(Relationship.objects.filter(person=gone).exclude(contact__in=shared))
    return _move("people.Relationship", "person", gone.pk, kept.pk, only)


def _close_address(kept: Person, gone: Person) -> list[str]:
    """Where the kept record has a present address, the other's becomes a former one."""
    if not Address.objects.filter(person=kept, ends_on=None).exists():
        return []
    today = clock.today()
    open_ = Address.objects.filter(person=gone, ends_on=None)
    ids = _ids(open_)
    rows = Address.objects.filter(pk__in=ids)
    rows.filter(starts_on__gte=today).update(ends_on=F("starts_on"))
    rows.filter(ends_on=None).update(ends_on=today - timedelta(days=1))
    return ids


def _take_facts(kept: Person, gone: Person) -> dict[str, str]:
    """Fill what the kept record lacks. Returns the fields taken, with the values in plain text."""
    taken = {}
    for name in TAKEN:
        theirs = getattr(gone, name)
        if theirs and not getattr(kept, name):
            setattr(kept, name, theirs)
            taken[name] = str(theirs)
    kept.version += 1
    kept.save(update_fields=[*taken, "version", "updated_at"])
    return taken


def undo_merge(*, by: Actor, merge_id: UUID, reason: str) -> Merge:
    """Make them two records again: what was moved goes back, what was added since stays with the kept one.

    Raises NotPermitted, NotFound, NotAllowedNow (undone already; a later merge stands on this one).
    """
    with transaction.atomic():
        check_can_merge(by)
        merge = Merge.objects.select_for_update().filter(pk=merge_id).first()
        if merge is None:
            raise NotFound("There is no such merge.")
        rows = {key: locked(key, by) for key in sorted({merge.kept_id, merge.merged_id})}
        kept, gone = rows[merge.kept_id], rows[merge.merged_id]
        policies.check_undo(merge, kept, gone)
        if not reason.strip():
            raise InvalidInput("Say why these are two people.", "", "reason")
        _move_back(kept, gone, merge.moved)
        merge.undone_at, merge.undone_by = clock.now(), actor_ref(by).label
        merge.save()
        for person in (kept, gone):
            remember(person.pk, by, "merge", old=merge.reason, new=f"Undone: {reason.strip()}")
            noted(by, "person.merge_undone", person, merge=str(merge.pk))
        return merge


def _move_back(kept: Person, gone: Person, moved: dict[str, Any]) -> None:
    for name, value in moved["taken"].items():
        # A fact corrected since the merge is the kept record's own by now.
        if str(getattr(kept, name)) == value:
            setattr(kept, name, None if name in _NULL else "")
    kept.version += 1
    kept.save()
    gone.merged_into, gone.version = None, gone.version + 1
    gone.save()
    Person.objects.filter(pk__in=moved["pointed"], merged_into=kept).update(merged_into=gone)
    for row in moved["rows"]:
        _move(row["model"], row["field"], kept.pk, gone.pk, row["ids"])
    Address.objects.filter(pk__in=moved["closed"]).update(ends_on=None)
    vocabulary.index_again([kept.pk, gone.pk])


_NULL = frozenset({*IDENTIFIERS, "died_on"})


def mark_not_duplicate(*, by: Actor, first_id: UUID, second_id: UUID, reason: str = "") -> NotDuplicate:
    """Two records that look alike are two people: they are not suggested again."""
    with transaction.atomic():
        check_can_merge(by)
        first, second = (locked(key, by) for key in sorted({first_id, second_id}, key=str))
        row, made = NotDuplicate.objects.get_or_create(
            first=first,
            second=second,
            defaults={"by_label": actor_ref(by).label, "reason": reason.strip()},
        )
        if made:
            for person in (first, second):
                noted(by, "person.not_a_duplicate", person)
        return row
