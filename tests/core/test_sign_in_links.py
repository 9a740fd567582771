"""One-time sign-in links for families: who gets one, and what a link can and cannot do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.core import actions, notices
from goldenthread.core.actions.sign_in_links import LIFETIME, LinkState, state_of_link, token_hash
from goldenthread.core.models import AuditEntry, Notice, SignInLink, User
from goldenthread.core.refusals import Refusal
from goldenthread.core.roles import BY_LINK, Role
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(db: None) -> User:
    return make_user(Role.FAMILY, name="Fern Sample")


def link_for(user: User, go_to: str = "") -> str:
    """The path that the newest notice leads to."""
    actions.request_sign_in_link(email=user.email, go_to=go_to)
    notice = Notice.objects.filter(kind="sign_in_link", to_email=user.email).latest("created_at")
    found = re.search(r"https?://[^/]+(/sign-in/link/use/\S+)", notices.text_of(notice))
    assert found is not None
    return found[1]


def token_of(link: str) -> str:
    return link.removeprefix("/sign-in/link/use/").partition("/")[0]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def pass_time(by: timedelta) -> None:
    SignInLink.objects.update(expires_at=timezone.now() + LIFETIME - by)


def test_a_link_signs_in_once(client: Client, family: User) -> None:
    link = link_for(family)
    page = client.get(link)
    assert page.status_code == 200
    assert not signed_in(client)
    answer = client.post(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(family.pk)
    again = Client()
    for refused in (again.post(link), again.get(link)):
        assert refused.status_code == 410
        assert "used already" in refused.content.decode()
        assert reverse("sign_in_link") in refused.content.decode()
    assert not signed_in(again)
    assert AuditEntry.objects.filter(action="user.signed_in_by_link", actor_id=str(family.pk)).count() == 1


def test_a_mail_scanner_uses_nothing_up(client: Client, family: User) -> None:
    link = link_for(family)
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code == 200
    client.post(link)
    assert signed_in(client)


def test_after_15_minutes_it_says_what_to_do(client: Client, family: User) -> None:
    link = link_for(family)
    pass_time(LIFETIME - timedelta(seconds=30))
    assert client.get(link).status_code == 200
    pass_time(LIFETIME)
    for refused in (client.get(link), client.post(link)):
        assert refused.status_code == 410
        assert "passed its 15 minutes" in refused.content.decode()
    assert not signed_in(client)


def test_a_made_up_link_does_nothing(client: Client, family: User) -> None:
    link_for(family)
    for path in (reverse("sign_in_link_use", args=["x"]), reverse("sign_in_link_use", args=["A" * 43])):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert not signed_in(client)


def test_the_answer_is_the_same_for_everybody(client: Client, family: User) -> None:
    staff = make_user(Role.MANAGER)
    answers = []
    for email in (family.email, staff.email, "nobody@example.org"):
        answer = client.post(reverse("sign_in_link"), {"email": email})
        answers.append((answer.status_code, answer.headers["Location"], answer.content))
    assert answers[0] == answers[1] == answers[2]
    kinds = dict(Notice.objects.values_list("to_email", "kind"))
    assert kinds == {family.email: "sign_in_link", staff.email: "sign_in_link_not_for_role"}
    assert SignInLink.objects.get().user == family


@pytest.mark.parametrize("role", sorted(set(Role) - BY_LINK))
def test_no_one_else_gets_or_uses_a_link(client: Client, family: User, role: Role) -> None:
    link = link_for(family)
    User.objects.filter(pk=family.pk).update(role=role)
    assert client.post(link).status_code == 404
    assert not signed_in(client)
    before = SignInLink.objects.count()
    actions.request_sign_in_link(email=family.email)
    assert SignInLink.objects.count() == before


def test_a_closed_account_gets_and_uses_none(client: Client, family: User) -> None:
    link = link_for(family)
    User.objects.filter(pk=family.pk).update(is_active=False)
    assert client.post(link).status_code == 404
    count = Notice.objects.count()
    actions.request_sign_in_link(email=family.email)
    assert Notice.objects.count() == count


def test_the_address_may_be_typed_in_any_case(family: User) -> None:
    actions.request_sign_in_link(email=f"  {family.email.upper()} ")
    assert SignInLink.objects.filter(user=family).count() == 1


def test_a_wrong_address_is_explained(client: Client) -> None:
    page = client.post(reverse("sign_in_link"), {"email": "not an address"})
    assert "Enter an email address in full" in page.content.decode()


def test_the_token_is_nowhere_in_the_database(family: User) -> None:
    token = token_of(link_for(family))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert token not in repr(cursor.fetchall()), table
    assert SignInLink.objects.get().token_hash == token_hash(token)


def test_asking_is_limited(client: Client, family: User) -> None:
    codes = [client.post(reverse("sign_in_link"), {"email": family.email}).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429]
    assert Notice.objects.count() == 3
    assert client.post(reverse("sign_in_link"), {"email": "other@example.org"}).status_code == 302


def test_trying_links_is_limited(client: Client) -> None:
    path = reverse("sign_in_link_use", args=["guess"])
    codes = {client.get(path).status_code for _ in range(30)}
    assert codes == {404}
    assert client.get(path).status_code == 429


def test_a_link_leads_where_one_wanted_but_never_elsewhere(client: Client, family: User) -> None:
    link = link_for(family, "/my-account/?from=mail")
    page = client.get(link)
    assert 'value="/my-account/?from=mail"' in page.content.decode()
    assert client.post(link).headers["Location"] == "/my-account/?from=mail"
    client.logout()
    other = link_for(family)
    assert client.post(f"{other}?next=//elsewhere.example/").headers["Location"] == reverse("home")


def test_a_family_with_a_second_step_is_asked_for_it(client: Client, family: User) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(family, "JBSWY3DPEHPK3PXP")
    assert client.post(link_for(family)).headers["Location"] == reverse("mfa_authenticate")
    assert not signed_in(client)


STEPS = st.lists(
    st.one_of(
        st.just(("ask", 0)),
        st.tuples(st.sampled_from(["look", "use"]), st.integers(0, 3)),
        st.tuples(st.just("wait"), st.integers(1, 20)),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_however_links_are_asked_for_and_used_each_works_at_most_once(family: User, steps: Any) -> None:
    """A model of the rule: good until used, until a later sign-in by another link, or until 15 minutes."""
    SignInLink.objects.all().delete()
    asked: list[dict[str, Any]] = []
    for step, number in steps:
        if step == "ask":
            asked.append({"token": token_of(link_for(family)), "age": 0, "used": False})
        elif step == "wait":
            for link in asked:
                link["age"] += number
            for row in SignInLink.objects.all():
                SignInLink.objects.filter(pk=row.pk).update(
                    expires_at=row.expires_at - timedelta(minutes=number)
                )
        elif number < len(asked):
            _check(asked, asked[number], use=step == "use")


def _check(asked: list[dict[str, Any]], link: dict[str, Any], *, use: bool) -> None:
    expected = LinkState.USED if link["used"] else LinkState.GOOD if link["age"] < 15 else LinkState.PASSED
    assert state_of_link(link["token"]) is expected
    if not use:
        return
    if expected is LinkState.GOOD:
        actions.use_sign_in_link(token=link["token"])
        for other in asked:
            other["used"] = True
    else:
        with pytest.raises(Refusal):
            actions.use_sign_in_link(token=link["token"])
