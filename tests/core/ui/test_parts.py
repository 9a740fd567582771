"""Parts of a page as drawn, and the rules of every template."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory

from goldenthread.core.ui.gallery import gallery_context
from goldenthread.core.ui.parts import Event, Law, NavItem, Progress, Stage, Stat, by_day
from goldenthread.core.ui.signin import describe_browser
from tests.core.ui.pages import draw, text, tree

CORE = Path(__file__).parents[3] / "src" / "goldenthread" / "core"
TEMPLATES = sorted(
    path.relative_to(CORE / "templates").as_posix() for path in (CORE / "templates").rglob("*.html")
)
PARTS = '{% from "components/parts.html" import '


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read_and_needs_no_inline_style(name: str) -> None:
    engines["jinja2"].get_template(name)
    source = (CORE / "templates" / name).read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*(src=|nonce=|application/json))", source)
    assert "| safe" not in source


def test_everything_that_the_style_sheet_names_is_there() -> None:
    folder = CORE / "static" / "goldenthread"
    css = (folder / "app.css").read_text()
    urls = re.findall(r"url\(([^)]+)\)", css)
    assert urls
    for url in urls:
        assert (folder / url.strip("\"'")).is_file()
    for banned in ("GDS Transport", "crest", "crown", "@import"):
        assert banned not in css
    assert finders.find("goldenthread/app.js")


def test_the_page_for_a_broken_site_needs_nothing() -> None:
    page = engines["jinja2"].get_template("500.html").render({}, None)
    assert "Something went wrong on our side" in page
    assert "<script" not in page


@pytest.mark.django_db
def test_the_gallery_draws_every_part() -> None:
    request = RequestFactory().get("/")
    context = gallery_context(request.GET)
    page = engines["jinja2"].get_template("core/gallery.html").template.render(context | {"csrf_input": ""})
    for words in ("There is a problem", "9 days late", "Showing 1 to 10 of 137 cases", "The law behind this"):
        assert words in page


def test_events_are_grouped_by_day_newest_first() -> None:
    events = [
        Event(date(2024, 1, 8), "First"),
        Event(datetime(2024, 2, 1, 9, 0), "Second"),
        Event(date(2024, 2, 1), "Third"),
    ]
    days = by_day(events)
    assert [(day, [event.title for event in found]) for day, found in days] == [
        (date(2024, 2, 1), ["Second", "Third"]),
        (date(2024, 1, 8), ["First"]),
    ]
    page = tree(PARTS + "timeline %}{{ timeline(days) }}", days=days)
    assert [text(item) for item in page.xpath("//h3")] == ["1 February 2024", "8 January 2024"]


def test_the_pathway_says_its_states_in_words() -> None:
    stages = [Stage("Request", "done"), Stage("Advice", "late", "2 days late"), Stage("Plan", "next")]
    page = tree(PARTS + "pathway %}{{ pathway(stages) }}", stages=stages)
    assert [text(item) for item in page.xpath("//li")] == [
        "Done: Request",
        "Now, late: Advice 2 days late",
        "Still to come: Plan",
    ]
    assert len(page.xpath("//*[@aria-current='step']")) == 1
    with pytest.raises(ValueError, match="No stage state"):
        Stage("Plan", "soon")


def test_unconfirmed_law_says_so() -> None:
    source = PARTS + "law %}{{ law(rule) }}"
    assert "Not confirmed" in draw(source, rule=Law("Six weeks", "Regulation 5", confirmed=False))
    assert "Not confirmed" not in draw(source, rule=Law("Six weeks", "Regulation 5"))


def test_counts_in_tabs_show_nought() -> None:
    source = PARTS + "sub_navigation %}{{ sub_navigation(items, 'Parts') }}"
    page = tree(source, items=[NavItem("All", "/", True), NavItem("Late", "/late", count=0)])
    assert [text(link) for link in page.xpath("//a")] == ["All", "Late 0"]
    assert page.xpath("//a[@aria-current='page']/@href") == ["/"]


def test_figures_and_progress_in_words() -> None:
    assert [Stat("x", value).figure_text for value in (1204, None, "58%")] == ["1,204", "–", "58%"]
    assert Progress("Reading", 1200, 6000).words == "1,200 of 6,000 (20%)"
    assert Progress("Reading", 0, 0).words == "0 of 0"
    assert Progress("Reading", 40, 100).words == "40%"
    source = PARTS + "progress_refresh %}{{ progress_refresh(p) }}"
    assert 'content="3"' in draw(source, p=Progress("Reading", 1, 2, refresh=3))
    assert draw(source, p=Progress("Reading", 2, 2, refresh=3)).strip() == ""


def test_browsers_have_short_names() -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
    assert describe_browser(agent) == "Chrome on Windows"
    assert describe_browser(agent + " Edg/126.0") == "Edge on Windows"
    assert describe_browser("") == "A browser"


def test_a_message_stands_in_its_banner_as_it_was_written() -> None:
    source = '{% from "components/messages.html" import messages_banner %}{{ messages_banner(found) }}'
    banner = tree(source, found=[Message(constants.SUCCESS, "Sam <b> O’Brien & Co are in the record.")])
    heading = banner.find_class("govuk-notification-banner__heading")[0]
    assert text(heading) == "Sam <b> O’Brien & Co are in the record."
    assert text(banner.find_class("govuk-notification-banner__content")[0]) == text(heading)
