"""Organisations that provide services, and the people who keep their entries."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from goldenthread.core import audit, clock, letters, links, notices
from goldenthread.core.actors import Actor, actor_ref
from goldenthread.core.models import User
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.core.roles import Role
from goldenthread.localoffer import permissions
from goldenthread.localoffer.actions import projecting
from goldenthread.localoffer.document import Document, clean
from goldenthread.localoffer.models import Organization, Provider, Service, ServiceVersion
from goldenthread.localoffer.values import email_address


@transaction.atomic
def start_organization(*, by: Actor, name: str, email: str = "", description: str = "") -> Organization:
    """A new organisation. Raises NotPermitted, or InvalidInput for no name or a wrong address."""
    permissions.check_can_approve(by)
    organization = Organization(document={})
    _fill(organization, name, {"description": description, "email": email})
    organization.email = organization.document.get("email", "")
    organization.save()
    audit.record(by=by, action="localoffer.organization_started", obj=organization)
    return organization


def _fill(organization: Organization, name: str, changes: Document) -> None:
    words = " ".join(name.split())
    if not words or len(words) > 255:
        raise InvalidInput("Give the organisation a name of up to 255 letters.", field="name")
    cleaned, problems = clean({"organization": {**organization.document, **changes}}, organization.pk)
    if problems:
        raise InvalidInput(problems[0].message, field=problems[0].where.rsplit(".", 1)[-1])
    organization.name, organization.document = words, cleaned.get("organization", {})


@transaction.atomic
def save_organization(
    *, by: Actor, organization_id: UUID, name: str, description: str, email: str = "", website: str = ""
) -> Organization:
    """Change an organisation; its published entries say so at once.

    Raises NotPermitted, NotFound or InvalidInput.
    """
    permissions.check_can_approve(by)
    organization = _locked(organization_id)
    _fill(organization, name, {"description": description, "email": email, "website": website})
    organization.email = organization.document.get("email", "")
    organization.save()
    project_again(list(Service.objects.filter(organization=organization, live_number__isnull=False)))
    audit.record(by=by, action="localoffer.organization_changed", obj=organization)
    return organization


def project_again(services: list[Service]) -> None:
    """Write the public rows of these entries anew from the versions that are public."""
    now = clock.now()
    found = []
    for service in services:
        version = ServiceVersion.objects.get(service=service, number=service.live_number or 0)
        found.append(projecting.projection_of(service, Document(version.document), now))
    projecting.write(found)


def _locked(organization_id: UUID) -> Organization:
    found = Organization.objects.select_for_update().filter(pk=organization_id).first()
    if found is None:
        raise NotFound("There is no such organisation.", "Choose one from the list.")
    return found


@transaction.atomic
def link_provider(*, by: Actor, organization_id: UUID, user_id: UUID) -> Provider:
    """Let somebody who signs in as a provider keep this organisation's entries.

    Raises NotPermitted, NotFound, or InvalidInput for somebody with another role.
    """
    permissions.check_can_approve(by)
    organization = _locked(organization_id)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound("There is no such user.")
    if user.role != Role.PROVIDER:
        raise InvalidInput(
            f"This person signs in as {user.role_words}.", "Give another email address.", field="email"
        )
    provider, made = Provider.objects.get_or_create(user=user, organization=organization)
    if made:
        audit.record(
            by=by, action="localoffer.provider_linked", obj=organization, details={"user": str(user.pk)}
        )
    return provider


@transaction.atomic
def invite_provider(*, by: Actor, organization_id: UUID, email: str, name: str) -> Provider:
    """Give somebody the way in to keep an organisation's entries, and send it to them.

    Who has an account as a provider already keeps this organisation's entries too. Raises NotPermitted,
    NotFound, or InvalidInput for a wrong address, no name, or an address of somebody with another role.
    """
    permissions.check_can_approve(by)
    words = " ".join(name.split())
    if not words:
        raise InvalidInput("Enter the person's name.", field="name")
    try:
        address = email_address(email).lower()
    except ValueError as error:
        raise InvalidInput(f"Email address: {error}", field="email") from error
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, words, Role.PROVIDER)
        audit.record(by=by, action="user.invited", obj=user, details={"role": Role.PROVIDER})
    provider = link_provider(by=by, organization_id=organization_id, user_id=user.pk)
    letter = letters.provider_invitation(links.absolute(reverse("sign_in_link")), actor_ref(by).label)
    notices.send(to_email=user.email, **letter)
    return provider


@transaction.atomic
def unlink_provider(*, by: Actor, provider_id: UUID) -> None:
    """End somebody's keeping of an organisation's entries. Raises NotPermitted or NotFound."""
    permissions.check_can_approve(by)
    provider = Provider.objects.select_for_update().filter(pk=provider_id).first()
    if provider is None:
        raise NotFound("This person does not keep these entries.")
    audit.record(
        by=by,
        action="localoffer.provider_unlinked",
        obj=provider.organization,
        details={"user": str(provider.user_id)},
    )
    provider.delete()
