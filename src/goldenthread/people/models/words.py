"""The words of people's names, for search (docs/decisions/0010-name-search.md)."""

from __future__ import annotations

from django.db import models

from goldenthread.people.models.person import Person


class NameToken(models.Model):
    """A word that occurs in somebody's name, once, folded: the vocabulary of name search."""

    token = models.CharField(max_length=80, unique=True)


class NameVariant(models.Model):
    """A name word with one letter left out: how a typed word with a slip finds the right one."""

    variant = models.CharField(max_length=80)
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, related_name="variants", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "token"], name="variant_once")]


class PersonToken(models.Model):
    """That a name word occurs in this person's name (in any order, any kind of name)."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens", db_index=False)
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, db_index=False)

    class Meta:
        # One index for each way round: who has this word, and has this person that word.
        indexes = [models.Index(fields=["person", "token"], name="token_of_person")]
        constraints = [models.UniqueConstraint(fields=["token", "person"], name="person_token")]
