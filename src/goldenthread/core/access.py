"""Who may ask for which page: declared on every view, enforced in one place, tested for every role.

A view without a declaration is refused to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from goldenthread.core.roles import Role

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Access:
    """`public`: anyone. Otherwise signed in, with one of `roles`. `second_factor` is asked of staff
    and partners unless the page is what gives them one."""

    public: bool = False
    roles: frozenset[Role] = frozenset()
    second_factor: bool = True

    def admits(self, role: str | None) -> bool:
        """Whether someone of this role (None: not signed in) may ask for the page."""
        return self.public or (role is not None and role in self.roles)


PUBLIC = Access(public=True)


def public(view: View) -> View:
    """Anyone may see this page."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def for_roles(*roles: Role, second_factor: bool = True) -> Callable[[View], View]:
    """Only these roles may ask for this page; which records they see is for `visible_to`."""

    def declare(view: View) -> View:
        view.access = Access(roles=frozenset(roles), second_factor=second_factor)  # type: ignore[attr-defined]
        return view

    return declare


# Views of parts that we use but did not write, by the module they live in.
EXTERNAL: dict[str, Access] = {
    "allauth.account": PUBLIC,
    "allauth.socialaccount": PUBLIC,
    "allauth.mfa": Access(roles=frozenset(Role), second_factor=False),
    "allauth.usersessions": Access(roles=frozenset(Role), second_factor=False),
    "django.contrib.staticfiles": PUBLIC,
    "django.views.static": PUBLIC,
}


def access_of(view: View) -> Access | None:
    """The declaration on a view, or that of the outside part it belongs to; None if nobody declared it."""
    declared = getattr(view, "access", None) or getattr(getattr(view, "view_class", None), "access", None)
    if declared is not None:
        return declared  # type: ignore[no-any-return]
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    for prefix, access in EXTERNAL.items():
        if module == prefix or module.startswith(prefix + "."):
            return access
    return None
