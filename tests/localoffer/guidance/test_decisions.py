"""What is decided on pages of guidance: nothing is lost, nothing goes public by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.core.models import AuditEntry
from goldenthread.core.refusals import ChangedMeanwhile, InvalidInput, NotAllowedNow, NotFound, NotPermitted
from goldenthread.core.roles import Role
from goldenthread.localoffer.guidance import actions, coverage, queries
from goldenthread.localoffer.guidance.actions import Content
from goldenthread.localoffer.guidance.coverage import Place
from goldenthread.localoffer.guidance.enums import Cover
from goldenthread.localoffer.models import GuidancePage, GuidanceVersion
from goldenthread.statute.local_offer import all_items, legal_item
from tests.factories import localoffer as make
from tests.factories.people import user as make_user
from tests.localoffer.guidance.conftest import write

BY = System.COMMAND


def words_of(slug: str) -> Content:
    """What the newest version says."""
    page = GuidancePage.objects.get(slug=slug)
    return Content.of(queries.content_of(page, page.number))


def test_loading_again_changes_nothing_and_never_what_the_council_wrote(loaded: Path) -> None:
    again = actions.load_guidance(by=BY, publish=True, folder=loaded)
    assert (again.same, again.published, again.easy_read) == (["ask", "rules"], 0, 0)
    actions.save_page(by=BY, slug="rules", words=replace(words_of("rules"), body="Our own words.\n"))
    write(loaded, "ask", "Newer.\n\n## Who\n\nAll.\n\n## When\n\nNow.", kind="steps")
    write(loaded, "rules", "Newer.")
    report = actions.load_guidance(by=BY, folder=loaded)
    assert (report.updated, report.kept, report.published) == (["ask"], ["rules"], 0)
    assert words_of("rules").body == "Our own words.\n"
    ask = GuidancePage.objects.get(slug="ask")
    assert (ask.number, ask.live_number) == (2, 1)
    assert ask.body.startswith("Ask the SENCO.")


def test_what_was_taken_down_stays_down(loaded: Path) -> None:
    actions.withdraw_page(by=BY, slug="rules", reason="Wrong.")
    actions.load_guidance(by=BY, publish=True, folder=loaded)
    assert not GuidancePage.objects.get(slug="rules").is_live


def test_the_public_sees_old_words_until_the_new_are_published(loaded: Path) -> None:
    editor = make.editor()
    page = GuidancePage.objects.get(slug="rules")
    saved = actions.save_page(
        by=editor, slug="rules", words=replace(words_of("rules"), title="New"), version=page.version
    )
    assert queries.live_page("rules").title == "The rules"
    actions.publish_page(by=editor, slug="rules", version=saved.version)
    assert queries.live_page("rules").title == "New"
    assert queries.topic("schools").pages[1].title == "New"
    assert [one.number for one in queries.versions_of(page)] == [2, 1]
    audited = AuditEntry.objects.filter(object_id=str(page.pk)).values_list("action", flat=True)
    assert {"localoffer.guidance_saved", "localoffer.guidance_published"} <= set(audited)


def test_of_two_editors_the_second_is_told(loaded: Path) -> None:
    version = GuidancePage.objects.get(slug="rules").version
    actions.save_page(by=BY, slug="rules", words=replace(words_of("rules"), title="A"), version=version)
    with pytest.raises(ChangedMeanwhile):
        actions.save_page(by=BY, slug="rules", words=replace(words_of("rules"), title="B"), version=version)
    assert words_of("rules").title == "A"


def test_going_back_loses_nothing(loaded: Path) -> None:
    actions.save_page(by=BY, slug="rules", words=replace(words_of("rules"), body="Worse.\n"))
    actions.go_back_to(by=BY, slug="rules", number=1)
    assert words_of("rules").body == "Ask {council}.\n"
    assert GuidanceVersion.objects.filter(page__slug="rules").count() == 3


def test_a_body_with_faults_may_be_saved_but_not_published(loaded: Path) -> None:
    actions.save_page(by=BY, slug="rules", words=replace(words_of("rules"), body="\n[a](page:none)\n"))
    with pytest.raises(InvalidInput, match="Line 2: There is no guidance page"):
        actions.publish_page(by=BY, slug="rules")


def test_a_review_puts_off_the_next_by_a_year(loaded: Path) -> None:
    today = clock.today()
    old = today - timedelta(days=400)
    actions.confirm_reviewed(by=BY, slug="ask", on=old)
    assert queries.wanted_pages(queries.Wanted(stale=True)).get().slug == "ask"
    actions.confirm_reviewed(by=BY, slug="ask", on=date(2023, 2, 28))
    assert GuidancePage.objects.get(slug="ask").review_due == date(2024, 2, 28)
    with pytest.raises(InvalidInput):
        actions.confirm_reviewed(by=BY, slug="ask", on=today + timedelta(days=1))
    actions.withdraw_page(by=BY, slug="ask", reason="Wrong.")
    with pytest.raises(NotAllowedNow):
        actions.confirm_reviewed(by=BY, slug="ask")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_nobody_else_decides(db: None, role: Role) -> None:
    with pytest.raises(NotPermitted):
        actions.publish_page(by=make_user(role), slug="rules")


def test_easy_read_says_when_it_lags_behind(loaded: Path) -> None:
    page = queries.live_page("ask")
    assert queries.live_rendition("ask", "easy-read").made_from == page.live_number
    with pytest.raises(InvalidInput):
        actions.save_rendition(by=BY, slug="ask", language="pl", state="there", title="Pytaj", body="")
    actions.save_rendition(by=BY, slug="ask", language="pl", state="preparing", title="Pytaj", body="Pytaj.")
    with pytest.raises(NotFound):
        queries.live_rendition("ask", "pl")
    found = actions.save_rendition(
        by=BY, slug="ask", language="easy-read", state="there", title="Our own", body="Ours.", made_from=1
    )
    assert found.shipped == ""
    actions.load_guidance(by=BY, folder=loaded)
    assert queries.live_rendition("ask", "easy-read").title == "Our own"


def test_the_board_follows_pages_and_reviews(loaded: Path) -> None:
    def stands() -> Cover:
        return next(row.cover for row in coverage.board() if row.item.id == "S2.19")

    assert stands() == Cover.COVERED
    for slug in ("ask", "rules"):
        actions.confirm_reviewed(by=BY, slug=slug, on=clock.today() - timedelta(days=400))
    assert stands() == Cover.STALE
    for slug in ("ask", "rules"):
        actions.withdraw_page(by=BY, slug=slug, reason="Wrong.")
    assert stands() == Cover.MISSING
    rows = coverage.board()
    assert sum(coverage.counts(rows).values()) == len(rows) == len(all_items())


FRESH, OLD = Place("Page", "/page"), Place("Page", "/page", is_stale=True)
CHECK = Place("List", "/list", is_check=True)


@pytest.mark.parametrize(
    ("pages", "found", "cover"),
    [
        ([], [], Cover.MISSING),
        ([FRESH], [], Cover.COVERED),
        ([OLD], [], Cover.STALE),
        ([OLD, FRESH], [], Cover.COVERED),
        ([], [(True, CHECK)], Cover.COVERED),
        ([OLD], [(True, CHECK)], Cover.COVERED),
        ([], [(False, CHECK)], Cover.MISSING),
        ([FRESH], [(False, CHECK)], Cover.STALE),
        ([], [(True, CHECK), (False, CHECK)], Cover.STALE),
    ],
)
def test_how_an_item_stands(pages: list[Place], found: list[tuple[bool, Place]], cover: Cover) -> None:
    assert coverage.standing(legal_item("S2.19"), pages, found).cover == cover
