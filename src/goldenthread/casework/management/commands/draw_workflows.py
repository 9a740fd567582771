"""Draws docs/workflows from the workflow table, or finds it stale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.casework.drawing import pages


class Command(BaseCommand):
    """`manage draw_workflows [--check]`."""

    help = "Draw docs/workflows from the workflow tables; with --check only say whether they are up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Draw or check, and where."""
        parser.add_argument("--check", action="store_true", help="fail if a page is stale; change nothing")
        parser.add_argument("--folder", default=str(settings.ROOT / "docs" / "workflows"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw the pages. Raises CommandError with --check if one is stale or missing."""
        folder = Path(options["folder"])
        drawn = pages()
        stale = [name for name, text in drawn.items() if _text(folder / name) != text]
        if options["check"]:
            if stale:
                names = ", ".join(stale)
                raise CommandError(f"Stale in docs/workflows: {names}. Run dev.py manage draw_workflows.")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (folder / name).write_text(drawn[name], encoding="utf-8")
        self.stdout.write(f"{len(stale)} of {len(drawn)} pages drawn anew in {folder.name}.")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
