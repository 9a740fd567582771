"""What a register says of a place, read from its file, and how our entry differs from it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from goldenthread.core.refusals import InvalidInput
from goldenthread.localoffer import values
from goldenthread.localoffer.document import Document
from goldenthread.localoffer.likeness import folded
from goldenthread.localoffer.sheet.columns import heading_key
from goldenthread.localoffer.sheet.reading import raw_rows

# What Ofsted's files call the columns that we read, in the order in which they are looked for.
OFSTED: Final = {
    "urn": ("providerurn", "urn", "settingurn", "referencenumber"),
    "name": ("settingname", "providername", "name"),
    "kind": ("providertype", "provisiontype", "typeofprovider"),
    "status": ("providerstatus", "registrationstatus", "status"),
    "street": ("settingaddressline1", "provideraddressline1", "addressline1", "address1", "street"),
    "town": ("settingtown", "providertown", "town"),
    "postcode": ("settingpostcode", "providerpostcode", "postcode"),
    "area": ("localauthority", "providerlocalauthority", "la"),
    "low_age": ("lowage", "minimumage", "youngestage"),
    "high_age": ("highage", "maximumage", "oldestage"),
}
_OPEN: Final = {"", "active", "open", "registered"}
# Ofsted leaves out names and addresses of people who look after children at home.
_LEFT_OUT: Final = {"redacted", "", "null", "not applicable"}


@dataclass(frozen=True, slots=True)
class Listed:
    """One place as a register has it. Empty text and None: the register does not say."""

    urn: str
    name: str = ""
    kind: str = ""
    street: str = ""
    town: str = ""
    postcode: str = ""
    low_age: int | None = None
    high_age: int | None = None
    is_open: bool = True
    is_ours: bool = True

    @property
    def at_home(self) -> bool:
        """Whether it is somebody's home, whose address is not for everybody."""
        return "childminder" in self.kind.lower() or "home childcarer" in self.kind.lower()

    def as_dict(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def read_ofsted(content: bytes, file_name: str, council: str) -> Iterator[Listed]:
    """The places of an Ofsted file of early years and childcare. Raises InvalidInput for any other file.

    `council`: of other councils' places new ones are not told.
    """
    _, lines = raw_rows(content, file_name)
    headings = [heading_key(one) for one in next(lines, [])]
    found = {
        field: next((headings.index(name) for name in names if name in headings), None)
        for field, names in OFSTED.items()
    }
    if found["urn"] is None or found["name"] is None:
        raise InvalidInput(
            "The file has no columns of URNs and names.",
            "Give Ofsted's list of childcare providers as CSV, with its row of headings first.",
            field="file",
        )
    for cells in lines:
        row = {
            field: cells[at].strip() if at is not None and at < len(cells) else ""
            for field, at in found.items()
        }
        if row["urn"]:
            yield _listed(row, council)


def _listed(row: dict[str, str], council: str) -> Listed:
    area = folded(row["area"])
    said = {key: "" if row[key].lower() in _LEFT_OUT else row[key] for key in ("name", "street", "town")}
    code = values.postcode(row["postcode"]) if row["postcode"].lower() not in _LEFT_OUT else ""
    return Listed(
        urn=row["urn"].upper()[:20],
        kind=row["kind"],
        postcode=code,
        low_age=_age(row["low_age"]),
        high_age=_age(row["high_age"]),
        is_open=row["status"].lower() in _OPEN,
        is_ours=not area or folded(council).startswith(area),
        **said,
    )


def _age(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,2}", text) else None


def differences(document: Document, listed: Listed) -> list[list[str]]:
    """Where the entry says something else than the register: what, the entry's words, the register's."""
    found = []
    if listed.name and folded(listed.name) != folded(str(document.get("name", ""))):
        found.append(["Name", str(document.get("name", "")), listed.name])
    ours, theirs = _places(document), _place(listed)
    if listed.postcode and not any(_same_place(one, listed) for one in ours):
        found.append(["Address", "; ".join(", ".join(filter(None, one)) for one in ours), theirs])
    for label, key, age in (
        ("Youngest age", "minimum_age", listed.low_age),
        ("Oldest age", "maximum_age", listed.high_age),
    ):
        if age is not None and document.get(key) != age:
            found.append([label, str(document.get(key, "")), str(age)])
    return found


def _places(document: Document) -> list[tuple[str, str, str]]:
    found = []
    for one in document.get("service_at_locations", []):
        for address in one.get("location", {}).get("addresses", [])[:1]:
            parts = (address.get(name, "") for name in ("address_1", "city", "postal_code"))
            found.append(tuple(str(part) for part in parts))
    return found  # type: ignore[return-value]


def _place(listed: Listed) -> str:
    return ", ".join(filter(None, (listed.street, listed.town, listed.postcode)))


def _same_place(place: tuple[str, str, str], listed: Listed) -> bool:
    street, _, code = place
    same_street = not listed.street or folded(street) == folded(listed.street)
    return code.replace(" ", "").upper() == listed.postcode.replace(" ", "").upper() and same_street


def taken_over(document: Document, listed: Listed) -> dict[str, Any]:
    """The fields of the entry that change where it is made to say what the register says."""
    found: dict[str, Any] = {}
    labels = {one[0] for one in differences(document, listed)}
    if "Name" in labels:
        found["name"] = listed.name
    for label, key, age in (
        ("Youngest age", "minimum_age", listed.low_age),
        ("Oldest age", "maximum_age", listed.high_age),
    ):
        if label in labels:
            found[key] = age
    if "Address" in labels:
        found["service_at_locations"] = _with_address(document, listed)
    return found


def _with_address(document: Document, listed: Listed) -> list[Document]:
    """The places with the first at the register's address; its old position goes."""
    places = [dict(one) for one in document.get("service_at_locations", [])] or [{"location": {}}]
    location = dict(places[0].get("location", {}))
    for name in ("latitude", "longitude"):
        location.pop(name, None)
    before = dict((location.get("addresses") or [{}])[0])
    given = {"address_1": listed.street, "city": listed.town, "postal_code": listed.postcode}
    location["addresses"] = [before | {key: text for key, text in given.items() if text}]
    location.setdefault("location_type", "physical")
    return [places[0] | {"location": location}, *places[1:]]


def new_document(listed: Listed) -> Document:
    """The beginning of an entry for a place of the register. A childminder's home is hidden."""
    found = taken_over({}, listed) | {"local_offer": {"urn": listed.urn}}
    found["name"] = listed.name or f"{listed.kind or 'Place'} {listed.urn}"
    if listed.at_home and "service_at_locations" in found:
        found["service_at_locations"][0]["location"]["id"] = "home"
        found["local_offer"]["hidden_locations"] = ["home"]
    return found
