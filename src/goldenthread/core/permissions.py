"""What a role may do: permission names belong to the rooms, the table is `config.roles`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from goldenthread.core.actors import Actor, System
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, Any] = import_string(settings.ROLE_PERMISSIONS)
    return {permission: frozenset(roles) for permission, roles in table.items()}


def roles_with(permission: str) -> frozenset[Role]:
    """The roles that carry `permission`. Raises KeyError for a permission that no table names."""
    return frozenset(Role(role) for role in _table()[permission])


def holds(by: Actor, permission: str) -> bool:
    """Whether the actor's role carries `permission`. A named system actor carries all of them."""
    if isinstance(by, System):
        return True
    return bool(getattr(by, "is_active", False)) and getattr(by, "role", None) in _table()[permission]


def require(by: Actor, permission: str, message: str = "") -> None:
    """Raise NotPermitted unless the actor's role carries `permission`."""
    if not holds(by, permission):
        raise NotPermitted(
            message or "Your role does not allow this.",
            "If you need to do it, ask the person who manages access in your council.",
        )
