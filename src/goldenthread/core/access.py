"""Who may ask for which page: declared on every view, enforced in one place, tested for every role.

A view without a declaration is refused to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpRequest

from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role

if TYPE_CHECKING:
    from goldenthread.core.models import User

View = Callable[..., Any]
V = TypeVar("V", bound=View)


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


def public(view: V) -> V:
    """Anyone may see this page."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def for_roles(*roles: Role, second_factor: bool = True) -> Callable[[V], V]:
    """Only these roles may ask for this page; which records they see is for `visible_to`."""

    def declare(view: V) -> V:
        view.access = Access(roles=frozenset(roles), second_factor=second_factor)  # type: ignore[attr-defined]
        return view

    return declare


def for_permission(permission: str) -> Callable[[V], V]:
    """Only roles that carry `permission` (config.roles) may ask for this page."""
    from goldenthread.core.permissions import roles_with

    return for_roles(*roles_with(permission))


_SIGNED_IN = Access(roles=frozenset(Role))
# What gives someone their second factor cannot ask for it first.
_SETTING_UP = Access(roles=frozenset(Role), second_factor=False)

# Views that we use but did not write, each by name. Any other view of theirs is closed.
EXTERNAL: dict[str, Access] = {
    "allauth.account.views.LoginView": PUBLIC,
    "allauth.account.views.LogoutView": PUBLIC,
    "allauth.account.views.AccountInactiveView": PUBLIC,
    "allauth.account.views.PasswordResetView": PUBLIC,
    "allauth.account.views.PasswordResetDoneView": PUBLIC,
    "allauth.account.views.PasswordResetFromKeyView": PUBLIC,
    "allauth.account.views.PasswordResetFromKeyDoneView": PUBLIC,
    "allauth.account.views.ReauthenticateView": _SETTING_UP,
    "allauth.account.views.PasswordChangeView": _SIGNED_IN,
    "allauth.account.views.PasswordSetView": _SIGNED_IN,
    # Signs in with a passkey, or finishes signing in: allauth itself asks that the first step was passed.
    "allauth.mfa.base.views.AuthenticateView": PUBLIC,
    "allauth.mfa.webauthn.views.LoginWebAuthnView": PUBLIC,
    "allauth.mfa.base.views.IndexView": _SETTING_UP,
    "allauth.mfa.base.views.ReauthenticateView": _SETTING_UP,
    "allauth.mfa.totp.views.ActivateTOTPView": _SETTING_UP,
    "allauth.mfa.totp.views.DeactivateTOTPView": _SIGNED_IN,
    "allauth.mfa.recovery_codes.views.GenerateRecoveryCodesView": _SIGNED_IN,
    "allauth.mfa.recovery_codes.views.ViewRecoveryCodesView": _SIGNED_IN,
    "allauth.mfa.recovery_codes.views.DownloadRecoveryCodesView": _SIGNED_IN,
    "allauth.mfa.webauthn.views.ListWebAuthnView": _SETTING_UP,
    "allauth.mfa.webauthn.views.AddWebAuthnView": _SETTING_UP,
    "allauth.mfa.webauthn.views.ReauthenticateWebAuthnView": _SETTING_UP,
    "allauth.mfa.webauthn.views.RemoveWebAuthnView": _SIGNED_IN,
    "allauth.mfa.webauthn.views.EditWebAuthnView": _SIGNED_IN,
    "allauth.usersessions.views.ListUserSessionsView": _SIGNED_IN,
    "allauth.socialaccount.views.LoginCancelledView": PUBLIC,
    "allauth.socialaccount.views.LoginErrorView": PUBLIC,
    "allauth.socialaccount.providers.openid_connect.views.login": PUBLIC,
    "allauth.socialaccount.providers.openid_connect.views.callback": PUBLIC,
    "django.contrib.staticfiles.views.serve": PUBLIC,
}


def signed_in(request: HttpRequest) -> User:
    """The person who asks, on a page for people who are signed in. Raises NotPermitted for anybody else."""
    if not request.user.is_authenticated:
        raise NotPermitted("Nobody is signed in.", "Sign in and try again.")
    return request.user


def access_of(view: View) -> Access | None:
    """The declaration on a view, or that of the outside view it is; None if nobody declared it."""
    declared = getattr(view, "access", None) or getattr(getattr(view, "view_class", None), "access", None)
    if declared is not None:
        return declared  # type: ignore[no-any-return]
    inner = getattr(view, "view_class", view)
    return EXTERNAL.get(f"{getattr(inner, '__module__', '')}.{getattr(inner, '__qualname__', '')}")
