"""Where a service is: its places, which of them are hidden, and how one gets in and around."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from django import forms

from goldenthread.localoffer.document import Document
from goldenthread.localoffer.forms.sections import SectionForm, WordsField
from goldenthread.localoffer.projection import hidden_keys

_PARTS: Final = (("address_1", "street", 200), ("city", "town", 100), ("postal_code", "postcode", 12))


class WhereForm(SectionForm):
    """The places; one more than there are, to add to."""

    plain = {"national": "local_offer.is_national"}
    national = forms.BooleanField(
        label="It is for people anywhere in the country", required=False, help_text="Such as a helpline."
    )

    def add_rows(self) -> None:
        """A row for each place, and one more."""
        hidden = hidden_keys(self.document)
        for number, one in enumerate([*self._places(), {}], start=1):
            location = one.get("location", {})
            address = (location.get("addresses") or [{}])[0]
            name = WordsField(200, label=f"Place {number}: name")
            self._add(f"name{number}", name, location.get("name", ""))
            for key, label, longest in _PARTS:
                field = WordsField(longest, label=f"Place {number}: {label}")
                self._add(f"{key}{number}", field, address.get(key, ""))
            hide = forms.BooleanField(
                label=f"Place {number}: hide this address",
                required=False,
                help_text="For a refuge. Nobody outside sees it: no page, no search, no feed.",
            )
            self._add(f"hide{number}", hide, location.get("id", "") in hidden or one.get("id", "") in hidden)

    def _places(self) -> list[Document]:
        return self._many("service_at_locations")

    def rows(self) -> dict[str, Any]:
        """The places, and the keys of the hidden ones."""
        found, hidden = [], []
        for number, one in enumerate([*self._places(), {}], start=1):
            new = {key: self.cleaned_data[f"{key}{number}"] for key, _, _ in _PARTS}
            name = self.cleaned_data[f"name{number}"]
            if not name and not any(new.values()):
                continue
            place = _with_address(one, name, new)
            found.append(place)
            if self.cleaned_data[f"hide{number}"]:
                hidden.append(place["location"]["id"])
        return {
            "service_at_locations": found,
            "local_offer.hidden_locations": hidden,
            "local_offer.is_national": self.cleaned_data["national"] or None,
        }


def _with_address(place: Document, name: str, address: Document) -> Document:
    """The place with this name and first address. Where the postcode changed, its old position goes."""
    location = dict(place.get("location", {"id": str(uuid4()), "location_type": "physical"}))
    before = dict((location.get("addresses") or [{}])[0])
    location.pop("name", None)
    if name:
        location["name"] = name
    given = {key: part for key, part in address.items() if part}
    if before.get("postal_code", "") != address["postal_code"]:
        location.pop("latitude", None)
        location.pop("longitude", None)
    rest = {key: part for key, part in before.items() if key not in address}
    if given:
        location["addresses"] = [rest | given, *location.get("addresses", [])[1:]]
    else:
        location.pop("addresses", None)
    return place | {"location": location}


class AccessForm(SectionForm):
    """Getting in and around, place by place."""

    def add_rows(self) -> None:
        """One text a place."""
        for number, one in enumerate(self._many("service_at_locations"), start=1):
            name = one["location"].get("name") or f"place {number}"
            words = WordsField(
                2000,
                label=f"Getting in and around: {name}",
                widget=forms.Textarea,
                help_text="Steps, ramps, lifts, changing places, quiet rooms, hearing loops, parking.",
            )
            features = one["location"].get("accessibility") or [{}]
            self._add(f"access{number}", words, features[0].get("description", ""))

    def rows(self) -> dict[str, Any]:
        """The places with what was said of each."""
        found = []
        for number, one in enumerate(self._many("service_at_locations"), start=1):
            text, location = self.cleaned_data[f"access{number}"], dict(one["location"])
            features = list(location.pop("accessibility", []))
            if text:
                features[:1] = [(features[0] if features else {}) | {"description": text}]
            else:
                features = features[1:]
            found.append(one | {"location": location | ({"accessibility": features} if features else {})})
        return {"service_at_locations": found}
