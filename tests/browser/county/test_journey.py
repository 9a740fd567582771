"""From signing in to a decision by keyboard, without script; what has the focus can always be seen."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import Browser, Page

from goldenthread.casework.enums import Status
from goldenthread.casework.models import Case
from goldenthread.core.models import User
from tests.browser.county.served import County
from tests.support.browser import Screen, opened

# What has the focus: its words, and whether it is marked (an outline, a shadow or a ground of its own).
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return ['', true];
  const label = e.id && document.querySelector(`label[for='${e.id}']`);
  const own = getComputedStyle(e), after = getComputedStyle(label || e, '::before');
  const outlined = (s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0;
  const shows = (s) => outlined(s) || s.boxShadow !== 'none';
  return [(label || e).innerText || e.value || '', shows(own) || shows(after)];
}"""


def tab_to(page: Page, words: str, most: int = 120) -> None:
    """Press Tab until what has the focus says `words`; whatever had it on the way was marked."""
    for _ in range(most):
        page.keyboard.press("Tab")
        text, marked = page.evaluate(FOCUSED)
        assert marked, f"the focus on “{text}” cannot be seen at {page.url}"
        if words in text:
            return
    raise AssertionError(f"Tab never reached “{words}” at {page.url}")


def press(page: Page, words: str, heading: str) -> None:
    """Go to a link or button by Tab, press Enter, and arrive at the page with this heading."""
    tab_to(page, words)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=heading).first.wait_for()


def test_from_signing_in_to_a_decision_by_keyboard_without_script(browser: Browser, county: County) -> None:
    case = Case.objects.get(pk=county.rows["fresh"].pk)
    worker = User.objects.get(pk=county.people["coordinator"])
    with opened(browser, Screen(1280, script=False), county.url) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        assert "Skip to main content" in page.evaluate(FOCUSED)[0]
        press(page, "Sign in", "Sign in")
        press(page, "Choose who to be", "Choose who to be")
        press(page, f"Be {worker.name}", "Worklist")
        press(page, "Overdue", "Worklist")
        press(page, case.person.surname, f"Wren {case.person.surname}")
        press(page, "Decide whether to assess", "Decide whether to assess")
        tab_to(page, "Yes, carry out an EHC needs assessment")
        page.keyboard.press("Space")
        press(page, "Continue", "Check before you record it")
        press(page, "Record the decision", "Next: Ask for advice")
        assert page.get_by_text("The decision is recorded.", exact=True).is_visible()
        assert urlsplit(page.url).path == reverse("case", args=[case.pk])
        case.refresh_from_db()
        assert (case.status, case.caseworker_id) == (Status.ASSESSING, worker.pk)
        tab_to(page, ": account menu")
        page.keyboard.press("Enter")
        press(page, "Sign out", "Follow an EHC needs assessment or plan")
        assert page.goto(reverse("worklist")) is not None
        assert urlsplit(page.url).path == reverse("sign_in")
