"""System checks: settings with which the site must not hold real children's data.

`manage check` and every command run them; the WSGI application refuses to start on the same errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

_KEY_LENGTH = 40


def _production_faults() -> Iterator[checks.CheckMessage]:
    if settings.DEMONSTRATION:
        yield _error(
            "E001", "demonstration mode is on: anyone could sign in as anybody", "Unset GT_DEMONSTRATION."
        )
    if settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY or len(settings.SECRET_KEY) < _KEY_LENGTH:
        yield _error(
            "E002",
            "the secret key is the default one or too short",
            f"Set GT_SECRET_KEY to {_KEY_LENGTH} or more random characters and keep it secret.",
        )
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield _error("E003", "the database is SQLite", "Set GT_DATABASE_URL to a PostgreSQL database.")
    if not settings.SESSION_COOKIE_SECURE:
        yield _error(
            "E004", "HTTPS is off: anyone on the way could read a session", "Unset GT_HTTPS or set it to 1."
        )
    if urlsplit(settings.SITE_URL).scheme != "https":
        yield _error(
            "E005", "the site's address is missing", "Set GT_URL, such as https://send.example.gov.uk."
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield _error("E006", "any host name is accepted", "Name the site's hosts in GT_HOSTS.")
    yield from _notice_faults()


def _notice_faults() -> Iterator[checks.CheckMessage]:
    if settings.NOTICE_CHANNEL == "screen":
        yield _error(
            "E007", "notices stay on the screen and reach nobody", "Set GT_NOTICES to smtp or notify."
        )
    if settings.NOTICE_CHANNEL == "notify" and not (settings.NOTIFY_API_KEY and settings.NOTIFY_TEMPLATE_ID):
        yield _error(
            "E008", "GOV.UK Notify has no key or template", "Set GT_NOTIFY_KEY and GT_NOTIFY_TEMPLATE."
        )


def _error(number: str, problem: str, hint: str) -> checks.CheckMessage:
    return checks.Error(f"This is a production site, but {problem}.", hint=hint, id=f"goldenthread.{number}")


@checks.register(checks.Tags.security)
def production(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Errors for a production site (GT_PRODUCTION=1); none elsewhere."""
    return list(_production_faults()) if settings.PRODUCTION else []


@checks.register(checks.Tags.security)
def sensible(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Errors for settings that can work nowhere."""
    faults: list[checks.CheckMessage] = []
    if settings.NOTICE_CHANNEL not in {"smtp", "notify", "screen"}:
        faults.append(
            checks.Error(
                f"GT_NOTICES is {settings.NOTICE_CHANNEL!r}.",
                hint="Set GT_NOTICES to smtp, notify or screen.",
                id="goldenthread.E009",
            )
        )
    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        hint = (
            "GT_SMTP_TLS starts plain and turns to TLS (port 587), GT_SMTP_SSL is TLS from the start (465)."
        )
        faults.append(
            checks.Error("GT_SMTP_TLS and GT_SMTP_SSL are both on.", hint=hint, id="goldenthread.E010")
        )
    return faults


def refuse_to_serve() -> None:
    """Raise ImproperlyConfigured if this site must not answer requests.

    Beyond the errors of the checks, nothing but the demonstration is served with the public default key.
    """
    faults = [message for message in (*production(None), *sensible(None)) if message.is_serious()]
    if settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY and not settings.DEMONSTRATION and not faults:
        faults.append(checks.Error("The secret key is the public default one.", hint="Set GT_SECRET_KEY."))
    if faults:
        raise ImproperlyConfigured("\n".join(f"{fault.msg} {fault.hint}" for fault in faults))
