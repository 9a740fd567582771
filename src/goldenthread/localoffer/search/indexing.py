"""Writing the index, in the transaction that changes what is public (`published.listen`).

Who changes the index holds the one row of SearchState until the end of the transaction, so changes are
numbered in the order in which others come to see them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from goldenthread.localoffer.models import PublicService, SearchEntry, SearchState, SearchWord
from goldenthread.localoffer.search import drafting, synonyms, words
from goldenthread.localoffer.search.drafting import Draft
from goldenthread.localoffer.search.packing import MOST_WORDS, pack_facts, pack_words
from goldenthread.people.rows import insert_rows, update_rows

BATCH: Final = 500
# So many changes back a process may be and still catch up; one further back reads everything anew.
REMEMBERED: Final = 100
_AT_ONCE: Final = 900


@transaction.atomic
def update(service_ids: Sequence[UUID]) -> None:
    """Bring the index up to date with the public rows of these services, there or gone."""
    state = _locked()
    state.number += 1
    for start in range(0, len(service_ids), BATCH):
        _write(list(dict.fromkeys(service_ids[start : start + BATCH])), state.number)
    _stamp(state, keep=REMEMBERED - 1)


@transaction.atomic
def reindex() -> int:
    """Make the whole index anew; how many services are in it."""
    state = _locked()
    state.number += 1
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    done = 0
    for ids in _batches():
        _write(ids, state.number)
        done += len(ids)
    state.rules = rules()
    _stamp(state, keep=0)
    return done


def after_migrate(**sent: object) -> None:
    """Make the index anew where it is out of date; called when the database has been brought up to date."""
    if is_stale():
        reindex()


def is_stale() -> bool:
    """Whether words are read otherwise now than when the index was made: new synonyms, say."""
    state = SearchState.objects.filter(pk=1).first()
    if state is None:
        return PublicService.objects.exists()
    return state.rules != rules() and PublicService.objects.exists()


def rules() -> str:
    """A digest of how words are read."""
    told = f"{words.VERSION} {synonyms.FILE.read_text(encoding='utf-8')}"
    return hashlib.sha256(told.encode()).hexdigest()


def _locked() -> SearchState:
    SearchState.objects.get_or_create(pk=1, defaults={"rules": rules()})
    return SearchState.objects.select_for_update().get(pk=1)


def _stamp(state: SearchState, keep: int) -> None:
    state.stamp = uuid4().hex
    state.stamps = [*(state.stamps[-keep:] if keep else []), state.stamp]
    state.save()


def _batches() -> Iterator[list[UUID]]:
    ids = list(PublicService.objects.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _write(ids: Sequence[UUID], change: int) -> None:
    made = drafting.drafts(ids)
    keys = _keys({word for draft in made for word in draft.codes})
    held = dict(SearchEntry.objects.filter(service_id__in=ids).values_list("service_id", "number"))
    number = SearchEntry.objects.aggregate(last=Max("number"))["last"] or 0
    new, changed = [], []
    for draft in made:
        if draft.service_id in held:
            changed.append(_entry(draft, held[draft.service_id], keys, change))
        else:
            number += 1
            held[draft.service_id] = number
            new.append(_entry(draft, number, keys, change))
    insert_rows(SearchEntry, new)
    update_rows(SearchEntry, changed, ["name", "words", "facts", "is_gone", "changed_in"])
    gone = set(held) - {draft.service_id for draft in made}
    SearchEntry.objects.filter(service_id__in=gone).update(
        name="", words=b"", facts=b"", is_gone=True, changed_in=change
    )


def _entry(draft: Draft, number: int, keys: dict[str, int], change: int) -> SearchEntry:
    return SearchEntry(
        number=number,
        service_id=draft.service_id,
        name=draft.name,
        words=pack_words({keys[word]: code for word, code in draft.codes.items()}),
        facts=pack_facts(draft.facts),
        changed_in=change,
    )


def _keys(wanted: set[str]) -> dict[str, int]:
    """The keys of these words; new words get the next ones."""
    asked, found = sorted(wanted), dict[str, int]()
    for start in range(0, len(asked), _AT_ONCE):
        rows = SearchWord.objects.filter(word__in=asked[start : start + _AT_ONCE])
        found.update(rows.values_list("word", "id"))
    last = SearchWord.objects.aggregate(last=Max("id"))["last"] or 0
    new = [SearchWord(id=last + at, word=word) for at, word in enumerate(wanted - set(found), start=1)]
    if new and new[-1].id >= MOST_WORDS:
        raise OverflowError("The index has no room for more words: run manage reindex_local_offer.")
    SearchWord.objects.bulk_create(new, batch_size=_AT_ONCE)
    return found | {row.word: row.id for row in new}
