"""Every page of the site, on four kinds of screen: it opens, axe finds nothing, it fits, it is well formed.

Screens differ in width alone once a page is loaded, so a page is loaded with script and without, and each is
looked at wide and narrow. Axe is asked about each look once: of a header, or of the rest of a page, with the
same elements, styles and places it says the same, so most pages need it once for each width.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Browser, Page, Route

from goldenthread.core.views import errors
from tests.browser.county import pages
from tests.browser.county.served import NOBODY, County, names_of_children
from tests.meta.test_access_matrix import ROUTES
from tests.support.browser import Screen, axe, looks, opened, overflow

WIDTHS = (1280, 360)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Words of our own addresses, and numbers of rows that are about no person.
PLAIN = re.compile(r"[a-z0-9_-]+(\.(css|csv|xlsx|zip|pdf|docx))?|MQ-[A-Za-z0-9]+|[A-Za-z0-9_=:.-]{43}")
READ = r"""() => ({
  title: document.title,
  headings: [...document.querySelectorAll('h1')].map((e) => e.innerText.trim()),
  markup: document.body.innerText.match(/<\/?[a-z]+[ >]|&[a-z]+;|{{|}}|\bundefined\b|\bNaN\b/g),
  banner: document.querySelectorAll('.gt-demo').length,
  links: [...document.querySelectorAll('a[href], form[action]')]
    .map((e) => e.getAttribute('href') || e.getAttribute('action')),
})"""


@pytest.fixture(scope="module")
def names(county: County) -> set[str]:
    """What may stand in no address."""
    return names_of_children()


def test_every_address_is_looked_at_or_is_no_page(county: County) -> None:
    looked_at = {visit.name for visit in pages.visits(county)} | {"second_factor_needed"}
    routes = {route.name for route in ROUTES}
    assert routes - looked_at - set(pages.NO_PAGE) == set(), "put them in tests/browser/pages.py"
    assert set(pages.NO_PAGE) - routes == set(), "no longer addresses of the site"
    assert looked_at & set(pages.NO_PAGE) == set()


Look = tuple[int, str]  # the width of the screen, and `looks`
WHO = (NOBODY, "finance", "coordinator", "administrator", "manager", "office", "partners_and_families")
PARTNERS_AND_FAMILIES = {"psychologist", "senco", "parent", "young_person", "nobody_yet"}


def _looks(who: str, visit: pages.Visit) -> bool:
    if who == "partners_and_families":
        return visit.who in PARTNERS_AND_FAMILIES
    if who == "office":
        return visit.who not in {*WHO, *PARTNERS_AND_FAMILIES}
    return visit.who == who


@contextmanager
def _both(browser: Browser, county: County) -> Iterator[tuple[Page, Page]]:
    """An empty page with script, and one without."""
    with (
        opened(browser, Screen(WIDTHS[0], True), county.url) as scripted,
        opened(browser, Screen(WIDTHS[0], False), county.url) as plain,
    ):
        yield scripted, plain


@pytest.mark.parametrize("who", WHO, ids=lambda who: who or "nobody")
def test_every_page_is_sound(browser: Browser, county: County, names: set[str], who: str) -> None:
    faults: dict[str, list[str]] = defaultdict(list)
    known: set[Look] = set()
    with _both(browser, county) as both:
        now = None
        for visit in pages.visits(county):
            if not _looks(who, visit):
                continue
            if visit.who != now:
                now = visit.who
                for page in both:
                    county.enter(page, visit.who)
            found = list(_faults(both, visit, names, known))
            if found:
                faults[f"{visit.name} as {visit.who or 'nobody'}: {visit.address}"] += found
    assert not faults, "\n".join(f"{where}: {what}" for where, found in faults.items() for what in found)


def _faults(both: tuple[Page, Page], visit: pages.Visit, names: set[str], known: set[Look]) -> Iterator[str]:
    """What is wrong with a page with script and without, wide and narrow; nothing if all is well.

    `known`: what axe was asked about, and found nothing wrong with.
    """
    for page, script in zip(both, ("script", "no script"), strict=True):
        yield from (f"{script}: {fault}" for fault in _faults_of_one(page, visit, names, known))


def _faults_of_one(page: Page, visit: pages.Visit, names: set[str], known: set[Look]) -> Iterator[str]:
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    answer = page.goto(visit.address)
    if answer is None or answer.status != visit.status:
        yield f"answered {answer and answer.status}, not {visit.status}"
        return
    yield from _not_well_formed(page, visit, names)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = overflow(page)
        now = {(width, look) for look in looks(page)}
        if not now <= known:
            found += axe(page)
            known |= set() if found else now
        yield from (f"{width}px: {fault}" for fault in found)


def _not_well_formed(page: Page, visit: pages.Visit, names: set[str]) -> Iterator[str]:
    seen = page.evaluate(READ)
    here = urlsplit(page.url)
    if (here.path, here.query) != (visit.address.partition("?")[0], visit.address.partition("?")[2]):
        yield f"led on to {page.url}"
    if len(seen["headings"]) != 1 or not seen["headings"][0]:
        yield f"its h1s are {seen['headings']}"
    if not seen["title"].partition(" – ")[0].strip():
        yield f"its title is “{seen['title']}”"
    if seen["markup"]:
        yield f"shows markup as text: {seen['markup']}"
    if seen["banner"] != 1:
        yield "does not say that this is a demonstration"
    for link in [page.url, *seen["links"]]:
        yield from _bad_address(link, names)


def _bad_address(link: str, names: set[str]) -> Iterator[str]:
    """An address that leads nowhere, or says more than which record."""
    parts = urlsplit(link)
    if parts.scheme in {"mailto", "tel"} or (parts.scheme and parts.hostname != "localhost"):
        return
    if parts.path:
        try:
            resolve(parts.path)
        except Resolver404:
            if parts.path != "/nowhere/":
                yield f"a link leads nowhere: {link}"
    words = [word for word in parts.path.split("/") if word and not UUID.fullmatch(word)]
    if odd := [word for word in words if not PLAIN.fullmatch(word)]:
        yield f"an address carries more than keys: {odd}"
    told = [word for word in re.split(r"[^a-z0-9]+", parts.query.lower()) if word in names]
    if told or any(word.lower() in names for word in words):
        yield f"an address names somebody: {link}"


ERRORS = (errors.bad_request, errors.forbidden, errors.csrf_failure, errors.too_many, errors.failed)


def test_pages_for_when_something_goes_wrong(browser: Browser, county: County) -> None:
    faults: dict[str, list[str]] = {}
    with _both(browser, county) as both:
        for view in ERRORS:
            request = RequestFactory().get("/nowhere/")
            request.user = AnonymousUser()
            answer = view(request)
            for page in both:
                page.route("**/nowhere/", partial(_fulfill, answer), times=1)
            visit = pages.Visit(view.__name__, NOBODY, "/nowhere/", answer.status_code)
            if found := list(_faults(both, visit, set(), set())):
                faults[view.__name__] = found
    assert faults == {}


def _fulfill(answer: HttpResponse, route: Route) -> None:
    route.fulfill(status=answer.status_code, body=answer.content, content_type=answer["Content-Type"])


def test_the_second_step_that_the_demonstration_leaves_out(browser: Browser, county: County) -> None:
    with override_settings(DEMONSTRATION=False), _both(browser, county) as both:
        for page in both:
            county.enter(page, "one_step")
        visit = pages.Visit("second_factor_needed", "one_step", reverse("second_factor_needed"))
        fault = "does not say that this is a demonstration"
        assert list(_faults(both, visit, set(), set())) == [f"script: {fault}", f"no script: {fault}"]
