"""Making two entries one, and two again. Nothing is lost: both keep all their versions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.core import audit, clock
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.localoffer import merging, permissions, policies, queries
from goldenthread.localoffer.actions import projecting
from goldenthread.localoffer.actions.deciding import put_away
from goldenthread.localoffer.actions.duplicates import locked_pair
from goldenthread.localoffer.actions.recording import happen, write_version
from goldenthread.localoffer.document import Document, clean
from goldenthread.localoffer.enums import DuplicateState, Happening, State
from goldenthread.localoffer.models import Merge, PossibleDuplicate, Provider, Service
from goldenthread.localoffer.queries import duplicates


@transaction.atomic
def merge_entries(
    *,
    by: Actor,
    pair_id: UUID,
    winner_id: UUID,
    versions: dict[UUID, int],
    taken: Collection[str] = (),
    with_providers: bool = False,
) -> Merge:
    """Make two entries one: the other of the pair is archived, its public address leads to the winner.

    `taken` names the fields (`merging.FIELDS`) that come from the loser; a published winner is published
    with them at once and keeps the day it was checked. `versions`: what each was at when it was compared.
    `with_providers`: who keeps the loser's organisation keeps the winner's too. Raises NotPermitted,
    NotFound, ChangedMeanwhile, NotAllowedNow (one is archived or scheduled), or InvalidInput.
    """
    permissions.check_can_approve(by)
    pair = locked_pair(pair_id)
    winner, loser = _both(pair, winner_id, versions)
    unknown = set(taken) - set(merging.KEYS)
    if unknown:
        raise InvalidInput(f"There is no field {sorted(unknown)[0]}.", "Choose from those on the page.")
    if State.ARCHIVED in {winner.state, loser.state}:
        raise NotAllowedNow("One of the two was archived.", "Restore it first, or leave the two as they are.")
    merge = Merge(winner=winner, loser=loser, taken=sorted(taken), by_label=actor_ref(by).label)
    merge.winner_before, merge.winner_state = winner.number, winner.state
    merge.loser_state, merge.loser_live = loser.state, loser.live_number
    _take(winner, queries.current_document(loser), taken, by)
    merge.winner_after = winner.number
    loser.merged_into = winner
    put_away(loser, Happening.MERGED, by, f"Merged into {winner.name}")
    Service.objects.filter(merged_into=loser).update(merged_into=winner)
    merge.save()
    if with_providers:
        merge.providers.set(_follow(winner, loser))
    _settle_pairs(pair, loser, by)
    details = {"winner": str(winner.pk), "loser": str(loser.pk), "taken": merge.taken}
    audit.record(by=by, action="localoffer.entries_merged", obj=merge, details=details)
    return merge


def _both(pair: PossibleDuplicate, winner_id: UUID, versions: dict[UUID, int]) -> tuple[Service, Service]:
    """Winner and loser, locked in the order of their keys so that two editors cannot block each other."""
    if winner_id not in {pair.first_id, pair.second_id}:
        raise InvalidInput("Choose which of the two stays.", field="winner")
    rows = {key: queries.locked(key) for key in sorted((pair.first_id, pair.second_id))}
    for key, row in rows.items():
        policies.check_version(row, versions.get(key))
    loser_id = pair.second_id if winner_id == pair.first_id else pair.first_id
    return rows[winner_id], rows[loser_id]


def _take(winner: Service, loser: Document, taken: Collection[str], by: Actor) -> None:
    """Put the loser's words on the winner, as a version of its own; publish where it was published."""
    before = queries.current_document(winner)
    document, problems = clean(merging.merged(before, loser, taken), winner.pk)
    if problems:
        raise InvalidInput(problems[0].message, "Choose the other's words for this field.")
    if document != before:
        change_words(winner, document, by)


def change_words(service: Service, document: Document, by: Actor, **details: Any) -> None:
    """Write a version; where the entry was published, so is the version, with the day of its check kept."""
    was_published = service.state == State.PUBLISHED
    service.number += 1
    service.name = document["name"]
    write_version(service, document, by)
    happen(service, Happening.SAVED, by, **details)
    if was_published:
        policies.check_publishable(document)
        service.live_number = service.number
        happen(service, Happening.PUBLISHED, by, **details)
        projecting.write([projecting.projection_of(service, document, clock.now())])


def _follow(winner: Service, loser: Service) -> list[Provider]:
    return [
        Provider.objects.create(user=one.user, organization_id=winner.organization_id)
        for one in duplicates.providers_to_follow(winner, loser)
    ]


def _settle_pairs(pair: PossibleDuplicate, loser: Service, by: Actor) -> None:
    """This pair is merged; other open ones of the loser are nothing to decide any more."""
    pair.state, pair.decided_by = DuplicateState.MERGED, actor_ref(by).label
    pair.save()
    rows = PossibleDuplicate.objects.filter(state=DuplicateState.OPEN)
    rows.filter(first=loser).delete()
    rows.filter(second=loser).delete()


@transaction.atomic
def undo_merge(*, by: Actor, merge_id: UUID) -> Merge:
    """Make them two again: the loser as it was, public if it was, and the winner's words of before.

    What was changed in the winner since stays as it is, and then only the loser comes back. Providers who
    followed no longer keep the winner's entries. Raises NotPermitted, NotFound, or NotAllowedNow.
    """
    permissions.check_can_approve(by)
    merge = Merge.objects.select_for_update(of=("self",)).filter(pk=merge_id).first()
    if merge is None:
        raise NotFound("There is no such merge.", "Open the list of merges and choose there.")
    rows = {key: queries.locked(key) for key in sorted((merge.winner_id, merge.loser_id))}
    winner, loser = rows[merge.winner_id], rows[merge.loser_id]
    if merge.undone_at is not None or loser.merged_into_id is None:
        raise NotAllowedNow("This merge was undone already.", "Open the entry to see where it stands.")
    if merge.winner_after != merge.winner_before and winner.number == merge.winner_after:
        _give_back(winner, merge, by)
    _bring_back(loser, merge, by)
    for one in Merge.objects.filter(winner=loser, undone_at=None):
        Service.objects.filter(pk=one.loser_id).update(merged_into=loser)
    for provider in merge.providers.all():
        provider.delete()
    merge.undone_at, merge.undone_by = clock.now(), actor_ref(by).label
    merge.save()
    _open_again(winner, loser)
    audit.record(by=by, action="localoffer.merge_undone", obj=merge)
    return merge


def _give_back(winner: Service, merge: Merge, by: Actor) -> None:
    if winner.state in {State.ARCHIVED, State.SCHEDULED}:
        return
    change_words(winner, queries.document_of(winner, merge.winner_before), by, undone=str(merge.pk))


def _bring_back(loser: Service, merge: Merge, by: Actor) -> None:
    loser.merged_into = None
    happen(loser, Happening.RESTORED, by, reason="The merge was undone")
    if merge.loser_live is None:
        return
    document = queries.document_of(loser, merge.loser_live)
    policies.check_publishable(document)
    loser.live_number = merge.loser_live
    if loser.number == merge.loser_live:
        happen(loser, Happening.PUBLISHED, by)
    else:
        loser.save()
    projecting.write([projecting.projection_of(loser, document, clock.now())])


def _open_again(winner: Service, loser: Service) -> None:
    first, second = sorted((winner.pk, loser.pk))
    rows = PossibleDuplicate.objects.filter(first_id=first, second_id=second)
    rows.update(state=DuplicateState.OPEN, decided_by="")
