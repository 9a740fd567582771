"""The settings with which the site refuses to start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from goldenthread.config import env
from goldenthread.core import checks

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "GT_PRODUCTION": "1",
    "GT_SECRET_KEY": "k" * 50,
    "GT_DATABASE_URL": "postgres://user:password@db.example.gov.uk/goldenthread",
    "GT_HTTPS": "1",
    "GT_URL": "https://send.example.gov.uk",
    "GT_HOSTS": "send.example.gov.uk",
    "GT_NOTICES": "notify",
    "GT_NOTIFY_KEY": "key",
    "GT_NOTIFY_TEMPLATE": "template",
}
FAULTS = [
    ({"GT_DEMONSTRATION": "1"}, "E001"),
    ({"GT_SECRET_KEY": ""}, "E002"),
    ({"GT_SECRET_KEY": "not-a-secret: set GT_SECRET_KEY"}, "E002"),
    ({"GT_SECRET_KEY": "short"}, "E002"),
    ({"GT_DATABASE_URL": "sqlite:///:memory:"}, "E003"),
    ({"GT_HTTPS": "0"}, "E004"),
    ({"GT_URL": ""}, "E005"),
    ({"GT_URL": "http://send.example.gov.uk"}, "E005"),
    ({"GT_HOSTS": "*"}, "E006"),
    ({"GT_NOTICES": "screen"}, "E007"),
    ({"GT_NOTIFY_KEY": ""}, "E008"),
    ({"GT_NOTIFY_TEMPLATE": ""}, "E008"),
    ({"GT_NOTICES": "pigeon"}, "E009"),
    ({"GT_SMTP_TLS": "1", "GT_SMTP_SSL": "1"}, "E010"),
]
READ = "import django; django.setup(); from goldenthread.core import checks as c; "
PRINT = READ + "print(*[m.id for m in (*c.production(None), *c.sensible(None))])"


def run(program: list[str], given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A process that has these settings and none of ours."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GT_")}
    environment = {
        **clean,
        "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
        **given,
    }
    command = [sys.executable, *program]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(autouse=True)
def databases_as_before(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Put the name of the engine back after a test: no test here opens the database."""
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", settings.DATABASES["default"]["ENGINE"])


def apply(settings: Any, given: dict[str, str]) -> None:
    """The settings that these variables make, without starting a process for each."""
    values = GOOD | given
    settings.PRODUCTION = True
    settings.DEMONSTRATION = values.get("GT_DEMONSTRATION") == "1"
    settings.SECRET_KEY = values["GT_SECRET_KEY"] or "x"
    settings.DATABASES["default"]["ENGINE"] = env.database(values["GT_DATABASE_URL"])["ENGINE"]
    settings.SESSION_COOKIE_SECURE = values["GT_HTTPS"] == "1"
    settings.SITE_URL = values["GT_URL"]
    settings.ALLOWED_HOSTS = values["GT_HOSTS"].split(",")
    settings.NOTICE_CHANNEL = values["GT_NOTICES"]
    settings.NOTIFY_API_KEY = values["GT_NOTIFY_KEY"]
    settings.NOTIFY_TEMPLATE_ID = values["GT_NOTIFY_TEMPLATE"]
    settings.EMAIL_USE_TLS = values.get("GT_SMTP_TLS") == "1"
    settings.EMAIL_USE_SSL = values.get("GT_SMTP_SSL") == "1"


def found() -> list[str | None]:
    return [message.id for message in (*checks.production(None), *checks.sensible(None))]


@pytest.mark.parametrize(("given", "number"), FAULTS, ids=str)
def test_each_fault_is_found_and_refused(settings: Any, given: dict[str, str], number: str) -> None:
    apply(settings, given)
    assert found() == [f"goldenthread.{number}"]
    with pytest.raises(ImproperlyConfigured):
        checks.refuse_to_serve()


def test_good_settings_start(settings: Any) -> None:
    apply(settings, {})
    assert found() == []
    checks.refuse_to_serve()


def test_every_fault_says_how_to_mend_it(settings: Any) -> None:
    for given, _ in FAULTS:
        apply(settings, given)
        for message in (*checks.production(None), *checks.sensible(None)):
            assert "GT_" in (message.hint or "")


def test_the_public_key_is_served_in_the_demonstration_alone(settings: Any) -> None:
    settings.PRODUCTION, settings.SECRET_KEY = False, settings.DEFAULT_SECRET_KEY
    with pytest.raises(ImproperlyConfigured, match="GT_SECRET_KEY"):
        checks.refuse_to_serve()
    settings.DEMONSTRATION = True
    checks.refuse_to_serve()


@pytest.mark.slow
def test_the_variables_make_those_settings() -> None:
    """Once for real: all faults at once, through the environment."""
    bad = {
        **GOOD,
        "GT_DEMONSTRATION": "1",
        "GT_SECRET_KEY": "short",
        "GT_DATABASE_URL": "sqlite:///:memory:",
        "GT_HTTPS": "0",
        "GT_URL": "",
        "GT_HOSTS": "*",
        "GT_NOTICES": "screen",
    }
    assert run(["-c", PRINT], bad).stdout.split() == [f"goldenthread.E00{number}" for number in range(1, 8)]
    assert run(["-c", PRINT], GOOD).stdout.split() == []
    served = run(["-c", "import goldenthread.config.wsgi"], bad)
    assert served.returncode == 1
    assert "ImproperlyConfigured" in served.stderr
    assert "Unset GT_DEMONSTRATION" in served.stderr
    command = run(["-m", "goldenthread", "verify_audit"], bad)
    assert command.returncode == 1
    assert "goldenthread.E001" in command.stderr
    assert run(["-m", "goldenthread", "check"], bad).returncode == 1
