"""What every test gets: a real database of the kind GT_DATABASE_URL names, and fast password hashes.

`--part` chooses tests by what they need, so that `dev.py test` runs each once where once is enough:
`main` (all but the browser), `database` (those that touch a database) or `browser`.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import TransactionTestCase

from tests.support.append_only import let_flush_empty_them

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
    "admin_client",
    "admin_user",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option by which dev.py runs the suite in parts."""
    parser.addoption("--part", choices=["main", "database", "browser"], help="only the tests that need this")


def pytest_configure(config: pytest.Config) -> None:
    """Settings that differ in tests: cheap hashes, and folders that exist."""
    if not config.pluginmanager.hasplugin("django"):
        return  # pytest -p no:django, for the pure packages alone
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for folder in (settings.STATIC_ROOT, settings.MEDIA_ROOT):
        folder.mkdir(parents=True, exist_ok=True)
    let_flush_empty_them()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of the chosen part, and tell pytest which were left out."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")
    part = config.getoption("--part")
    if part is None:
        return
    kept = [item for item in items if _belongs(item, part)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _belongs(item: pytest.Item, part: str) -> bool:
    in_browser = item.get_closest_marker("browser") is not None
    if part == "browser":
        return in_browser
    return not in_browser and (part == "main" or touches_database(item))


def touches_database(item: pytest.Item) -> bool:
    """Whether the test could come out otherwise on the other database."""
    if item.get_closest_marker("django_db") or item.get_closest_marker("both_databases"):
        return True
    case = getattr(item, "cls", None)
    if case is not None and issubclass(case, TransactionTestCase):
        return True
    return bool(DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite tests run on a file, as the site does: in memory, two threads would share one connection."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # Each xdist worker has a temporary folder of its own.
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "tests.sqlite3")
