"""Advisers and the organisations they work for."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from goldenthread.core.refusals import NotFound
from goldenthread.people.models import Adviser, Organisation


def advisers_list(*, text: str = "", kind: str = "", active: str = "") -> QuerySet[Adviser]:
    """Advisers whose name or organisation has `text` in it. `active` is yes, no or empty for all."""
    rows = Adviser.objects.select_related("organisation")
    for word in text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(organisation__name__icontains=word))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(active=active == "yes") if active else rows


def adviser(adviser_id: UUID) -> Adviser:
    """One adviser. Raises NotFound."""
    found = Adviser.objects.select_related("organisation").filter(pk=adviser_id).first()
    if found is None:
        raise NotFound("There is no such adviser.")
    return found


def organisations_list(*, text: str = "") -> QuerySet[Organisation]:
    """Organisations whose name has `text` in it, each with `advisers_count`."""
    rows = Organisation.objects.annotate(advisers_count=Count("advisers", filter=Q(advisers__active=True)))
    for word in text.split():
        rows = rows.filter(name__icontains=word)
    return rows


def organisation(organisation_id: UUID) -> Organisation:
    """One organisation. Raises NotFound."""
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise NotFound("There is no such organisation.")
    return found


def organisation_choices() -> list[tuple[str, str]]:
    """Every organisation, for a form."""
    return [(str(key), name) for key, name in Organisation.objects.order_by("name").values_list("pk", "name")]
