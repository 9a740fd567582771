"""Finding a child or young person from one box: names, identifiers, postcode, date of birth, together.

Every step reads through an index and at most a stated number of rows, so the time does not grow with the
number of people (docs/decisions/0010-name-search.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.people.models import NameToken, NameVariant, Person, PersonToken
from goldenthread.people.names import one_slip, variants
from goldenthread.people.queries.typed import Typed, read
from goldenthread.people.queries.visible import visible_to

MOST = 1_000
# No more rows than this are read for one name word before sorting.
BROAD = 10_000
MOST_BEGINNINGS = 300
EXACT, BEGINNING, SLIP = "exact", "beginning", "slip"


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody found, and how: `exact`, by the `beginning` of a name, or with a `slip` in the spelling."""

    person_id: UUID
    how: str = EXACT


@dataclass(frozen=True, slots=True)
class Found:
    """Everyone found, best first. `more`: there are others beyond the most that are listed."""

    hits: tuple[Hit, ...]
    more: bool = False
    notes: tuple[str, ...] = ()
    asked: Typed = field(default_factory=Typed)

    def page(self, start: int, count: int) -> list[tuple[Hit, Person]]:
        """Some of them with their records, in order: one query."""
        part = self.hits[start : start + count]
        rows = Person.objects.in_bulk([hit.person_id for hit in part])
        return [(hit, rows[hit.person_id]) for hit in part if hit.person_id in rows]


def search(text: str, *, by: Actor) -> Found:
    """Whoever fits all that was typed and whom `by` may see. Merged records lead to the one kept.

    At most 1,000, exact names before beginnings before slips, each by surname, forename, birth date.
    """
    typed = read(text, today=clock.today())
    if typed.is_empty:
        return Found((), notes=typed.notes, asked=typed)
    people = _narrowed(visible_to(by), typed)
    if typed.words:
        return _by_words(people, typed)
    ids = _sorted_ids(people)
    return _found([(EXACT, ids)], typed, ())


def _narrowed(people: QuerySet[Person], typed: Typed) -> QuerySet[Person]:
    """Everything typed except names, as conditions that an index answers."""
    if typed.upn:
        people = people.filter(upn=typed.upn)
    if typed.number:
        people = people.filter(Q(uln=typed.number) | Q(nhs_number=typed.number))
    if typed.postcode:
        people = people.filter(postcode=typed.postcode)
    if typed.outward:
        # Bounds of letters and digits alone: every collation puts them in the same order.
        people = people.filter(postcode__range=(f"{typed.outward}0AA", f"{typed.outward}9ZZ"))
    if typed.born:
        people = people.filter(birth_date=typed.born)
    if typed.born_year:
        first, last = date(typed.born_year, 1, 1), date(typed.born_year, 12, 31)
        people = people.filter(birth_date__range=(first, last))
    return people


def _is_sharp(typed: Typed) -> bool:
    """Whether something typed beside the names leaves few people, so that names only need checking."""
    return bool(typed.upn or typed.number or typed.postcode or typed.born)


def _beginning(text: str) -> tuple[str, str]:
    return text, text + "\U0010ffff"


@dataclass(frozen=True, slots=True)
class _Word:
    """A typed word and the known words that it may stand for. An `initial` is looked up on the person."""

    text: str
    exact: frozenset[int]
    begins: frozenset[int]
    slips: frozenset[int]

    def tokens(self, how: str) -> frozenset[int]:
        if how == EXACT:
            return self.exact
        return self.exact | self.begins if how == BEGINNING else self.exact | self.begins | self.slips

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1


def _by_words(people: QuerySet[Person], typed: Typed) -> Found:
    words, notes = _look_up(typed.words)
    if all(word.is_initial for word in words) and not _is_sharp(typed):
        return Found((), notes=(*typed.notes, "Type at least two letters of a name."), asked=typed)
    words = _rarest_first(words, sharp=_is_sharp(typed))
    tiers: list[tuple[str, list[UUID]]] = []
    for how in (EXACT, BEGINNING, SLIP):
        if all(word.is_initial or word.tokens(how) for word in words):
            tiers.append((how, _sorted_ids(_with_words(people, words, how, sharp=_is_sharp(typed)))))
            if len(tiers[-1][1]) > MOST:
                break
    return _found(tiers, typed, notes)


def _found(tiers: Sequence[tuple[str, list[UUID]]], typed: Typed, notes: Sequence[str]) -> Found:
    hows: dict[UUID, str] = {}
    for how, ids in tiers:
        for key in ids:
            hows.setdefault(key, how)
    hits = [Hit(key, how) for key, how in hows.items()]
    return Found(tuple(hits[:MOST]), len(hits) > MOST, (*typed.notes, *notes), typed)


def _sorted_ids(people: QuerySet[Person]) -> list[UUID]:
    kept = people.annotate(kept_id=Coalesce("merged_into_id", "pk"))
    ordered = kept.order_by("surname_key", "forename_key", "birth_date", "pk")
    return list(dict.fromkeys(ordered.values_list("kept_id", flat=True)[: MOST + 1]))


def _with_words(
    people: QuerySet[Person], words: Sequence[_Word], how: str, *, sharp: bool
) -> QuerySet[Person]:
    """People in whose names every word occurs. The first word leads unless something sharper does."""
    full = [word for word in words if not word.is_initial]
    for word in words:
        if word.is_initial:
            names = PersonToken.objects.filter(person=OuterRef("pk"), token__token__startswith=word.text)
            people = people.filter(Exists(names))
    if sharp or not full:
        for word in full:
            people = people.filter(Exists(_checked(word, how, "pk")))
        return people
    leading = _holding(full[0], how)
    for word in full[1:]:
        leading = leading.filter(Exists(_checked(word, how, "person")))
    if people.query.where:
        # Before the limit: what is left out for other reasons must not crowd out what fits.
        leading = leading.filter(Exists(people.filter(pk=OuterRef("person"))))
    return Person.objects.filter(pk__in=leading.values("person")[: BROAD + 1])


def _holding(word: _Word, how: str) -> QuerySet[PersonToken]:
    return PersonToken.objects.filter(token__in=sorted(word.tokens(how)))


def _checked(word: _Word, how: str, outer: str) -> QuerySet[PersonToken]:
    """Whether the person of the outer query has the word.

    Adding nought keeps the key out of the index, so that a person's few words are read once and compared
    with the list, not the index once for each of perhaps 300 words in it.
    """
    plain = PersonToken.objects.filter(person=OuterRef(outer)).annotate(key=F("token_id") + 0)
    return plain.filter(key__in=sorted(word.tokens(how)))


def _look_up(texts: Sequence[str]) -> tuple[list[_Word], list[str]]:
    """The known words that each typed word may stand for: two queries."""
    long = [text for text in texts if len(text) > 1]
    begins: dict[str, dict[str, int]] = {text: {} for text in texts}
    notes = []
    if long:
        for part in _beginning_with(long):
            begins[part[0]][part[1]] = part[2]
    for text in long:
        if len(begins[text]) > MOST_BEGINNINGS:
            notes.append(f"Many names begin with “{text}”. Type more letters to be sure that all are found.")
    slips = _slips(long)
    return [_word(text, begins[text], slips.get(text, frozenset())) for text in texts], notes


def _word(text: str, begins: dict[str, int], slips: frozenset[int]) -> _Word:
    exact = frozenset(key for token, key in begins.items() if token == text)
    return _Word(text, exact, frozenset(begins.values()) - exact, slips)


def _beginning_with(texts: Sequence[str]) -> list[tuple[str, str, int]]:
    """Typed word, known word, its key; for each typed word, the known words that begin with it.

    PostgreSQL's index for beginnings serves LIKE; on SQLite it is the range that the plain index serves.
    """
    table = connection.ops.quote_name(NameToken._meta.db_table)
    if connection.vendor == "sqlite":
        condition = "token >= %s AND token < %s"
        values: list[tuple[str, ...]] = [_beginning(text) for text in texts]
    else:
        # A folded word holds letters and digits only: nothing in it means anything to LIKE.
        condition, values = "token LIKE %s", [(f"{text}%",) for text in texts]
    part = (
        "SELECT * FROM (SELECT CAST(%s AS varchar(80)) AS typed, token, id"  # noqa: S608 - our own names
        f" FROM {table} WHERE {condition} ORDER BY token LIMIT {MOST_BEGINNINGS + 1}) AS part"
    )
    parameters = [value for text, given in zip(texts, values, strict=True) for value in (text, *given)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([part] * len(texts)), parameters)
        return list(cursor.fetchall())


def _slips(texts: Sequence[str]) -> dict[str, frozenset[int]]:
    """For each typed word, the known words one slip away."""
    by_text = {text: variants(text) for text in texts}
    every = sorted(set().union(*by_text.values()))
    if not every:
        return {}
    rows = NameVariant.objects.filter(variant__in=every).values_list("variant", "token_id", "token__token")
    found: dict[str, set[int]] = {text: set() for text in texts}
    for variant, key, token in rows:
        for text, spellings in by_text.items():
            if variant in spellings and one_slip(text, token):
                found[text].add(key)
    return {text: frozenset(keys) for text, keys in found.items()}


def _rarest_first(words: Sequence[_Word], *, sharp: bool) -> list[_Word]:
    """The words, the one that fewest people have first: it leads the search. One query."""
    full = [word for word in words if not word.is_initial and word.tokens(SLIP)]
    if sharp or len(full) < 2:
        return list(words)
    counts = [_holding(word, SLIP).order_by()[: BROAD + 1].values("pk") for word in full]
    parts, parameters = [], []
    for rows in counts:
        sql, given = rows.query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS part)")  # noqa: S608 - Django's own SQL
        parameters += list(given)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        sizes = dict(zip((word.text for word in full), cursor.fetchone(), strict=True))
    return sorted(words, key=lambda word: sizes.get(word.text, 0))
