"""The returns pages on every screen: nothing that axe finds, nothing wider than the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from goldenthread.core.roles import Role
from goldenthread.returns.models import ImportRun, ImportState
from tests.factories.people import user as make_user
from tests.returns.conftest import AS_OF, load_file
from tests.returns.sen2 import builders as make
from tests.support.browser import axe, overflow, sign_in


@pytest.fixture
def checked(live_server: Any, tmp_path: Path) -> ImportRun:
    """A file with findings, checked."""
    path = tmp_path / "return.xml"
    people = [make.PERSON_XML, make.PERSON_XML.replace("2017-05-04", "3019-05-04")]
    path.write_text(make.xml_of(*people), encoding="utf-8")
    return load_file(path, check=True)


@pytest.mark.parametrize(
    "name", ["list", "empty", "load", "result", "findings", "waiting", "still", "refused"]
)
def test_the_pages_are_sound(name: str, page: Page, live_server: Any, checked: ImportRun) -> None:
    addresses = {"load": "/returns/load/", "result": f"/returns/{checked.pk}/"}
    addresses["findings"] = f"/returns/{checked.pk}/findings/"
    if name in {"waiting", "still", "refused"}:
        state = ImportState.REFUSED if name == "refused" else ImportState.WAITING
        words = {"message": "The file is empty.", "mend": "Export it again."} if name == "refused" else {}
        run = ImportRun.objects.create(file_name="x.xml", as_of=AS_OF, by_label="x", state=state, **words)
        addresses[name] = f"/returns/{run.pk}/" + ("?still=1" if name == "still" else "")
    if name == "empty":
        ImportRun.objects.all().delete()
    sign_in_as_manager(page, live_server.url)
    answer = page.goto(addresses.get(name, "/returns/"))
    assert answer is not None
    assert answer.ok
    # The page that looks again by itself can be told to stand still (WCAG 2.2.1), which axe cannot see.
    assert axe(page, without=("meta-refresh",) if name == "waiting" else ()) == []
    assert overflow(page) == []


def sign_in_as_manager(page: Page, base_url: str) -> None:
    """A manager with the second step passed."""
    user = make_user(Role.MANAGER)
    sign_in(page, user, base_url)
    key = next(
        cookie["value"] for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME
    )
    session = SessionStore(key)
    session["second_factor"] = str(user.pk)
    session.save()
