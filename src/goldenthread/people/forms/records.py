"""Forms of one child's or young person's record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from goldenthread.core import clock
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.ui.fields import DateField
from goldenthread.core.ui.forms import PlainForm
from goldenthread.people.actions import (
    ContactFacts,
    NewAddress,
    NewSpokesperson,
    OtherName,
    RelationshipFacts,
)
from goldenthread.people.enums import NameKind, RelationshipKind, Share, Speaks
from goldenthread.people.models import Contact, Person, Relationship
from goldenthread.people.normal import shown_postcode
from goldenthread.people.values import IDENTIFIERS, checked
from goldenthread.statute.codes import codeset

UNKNOWN = [("", "Not known")]


def _text(
    label: str, length: int, *, required: bool = False, hint: str = "", width: str = "20"
) -> forms.CharField:
    widget = forms.TextInput(attrs={"data-width": width, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=required, help_text=hint, widget=widget)


class SearchForm(PlainForm):
    """One box for whatever is known of somebody."""

    q = forms.CharField(
        label="What do you know about them?",
        required=False,
        max_length=200,
        help_text="Any of: name, date of birth, postcode, UPN, ULN, NHS number. "
        "For example: robin example 12/3/2015",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class CheckedForm(PlainForm):
    """A form whose fields of a person's record are checked as the action checks them."""

    def clean(self) -> dict[str, Any]:
        """Put the checked forms of the values in place, or the reason beside the field."""
        cleaned = super().clean() or {}
        for name in [name for name in (*IDENTIFIERS, "postcode") if cleaned.get(name)]:
            try:
                cleaned |= checked({name: cleaned[name]})
            except InvalidInput as wrong:
                self.add_error(name, wrong.message)
        return cleaned


class PersonForm(CheckedForm):
    """Facts of a child or young person. With `person`, the form changes that record."""

    surname = _text("Surname", 80, required=True)
    forename = _text("Forename", 80, required=True)
    middle_names = _text("Middle names", 120)
    preferred_name = _text("Preferred name", 80, hint="What they like to be called, if not their forename.")
    birth_date = DateField(label="Date of birth", help_text="For example, 12 3 2015")
    sex = forms.ChoiceField(label="Sex", required=False)
    ethnicity = forms.ChoiceField(label="Ethnicity", required=False)
    upn = _text("UPN", 20, hint="Unique pupil number: a letter and 12 digits.")
    uln = _text("ULN", 20, hint="Unique learner number, from age 14: 10 digits.")
    nhs_number = _text("NHS number", 20, hint="10 digits, for example on a letter from the NHS.")
    upn_unknown = forms.ChoiceField(label="Why there is no UPN or ULN", required=False)
    first_language = _text("First language", 60)
    interpreter_language = _text("Interpreter needed in", 60, hint="Leave empty if none is needed.")
    accessible_format = _text("Accessible format", 60, hint="Such as large print or easy read.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    CODED = ("sex", "ethnicity", "upn_unknown")
    sections: tuple[tuple[str, tuple[str, ...]], ...] = (
        (
            "Who they are",
            ("forename", "surname", "middle_names", "preferred_name", "birth_date", "sex", "ethnicity"),
        ),
        ("Numbers", ("upn", "uln", "nhs_number", "upn_unknown")),
        ("Language and format", ("first_language", "interpreter_language", "accessible_format")),
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        if person is not None:
            kwargs["initial"] = {
                name: getattr(person, name) for name in self.base_fields if hasattr(person, name)
            }
        super().__init__(*args, **kwargs)
        for name in self.CODED:
            field: Any = self.fields[name]
            field.choices = [*UNKNOWN, *codeset(name).choices()]
        born: Any = self.fields["birth_date"]
        born.latest = clock.today()
        if person is not None:
            self.sections = (*self.sections, ("Source", ("source",)))
            self.fields["source"] = _text(
                "Where you learned this", 100, hint="For example, birth certificate or the parent's letter."
            )

    def values(self) -> dict[str, Any]:
        """The facts by field name."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "source"}}


class NewPersonForm(PersonForm):
    """A child or young person to be added, with where they live."""

    lines = _text("Address", 250)
    town = _text("Town", 80)
    postcode = _text("Postcode", 10, width="10")
    address_from = DateField(label="Living there since", required=False)
    sections = (*PersonForm.sections, ("Where they live", ("lines", "town", "postcode", "address_from")))
    different = forms.BooleanField(
        label="I have looked at these records: this is somebody else",
        required=False,
        widget=forms.HiddenInput,
    )

    def ask_if_different(self) -> None:
        """Show the box by which staff say that nobody in the record is this person."""
        self.fields["different"].widget = forms.CheckboxInput()


class NameForm(PlainForm):
    """A former, preferred or other name."""

    kind = forms.ChoiceField(
        label="What kind of name is this?", choices=NameKind.choices, widget=forms.RadioSelect
    )
    surname = _text("Surname", 80)
    forename = _text("Forename", 80)
    until = DateField(label="Used until", required=False)

    def name(self) -> OtherName:
        """The name as the action takes it."""
        given = self.cleaned_data
        return OtherName(NameKind(given["kind"]), given["surname"], given["forename"], given["until"])


class AddressForm(CheckedForm):
    """Where somebody lives now."""

    lines = _text("Address", 250, hint="House and street")
    town = _text("Town", 80)
    postcode = _text("Postcode", 10, width="10", hint="ZZ99 3VZ for someone with no fixed home")
    from_date = DateField(label="Living there since")
    protected = forms.BooleanField(
        label="This address is protected",
        help_text="It is never shown outside casework, and to no other parent.",
        required=False,
    )

    def address(self) -> NewAddress:
        """The address as the action takes it."""
        return NewAddress(**self.cleaned_data)


class ContactForm(CheckedForm):
    """An adult, what they are to the child or young person, and what may be shared with them."""

    forename = _text("Forename", 80, required=True)
    surname = _text("Surname", 80, required=True)
    kind = forms.ChoiceField(label="Who they are", choices=[("", "Choose one"), *RelationshipKind.choices])
    parental_responsibility = forms.BooleanField(label="Has parental responsibility", required=False)
    share = forms.ChoiceField(
        label="What may be shared with them?", choices=Share.choices, widget=forms.RadioSelect
    )
    share_reason = _text("Reason", 250, hint="Needed where nothing may be shared, such as a court order.")
    email = forms.EmailField(
        label="Email address",
        required=False,
        error_messages={"invalid": "Enter an email address in full, like name@example.com"},
        widget=forms.EmailInput(attrs={"data-width": "20", "autocomplete": "off"}),
    )
    phone = _text("Telephone", 40)
    address = _text("Address", 250)
    postcode = _text("Postcode", 10, width="10")
    address_protected = forms.BooleanField(
        label="Their address is protected",
        help_text="It is never shown outside casework, and to no other parent.",
        required=False,
    )
    language = _text("First language", 60)
    interpreter_language = _text("Interpreter needed in", 60, hint="Leave empty if none is needed.")
    accessible_format = _text("Accessible format", 60, hint="Such as large print or easy read.")
    starts_on = DateField(label="Contact since", required=False)
    ends_on = DateField(label="Contact until", required=False, help_text="Leave empty while they are one.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    same = forms.BooleanField(
        label="They are the same person: use the details in the record",
        required=False,
        widget=forms.HiddenInput,
    )
    sections = (
        ("Who they are", ("forename", "surname", "kind", "parental_responsibility")),
        ("What may be shared", ("share", "share_reason")),
        ("How to reach them", ("email", "same", "phone", "address", "postcode", "address_protected")),
        ("Language and format", ("language", "interpreter_language", "accessible_format")),
        ("How long", ("starts_on", "ends_on")),
    )
    _CONTACT = tuple(ContactFacts.__dataclass_fields__)
    _RELATIONSHIP = tuple(RelationshipFacts.__dataclass_fields__)

    def __init__(self, *args: Any, relationship: Relationship | None = None, **kwargs: Any) -> None:
        if relationship is not None:
            kwargs["initial"] = self._known(relationship)
        super().__init__(*args, **kwargs)

    def _known(self, relationship: Relationship) -> dict[str, Any]:
        contact: Contact = relationship.contact
        known = {name: getattr(contact, name) for name in self._CONTACT}
        known |= {name: getattr(relationship, name) for name in self._RELATIONSHIP}
        return known | {"postcode": shown_postcode(contact.postcode), "version": contact.version}

    def ask_if_same(self) -> None:
        """Show the box by which staff say that the contact is in the record already."""
        self.fields["same"].widget = forms.CheckboxInput()

    def contact(self) -> ContactFacts:
        """The adult as the action takes them."""
        return ContactFacts(**{name: self.cleaned_data[name] for name in self._CONTACT})

    def relationship(self) -> RelationshipFacts:
        """The relationship as the action takes it."""
        given = {name: self.cleaned_data[name] for name in self._RELATIONSHIP}
        return RelationshipFacts(
            **{**given, "kind": RelationshipKind(given["kind"]), "share": Share(given["share"])}
        )


class SpokespersonForm(PlainForm):
    """Who speaks for a young person, and on what ground."""

    speaks = forms.ChoiceField(label="Who speaks?", choices=Speaks.choices, widget=forms.RadioSelect)
    contact = forms.ChoiceField(
        label="Which contact",
        required=False,
        help_text="Needed for a parent or representative. Add them under Family and contacts first.",
    )
    from_date = DateField(label="From")
    capacity_assessed_on = DateField(
        label="Date of the capacity assessment",
        required=False,
        help_text="A parent speaks only where the young person lacks capacity for these decisions "
        "(Mental Capacity Act 2005).",
    )
    basis = forms.CharField(
        label="Ground",
        required=False,
        help_text="What the assessment or the order says.",
        widget=forms.Textarea(attrs={"maxlength": 1000}),
        max_length=1000,
    )

    def __init__(self, *args: Any, contacts: Sequence[Relationship] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.choices = [("", "Nobody"), *((str(one.contact_id), str(one.contact)) for one in contacts)]

    def spokesperson(self) -> NewSpokesperson:
        """What the action takes."""
        given = self.cleaned_data
        return NewSpokesperson(
            speaks=Speaks(given["speaks"]),
            from_date=given["from_date"],
            contact_id=given["contact"] or None,
            capacity_assessed_on=given["capacity_assessed_on"],
            basis=given["basis"],
        )
