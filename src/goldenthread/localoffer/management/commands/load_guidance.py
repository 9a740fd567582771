"""`manage load_guidance`: the guidance pages shipped with the product, into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldenthread.core.actors import System
from goldenthread.localoffer.guidance import content
from goldenthread.localoffer.guidance.actions import load_guidance


class Command(BaseCommand):
    """Loads drafts, or live pages with --publish. What the council changed or took down stays as it is."""

    help = "Load the guidance pages that come with the product; your own changes are never overwritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--publish, --check."""
        parser.add_argument("--publish", action="store_true", help="Show them to everybody at once.")
        parser.add_argument("--check", action="store_true", help="Only read them, and say what is wrong.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was loaded."""
        try:
            if options["check"]:
                library = content.load()
                self.stdout.write(
                    f"{len(library.pages)} pages in {len(library.topics)} topics, {len(library.words)} words "
                    "explained: all as they should be."
                )
                return
            report = load_guidance(by=System.COMMAND, publish=options["publish"])
        except content.ContentError as wrong:
            raise CommandError(f"The guidance that is shipped cannot be loaded:\n{wrong}") from None
        self.stdout.write(
            f"{len(report.added)} pages new, {len(report.updated)} with newer words, {len(report.same)} as "
            f"they were, {len(report.kept)} left alone because they were changed here; "
            f"{report.published} published, {report.easy_read} Easy Read versions loaded."
        )
        for slug in report.kept:
            self.stdout.write(f"  left alone: {slug}")
