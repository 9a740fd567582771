"""Draws docs/workflows/local-offer-entry.md from the workflow table, or finds it stale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.localoffer.drawing import FILE, page


class Command(BaseCommand):
    """`manage draw_local_offer [--check]`."""

    help = "Draw the workflow of Local Offer entries; with --check only say whether it is up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Draw or check, and where."""
        parser.add_argument("--check", action="store_true", help="fail if the page is stale; change nothing")
        parser.add_argument("--file", type=Path, default=settings.ROOT / "docs" / "workflows" / FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw the page. Raises CommandError with --check if it is stale or missing."""
        place: Path = options["file"]
        if options["check"]:
            if not place.exists() or place.read_text(encoding="utf-8") != page():
                raise CommandError(f"{FILE} is stale. Run dev.py manage draw_local_offer.")
            return
        place.write_text(page(), encoding="utf-8")
        self.stdout.write(f"{FILE} drawn.")
