"""docs/workflows is drawn from the table, and a stale page is found."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from goldenthread.casework.drawing import pages
from goldenthread.casework.enums import EventKind, Status
from goldenthread.casework.workflow import START, events_from, next_status, statuses_for


def draw(*args):
    call_command("draw_workflows", *args, stdout=StringIO())


def test_the_pages_in_the_repository_are_up_to_date():
    draw("--check")


def test_a_stale_or_missing_page_is_found_and_drawn_anew(tmp_path):
    folder = f"--folder={tmp_path}"
    with pytest.raises(CommandError, match=r"case\.md"):
        draw("--check", folder)
    draw(folder)
    draw("--check", folder)
    page = tmp_path / "case.md"
    page.write_text(page.read_text(encoding="utf-8").replace("withdrawn", "gone"), encoding="utf-8")
    with pytest.raises(CommandError, match="Stale"):
        draw("--check", folder)


def test_every_status_and_event_is_drawn():
    text = pages()["case.md"]
    assert all(f"Status `{status}`" in text for status in Status)
    assert all(f"`{kind}`" in text for kind in EventKind)
    assert "requested --> assessing: Decided to assess" in text


def test_asking_the_table():
    assert next_status(START, EventKind.REQUEST_RECEIVED) == Status.REQUESTED
    assert next_status(Status.REQUESTED, EventKind.PLAN_ISSUED) is None
    assert EventKind.WITHDRAWN in events_from(Status.DRAFT)
    assert statuses_for(EventKind.DRAFT_SENT) == (Status.ISSUING, Status.DRAFT)
