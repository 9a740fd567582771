"""Writes of the people room: one keyword-only function a decision, and the bulk ones that files use."""

from goldenthread.people.actions.bulk import (
    NewPerson,
    OtherName,
    PersonUpdate,
    bulk_create_people,
    bulk_update_people,
)
from goldenthread.people.actions.common import look_at
from goldenthread.people.actions.contacts import (
    ContactFacts,
    RelationshipFacts,
    add_contact,
    link_contact,
    update_contact,
)
from goldenthread.people.actions.duplicates import look_for_duplicates
from goldenthread.people.actions.merges import mark_not_duplicate, merge_people, undo_merge
from goldenthread.people.actions.partners import (
    AdviserFacts,
    OrganisationFacts,
    save_adviser,
    save_organisation,
)
from goldenthread.people.actions.records import (
    NewAddress,
    NewSpokesperson,
    add_name,
    create_person,
    record_address,
    remove_name,
    set_spokesperson,
    update_person,
)
from goldenthread.people.actions.settings import ImportReport, ensure_settings, import_settings

__all__ = [
    "AdviserFacts",
    "ContactFacts",
    "ImportReport",
    "NewAddress",
    "NewPerson",
    "NewSpokesperson",
    "OrganisationFacts",
    "OtherName",
    "PersonUpdate",
    "RelationshipFacts",
    "add_contact",
    "add_name",
    "bulk_create_people",
    "bulk_update_people",
    "create_person",
    "ensure_settings",
    "import_settings",
    "link_contact",
    "look_at",
    "look_for_duplicates",
    "mark_not_duplicate",
    "merge_people",
    "record_address",
    "remove_name",
    "save_adviser",
    "save_organisation",
    "set_spokesperson",
    "undo_merge",
    "update_contact",
    "update_person",
]
