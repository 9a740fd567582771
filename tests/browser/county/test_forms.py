"""Forms sent empty: what is wrong stands at the top, leads to its field, and can be read by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.browser.county.served import NOBODY, County
from tests.support.browser import SCREENS, Screen, axe, opened, overflow

# Which form, as whom, the row in its address, and the words of its button.
FORMS: tuple[tuple[str, str, Callable[[dict[str, Any]], list[Any]], str], ...] = (
    ("account_login", NOBODY, lambda rows: [], "Sign in"),
    ("sign_in_link", NOBODY, lambda rows: [], "Send the link"),
    ("record_request_for", "coordinator", lambda rows: [rows["no_case"].pk], "Continue"),
    ("record_request_add", "coordinator", lambda rows: [], "Add and go on"),
    ("case_do", "coordinator", lambda rows: [rows["fresh"].pk, "decide-to-assess"], "Continue"),
    ("contact_new", "coordinator", lambda rows: [rows["person"].pk], "Add the contact"),
    ("person_new", "coordinator", lambda rows: [], "Add to the record"),
    ("settings_load", "manager", lambda rows: [], "Check the file"),
    ("user_invite", "administrator", lambda rows: [], "Send the invitation"),
    ("planning_input_give", "finance", lambda rows: ["block"], "Check and store"),
    ("planning_scenario_new", "finance", lambda rows: [], "Save"),
    ("planning_mitigation_new", "finance", lambda rows: [rows["scenario"].pk], "Save and add"),
    ("planning_effect_new", "finance", lambda rows: [rows["scenario"].pk, 1], "Continue"),
    ("planning_effect_add", "finance", lambda rows: [rows["scenario"].pk, 1, "divert"], "Save"),
    ("planning_plan_new", "finance", lambda rows: [], "Check and store"),
    ("planning_actuals_give", "finance", lambda rows: [], "Check and store"),
    ("my_setting_answer", "senco", lambda rows: [rows["consultation"].pk], "Send the answer"),
    ("tell_us", NOBODY, lambda rows: [], "Send"),
    ("lo_new", "provider", lambda rows: [], "Begin"),
    ("lo_section", "provider", lambda rows: [rows["lo_public"].pk, "about"], "Save and go on"),
    ("lo_guidance_new", "editor", lambda rows: [], "Save"),
    ("lo_load_new", "editor", lambda rows: [], "Check the file"),
    ("consultation_new", "editor", lambda rows: [], "Save"),
)
# A field that is there already, to be emptied first.
FILLED = {"lo_section": "Name"}
# Each link of the summary leads to something that can take the focus and is named as wrong.
LINKS = """() => [...document.querySelectorAll('.govuk-error-summary a')].map((link) => {
  const field = document.getElementById(link.getAttribute('href').slice(1));
  return [link.innerText, Boolean(field && field.matches('input, select, textarea'))];
})"""


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_forms_sent_empty_say_what_is_missing(browser: Browser, county: County, screen: Screen) -> None:
    faults: dict[str, list[str]] = {}
    with opened(browser, screen, county.url) as page:
        for name, who, args, button in FORMS:
            county.enter(page, who)
            page.goto(reverse(name, args=args(county.rows)))
            if name in FILLED:
                page.get_by_label(FILLED[name], exact=True).fill("")
            found = _sent_empty(page, button)
            if found:
                faults[name] = found
    assert faults == {}


def _sent_empty(page: Page, button: str) -> list[str]:
    page.locator("main form").get_by_role("button", name=button).first.click()
    page.wait_for_load_state()
    links = page.evaluate(LINKS)
    if not links:
        return ["no error summary with links"]
    found = [f"“{text}” leads to no field" for text, leads in links if not leads]
    if not page.title().startswith("Error:"):
        found.append(f"the title is “{page.title()}”")
    if page.locator(".govuk-error-message").count() < 1:
        found.append("no message beside a field")
    return found + axe(page) + overflow(page)
