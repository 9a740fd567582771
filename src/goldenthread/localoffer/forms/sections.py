"""The parts of an entry as forms: each reads its fields of a document and says what it would change.

Repeated rows (places, times, prices) come as numbered fields with empty ones after them, so that the page
works without script; a row whose first fields are emptied goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.core.ui.forms import PlainForm
from goldenthread.localoffer.document import LONGEST, Document
from goldenthread.localoffer.enums import Question, Referral
from goldenthread.localoffer.models import TaxonomyTerm
from goldenthread.localoffer.text import has_markup, printable


class WordsField(forms.CharField):
    """Plain text: says so where HTML was typed, and how long is too long."""

    def __init__(self, longest: int = 5000, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(required=kwargs.pop("required", False), **kwargs)

    def clean(self, value: Any) -> str:
        """The text. Raises ValidationError for HTML and for too many letters."""
        # Before anything reads it: a text of megabytes is only measured.
        if len(value or "") > self.longest:
            raise ValidationError(
                f"{self.label}: {len(value):,} letters are too many. Up to {self.longest:,} fit."
            )
        found = super().clean(printable(value or ""))
        if has_markup(found):
            raise ValidationError(
                f"{self.label}: write plain text without HTML. Leave an empty line between paragraphs."
            )
        return str(found)


def _area(label: str, help_text: str = "", longest: int = 5000, **kwargs: Any) -> WordsField:
    return WordsField(longest, label=label, help_text=help_text, widget=forms.Textarea, **kwargs)


class SectionForm(PlainForm):
    """One part of an entry. `number` is the version that it was opened at."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    plain: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, document: Document, terms: list[TaxonomyTerm], **kwargs: Any) -> None:
        self.document, self.terms = document, terms
        initial = {name: _read(document, field) for name, field in self.plain.items()}
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.add_rows()

    def add_rows(self) -> None:
        """Add the numbered fields of this part."""

    def rows(self) -> dict[str, Any]:
        """The fields of the document that the numbered fields give."""
        return {}

    def changes(self) -> dict[str, Any]:
        """What differs from the document as it was opened, for `actions.save_draft`."""
        wanted: dict[str, Any] = {field: self.cleaned_data[name] for name, field in self.plain.items()}
        wanted = {
            field: None if value in ("", [], {}) else value for field, value in (wanted | self.rows()).items()
        }
        return {field: value for field, value in wanted.items() if value != _read(self.document, field)}

    def looks(self) -> dict[str, dict[str, Any]]:
        """How wide the boxes of times, prices and postcodes are; days stand beside each other."""
        found: dict[str, dict[str, Any]] = {}
        for name in self.fields:
            if name.startswith(("opens_at", "closes_at", "amount", "minimum_age", "maximum_age")):
                found[name] = {"width": 5}
            elif name.startswith(("postal_code", "phone")):
                found[name] = {"width": 20 if name == "phone" else 10}
            elif name.startswith("days"):
                found[name] = {"inline": True, "small": True}
        return found

    def _many(self, name: str) -> list[Document]:
        return list(self.document.get(name, []))

    def _add(self, name: str, field: forms.Field, value: Any) -> None:
        self.fields[name] = field
        self.initial[name] = value


def _read(document: Document, field: str) -> Any:
    holder, _, name = field.rpartition(".")
    return (document.get(holder, {}) if holder else document).get(name)


class AboutForm(SectionForm):
    """What it is."""

    plain = {"name": "name", "description": "description", "url": "url", "alert": "alert"}
    name = WordsField(LONGEST["name"], label="Name", required=True)
    description = _area(
        "What it does", "In plain words. What happens there, and what makes it right for a child.", 20_000
    )
    url = WordsField(500, label="Website")
    alert = WordsField(
        500, label="Notice", help_text="Something to know just now, such as a change of place."
    )


class KindsForm(SectionForm):
    """What kind of service it is, and for which needs."""

    ticked = forms.MultipleChoiceField(
        label="Tick all that fit", required=False, widget=forms.CheckboxSelectMultiple
    )

    def add_rows(self) -> None:
        """Offer the terms."""
        choices = [(str(one.pk), f"{one.taxonomy.name}: {one.name}") for one in self.terms]
        self.fields["ticked"].choices = choices  # type: ignore[attr-defined]
        self.initial["ticked"] = [one["taxonomy_term"]["id"] for one in self._terms()]

    def _terms(self) -> list[Document]:
        return [one for one in self._many("attributes") if "taxonomy_term" in one]

    def rows(self) -> dict[str, Any]:
        """The ticked terms, and those that are not offered here."""
        offered = {str(one.pk): one for one in self.terms}
        ticked = self.cleaned_data["ticked"]
        kept = [
            one for one in self._many("attributes") if _term_id(one) not in offered or _term_id(one) in ticked
        ]
        held = {_term_id(one) for one in kept}
        new = [{"taxonomy_term": {"id": key, "name": offered[key].name}} for key in ticked if key not in held]
        return {"attributes": [*kept, *new]}


def _term_id(attribute: Document) -> str:
    return str(attribute.get("taxonomy_term", {}).get("id", ""))


class WhoForm(SectionForm):
    """Whom it is for and how one gets it."""

    plain = {
        "minimum_age": "minimum_age",
        "maximum_age": "maximum_age",
        "eligibility": "eligibility_description",
        "referral": "local_offer.referral",
        "how_to_get": "local_offer.how_to_get",
    }
    minimum_age = forms.FloatField(label="Youngest age", required=False, min_value=0, max_value=120)
    maximum_age = forms.FloatField(label="Oldest age", required=False, min_value=0, max_value=120)
    eligibility = _area("Who it is for", "Who can use it, and how that is decided.")
    referral = forms.MultipleChoiceField(
        label="Who may ask for it",
        choices=Referral.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    how_to_get = _area("How to get it", "What to do first, and what happens then.")

    def clean(self) -> dict[str, Any]:
        """Ages in order."""
        data = super().clean() or {}
        low, high = data.get("minimum_age"), data.get("maximum_age")
        if low is not None and high is not None and low > high:
            self.add_error("maximum_age", "The oldest age is below the youngest")
        return data


class CostForm(SectionForm):
    """What it costs."""

    plain = {"fees": "fees"}
    fees = _area(
        "What it costs", 'Say "Free" if it is. Say which help there is for those who cannot pay.', 2000
    )

    def add_rows(self) -> None:
        """A row for each price, and one more."""
        for number, one in enumerate([*self._many("cost_options"), {}], start=1):
            self._add(
                f"option{number}", WordsField(200, label=f"Price {number}: for what"), one.get("option", "")
            )
            money = forms.FloatField(
                label=f"Price {number}: pounds", required=False, min_value=0, max_value=99999
            )
            self._add(f"amount{number}", money, one.get("amount"))

    def rows(self) -> dict[str, Any]:
        """The prices."""
        found = []
        for number, one in enumerate([*self._many("cost_options"), {}], start=1):
            option, amount = self.cleaned_data[f"option{number}"], self.cleaned_data[f"amount{number}"]
            if option or amount is not None:
                rest = {key: part for key, part in one.items() if key not in {"option", "amount"}}
                new = {"option": option} if option else {}
                found.append(rest | new | ({} if amount is None else {"amount": amount}))
        return {"cost_options": found}


class ContactForm(SectionForm):
    """Whom to ask."""

    plain = {"email": "email"}
    email = forms.EmailField(label="Email", required=False)
    phone = WordsField(40, label="Telephone")
    person = WordsField(200, label="Whom to ask for")
    title = WordsField(200, label="What they do")

    def add_rows(self) -> None:
        """The first contact and telephone."""
        contact, phone = self._first("contacts"), self._first("phones")
        self.initial["person"] = contact.get("name", "")
        self.initial["title"] = contact.get("title", "")
        self.initial["phone"] = phone.get("number", "")

    def _first(self, name: str) -> Document:
        return dict((self._many(name) or [{}])[0])

    def rows(self) -> dict[str, Any]:
        """The first contact and telephone as they are now, and all others as they were."""
        data = self.cleaned_data
        contact = self._first("contacts") | {"name": data["person"], "title": data["title"]}
        contact = {key: part for key, part in contact.items() if part}
        phone = self._first("phones") | {"number": data["phone"]} if data["phone"] else {}
        return {
            "contacts": [*([contact] if set(contact) - {"id"} else []), *self._many("contacts")[1:]],
            "phones": [*([phone] if phone else []), *self._many("phones")[1:]],
        }


class QuestionsForm(SectionForm):
    """The seven questions."""

    def add_rows(self) -> None:
        """One field a question."""
        answers = self.document.get("local_offer", {}).get("questions", {})
        for question in Question:
            self._add(question.value, _area(question.label), answers.get(question.value, ""))

    def rows(self) -> dict[str, Any]:
        """The answers given."""
        answers = {one.value: self.cleaned_data[one.value] for one in Question}
        return {"local_offer.questions": {key: text for key, text in answers.items() if text}}


class NotesForm(SectionForm):
    """What editors keep for themselves."""

    plain = {"notes": "local_offer.notes"}
    notes = _area("Notes", "Only editors see these.")
