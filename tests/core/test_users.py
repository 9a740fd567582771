"""What an administrator decides about users: each action, its refusals, its audit line, its page."""

from __future__ import annotations

import re
import threading
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from goldenthread.core import actions, notices
from goldenthread.core.actors import System
from goldenthread.core.ids import new_id
from goldenthread.core.models import AuditEntry, Notice, User
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound, NotPermitted, Refusal
from goldenthread.core.roles import Role
from tests.core.conftest import SignedIn
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db


def last_line() -> tuple[str, str, str]:
    line = AuditEntry.objects.latest("seq")
    return line.action, line.actor_id, line.object_id


def test_an_invited_person_chooses_a_password_and_is_recorded(administrator: User, client: Client) -> None:
    user = actions.invite_user(
        email=" New.Person@Example.org ", name=" New  Person ", role="manager", by=administrator
    )
    assert (user.email, user.name, user.role) == ("new.person@example.org", "New Person", "manager")
    assert last_line() == ("user.invited", str(administrator.pk), str(user.pk))
    text = notices.text_of(Notice.objects.get(to_email=user.email))
    assert administrator.name in text
    link = re.search(r"http://[^/]+(/account/password/\S+)", text)
    assert link is not None
    form = client.get(link[1]).headers["Location"]
    password = "a long horse of a staple"
    client.post(form, {"password1": password, "password2": password})
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_an_invited_family_gets_the_way_to_a_link(administrator: User) -> None:
    user = actions.invite_user(email="parent@example.org", name="A Parent", role="family", by=administrator)
    text = notices.text_of(Notice.objects.get(to_email=user.email))
    assert reverse("sign_in_link") in text
    assert "/account/password/" not in text


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"email": "taken@example.org"}, "email", "already uses"),
        ({"email": "TAKEN@example.org"}, "email", "already uses"),
        ({"email": "nonsense"}, "email", "no email address"),
        ({"name": "  "}, "name", "name is missing"),
        ({"role": "king"}, "role", "no such role"),
    ],
)
def test_a_wrong_invitation_is_refused(
    administrator: User, given: dict[str, str], field: str, says: str
) -> None:
    make_user(Role.ADVISER, email="taken@example.org")
    before = User.objects.count(), AuditEntry.objects.count(), Notice.objects.count()
    with pytest.raises(InvalidInput, match=says) as refused:
        actions.invite_user(
            **{"email": "x@example.org", "name": "X", "role": "adviser"} | given, by=administrator
        )
    assert refused.value.field == field
    assert refused.value.mend
    assert (User.objects.count(), AuditEntry.objects.count(), Notice.objects.count()) == before


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_manage_users(db: None, role: Role) -> None:
    by, other = make_user(role), make_user(Role.FAMILY)
    attempts: list[Any] = [
        lambda: actions.invite_user(email="x@example.org", name="X", role="adviser", by=by),
        lambda: actions.deactivate_user(user_id=other.pk, by=by),
        lambda: actions.activate_user(user_id=other.pk, by=by),
        lambda: actions.reset_second_factor(user_id=other.pk, by=by),
        lambda: actions.change_role(user_id=other.pk, role="manager", by=by),
        lambda: actions.invite_again(user_id=other.pk, by=by),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    assert not AuditEntry.objects.exists()


def test_closing_and_opening(administrator: User, client: Client) -> None:
    user = make_user(Role.FAMILY, password="a long horse of a staple")
    client.post(reverse("account_login"), {"login": user.email, "password": "a long horse of a staple"})
    assert UserSession.objects.filter(user=user).count() == 1
    actions.deactivate_user(user_id=user.pk, by=administrator)
    assert last_line() == ("user.deactivated", str(administrator.pk), str(user.pk))
    assert not UserSession.objects.filter(user=user).exists()
    assert client.get(reverse("account_page")).status_code == 302
    with pytest.raises(NotAllowedNow, match="closed already"):
        actions.deactivate_user(user_id=user.pk, by=administrator)
    actions.activate_user(user_id=user.pk, by=administrator)
    assert last_line() == ("user.activated", str(administrator.pk), str(user.pk))
    with pytest.raises(NotAllowedNow, match="open already"):
        actions.activate_user(user_id=user.pk, by=administrator)
    # The old session stays ended.
    assert client.get(reverse("account_page")).status_code == 302


def test_no_one_closes_their_own_account(administrator: User) -> None:
    make_user(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedNow, match="your own"):
        actions.deactivate_user(user_id=administrator.pk, by=administrator)


def test_the_last_administrator_stays(administrator: User) -> None:
    make_user(Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(NotAllowedNow, match="last administrator"):
        actions.deactivate_user(user_id=administrator.pk, by=System.COMMAND)
    make_user(Role.ADMINISTRATOR)
    actions.deactivate_user(user_id=administrator.pk, by=System.COMMAND)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_close_each_other() -> None:
    pair = [make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)]
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def close(by: User, other: User) -> None:
        start.wait()
        try:
            actions.deactivate_user(user_id=other.pk, by=by)
            outcomes.append("closed")
        except Refusal as refusal:
            outcomes.append(refusal.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=order) for order in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Your own account was closed meanwhile.", "closed"]
    assert User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).count() == 1


def test_a_lost_second_step_is_reset(administrator: User) -> None:
    user = make_user(Role.MANAGER)
    with pytest.raises(NotAllowedNow, match="no second step"):
        actions.reset_second_factor(user_id=user.pk, by=administrator)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    actions.reset_second_factor(user_id=user.pk, by=administrator)
    assert not user.authenticator_set.exists()
    assert last_line() == ("user.second_factor_reset", str(administrator.pk), str(user.pk))
    assert Notice.objects.get(to_email=user.email).kind == "second_factor_reset"
    with pytest.raises(NotAllowedNow, match="your own"):
        actions.reset_second_factor(user_id=administrator.pk, by=administrator)


def test_nobody_by_that_number(administrator: User) -> None:
    for action in (actions.deactivate_user, actions.activate_user, actions.reset_second_factor):
        with pytest.raises(NotFound):
            action(user_id=new_id(), by=administrator)


def test_the_list_is_searched_filtered_and_paged(administrator: User, signed_in: SignedIn) -> None:
    for number in range(30):
        make_user(Role.ADVISER, name=f"Quill {number:02}")
    make_user(Role.SETTING, name="Heather School", is_active=False)
    client = signed_in(administrator)
    page = client.get(reverse("users")).content.decode()
    assert "Showing 1 to 25 of 32 users" in page
    assert "Quill 29" in client.get(reverse("users"), {"page": 2}).content.decode()
    found = client.get(reverse("users"), {"q": "quill 07"}).content.decode()
    assert "Quill 07" in found
    assert "Quill 08" not in found
    closed = client.get(reverse("users"), {"state": "closed"}).content.decode()
    assert "Heather School" in closed
    assert "Quill" not in closed
    assert "Heather School" in client.get(reverse("users"), {"role": "setting"}).content.decode()
    assert client.get(reverse("users"), {"role": "nonsense", "page": "-1", "sort": "x"}).status_code == 200


def test_the_pages_ask_before_they_do(administrator: User, signed_in: SignedIn) -> None:
    client, user = signed_in(administrator), make_user(Role.ADVISER)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    for name in ("user_reset_second_factor", "user_deactivate", "user_activate"):
        path = reverse(name, args=[user.pk])
        count = AuditEntry.objects.count()
        assert client.get(path).status_code == 200
        assert AuditEntry.objects.count() == count
        assert client.post(path, follow=True).status_code == 200
        assert AuditEntry.objects.count() == count + 1
        assert client.post(path).status_code == 409


def test_the_invitation_page(administrator: User, signed_in: SignedIn) -> None:
    client = signed_in(administrator)
    empty = client.post(reverse("user_invite"), {}).content.decode()
    assert "Enter full name" in empty
    taken = {"name": "X", "email": administrator.email, "role": "adviser"}
    assert "already uses this email" in client.post(reverse("user_invite"), taken).content.decode()
    good = taken | {"email": "x@example.org"}
    page = client.post(reverse("user_invite"), good, follow=True).content.decode()
    assert "We have invited X." in page
    assert User.objects.filter(email="x@example.org", role="adviser").exists()


def test_the_command_prints_the_address(db: None, client: Client) -> None:
    out = StringIO()
    call_command("make_user", "first@example.org", "First Person", "administrator", stdout=out)
    link = re.search(r"http://localhost:8000(/account/password/\S+)", out.getvalue())
    assert link is not None
    assert client.get(link[1]).status_code == 302
    assert AuditEntry.objects.latest("seq").actor_label == "command line"
    with pytest.raises(CommandError, match="already uses"):
        call_command("make_user", "first@example.org", "First Person", "administrator")


def test_another_role_is_recorded_and_signs_the_person_out(administrator: User, client: Client) -> None:
    user = make_user(Role.ANALYST, password="a long horse of a staple")
    client.post(reverse("account_login"), {"login": user.email, "password": "a long horse of a staple"})
    assert UserSession.objects.filter(user=user).count() == 1
    actions.change_role(user_id=user.pk, role="inspector", by=administrator)
    user.refresh_from_db()
    assert user.role == Role.INSPECTOR
    assert last_line() == ("user.role_changed", str(administrator.pk), str(user.pk))
    assert AuditEntry.objects.latest("seq").details == {"from": "analyst", "to": "inspector"}
    assert not UserSession.objects.filter(user=user).exists()


@pytest.mark.parametrize("role", ["analyst", "king", ""])
def test_the_role_one_has_or_none_is_refused(administrator: User, role: str) -> None:
    user = make_user(Role.ANALYST)
    with pytest.raises(InvalidInput, match="already, or no role"):
        actions.change_role(user_id=user.pk, role=role, by=administrator)
    assert not AuditEntry.objects.exists()


def test_no_one_changes_their_own_role_and_the_last_administrator_stays_one(administrator: User) -> None:
    with pytest.raises(NotAllowedNow, match="your own role"):
        actions.change_role(user_id=administrator.pk, role="manager", by=administrator)
    with pytest.raises(NotAllowedNow, match="last administrator"):
        actions.change_role(user_id=administrator.pk, role="manager", by=System.COMMAND)
    make_user(Role.ADMINISTRATOR)
    actions.change_role(user_id=administrator.pk, role="manager", by=System.COMMAND)


def test_who_never_signed_in_is_invited_again(administrator: User, client: Client) -> None:
    user = actions.invite_user(email="new@example.org", name="New", role="manager", by=administrator)
    actions.invite_again(user_id=user.pk, by=administrator)
    assert last_line() == ("user.invited_again", str(administrator.pk), str(user.pk))
    sent = Notice.objects.filter(to_email=user.email)
    assert sent.count() == 2
    link = re.search(r"http://[^/]+(/account/password/\S+)", notices.text_of(sent.latest("created_at")))
    assert link is not None
    assert client.get(link[1]).status_code == 302
    actions.deactivate_user(user_id=user.pk, by=administrator)
    with pytest.raises(NotAllowedNow, match="closed"):
        actions.invite_again(user_id=user.pk, by=administrator)
    actions.activate_user(user_id=user.pk, by=administrator)
    User.objects.filter(pk=user.pk).update(last_login="2026-01-01T00:00Z")
    with pytest.raises(NotAllowedNow, match="signed in already"):
        actions.invite_again(user_id=user.pk, by=administrator)


def test_the_pages_change_a_role_and_invite_again(administrator: User, signed_in: SignedIn) -> None:
    client, user = signed_in(administrator), make_user(Role.ANALYST, name="Ann Active")
    page = client.get(reverse("user", args=[user.pk])).content.decode()
    for name in ("user_change_role", "user_invite_again"):
        assert reverse(name, args=[user.pk]) in page
    address = reverse("user_change_role", args=[user.pk])
    same = client.post(address, {"role": "analyst"})
    assert "Choose another role" in same.content.decode()
    done = client.post(address, {"role": "inspector"}, follow=True).content.decode()
    assert "The role of Ann Active is now: Inspector or auditor." in done
    done = client.post(reverse("user_invite_again", args=[user.pk]), follow=True).content.decode()
    assert "We have invited Ann Active again." in done
