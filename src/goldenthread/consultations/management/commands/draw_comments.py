"""Draws docs/workflows/comment.md from the workflow table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from goldenthread.consultations.drawing import page


class Command(BaseCommand):
    """`manage draw_comments`."""

    help = "Draw docs/workflows/comment.md from the workflow table of a comment."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        (settings.ROOT / "docs" / "workflows" / "comment.md").write_text(page(), encoding="utf-8")
        self.stdout.write("docs/workflows/comment.md is drawn.")
