"""Writes of the people room: one keyword-only function a decision, and the bulk ones that files use."""

from goldenthread.people.actions.bulk import (
    NewPerson,
    OtherName,
    PersonUpdate,
    bulk_create_people,
    bulk_update_people,
)

__all__ = [
    "NewPerson",
    "OtherName",
    "PersonUpdate",
    "bulk_create_people",
    "bulk_update_people",
]
