"""Children and young people, their families, advisers and settings."""

from goldenthread.people.models.family import Contact, Relationship, Spokesperson
from goldenthread.people.models.partners import Adviser, Organisation, Setting, SettingUser, StaffProfile
from goldenthread.people.models.person import Address, Person, PersonChange, PersonName
from goldenthread.people.models.sameness import Merge, NotDuplicate, PossibleDuplicate
from goldenthread.people.models.words import NameToken, NameVariant, PersonToken

__all__ = [
    "Address",
    "Adviser",
    "Contact",
    "Merge",
    "NameToken",
    "NameVariant",
    "NotDuplicate",
    "Organisation",
    "Person",
    "PersonChange",
    "PersonName",
    "PersonToken",
    "PossibleDuplicate",
    "Relationship",
    "Setting",
    "SettingUser",
    "Spokesperson",
    "StaffProfile",
]
