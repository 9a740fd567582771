"""A process that remembers the index follows what others publish, change, take down and undo."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.db import transaction

from goldenthread.demo.localoffer.generator import documents
from goldenthread.localoffer import actions
from goldenthread.localoffer.models import PublicService, SearchEntry, SearchState
from goldenthread.localoffer.search import finding, indexing, memory
from goldenthread.localoffer.search.asking import Asked
from goldenthread.localoffer.search.snapshot import Snapshot
from tests.factories.localoffer import BY, editor, published
from tests.localoffer.search.asking import names

pytestmark = pytest.mark.django_db


def words_by_service(held: Snapshot) -> dict[Any, dict[str, int]]:
    """Every word with its code, by the key of the service."""
    found: dict[Any, dict[str, int]] = {held.ids[at]: {} for at in np.flatnonzero(held.sorts.alive)}
    for word, key in held.words.items():
        docs, codes = held.postings.of(key)
        for doc, code in zip(docs.tolist(), codes.tolist(), strict=True):
            found[held.ids[doc]][word] = code
    return found


def facts_by_service(held: Snapshot) -> dict[Any, tuple[Any, ...]]:
    """Ages, day checked and places, by the key of the service."""
    sorts = held.sorts
    columns = (sorts.youngest, sorts.oldest, sorts.checked, sorts.name_words)
    return {
        held.ids[at]: (
            *(column[at].item() for column in columns),
            held.names[at],
            sorts.points[sorts.place_of == at].tolist(),
        )
        for at in np.flatnonzero(sorts.alive)
    }


def test_following_changes_leads_where_reading_everything_does() -> None:
    made = list(documents(40, 7))
    actions.load_documents(by=BY, documents=made[:25])
    memory.current()
    actions.load_documents(by=BY, documents=made[25:])
    memory.current()
    actions.load_documents(
        by=BY, documents=[{**made[3], "name": "Zither", "service_at_locations": []}, made[4]]
    )
    who, gone = editor(), PublicService.objects.order_by("id")[5]
    actions.archive(by=who, service_id=gone.pk, reason="It closed.")
    followed = memory.current()
    afresh = memory._followed(memory._EMPTY, SearchState.objects.get())
    assert words_by_service(followed) == words_by_service(afresh)
    assert facts_by_service(followed) == facts_by_service(afresh)
    assert set(facts_by_service(followed)) == set(PublicService.objects.values_list("pk", flat=True))
    assert np.array_equal(followed.counts[: len(afresh.counts)], afresh.counts)
    assert names("zither") == ["Zither"]
    before = [finding.keys(Asked(text=text)) for text in ("autism", "club", "")]
    assert indexing.reindex() == 39
    assert [finding.keys(Asked(text=text)) for text in ("autism", "club", "")] == before


def test_only_what_changed_is_read_and_nothing_where_nothing_did(django_assert_num_queries: Any) -> None:
    published(name="Weaving")
    memory.current()
    with django_assert_num_queries(1):
        memory.current()
    published(name="Knitting")
    with django_assert_num_queries(4):
        memory.current()
    with django_assert_num_queries(4):  # last change, services, places, terms
        finding.find(Asked(text="knitting"))


def test_what_was_undone_is_forgotten() -> None:
    published(name="Weaving")
    assert names("weaving") == ["Weaving"]
    with transaction.atomic():
        published(name="Knitting")
        assert names("knitting") == ["Knitting"]
        transaction.set_rollback(True)
    assert names("knitting", exact=True) == []
    published(name="Crochet")
    assert names("crochet") == ["Crochet"]
    assert names("knitting", exact=True) == []


def test_one_that_comes_back_is_found_again() -> None:
    service = published(name="Weaving")
    who = editor()
    actions.archive(by=who, service_id=service.pk, reason="It closed.")
    assert names("weaving") == []
    actions.restore(by=who, service_id=service.pk)
    actions.publish(by=who, service_id=service.pk)
    assert names("weaving") == ["Weaving"]
    assert SearchEntry.objects.count() == 1


def test_new_rules_for_words_make_the_index_anew_when_the_database_is_brought_up_to_date() -> None:
    published(name="Weaving")
    assert not indexing.is_stale()
    SearchState.objects.update(rules="older")
    SearchEntry.objects.update(words=b"")
    assert indexing.is_stale()
    indexing.after_migrate()
    assert not indexing.is_stale()
    assert names("weaving") == ["Weaving"]


def test_the_command_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    published(name="Weaving")
    SearchState.objects.all().delete()
    assert indexing.is_stale()
    call_command("reindex_local_offer")
    assert "1 services" in capsys.readouterr().out
    assert names("weaving") == ["Weaving"]
