"""The index of the search, alike on both databases (`search.indexing` writes, `search.memory` reads it)."""

from __future__ import annotations

from django.db import models


class SearchState(models.Model):
    """One row: which change of the index was the last. Locked by who changes the index.

    `stamps` are of the last changes, newest last: what a process remembers is right if its own stamp is
    among them, and was undone or is too old if not.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    stamp = models.CharField(max_length=32, blank=True)
    stamps = models.JSONField(default=list)
    rules = models.CharField(max_length=64, blank=True, help_text="Digest of how words were read.")


class SearchWord(models.Model):
    """A word, or a value of a filter, that some entry has or had."""

    id = models.PositiveIntegerField(primary_key=True)
    word = models.CharField(max_length=120, unique=True)


class SearchEntry(models.Model):
    """What the search knows of one published service, packed (`search.packing`).

    One that was taken down keeps its row without words, so that processes which remember it are told.
    """

    number = models.PositiveIntegerField(primary_key=True)
    service_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=255, help_text="Folded, for sorting.")
    words = models.BinaryField()
    facts = models.BinaryField()
    is_gone = models.BooleanField(default=False)
    changed_in = models.PositiveBigIntegerField(db_index=True)
