"""One child's or young person's record in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from goldenthread.core.ui.filters import clock_time, long_date, short_date
from goldenthread.core.ui.parts import Link, NavItem, SummaryRow
from goldenthread.core.ui.tables import Column, Row, Table
from goldenthread.core.ui.tags import StatusTags, Tag
from goldenthread.people.enums import NameKind, RelationshipKind, Share, Speaks
from goldenthread.people.models import Address, Person, PersonChange, PersonName, Relationship, Spokesperson
from goldenthread.people.normal import shown_postcode
from goldenthread.people.policies import first_day_of_own_voice
from goldenthread.people.values import IDENTIFIERS, WORDS
from goldenthread.statute.ages import age_on, national_curriculum_year
from goldenthread.statute.codes import codeset
from goldenthread.statute.identifiers import InvalidIdentifier, format_nhs_number, is_temporary_upn

SHARES = StatusTags(
    {
        Share.EVERYTHING: ("Everything", "green"),
        Share.LETTERS: ("Letters and decisions", "teal"),
        Share.NOTHING: ("Nothing: do not contact", "red"),
    }
)
PROTECTED = Tag("Protected address", "orange")


def full_name(person: Person) -> str:
    """Every name, with the preferred one: `Robin James Example (likes Rob)`."""
    names = " ".join(part for part in (person.forename, person.middle_names, person.surname) if part)
    preferred = person.preferred_name
    return f"{names} (likes {preferred})" if preferred and preferred != person.forename else names


def year_group(born: date, on: date) -> str:
    """The national curriculum year of someone taught with their age group, in words."""
    year = national_curriculum_year(born, on)
    if year < 0:
        return "Below reception"
    if year == 0:
        return "Reception"
    return f"Year {year}" if year <= 13 else "Over 18"


def age_words(person: Person, today: date) -> str:
    """`Born 12 March 2015, aged 8, Year 4`."""
    if person.died_on:
        return f"Born {long_date(person.birth_date)}, died {long_date(person.died_on)}"
    age = age_on(person.birth_date, today) if person.birth_date <= today else 0
    return f"Born {long_date(person.birth_date)}, aged {age}, {year_group(person.birth_date, today)}"


def tabs(person: Person, current: str, *, family: bool = False) -> list[NavItem]:
    """The pages of a record; a family is shown who has looked."""
    pages = [
        ("person", "Record"),
        ("person_contacts", "Family and contacts"),
        ("person_changes", "Changes and sources"),
        ("person_looks", "Who has looked"),
    ]
    if family:
        return []
    return [NavItem(text, reverse(name, args=[person.pk]), current=name == current) for name, text in pages]


def identifier_cell(name: str, value: str | None) -> Any:
    """An identifier as people write it, with whether it passes its own check."""
    if not value:
        return None
    shown = format_nhs_number(value) if name == "nhs_number" and len(value) == 10 else value
    try:
        IDENTIFIERS[name](value)
    except InvalidIdentifier:
        return [shown, Tag("Fails its check", "red")]
    if name == "upn" and is_temporary_upn(value):
        return [shown, Tag("Temporary", "yellow")]
    return [shown, Tag("Passes its check", "green")]


def _code_words(name: str, code: str) -> str | None:
    codes = codeset(name)
    return (codes.label(code) if code in codes else code) if code else None


def facts(person: Person) -> list[SummaryRow]:
    """Who this is."""
    return [
        SummaryRow("Name", full_name(person)),
        SummaryRow("Date of birth", long_date(person.birth_date)),
        SummaryRow("Sex", _code_words("sex", person.sex)),
        SummaryRow("Ethnicity", _code_words("ethnicity", person.ethnicity)),
        SummaryRow("First language", person.first_language),
        SummaryRow("Interpreter", person.interpreter_language or "Not needed"),
        SummaryRow("Accessible format", person.accessible_format or "Not needed"),
    ]


def identifiers(person: Person) -> list[SummaryRow]:
    """UPN, ULN and NHS number, and why there is none."""
    rows = [SummaryRow(WORDS[name], identifier_cell(name, getattr(person, name))) for name in IDENTIFIERS]
    if not (person.upn or person.uln):
        rows.append(SummaryRow(WORDS["upn_unknown"], _code_words("upn_unknown", person.upn_unknown)))
    return rows


NAME_COLUMNS = (
    Column("name", "Name"),
    Column("kind", "Kind"),
    Column("until", "Used until"),
    Column("do", "Action"),
)


def names_table(person: Person, names: Iterable[PersonName], *, may_edit: bool) -> Table:
    """Former, preferred and other names."""
    rows = []
    for name in names:
        words = " ".join(part for part in (name.forename, name.surname) if part)
        remove = Link("Remove", reverse("person_name_remove", args=[person.pk, name.pk]), hidden=words)
        cells = {"name": words, "kind": NameKind(name.kind).label, "until": name.until, "do": remove}
        rows.append(Row(cells))
    columns = NAME_COLUMNS if may_edit else NAME_COLUMNS[:-1]
    return Table("Other names", columns, rows, empty="No other names.", id="names", caption_hidden=True)


ADDRESS_COLUMNS = (Column("where", "Address"), Column("since", "Since"), Column("until", "Until"))


def addresses_table(addresses: Iterable[Address]) -> Table:
    """Where the person lives and lived."""
    rows = []
    for address in addresses:
        where: Any = where_words(address.lines, address.town, address.postcode) or "Not known"
        until = "Now" if address.ends_on is None else address.ends_on
        cells = {"where": [where, PROTECTED] if address.protected else where, "since": address.starts_on}
        rows.append(Row({**cells, "until": until}))
    return Table("Addresses", ADDRESS_COLUMNS, rows, empty="No address.", id="addresses", caption_hidden=True)


def where_words(lines: str, town: str, postcode: str) -> str:
    """An address on one line."""
    return ", ".join(part for part in (lines, town, shown_postcode(postcode)) if part)


def contact_card(relationship: Relationship, *, may_edit: bool) -> dict[str, Any]:
    """One adult: who they are, their responsibility, what may be shared, how to reach them."""
    contact = relationship.contact
    where: Any = where_words(contact.address, "", contact.postcode)
    rows = [
        SummaryRow("Parental responsibility", relationship.parental_responsibility),
        SummaryRow("May be shared with them", _share(relationship)),
        SummaryRow("Telephone", contact.phone),
        SummaryRow("Email", contact.email),
        SummaryRow("Address", [where, PROTECTED] if contact.address_protected else where),
    ]
    if contact.interpreter_language:
        rows.append(SummaryRow("Interpreter", contact.interpreter_language))
    if contact.accessible_format:
        rows.append(SummaryRow("Accessible format", contact.accessible_format))
    if relationship.ends_on:
        rows.append(SummaryRow("Contact until", relationship.ends_on))
    return {
        "name": str(contact),
        "kind": RelationshipKind(relationship.kind).label,
        "past": relationship.ends_on is not None,
        "rows": rows,
        "edit": reverse("contact_edit", args=[relationship.pk]) if may_edit else "",
    }


def _share(relationship: Relationship) -> Any:
    tag = SHARES[relationship.share]
    return [tag, relationship.share_reason] if relationship.share_reason else tag


def voice(person: Person, spokespeople: Sequence[Spokesperson], today: date) -> dict[str, Any]:
    """Who speaks for a young person now, and before; or when their own voice begins."""
    first = first_day_of_own_voice(person.birth_date)
    if first > today:
        words = f"The parents make the decisions until compulsory school age ends. From {long_date(first)} "
        return {
            "note": words + "the young person does, unless they lack capacity for it.",
            "rows": [],
            "open": False,
        }
    rows = [_spoke(one) for one in spokespeople]
    note = "" if rows else "Nobody has been recorded. Unless it is, the young person speaks for themself."
    return {"note": note, "rows": rows, "open": True}


def _spoke(one: Spokesperson) -> SummaryRow:
    words = Speaks(one.speaks).label + (f": {one.contact}" if one.contact else "")
    assessed = f"Capacity assessed {long_date(one.capacity_assessed_on)}" if one.capacity_assessed_on else ""
    lines = [words, one.basis, assessed, f"Recorded by {one.recorded_by}"]
    return SummaryRow(f"From {long_date(one.from_date)}", [line for line in lines if line])


def moment(at: datetime) -> str:
    """`5 Mar 2024, 2:05pm`."""
    return f"{short_date(at)}, {clock_time(at)}"


CHANGE_COLUMNS = (
    Column("at", "When"),
    Column("field", "What"),
    Column("old", "Before"),
    Column("new", "After"),
    Column("source", "Source"),
    Column("who", "Who"),
)


def change_rows(changes: Iterable[PersonChange]) -> list[Row]:
    """Changes, each with where the new value came from."""
    return [
        Row(
            {
                "at": moment(change.at),
                "field": WORDS.get(change.field, change.field),
                "old": _value_words(change.field, change.old),
                "new": _value_words(change.field, change.new),
                "source": change.source,
                "who": change.actor_label,
            }
        )
        for change in changes
    ]


def _value_words(field: str, text: str) -> str | date:
    if field in {"sex", "ethnicity", "upn_unknown"}:
        return _code_words(field, text) or ""
    if field in {"birth_date", "died_on"} and text:
        return date.fromisoformat(text)
    return shown_postcode(text) if field == "postcode" else text


_LOOKED = {
    "read.person": "Read the record",
    "read.contacts": "Read family and contacts",
    "read.changes": "Read changes and sources",
    "read.looks": "Read who has looked",
    "read.comparison": "Compared it with another record",
    "person.changed": "Changed the record",
    "person.spokesperson_set": "Recorded who speaks",
}
LOOK_COLUMNS = (
    Column("on", "Day"),
    Column("who", "Who"),
    Column("what", "What they did"),
    Column("times", "Times", numeric=True),
    Column("last", "Last time"),
)


def look_rows(entries: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Who looked at the record or changed it: a row for each person, day and deed."""
    return [
        Row(
            {
                "on": entry["day"],
                "who": entry["actor_label"],
                "what": _LOOKED.get(entry["action"]) or _deed(entry["action"]),
                "times": entry["times"],
                "last": clock_time(entry["last"]),
            }
        )
        for entry in entries
    ]


def _deed(action: str) -> str:
    """`person.address_recorded` as words: `Address recorded`; `read.case` as `Read: case`."""
    room, _, verb = action.partition(".")
    words = verb.replace("_", " ")
    if room == "read":
        return f"Read: {words}"
    return (words if room == "person" else f"{room.replace('_', ' ')} {words}").capitalize()
