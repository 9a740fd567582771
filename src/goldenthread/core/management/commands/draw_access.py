"""Draws docs/access.md from the table of roles and the declarations on every page, or finds it stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from goldenthread.core.access import access_of
from goldenthread.core.roles import Role

_HEAD = """# Who may do what

Drawn from `config/roles.py` and the declaration on each page by `dev.py manage draw_access`; change it there.
A page says which roles may ask for it; which children they see there is for `visible_to` of each room.
"""


class Command(BaseCommand):
    """`manage draw_access [--check]`."""

    help = "Draw docs/access.md; with --check only say whether it is up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        """Draw or check, and where."""
        parser.add_argument("--check", action="store_true", help="fail if the page is stale; change nothing")
        parser.add_argument("--file", type=Path, default=settings.ROOT / "docs" / "access.md")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw the page. Raises CommandError with --check if it is stale or missing."""
        drawn, place = drawing(), options["file"]
        if options["check"]:
            if not place.exists() or place.read_text(encoding="utf-8") != drawn:
                raise CommandError("docs/access.md is stale. Run dev.py manage draw_access.")
            return
        place.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"{place.name} drawn.")


def drawing() -> str:
    """The whole page as Markdown: roles by permission, then roles by page."""
    table = import_string(settings.ROLE_PERMISSIONS)
    permissions = [(f"`{name}`", frozenset(roles)) for name, roles in table.items()]
    return "\n".join([_HEAD, "## Permissions\n", *_grid(permissions), "\n## Pages\n", *_grid(_pages()), ""])


def _grid(rows: list[tuple[str, frozenset[Role]]]) -> Iterator[str]:
    yield "| | " + " | ".join(role.label for role in Role) + " |"
    yield "|---|" + "---|" * len(Role)
    for name, roles in rows:
        yield f"| {name} | " + " | ".join("yes" if role in roles else "" for role in Role) + " |"


def _pages() -> list[tuple[str, frozenset[Role]]]:
    """Every named page of ours that is not open to all."""
    found = []
    for name, view in _views(get_resolver().url_patterns):
        access = access_of(view)
        if access is not None and not access.public and view.__module__.startswith("goldenthread"):
            found.append((f"`{name}`", access.roles))
    return sorted(found)


def _views(patterns: list[Any]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, pattern.callback
