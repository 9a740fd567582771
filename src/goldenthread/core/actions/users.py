"""Who may sign in: an administrator's decisions."""

from __future__ import annotations

from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse

from goldenthread.core import audit, letters, links, notices, permissions
from goldenthread.core.actors import Actor, System
from goldenthread.core.models import User
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.core.roles import BY_LINK, SECOND_FACTOR, Role

MANAGE = "core.manage_users"
_TAKEN = ("Someone already uses this email address.", "Search for it in the list of users.")


@transaction.atomic
def invite_user(*, email: str, name: str, role: str, by: Actor) -> User:
    """Make an account and send its owner the way to sign in.

    Raises NotPermitted, or InvalidInput for a taken or wrong email address, a missing name, no such role.
    """
    permissions.require(by, MANAGE)
    email, name = email.strip().lower(), " ".join(name.split())
    _check_new(email, name, role)
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name, role)
    except IntegrityError as error:
        raise InvalidInput(*_TAKEN, field="email") from error
    audit.record(by=by, action="user.invited", obj=user, details={"role": role})
    _send_way_in(user, by)
    return user


@transaction.atomic
def invite_again(*, user_id: UUID, by: Actor) -> User:
    """Send the way to sign in once more, to somebody who has never used it.

    Raises NotPermitted, NotFound, or NotAllowedNow for a closed account and for who has signed in.
    """
    permissions.require(by, MANAGE)
    user = _locked(user_id)
    if not user.is_active:
        raise NotAllowedNow("This account is closed.", "Open it again first.")
    if user.last_login is not None:
        raise NotAllowedNow(
            "This person has signed in already.",
            "They can choose a new password themselves, from the sign-in page.",
        )
    audit.record(by=by, action="user.invited_again", obj=user)
    _send_way_in(user, by)
    return user


def _send_way_in(user: User, by: Actor) -> None:
    inviter = by.value if isinstance(by, System) else by.name
    if user.role in BY_LINK:
        words = letters.family_invitation if user.role == Role.FAMILY else letters.provider_invitation
        letter = words(links.absolute(reverse("sign_in_link")), inviter)
    else:
        letter = letters.invitation(password_link(user), inviter)
    notices.send(to_email=user.email, **letter)


@transaction.atomic
def change_role(*, user_id: UUID, role: str, by: Actor) -> User:
    """Give somebody another role and sign them out: what they may do is the new role's from then on.

    Raises NotPermitted, NotFound, InvalidInput for no such role or the one they have, or NotAllowedNow for
    oneself and for the last administrator.
    """
    permissions.require(by, MANAGE)
    administrators = _lock_administrators()
    user = _locked(user_id)
    _check_other(user, by, administrators, "change your own role")
    if role not in Role.values or role == user.role:
        raise InvalidInput("That is their role already, or no role.", "Choose another role.", field="role")
    _check_not_last(user, administrators)
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    _end_sessions(user)
    audit.record(by=by, action="user.role_changed", obj=user, details={"from": before, "to": role})
    return user


def _check_other(user: User, by: Actor, administrators: set[UUID], deed: str) -> None:
    """Raise NotAllowedNow for oneself, or for an administrator whose account was closed meanwhile."""
    if isinstance(by, User) and by.pk == user.pk:
        raise NotAllowedNow(f"You cannot {deed}.", "Ask another administrator to do it.")
    if isinstance(by, User) and by.role == Role.ADMINISTRATOR and by.pk not in administrators:
        raise NotAllowedNow("Your own account was closed meanwhile.")


def _check_not_last(user: User, administrators: set[UUID]) -> None:
    if user.role == Role.ADMINISTRATOR and administrators == {user.pk}:
        raise NotAllowedNow(
            "This is the last administrator.",
            "Invite another administrator first, or nobody could invite anyone.",
        )


def _check_new(email: str, name: str, role: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        example = "Give an address such as name@example.gov.uk."
        raise InvalidInput("This is no email address.", example, field="email") from error
    if not name:
        raise InvalidInput("The name is missing.", "Enter the person's name.", field="name")
    if role not in Role.values:
        raise InvalidInput(
            "There is no such role.", f"Choose one of: {', '.join(Role.values)}.", field="role"
        )
    if User.objects.filter(email=email).exists():
        raise InvalidInput(*_TAKEN, field="email")


def password_link(user: User) -> str:
    """The address where this person chooses a password: works once, for 3 days (PASSWORD_RESET_TIMEOUT)."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _, token = key.partition("-")
    return links.absolute(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))


@transaction.atomic
def deactivate_user(*, user_id: UUID, by: Actor) -> User:
    """Close an account and end its sessions; what the person did stays on record under their name.

    Raises NotPermitted, NotFound, or NotAllowedNow for oneself, the last administrator, a closed account.
    """
    permissions.require(by, MANAGE)
    administrators = _lock_administrators()
    user = _locked(user_id)
    _check_other(user, by, administrators, "close your own account")
    if not user.is_active:
        raise NotAllowedNow("This account is closed already.")
    _check_not_last(user, administrators)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user)
    audit.record(by=by, action="user.deactivated", obj=user)
    return user


@transaction.atomic
def activate_user(*, user_id: UUID, by: Actor) -> User:
    """Open a closed account again. Raises NotPermitted, NotFound, or NotAllowedNow if it is open."""
    permissions.require(by, MANAGE)
    user = _locked(user_id)
    if user.is_active:
        raise NotAllowedNow("This account is open already.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(by=by, action="user.activated", obj=user)
    return user


@transaction.atomic
def reset_second_factor(*, user_id: UUID, by: Actor) -> User:
    """Remove the authenticator app, passkeys and recovery codes of someone who lost theirs; sign them out.

    Raises NotPermitted, NotFound, or NotAllowedNow for oneself and for someone who has none.
    """
    permissions.require(by, MANAGE)
    user = _locked(user_id)
    if isinstance(by, User) and by.pk == user.pk:
        raise NotAllowedNow("You cannot reset your own second step.", "Ask another administrator to do it.")
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise NotAllowedNow(
            "This person has set up no second step."
            if user.role in SECOND_FACTOR
            else "This person needs none."
        )
    _end_sessions(user)
    audit.record(by=by, action="user.second_factor_reset", obj=user, details={"removed": removed})
    notices.send(to_email=user.email, **letters.second_factor_reset())
    return user


def _lock_administrators() -> set[UUID]:
    """The active administrators, locked in one order, so that two cannot close each other at once."""
    rows = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk")
    return {row.pk for row in rows if row.is_active}


def _locked(user_id: UUID) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound("There is no such user.")
    return user


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
