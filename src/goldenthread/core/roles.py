"""The roles people sign in with. What each may do is the table in `config.roles`."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """One role a user: the job they do here."""

    FAMILY = "family", "Parent, carer or young person"
    SETTING = "setting", "School, college or early years setting"
    ADVISER = "adviser", "Adviser"
    PROVIDER = "provider", "Service provider"
    PLAN_COORDINATOR = "plan_coordinator", "Plan Co-ordinator"
    MANAGER = "manager", "SEND casework manager"
    ANALYST = "analyst", "Performance analyst"
    FINANCE = "finance", "Finance officer"
    EDITOR = "editor", "Local Offer editor"
    INSPECTOR = "inspector", "Inspector or auditor"
    ADMINISTRATOR = "administrator", "System administrator"


# Staff see other people's children: they need a second factor.
STAFF = frozenset(
    {
        Role.PLAN_COORDINATOR,
        Role.MANAGER,
        Role.ANALYST,
        Role.FINANCE,
        Role.EDITOR,
        Role.INSPECTOR,
        Role.ADMINISTRATOR,
    }
)
PARTNERS = frozenset({Role.SETTING, Role.ADVISER})
SECOND_FACTOR = STAFF | PARTNERS
CASEWORK = frozenset({Role.PLAN_COORDINATOR, Role.MANAGER})
# They see no child but their own, or none at all: a one-time link by email signs them in.
BY_LINK = frozenset({Role.FAMILY, Role.PROVIDER})
EVERYONE = frozenset(Role)
