"""The Local Offer on the narrowest screen, without script and by keyboard: what a family on a phone has."""

from __future__ import annotations

import re

from django.urls import reverse
from playwright.sync_api import Browser

from tests.browser.county import local_offer
from tests.browser.county.served import County
from tests.support.browser import Screen, opened, overflow

NARROWEST = 320


def test_nothing_is_cut_off_at_320_pixels(browser: Browser, county: County) -> None:
    faults: dict[str, list[str]] = {}
    with opened(browser, Screen(NARROWEST, False), county.url) as page:
        for name, args, query, _ in local_offer.addresses(county.rows):
            address = reverse(name, args=args) + query
            page.goto(address)
            if found := list(overflow(page)):
                faults[address] = found
    assert faults == {}


def test_a_service_is_found_put_on_the_shortlist_and_read_by_keyboard(
    browser: Browser, county: County
) -> None:
    with opened(browser, Screen(360, False), county.url) as page:
        page.goto(reverse("local_offer"))
        page.get_by_label("What are you looking for?").focus()
        page.keyboard.type("saturday weavers")
        page.keyboard.press("Enter")
        button = page.get_by_role("button", name=re.compile("Add to your shortlist.*Saturday weavers"))
        button.focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Your shortlist (1)").focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Saturday weavers", exact=True).focus()
        page.keyboard.press("Enter")
        assert page.locator("h1").inner_text().endswith("Saturday weavers")
