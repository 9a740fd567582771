"""The words of people's names in the database: which there are, and who has which.

`NameToken` holds each word once, `NameVariant` its spellings with a letter left out, `PersonToken` who
has it (docs/decisions/0010-name-search.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from goldenthread.people.models import NameToken, NameVariant, Person, PersonName, PersonToken
from goldenthread.people.names import all_words, variants
from goldenthread.people.rows import chunks, insert_values


def words_of_person(person: Person, others: Iterable[PersonName] = ()) -> frozenset[str]:
    """Every word that this person may be looked for by, former and other names among them."""
    names = [person.surname, person.forename, person.middle_names, person.preferred_name]
    for other in others:
        names += [other.surname, other.forename]
    return all_words(names)


def token_ids(words: Collection[str]) -> dict[str, int]:
    """The key of each word; words not met before are added with their variants."""
    found = _known(words)
    missing = [word for word in words if word not in found]
    if not missing:
        return found
    # Another writer may add the same word meanwhile: conflicts are ignored and the keys read back.
    insert_values(NameToken, ["token"], [(word,) for word in sorted(missing)], ignore=True)
    added = _known(missing)
    spellings = [(variant, key) for word, key in sorted(added.items()) for variant in sorted(variants(word))]
    insert_values(NameVariant, ["variant", "token"], spellings, ignore=True)
    return found | added


def _known(words: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(words, 500):
        found.update(NameToken.objects.filter(token__in=part).values_list("token", "id"))
    return found


def index_new(words_by_person: Mapping[UUID, frozenset[str]]) -> None:
    """Write the words of people who have none yet."""
    keys = token_ids(frozenset().union(*words_by_person.values()))
    links = [
        (person, token)
        for person, words in words_by_person.items()
        for token in sorted(keys[word] for word in words)
    ]
    insert_values(PersonToken, ["person", "token"], links)


def index_again(people: Collection[UUID]) -> None:
    """Make the words of these people what their names now say. Words nobody has are kept."""
    for part in chunks(people, 500):
        wanted = _wanted(part)
        keys = token_ids(frozenset().union(*wanted.values()))
        now = {(person, keys[word]) for person, words in wanted.items() for word in words}
        before = set(PersonToken.objects.filter(person__in=part).values_list("person_id", "token_id"))
        insert_values(PersonToken, ["person", "token"], sorted(now - before))
        for gone in chunks(sorted(before - now), 100):
            which = Q()
            for person, token in gone:
                which |= Q(person_id=person, token_id=token)
            PersonToken.objects.filter(which).delete()


def _wanted(people: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    others: dict[UUID, list[PersonName]] = {}
    for name in PersonName.objects.filter(person__in=people):
        others.setdefault(name.person_id, []).append(name)
    rows = Person.objects.filter(pk__in=people)
    return {person.pk: words_of_person(person, others.get(person.pk, ())) for person in rows}
