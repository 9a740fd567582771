"""`manage make_services --count 2000 --seed 1`: fill an empty directory, to measure and to try at scale."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from goldenthread.core import clock
from goldenthread.core.actors import System
from goldenthread.demo.localoffer.generator import documents
from goldenthread.demo.progress import Bar
from goldenthread.localoffer import actions, queries

SOURCE = "Made services"


class Command(BaseCommand):
    """Makes as many fictional services as asked for, all published, in one transaction."""

    help = "Fill an empty directory with fictional services of the demonstration county."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and which."""
        parser.add_argument("--count", type=int, default=2000, help="how many services (2000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same services (1)")
        parser.add_argument("--yes", action="store_true", help="make them where demonstration mode is off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them. Raises CommandError, having changed nothing, where they may or can not be made."""
        began, count = time.monotonic(), options["count"]
        _check(count, yes=options["yes"])
        bar = Bar(sys.stderr, "services")
        made = documents(count, options["seed"], today=clock.today())
        with transaction.atomic():
            if queries.visible_to(System.DEMONSTRATION).exists():
                raise CommandError(
                    "There are services in this directory already, so none were made. "
                    "Name an empty database in GT_DATABASE_URL."
                )
            actions.load_shipped_taxonomies(by=System.DEMONSTRATION)
            report = actions.load_documents(
                by=System.DEMONSTRATION, documents=_told(made, count, bar.at), source=SOURCE, keep_times=True
            )
        bar.end()
        self.stdout.write(f"{report.made:,} services made in {time.monotonic() - began:.1f} s.")


def _check(count: int, *, yes: bool) -> None:
    if count < 1:
        raise CommandError("Give --count a number from 1 up.")
    if settings.PRODUCTION:
        raise CommandError("This is a production site: fictional services are not put among real ones.")
    if not settings.DEMONSTRATION and not yes:
        raise CommandError(
            "Demonstration mode is off here. Set GT_DEMONSTRATION=1, or say --yes to make them anyway."
        )


def _told(
    made: Iterator[dict[str, Any]], count: int, tell: Callable[[int, int], None]
) -> Iterator[dict[str, Any]]:
    """The documents, and every hundredth told to whoever waits."""
    for number, one in enumerate(made, start=1):
        yield one
        if number % 100 == 0 or number == count:
            tell(number, count)
