"""The address of the database that a test is on, for a process of its own."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.db import connection


def url_of_test_database() -> str:
    """A GT_DATABASE_URL that opens the same database."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    place = f"{quote(given['USER'] or '')}@/{quote(given['NAME'])}"
    return f"postgres://{place}?{urlencode({'host': given['HOST'], 'port': given['PORT'] or 5432})}"
