"""Entries of the directory for tests, made through the real actions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from goldenthread.core.actors import System
from goldenthread.core.models import User
from goldenthread.core.roles import Role
from goldenthread.localoffer import actions
from goldenthread.localoffer.models import Organization, Service
from tests.factories.people import user as make_user

BY = System.COMMAND


def document(**given: Any) -> dict[str, Any]:
    """A whole document, as another system would give it."""
    found = {
        "id": str(uuid4()),
        "name": "Loom Street Swimming",
        "description": "Swimming for disabled children, with a helper in the water.",
        "url": "https://swim.example.org",
        "email": "swim@example.org",
        "minimum_age": 5,
        "maximum_age": 16,
        "assured_date": "2024-01-02",
        "organization": {"name": "Loom Street Baths", "description": "A public pool."},
        "cost_options": [{"option": "A session", "amount": 4.5}],
        "contacts": [{"name": "Front desk", "phones": [{"number": "01632 960 123"}]}],
        "schedules": [{"freq": "WEEKLY", "byday": "SA,MO", "opens_at": "9:30", "closes_at": "10:30"}],
        "service_at_locations": [place()],
        "attributes": [
            {"taxonomy_term": {"name": "Short breaks", "taxonomy": "service-kinds", "term": "short-breaks"}}
        ],
        "local_offer": {"referral": ["self"], "questions": {"staff": "Every helper has made a course."}},
    }
    return {key: value for key, value in (found | given).items() if value is not None}


def place(**given: Any) -> dict[str, Any]:
    """One service at location."""
    location = {
        "name": "The pool",
        "location_type": "physical",
        "latitude": 52.657977,
        "longitude": 1.716038,
        "addresses": [
            {"address_1": "12 Loom Street", "city": "Threadford", "postal_code": "zz1 1zz", "country": "GB"}
        ],
    }
    return {"location": {"id": str(uuid4()), **location, **given}}


def editor() -> User:
    """A Local Offer editor."""
    return make_user(Role.EDITOR)


def provider(organization: Organization) -> User:
    """Somebody who keeps the entries of this organisation."""
    person = make_user(Role.PROVIDER)
    actions.link_provider(by=BY, organization_id=organization.pk, user_id=person.pk)
    return person


def organization(name: str = "Loom Street Baths") -> Organization:
    """An organisation."""
    return actions.start_organization(by=BY, name=name)


def published(**given: Any) -> Service:
    """A published entry."""
    report = actions.load_documents(by=BY, documents=[document(**given)])
    assert not report.problems, report.problems
    return Service.objects.select_related("organization").get(pk=report.ids[0])


def draft(of: Organization | None = None, **changes: Any) -> Service:
    """A draft with a description."""
    service = actions.start_entry(
        by=BY, organization_id=(of or organization()).pk, name=changes.pop("name", "Weaving for all")
    )
    return actions.save_draft(
        by=BY,
        service_id=service.pk,
        number=1,
        changes={"description": "A weaving club.", **changes},
    )
