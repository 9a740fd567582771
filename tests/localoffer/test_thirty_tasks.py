"""Thirty things that parents were seen to fail at on councils' Local Offers: each takes two clicks here.

From the first page of the Local Offer plain links, without script, lead in at most two clicks to a page whose
heading and words do the task. The pages are the real ones, with the guidance as shipped and services of
Threadshire.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from lxml import html

from goldenthread.core.actors import System
from goldenthread.demo.localoffer.generator import documents
from goldenthread.demo.localoffer.schools import school_documents
from goldenthread.localoffer import actions
from goldenthread.localoffer.guidance import content
from goldenthread.localoffer.guidance.actions import load_guidance

pytestmark = pytest.mark.django_db

HOME = "/local-offer/"
SERVICES, PLANS = 140, 400
# Beside the Local Offer's own pages a parent may be led to where people say what they think.
OURS = re.compile(r"/(local-offer|have-your-say)/(?!edit/|feeds/)(?!.*(\.csv|\.ics|\.rss|download=csv))")
ENTRY = "an entry of the directory"
ENTRY_LINK = re.compile(r"/local-offer/services/[0-9a-f-]{36}$")


@dataclass(frozen=True)
class Task:
    """What a parent wants; the heading of a page that does it; what that page must say or hold.

    `ENTRY` among the words stands for at least one link to an entry of the directory.
    """

    want: str
    heading: str
    says: tuple[str, ...]


TASKS = (
    # Lists of places: more than five clicks away, or missing, on most sites that were looked at.
    Task("A list of maintained schools", "Maintained schools", (ENTRY,)),
    Task("A list of academies", "Academies and free schools", (ENTRY,)),
    Task("A list of special schools", "Special schools and special academies", (ENTRY,)),
    Task("A list of independent schools", "Independent schools", (ENTRY,)),
    Task("A list of independent special schools", "Independent special schools", (ENTRY,)),
    Task("Section 41 schools", "Section 41 schools and colleges", ("the full national list", "must take")),
    Task("Nurseries and childminders", "Early years providers", (ENTRY,)),
    Task("Colleges and other places after 16", "Colleges and other post-16", (ENTRY,)),
    Task("Places outside the area", "outside our area", ("natspec", "get information about schools")),
    Task(
        "What schools must do without a plan",
        "the help every school must give",
        ("no test to pass", "review"),
    ),
    # Assessments and plans.
    Task("How to ask for an assessment", "Ask for an EHC needs assessment", ("within 6 weeks",)),
    Task("Who can have an EHC plan", "Who can have an EHC plan", ("the rule for a plan", "not rules")),
    Task("How long it takes", "What happens in the 20 weeks", ("week 16", "15 days", "if we are late")),
    Task("Who decides, and who is accountable", "How decisions are made", ("panel", "accountable")),
    Task("A named contact", "Who to contact", ("plan co-ordinator", "short breaks", "school travel manager")),
    Task("A personal budget", "Personal budgets", ("who can ask", "what may be refused", "who decides")),
    Task("Mediation and appeal", "mediation and appeal", ("two months", "send tribunal", "certificate")),
    Task("How to complain", "How to complain", ("ombudsman", "12 months")),
    # Help, and how to get it.
    Task("How to get a short break", "Get a short break", ("who can get it", "short breaks statement")),
    Task("Short breaks near by", "Services", ("short breaks", ENTRY)),
    Task("Who has free travel to school", "Who can have free travel", ("3 miles", "who decides")),
    Task("Travel after 16", "Travel from 16 to 25", ("each year", "bursary")),
    Task("Speech and language therapy", "Services", ("speech and language therapy", ENTRY)),
    Task("Help with mental health", "mental health", ("camhs", "nhs 111", "how to ask")),
    Task("Getting ready for adult life", "Getting ready for adult life", ("year 9", "a home", "work")),
    # Advice, other families, and the Local Offer itself.
    Task("Independent advice: SENDIASS", "SENDIASS", ("free", "impartial")),
    Task("The parent carer forum", "The parent carer forum", ("joining is free",)),
    Task("A copy on paper", "Get it on paper", ("by post", "by phone", "large print")),
    Task(
        "Comments, and what was answered",
        "Your comments and what we did",
        ("once a year", "you said, we did"),
    ),
    Task("What EHCP and other words mean", "Words explained", ("ehcp", "senco", "camhs")),
)


@dataclass
class Page:
    """A page as a browser without script has it."""

    path: str
    content: bytes

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.content)

    @cached_property
    def heading(self) -> str:
        return " ".join(" ".join(one.text_content().split()) for one in self.tree.iter("h1"))

    @cached_property
    def words(self) -> str:
        found = self.tree.xpath("//main")
        return " ".join(found[0].text_content().split()).lower() if found else ""

    @cached_property
    def links(self) -> dict[str, str]:
        """Where its plain links lead, in order, with their words; a part of a page is that page."""
        found: dict[str, str] = {}
        for link in self.tree.xpath("//main//a[@href]"):
            path = urljoin(self.path, urldefrag(link.get("href"))[0])
            if not urlsplit(path).netloc and OURS.match(path):
                found.setdefault(path, " ".join(link.text_content().split()))
        return found

    @cached_property
    def has_entry(self) -> bool:
        return any(ENTRY_LINK.match(link) for link in self.links)

    def does(self, task: Task) -> bool:
        return task.heading.lower() in self.heading.lower() and all(
            self.has_entry if one is ENTRY else one in self.words for one in task.says
        )


@dataclass
class Walk:
    """The first page, what it leads to, and of what that leads to the pages whose link names a task."""

    client: Client
    pages: dict[str, Page] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    broken: dict[str, int] = field(default_factory=dict)

    def go(self) -> None:
        """One click on everything but single entries, at which no task ends; then one more, on guidance."""
        for path in self._open(HOME):
            if not ENTRY_LINK.match(path):
                self._open(path)
        links = [link for page in list(self.pages.values()) for link in page.links.items()]
        self.linked = {path for path, _ in links}
        for path, words in links:
            if (
                path not in self.pages
                and "/guidance/" in path
                and any(task.heading.lower() in words.lower() for task in TASKS)
            ):
                self._open(path)

    def _open(self, path: str) -> dict[str, str]:
        answer = self.client.get(path, follow=True)
        if answer.status_code != 200:
            self.broken[path] = answer.status_code
            return {}
        self.pages[path] = Page(path, answer.content)
        return self.pages[path].links


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: Any) -> Walk:
    """The walk through the whole Local Offer, made once."""
    made = Walk(Client())
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_shipped_taxonomies(by=System.COMMAND)
        given = [*documents(SERVICES), *school_documents(PLANS, 1)]
        actions.load_documents(by=System.COMMAND, documents=given)
        load_guidance(by=System.COMMAND, publish=True)
        made.go()
        transaction.set_rollback(True)
    return made


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.want)
def test_task_takes_two_clicks(walk: Walk, task: Task) -> None:
    near = [page.heading for page in walk.pages.values() if task.heading.lower() in page.heading.lower()]
    assert any(page.does(task) for page in walk.pages.values()), near or "no page has this heading"


def test_there_are_thirty_tasks() -> None:
    assert len({task.want for task in TASKS}) == 30


def test_no_link_on_the_way_is_broken(walk: Walk) -> None:
    assert walk.broken == {}


def test_every_page_of_guidance_is_two_clicks_away(walk: Walk) -> None:
    there = {path.rsplit("/", 1)[1] for path in walk.linked if "/guidance/" in path}
    assert {page.slug for page in content.load().pages} <= there


def test_a_task_of_no_page_is_not_done(walk: Walk) -> None:
    unheard = Task("Nothing", "A heading that no page has", ())
    silent = Task("Nothing", "Ask for an EHC needs assessment", ("words that no page has",))
    assert not any(page.does(task) for task in (unheard, silent) for page in walk.pages.values())
