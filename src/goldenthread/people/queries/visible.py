"""Which children and young people somebody may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from goldenthread.core.actors import Actor, System
from goldenthread.core.permissions import holds
from goldenthread.core.roles import Role
from goldenthread.people.enums import Share
from goldenthread.people.models import Person, Relationship
from goldenthread.people.visibility import conditions_for


def visible_to(user: Actor) -> QuerySet[Person]:
    """The people whose record `user` may see, merged records among them.

    Those who may see people at all see everyone. A family sees the children it is related to now and with
    whom something may be shared. Advisers and settings see nobody by themselves: casework registers whom.
    """
    if isinstance(user, System) or holds(user, "people.view"):
        return Person.objects.all()
    if not user.is_active:
        return Person.objects.none()
    allowed = conditions_for(user)
    if user.role == Role.FAMILY:
        related = Relationship.objects.filter(contact__user=user, ends_on=None).exclude(share=Share.NOTHING)
        allowed.append(Q(pk__in=related.values("person")))
    if not allowed:
        return Person.objects.none()
    either = Q()
    for condition in allowed:
        either |= condition
    return Person.objects.filter(either)
