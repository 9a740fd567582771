"""Core's own pages: the first page for each role, the pages about the site, the words of the letters."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core import landing, letters, navigation
from goldenthread.core.models import NoticeState
from goldenthread.core.presenters import ACCOUNT_TAGS, JOB_TAGS, NOTICE_TAGS
from goldenthread.core.roles import Role
from tests.core.conftest import SignedIn
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db


def test_the_first_page_tells_anyone_what_this_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "20 weeks" in page
    assert f'href="{reverse("sign_in")}"' in page


@pytest.mark.parametrize("role", Role)
def test_each_role_begins_where_its_room_says(
    signed_in: SignedIn, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landing, "_pages", {})
    client = signed_in(make_user(role))
    assert client.get("/").headers["Location"] == reverse("account_page")
    landing.register(role, "privacy")
    assert client.get("/").headers["Location"] == reverse("privacy")


@pytest.mark.parametrize("name", ["accessibility", "cookies", "privacy", "sign_in", "sign_in_link"])
def test_pages_for_anyone(client: Client, name: str, settings: Any) -> None:
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert settings.COUNCIL_NAME in page.content.decode()


def test_the_gallery_is_for_the_demonstration(client: Client, settings: Any) -> None:
    assert client.get(reverse("gallery")).status_code == 404
    settings.DEMONSTRATION = True
    assert client.get(reverse("gallery")).status_code == 200


def test_the_councils_colour_is_a_style_sheet(client: Client, settings: Any) -> None:
    settings.COUNCIL_COLOUR = "#123456"
    sheet = client.get(reverse("theme"))
    assert sheet.headers["Content-Type"].startswith("text/css")
    assert "#123456" in sheet.content.decode()


def test_the_sign_in_page_offers_the_demonstrations_people(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landing, "_ways", [])
    assert "Look around" not in client.get(reverse("sign_in")).content.decode()
    landing.register_way_in("Look around", "As one of our fictional people.", "privacy")
    landing.register_way_in("Look around", "As one of our fictional people.", "privacy")
    assert (
        client.get(reverse("sign_in")).content.decode().count('<h2 class="govuk-heading-m">Look around') == 1
    )


def test_the_menu_shows_what_the_role_may_open(signed_in: SignedIn) -> None:
    pages = {
        Role.ADMINISTRATOR: {"Users", "Audit log", "Notices", "Jobs"},
        Role.MANAGER: {"Audit log", "Notices", "Jobs"},
        Role.INSPECTOR: {"Audit log"},
    }
    for role in Role:
        client = signed_in(make_user(role))
        answer = client.get(reverse("administration"), follow=True)
        if role not in pages:
            assert answer.status_code == 403
            assert "Administration" not in client.get(reverse("account_page")).content.decode()
            continue
        tabs = re.findall(r"moj-sub-navigation__link[^>]*>([^<]+)<", answer.content.decode())
        assert {text.strip() for text in tabs} == pages[role]
        assert answer.content.decode().count('aria-current="page"') >= 1


def test_the_search_leads_to_the_first_page_one_may_open(monkeypatch: pytest.MonkeyPatch, rf: Any) -> None:
    monkeypatch.setattr(navigation, "_search", [])
    navigation.register_search("users", "core.manage_users")
    navigation.register_search("audit", "core.view_audit")
    request = rf.get("/")
    for role, name in ((Role.ADMINISTRATOR, "users"), (Role.INSPECTOR, "audit"), (Role.FAMILY, "")):
        request.user = make_user(role)
        assert navigation.search_for(request) == (reverse(name) if name else "")


def test_every_state_has_its_words() -> None:
    assert NOTICE_TAGS.missing(NoticeState.values) == set()
    assert JOB_TAGS.missing(["READY", "RUNNING", "SUCCESSFUL", "FAILED"]) == set()
    assert ACCOUNT_TAGS.missing(["True", "False"]) == set()


def test_every_letter_about_an_account_has_words() -> None:
    """allauth sends these; one it adds later must be given words, or sending it fails."""
    from pathlib import Path

    import allauth

    templates = Path(allauth.__file__).parent / "templates"
    found = {
        path.relative_to(templates).as_posix().removesuffix("_subject.txt")
        for path in templates.glob("*/email/*_subject.txt")
    }
    closed = {
        "account/email/account_already_exists",
        "account/email/email_changed",
        "account/email/email_confirm",
        "account/email/email_confirmation",
        "account/email/email_confirmation_signup",
        "account/email/email_deleted",
        "account/email/login_code",
        "account/email/password_reset_code",
        "account/email/unknown_account",
        "socialaccount/email/account_disconnected",
    }
    context = {"password_reset_url": "https://send.example.org/x"}
    for prefix in sorted(found - closed):
        letter = letters.for_account(prefix, context)
        assert letter["subject"]
        assert letter["body"]
    assert closed <= found
