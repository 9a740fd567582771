"""What can be chosen field by field when two entries become one. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from goldenthread.localoffer.document import Document
from goldenthread.localoffer.reading import Line, lines

_OWN: Final = "local_offer."


@dataclass(frozen=True, slots=True)
class Field:
    """One field to choose: the parts of the document that go together, and the lines that tell it."""

    key: str
    label: str
    paths: tuple[str, ...]
    part: str
    labels: tuple[str, ...] = ()

    def tells(self, line: Line) -> bool:
        """Whether a line is about it."""
        return line.part == self.part and (not self.labels or line.label in self.labels)


FIELDS: Final = (
    Field("name", "Name", ("name",), "about", ("Name",)),
    Field("description", "What it does", ("description",), "about", ("What it does",)),
    Field("url", "Website", ("url",), "about", ("Website",)),
    Field("alert", "Notice", ("alert",), "about", ("Notice",)),
    Field("kinds", "Kinds and needs", ("attributes",), "kinds"),
    Field("ages", "Ages", ("minimum_age", "maximum_age"), "who", ("Youngest age", "Oldest age")),
    Field("eligibility", "Who it is for", ("eligibility_description",), "who", ("Who it is for",)),
    Field("referral", "Who may ask for it", (f"{_OWN}referral",), "who", ("Who may ask for it",)),
    Field("how", "How to get it", (f"{_OWN}how_to_get",), "who", ("How to get it",)),
    Field(
        "places",
        "Where it is, and getting in",
        ("service_at_locations", f"{_OWN}hidden_locations", f"{_OWN}is_national", f"{_OWN}urn"),
        "where",
    ),
    Field("times", "When it runs", ("schedules",), "when"),
    Field("cost", "What it costs", ("fees", "cost_options"), "cost"),
    Field("contact", "Contact", ("email", "contacts", "phones"), "contact"),
    Field("questions", "The Local Offer questions", (f"{_OWN}questions",), "questions"),
    Field("notes", "Notes of the editors", (f"{_OWN}notes",), "notes"),
)
KEYS: Final = tuple(one.key for one in FIELDS)


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two entries, as people read it."""

    field: Field
    first: str
    second: str

    @property
    def same(self) -> bool:
        """Whether they say the same."""
        return self.first == self.second


def side_by_side(first: Document, second: Document) -> list[Compared]:
    """The fields that either of the two has, in the order of an entry."""
    texts = [_texts(lines(document)) for document in (first, second)]
    rows = [Compared(one, texts[0].get(one.key, ""), texts[1].get(one.key, "")) for one in FIELDS]
    return [one for one in rows if one.first or one.second]


def _texts(found: list[Line]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for line in found:
        for one in FIELDS:
            if one.tells(line):
                plain = len(one.labels) == 1 or one.key in {"kinds", "notes"}
                texts.setdefault(one.key, []).append(
                    line.text if plain else f"{line.label.rstrip('?')}: {line.text}"
                )
    return {key: "\n".join(words) for key, words in texts.items()}


def merged(winner: Document, loser: Document, taken: Collection[str]) -> Document:
    """The winner with these fields as the loser has them."""
    found = dict(winner)
    own, theirs = dict(winner.get("local_offer", {})), loser.get("local_offer", {})
    for path in (path for one in FIELDS if one.key in taken for path in one.paths):
        if path.startswith(_OWN):
            _take(own, theirs, path.removeprefix(_OWN))
        else:
            _take(found, loser, path)
    found["local_offer"] = own
    return found


def _take(holder: dict[str, Any], other: dict[str, Any], name: str) -> None:
    if name in other:
        holder[name] = other[name]
    else:
        holder.pop(name, None)
