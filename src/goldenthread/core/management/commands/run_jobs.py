"""Runs background jobs and the schedules."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldenthread.core import worker


class Command(BaseCommand):
    """Run one or several of these beside the site; schedules fire once however many there are."""

    help = "Run background jobs and schedules until stopped. SIGTERM ends it after the job in hand."

    def add_arguments(self, parser: CommandParser) -> None:
        """--once, for tests and for a cron job."""
        parser.add_argument("--once", action="store_true", help="run what waits, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the worker."""
        worker.run(once=options["once"])
