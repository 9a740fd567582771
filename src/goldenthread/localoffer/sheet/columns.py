"""The columns of the spreadsheet: each says how a document gives its text, and how text goes into one.

A document here is a whole one, with its `organization` and `assured_date`, as `load_documents` takes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from goldenthread.localoffer import values
from goldenthread.localoffer.document import Document, urn_of
from goldenthread.localoffer.enums import Question, Referral
from goldenthread.localoffer.sheet import lines

# What a cell says to empty what the entry has: an empty cell leaves it as it is.
EMPTIED: Final = "[empty]"
Read = Callable[[Document, str, "Terms"], None]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that there are: by code `kind:nursery` and by name, in small letters."""

    by_word: Mapping[str, Document]

    def find(self, word: str) -> Document:
        """The term of a word. Raises WrongValueError for none."""
        found = self.by_word.get(" ".join(word.lower().split()))
        if found is None:
            raise values.WrongValueError(
                f"“{word[:60]}” is not one of the terms. Write its code as in the download, such as "
                "“kind:short-breaks”."
            )
        return found


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `where` begins the places in a document that it holds, so that what is wrong there is
    told by its heading; one without `read` is only told, and not read in again."""

    label: str
    write: Callable[[Document], str]
    read: Read | None = None
    where: tuple[str, ...] = ()
    editors_only: bool = False
    hint: str = ""

    @property
    def key(self) -> str:
        """The heading as it is compared."""
        return heading_key(self.label)


def heading_key(text: str) -> str:
    """A heading in small letters and digits only."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _holder(document: Document, path: str) -> Document:
    return dict(document.get(path, {})) if path else document


def _field(label: str, field: str, fix: Callable[[str], Any] = str, **more: Any) -> Column:
    """A column of one field, such as `organization.email`."""
    path, _, name = field.rpartition(".")

    def write(document: Document) -> str:
        value = (document.get(path) or {} if path else document).get(name)
        return "" if value is None else str(value)

    def read(document: Document, text: str, _: Terms) -> None:
        holder = _holder(document, path)
        if text:
            holder[name] = fix(text)
        else:
            holder.pop(name, None)
        if path:
            document[path] = holder

    return Column(label, write, read, (field,), **more)


def _many(label: str, write: Callable[[Document], str], put: Callable[[Document, str], None], field: str,
          hint: str) -> Column:  # fmt: skip
    return Column(label, write, lambda document, text, _: put(document, text), (field,), hint=hint)


def _number(fix: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return fix(text)
        except values.WrongValueError:
            raise
        except ValueError:
            raise values.WrongValueError("give a number.") from None

    return read


def _day(text: str) -> str:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise values.WrongValueError("give a date such as 2026-03-31.") from None


def _terms_text(document: Document) -> str:
    terms = (one.get("taxonomy_term", {}) for one in document.get("attributes", []))
    words = (f"{one['taxonomy']}:{one['term']}" for one in terms if one.get("taxonomy") and one.get("term"))
    return "; ".join(words)


def _set_terms(document: Document, text: str, terms: Terms) -> None:
    wanted = [terms.find(word) for word in text.replace("\n", ";").split(";") if word.strip()]
    held = {one.get("taxonomy_term", {}).get("id"): one for one in document.get("attributes", [])}
    document["attributes"] = [held.get(one["id"]) or {"taxonomy_term": one} for one in wanted]


def _referral_text(document: Document) -> str:
    return "; ".join(document.get("local_offer", {}).get("referral", ()))


def _set_referral(document: Document, text: str, _: Terms) -> None:
    words = {one.value: one.value for one in Referral} | {one.label.lower(): one.value for one in Referral}
    found = []
    for word in filter(None, (part.strip().lower() for part in text.split(";"))):
        if word not in words:
            raise values.WrongValueError(f"“{word[:40]}” is not one of {', '.join(Referral.values)}.")
        found.append(words[word])
    document["local_offer"] = _holder(document, "local_offer") | {"referral": found}


def _national_text(document: Document) -> str:
    return "Yes" if document.get("local_offer", {}).get("is_national") else ""


def _set_national(document: Document, text: str, _: Terms) -> None:
    is_national = lines.yes_no(text or "No")
    document["local_offer"] = _holder(document, "local_offer") | {"is_national": is_national}


def _question(question: Question) -> Column:
    def write(document: Document) -> str:
        return str(document.get("local_offer", {}).get("questions", {}).get(question.value, ""))

    def read(document: Document, text: str, _: Terms) -> None:
        own = _holder(document, "local_offer")
        own["questions"] = dict(own.get("questions", {})) | {question.value: text}
        document["local_offer"] = own

    return Column(question.label, write, read, (f"local_offer.questions.{question.value}",))


def _place(label: str, name: str, hint: str = "") -> Column:
    def read(document: Document, text: str, _: Terms) -> None:
        lines.set_place(document, 0, {name: text})

    where = {"postcode": "postal_code", "street": "address_1", "town": "city"}.get(name, name)
    place = f"service_at_locations.0.location.{where}"
    if name in {"street", "town", "postcode"}:
        place = f"service_at_locations.0.location.addresses.0.{where}"
    return Column(label, lambda document: lines.place_parts(document, 0)[name], read, (place,), hint=hint)


def _first(label: str, field: str, name: str) -> Column:
    """A column of the first of several, such as the first contact's name."""

    def write(document: Document) -> str:
        return str((document.get(field) or [{}])[0].get(name, ""))

    def read(document: Document, text: str, _: Terms) -> None:
        held = document.get(field) or []
        first = {key: part for key, part in (held[0] if held else {}).items() if key != name}
        first |= {name: text} if text else {}
        document[field] = [*([first] if set(first) - {"id"} else []), *held[1:]]

    return Column(label, write, read, (f"{field}.0.{name}",))


def _phones_text(document: Document) -> str:
    return "\n".join(lines.plain(one.get("number", "")) for one in document.get("phones", [])[1:])


def _set_phones(document: Document, text: str) -> None:
    rows = [{"number": row.strip()} for row in text.splitlines() if row.strip()]
    held = document.get("phones", [])
    document["phones"] = [*held[:1], *lines.kept(held[1:], rows)]


def _access_text(document: Document) -> str:
    location = (document.get("service_at_locations") or [{}])[0].get("location", {})
    return str((location.get("accessibility") or [{}])[0].get("description", ""))


def _set_access(document: Document, text: str) -> None:
    places = [dict(one) for one in document.get("service_at_locations", [])]
    if not places:
        raise values.WrongValueError("say where it is: there is no place that this is of.")
    location = dict(places[0]["location"])
    held = location.get("accessibility") or [{}]
    first = {key: part for key, part in held[0].items() if key != "description"}
    location["accessibility"] = [*([first | {"description": text}] if text else []), *held[1:]]
    places[0]["location"] = location
    document["service_at_locations"] = places


def _set_urn(document: Document, text: str, _: Terms) -> None:
    if text and not (text.replace("-", "").isalnum() and len(text) <= 20):
        raise values.WrongValueError("give the GIAS or Ofsted number, such as 123456 or EY123456.")
    document["local_offer"] = _holder(document, "local_offer") | {"urn": text.upper()}


COLUMNS: Final = (
    _field("Key", "id", hint="Of an entry that is here. Leave it empty for a new one."),
    Column("State", lambda document: str(document.get("state", ""))),
    _field("Organisation", "organization.name"),
    _field("Organisation key", "organization.id"),
    _field("Organisation email", "organization.email", values.email_address),
    _field("Organisation website", "organization.website", values.web_address),
    _field("Organisation description", "organization.description"),
    Column("URN", urn_of, _set_urn, ("local_offer.urn",), hint="The GIAS or Ofsted number."),
    _field("Name", "name"),
    _field("Description", "description"),
    _field("Website", "url", values.web_address),
    _field("Email", "email", values.email_address),
    _field("Notice", "alert"),
    Column("Kinds and needs", _terms_text, _set_terms, ("attributes",),
           hint="Codes such as kind:nursery; need:ASD, with semicolons between."),
    _field("Youngest age", "minimum_age", _number(values.age)),
    _field("Oldest age", "maximum_age", _number(values.age)),
    _field("Who it is for", "eligibility_description"),
    Column("Who may ask for it", _referral_text, _set_referral, ("local_offer.referral",),
           hint=f"One or more of {', '.join(Referral.values)}, with semicolons between."),
    _field("How to get it", "local_offer.how_to_get"),
    _place("Place", "name"),
    _place("Street", "street"),
    _place("Town", "town"),
    _place("Postcode", "postcode"),
    _place("Hide this address", "hidden", "Yes for a refuge: nobody outside sees it."),
    _many("Other places", lines.others_text, lines.set_others, "service_at_locations",
          "One a line: name | street | town | postcode | Yes if hidden."),
    Column("For the whole country", _national_text, _set_national, ("local_offer.is_national",)),
    _many("Getting in and around", _access_text, _set_access,
          "service_at_locations.0.location.accessibility", "At the first place."),
    _many("When it runs", lines.times_text, lines.set_times, "schedules",
          "One a line: MO,WE | 15:30 | 17:00 | WEEKLY | Term time only."),
    _field("What it costs", "fees"),
    _many("Prices", lines.costs_text, lines.set_costs, "cost_options", "One a line: A session | 4.50."),
    _first("Telephone", "phones", "number"),
    _many("Other telephones", _phones_text, _set_phones, "phones", "One a line."),
    _first("Whom to ask for", "contacts", "name"),
    _first("What they do", "contacts", "title"),
    *(_question(question) for question in Question),
    _field("Notes of the editors", "local_offer.notes", editors_only=True),
    _field("Checked on", "assured_date", _day),
)  # fmt: skip
BY_KEY: Final = {column.key: column for column in COLUMNS}
# Columns that our own reports add; they are passed over when the mended file comes back.
REPORT: Final = ("Row in the file", "What is wrong", "How to mend it")
REPORT_KEYS: Final = frozenset(heading_key(one) for one in REPORT)


def of_place(where: str) -> Column | None:
    """The column that holds a place in a document, such as `cost_options.0.amount`; the longest that fits."""
    found = [
        (len(one), column)
        for column in COLUMNS
        for one in column.where
        if where == one or where.startswith(f"{one}.")
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None
