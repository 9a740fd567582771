"""The adults around a child or young person of the county."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from goldenthread.demo import names
from goldenthread.returns.sen2.records import PersonRecord


@dataclass(slots=True)
class ContactDetail:
    """A parent or carer. `kind` is a value of `people.enums.RelationshipKind`."""

    forename: str
    surname: str
    kind: str
    parental_responsibility: bool
    phone: str
    email: str
    language: str = "English"
    interpreter_language: str = ""
    same_address: bool = True


def contacts_of(random: Random, person: PersonRecord, language: str) -> list[ContactDetail]:
    """One or two adults; a few children live with a foster carer, and their mother elsewhere."""
    chance = random.random()
    if chance < 0.05:
        kinds = [("carer", False), ("social_worker", False), ("mother", True)]
    elif chance < 0.45:
        kinds = [("mother", True)]
    elif chance < 0.52:
        kinds = [("father", True)]
    elif chance < 0.55:
        kinds = [("guardian", True)]
    else:
        kinds = [("mother", True), ("father", True)]
    found: list[ContactDetail] = []
    for kind, responsible in kinds:
        given = names.adult(random)
        family = person.surname if kind in ("mother", "father") and random.random() < 0.8 else ""
        family = family or names.surname(random)
        found.append(
            ContactDetail(
                forename=given,
                surname=family,
                kind=kind,
                parental_responsibility=responsible,
                phone=names.mobile(random),
                email=names.email(given, family, int(random.random() * 9000) + 1000),
                language=language if kind != "social_worker" else "English",
                interpreter_language=language if language != "English" and random.random() < 0.3 else "",
                same_address=not found or (len(kinds) == 2 and random.random() < 0.7),
            )
        )
    return found
