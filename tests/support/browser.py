"""Pages in a real Chromium: wide and narrow, with script and without, and what axe finds on them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from devtools import chromium

AXE = Path(__file__).resolve().parents[1] / "browser" / "vendor" / "axe.min.js"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# WCAG 2.2 at A and AA; best practices are advice, and are left to people.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TIMEOUT_MS = 15_000
# How script is turned off on each open page. Playwright's own way cannot be undone for axe, which needs
# timers; the page itself stays as it was loaded, its <noscript> parts included.
_switches: WeakKeyDictionary[Page, tuple[CDPSession, bool]] = WeakKeyDictionary()
# Asked of Chromium itself, so it works whatever the page's security policy and with script turned off.
RUN_AXE = """(tags) => axe.run(document, {
  runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], iframes: false, preload: false,
})"""


@dataclass(frozen=True)
class Screen:
    """How someone looks at a page."""

    width: int
    script: bool

    def __str__(self) -> str:
        return f"{self.width}px-{'script' if self.script else 'no-script'}"


SCREENS = [Screen(width, script) for width in (1280, 360) for script in (True, False)]
WIDE = SCREENS[0]


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A Chromium for the whole session. The path is devtools.chromium's to find, or GT_CHROMIUM."""
    path = chromium.find()
    if path is None:
        raise FileNotFoundError(chromium.MISSING)
    # Playwright runs an event loop in this thread; Django would take each query for one inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, screen: Screen, base_url: str) -> Iterator[Page]:
    """An empty page in a context of its own; afterwards, script errors on it are raised as AssertionError."""
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": screen.width, "height": 900},
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    _switches[page] = (context.new_cdp_session(page), screen.script)
    _let_script_run(page, screen.script)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: _note(message, problems))
    try:
        yield page
    finally:
        context.close()
    assert not problems, f"the page's script complained: {problems}"


def sign_in(page: Page, user: Any, base_url: str) -> None:
    """Give the page's browser a session of `user` at `live_server.url`, without the sign-in pages."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])


def axe(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    """What axe finds wrong on the page as it now stands: one line each, with the elements. None is right.

    `without` names rules to leave out; give the reason where you call it.
    """
    _let_script_run(page, True)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN_AXE, RULES)["violations"]
    _let_script_run(page, _switches[page][1])
    return [_told(violation) for violation in found if violation["id"] not in without]


def looks(page: Page) -> tuple[str, str]:
    """All that axe reads of a page as it now stands, of its header and of the rest: what looks the same has
    the same faults.

    Every element with its attributes, text, size, style and place within the one around it, but for what
    differs each time (values of hidden inputs, nonces) and for the marks that a script leaves of having run.
    """
    header, rest = page.evaluate(_LOOKS)
    return header, rest


_LOOKS = """() => {
  const styles = ['display', 'visibility', 'opacity', 'color', 'backgroundColor', 'backgroundImage',
    'fontSize', 'fontWeight', 'position', 'overflow', 'clipPath', 'textDecorationLine', 'zIndex'];
  const mark = /^(data-.*-init|nonce)$/;
  const ran = /\\b(js-enabled|govuk-frontend-supported)\\b/g;
  const header = document.querySelector('header');
  const seen = [[], []];
  for (const e of document.querySelectorAll('html, head > title, body, body *:not(script)')) {
    const hidden = e.matches('input[type=hidden]');
    const attributes = [...e.attributes].filter((a) => !mark.test(a.name) && !(hidden && a.name === 'value'))
      .map((a) => `${a.name}=${a.value.replace(ran, '').trim()}`).sort();
    const text = [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim());
    const box = e.getBoundingClientRect();
    const around = (e.parentElement || e).getBoundingClientRect();
    const holds = !header || e.contains(header);
    const style = getComputedStyle(e);
    seen[header && header.contains(e) ? 0 : 1].push([
      e.tagName, attributes.filter((a) => a !== 'class='), text.filter(Boolean), e.disabled,
      holds ? [] : [box.width, box.height, box.x - around.x].map(Math.round),
      holds || (e.parentElement || e).contains(header) ? 0 : Math.round(box.y - around.y),
      styles.map((name) => style[name])]);
  }
  return seen.map((part) => JSON.stringify(part));
}"""


def overflow(page: Page) -> list[str]:
    """Elements wider than the window, outside any box that scrolls by itself. None is right."""
    return list(page.evaluate(_OVERFLOW))


_OVERFLOW = """() => {
  const limit = document.documentElement.clientWidth + 1;
  const clips = (e) => /(auto|scroll|hidden|clip)/.test(getComputedStyle(e).overflowX);
  const scrolls = (e) => e && (clips(e) || scrolls(e.parentElement));
  if (document.documentElement.scrollWidth <= limit) return [];
  return [...document.body.querySelectorAll('*')]
    .filter((e) => e.getBoundingClientRect().right > limit && !scrolls(e.parentElement))
    .map((e) => e.outerHTML.slice(0, 120));
}"""


def _let_script_run(page: Page, allowed: bool) -> None:
    _switches[page][0].send("Emulation.setScriptExecutionDisabled", {"value": not allowed})


def _note(message: Any, problems: list[str]) -> None:
    # A refused page (403, 404) is logged as an error by Chromium itself; it is no fault of the script.
    if message.type == "error" and "Failed to load resource" not in message.text:
        problems.append(message.text)


def _told(violation: dict[str, Any]) -> str:
    where = "; ".join(f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:5])
    return f"{violation['id']} ({violation['impact']}): {violation['help']} at {where}"
