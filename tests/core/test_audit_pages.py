"""The page of the audit log: filters, paging, download, and who may see it."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.core import audit, clock, queries
from goldenthread.core.actors import System
from goldenthread.core.ids import new_id
from goldenthread.core.models import AuditEntry, User
from goldenthread.core.refusals import NotPermitted
from goldenthread.core.roles import Role
from tests.core.conftest import SignedIn
from tests.factories.people import user as make_user

pytestmark = pytest.mark.django_db


def write(number: int, *, by: Any = System.COMMAND, **given: Any) -> None:
    with transaction.atomic():
        for index in range(number):
            audit.record(by=by, **{"action": f"test.wrote_{index}"} | given)


def shown(page: Any) -> list[int]:
    """The numbers of the lines on a page."""
    return [
        int(text.replace(",", "")) for text in re.findall(r'rowheader"[^>]*>([\d,]+)<', page.content.decode())
    ]


def to(page: Any, way: str) -> str:
    """Where the link to older (next) or newer (prev) lines leads; nothing where there is none."""
    for link in re.findall(r"<a [^>]*>", page.content.decode()):
        if f'rel="{way}"' in link:
            return html.unescape(re.search(r'href="([^"]*)"', link)[1])  # type: ignore[index]
    return ""


@pytest.mark.parametrize("role", Role)
def test_who_may_see_it(signed_in: SignedIn, role: Role) -> None:
    user = make_user(role)
    may = role in {Role.MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR}
    assert signed_in(user).get(reverse("audit")).status_code == (200 if may else 403)
    if not may:
        with pytest.raises(NotPermitted):
            queries.audit_lines(by=user)


def test_filters_find_what_they_say(administrator: User, signed_in: SignedIn) -> None:
    child, record = new_id(), make_user(Role.FAMILY)
    quill = make_user(Role.MANAGER, name="Amber Quill")
    write(1, by=quill, action="case.decided")
    write(1, person_id=child, action="read.case")
    write(1, obj=record, action="user.invited")
    client = signed_in(administrator)

    def found(**filters: Any) -> list[str]:
        page = client.get(reverse("audit"), filters)
        return list(
            AuditEntry.objects.filter(seq__in=shown(page)).order_by("seq").values_list("action", flat=True)
        )

    assert found() == ["case.decided", "read.case", "user.invited", "user.signed_in"]
    assert found(who="quill") == ["case.decided"]
    assert found(who=quill.email) == ["case.decided"]
    assert found(who=quill.pk) == ["case.decided"]
    assert found(who=child) == []
    assert found(who="command") == ["read.case", "user.invited"]
    assert found(who="nobody") == []
    assert found(action="user.") == ["user.invited", "user.signed_in"]
    assert found(record=child) == ["read.case"]
    assert found(record=record.pk) == ["user.invited"]
    today = clock.now().date()
    assert len(found(since=today.isoformat(), until=today.isoformat())) == 4
    assert found(since=(today + timedelta(days=2)).isoformat()) == []
    assert found(until=(today - timedelta(days=2)).isoformat()) == []


def test_a_wrong_filter_is_explained(administrator: User, signed_in: SignedIn) -> None:
    page = signed_in(administrator).get(reverse("audit"), {"record": "12", "since": "2024-02-31"})
    assert page.status_code == 200
    assert "Enter the long number" in page.content.decode()
    assert "must be a real date" in page.content.decode()


def test_pages_lead_on_and_back_without_a_gap(administrator: User, signed_in: SignedIn) -> None:
    write(120)
    client = signed_in(administrator)  # its own line is the newest
    numbers = list(AuditEntry.objects.order_by("-seq").values_list("seq", flat=True))
    first = client.get(reverse("audit"))
    second = client.get(reverse("audit") + to(first, "next"))
    third = client.get(reverse("audit") + to(second, "next"))
    assert shown(first) + shown(second) + shown(third) == numbers
    assert to(third, "next") == to(first, "prev") == ""
    back = client.get(reverse("audit") + to(third, "prev"))
    assert shown(back) == shown(second)
    for nonsense in ({"before": "x"}, {"after": "-1"}, {"before": "9" * 40}, {"before": "٣"}):
        assert client.get(reverse("audit"), nonsense).status_code == 200


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(total=st.integers(0, 12), size=st.integers(1, 5))
def test_going_down_and_up_shows_every_line_once(administrator: User, total: int, size: int) -> None:
    with transaction.atomic():
        write(total)
        wanted = list(AuditEntry.objects.order_by("-seq").values_list("seq", flat=True))
        lines = AuditEntry.objects.order_by("-seq")
        down: list[int] = []
        page = queries.keyset(lines, before=None, after=None, size=size)
        down += [row.seq for row in page["rows"]]
        while page["older"] is not None:
            page = queries.keyset(lines, before=page["older"], after=None, size=size)
            down += [row.seq for row in page["rows"]]
        assert down == wanted
        up = [row.seq for row in page["rows"]]
        while page["newer"] is not None:
            page = queries.keyset(lines, before=None, after=page["newer"], size=size)
            up = [row.seq for row in page["rows"]] + up
        assert up == wanted
        transaction.set_rollback(True)


def test_the_download_holds_what_matches_and_is_recorded(administrator: User, signed_in: SignedIn) -> None:
    write(70, action="test.wrote")
    evil = make_user(Role.MANAGER, name="=HYPERLINK(1)")
    write(1, by=evil, action="test.evil")
    client = signed_in(administrator)
    answer = client.get(reverse("audit"), {"download": "csv", "action": "test."})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 71
    assert rows[0]["Who"] == "'=HYPERLINK(1)"
    assert rows[0]["Hash"] == AuditEntry.objects.get(action="test.evil").hash
    line = AuditEntry.objects.get(action="audit.exported")
    assert (line.actor_id, line.details) == (str(administrator.pk), {"filters": ["action"]})


def test_a_page_takes_few_queries(
    administrator: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    write(120)
    client = signed_in(administrator)
    for name in ("audit", "users", "outbox", "jobs"):
        with django_assert_max_num_queries(6):
            client.get(reverse(name))
