"""How rooms above say which children and young people a role may see: people itself knows only families.

Casework registers, for advisers and settings, a function from the user to a condition on `Person`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from goldenthread.core.models import User
from goldenthread.core.roles import Role

Condition = Callable[[User], Q]
_conditions: dict[str, list[Condition]] = {}


def register(role: Role, condition: Condition) -> None:
    """Let users of this role see the people that `condition(user)` holds for, beside those they see already.

    Give conditions that use a subquery (`Q(pk__in=…)`), so that no person comes out twice.
    """
    known = _conditions.setdefault(role, [])
    if condition not in known:
        known.append(condition)


def conditions_for(user: User) -> list[Q]:
    """What rooms above let this user see."""
    return [condition(user) for condition in _conditions.get(user.role, [])]
