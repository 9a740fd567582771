"""Finding a child or young person from one box: names, identifiers, postcode, date of birth, together.

Every step reads through an index and at most a stated number of rows, so the time does not grow with the
number of people (docs/decisions/0010-name-search.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
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
    fits = {how: _with_words(people, words, how, sharp=_is_sharp(typed)) for how in _worth_asking(words)}
    exact = {how: rows for how, rows in fits.items() if how == EXACT}
    tiers = [(how, _sorted_ids(rows)) for how, rows in exact.items()]
    if not tiers or len(tiers[0][1]) <= MOST:
        tiers += _sorted_tiers({how: rows for how, rows in fits.items() if how != EXACT})
    return _found(tiers, typed, notes)


def _worth_asking(words: Sequence[_Word]) -> list[str]:
    """The ways of fitting by which somebody may be found who is not found by the one before."""
    full = [word for word in words if not word.is_initial]
    asked: list[str] = []
    before: list[frozenset[int]] = []
    for how in (EXACT, BEGINNING, SLIP):
        tokens = [word.tokens(how) for word in full]
        if all(tokens) and (tokens != before or not asked):
            asked.append(how)
            before = tokens
    return asked


def _found(tiers: Sequence[tuple[str, list[UUID]]], typed: Typed, notes: Sequence[str]) -> Found:
    hows: dict[UUID, str] = {}
    for how, ids in tiers:
        for key in ids:
            hows.setdefault(key, how)
    hits = [Hit(key, how) for key, how in hows.items()]
    return Found(tuple(hits[:MOST]), len(hits) > MOST, (*typed.notes, *notes), typed)


_ORDER = ("surname_key", "forename_key", "birth_date", "pk")


def _first_ids(people: QuerySet[Person]) -> QuerySet[Person, Any]:
    kept = people.annotate(kept_id=Coalesce("merged_into_id", "pk"))
    return kept.order_by(*_ORDER).values_list("kept_id", *_ORDER)[: MOST + 1]


def _sorted_ids(people: QuerySet[Person]) -> list[UUID]:
    return list(dict.fromkeys(row[0] for row in _first_ids(people)))


def _sorted_tiers(tiers: dict[str, QuerySet[Person]]) -> list[tuple[str, list[UUID]]]:
    """The same of each of several, in one query."""
    parts, parameters = [], []
    for at, people in enumerate(tiers.values()):
        sql, given = _first_ids(people).query.sql_with_params()
        parts.append(f"SELECT {at} AS tier, part.* FROM ({sql}) AS part")  # noqa: S608 - Django's own SQL
        parameters += list(given)
    if not parts:
        return []
    found: list[list[UUID]] = [[] for _ in parts]
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY 1, 3, 4, 5, 6", parameters)
        for row in cursor.fetchall():
            found[row[0]].append(UUID(str(row[1])))
    return [(how, list(dict.fromkeys(ids))) for how, ids in zip(tiers, found, strict=True)]


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
    """The known words that each typed word may stand for: one query."""
    long = [text for text in texts if len(text) > 1]
    begins: dict[str, dict[str, int]] = {text: {} for text in texts}
    slips: dict[str, set[int]] = {text: set() for text in texts}
    spellings = {text: variants(text) for text in long}
    for is_slip, typed, token, key in _known_words(long, sorted(set().union(*spellings.values()))):
        if not is_slip:
            begins[typed][token] = key
            continue
        for text in long:  # here `typed` is a spelling that may be one slip from both words
            if typed in spellings[text] and one_slip(text, token):
                slips[text].add(key)
    notes = [
        f"Many names begin with “{text}”. Type more letters to be sure that all are found."
        for text in long
        if len(begins[text]) > MOST_BEGINNINGS
    ]
    return [_word(text, begins[text], frozenset(slips[text])) for text in texts], notes


def _word(text: str, begins: dict[str, int], slips: frozenset[int]) -> _Word:
    exact = frozenset(key for token, key in begins.items() if token == text)
    return _Word(text, exact, frozenset(begins.values()) - exact, slips)


def _known_words(texts: Sequence[str], spellings: Sequence[str]) -> list[tuple[int, str, str, int]]:
    """0, typed word, known word and its key for each known word that begins with a typed one; and 1,
    spelling, known word and its key for each known word that one of the spellings may stand for.

    PostgreSQL's index for beginnings serves LIKE; on SQLite it is the range that the plain index serves.
    """
    if not texts:
        return []
    words = connection.ops.quote_name(NameToken._meta.db_table)
    others = connection.ops.quote_name(NameVariant._meta.db_table)
    if connection.vendor == "sqlite":
        condition = "token >= %s AND token < %s"
        values: list[tuple[str, ...]] = [_beginning(text) for text in texts]
    else:
        # A folded word holds letters and digits only: nothing in it means anything to LIKE.
        condition, values = "token LIKE %s", [(f"{text}%",) for text in texts]
    begins = (
        "SELECT * FROM (SELECT 0, CAST(%s AS varchar(80)) AS typed, token, id"  # noqa: S608 - our own names
        f" FROM {words} WHERE {condition} ORDER BY token LIMIT {MOST_BEGINNINGS + 1}) AS part"
    )
    parts = [begins] * len(texts)
    if spellings:
        marks = ", ".join(["%s"] * len(spellings))
        parts.append(
            f"SELECT 1, v.variant, w.token, w.id FROM {others} v"  # noqa: S608 - our own names
            f" JOIN {words} w ON w.id = v.token_id WHERE v.variant IN ({marks})"
        )
    parameters = [value for text, given in zip(texts, values, strict=True) for value in (text, *given)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [*parameters, *spellings])
        return list(cursor.fetchall())


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
