"""`manage coverage`: what the law asks of the Local Offer, and what of it is covered, stale or missing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from goldenthread.localoffer.guidance import coverage
from goldenthread.localoffer.guidance.enums import Cover


class Command(BaseCommand):
    """The figures of the coverage board, as words or as JSON."""

    help = "Say which items of the law on the Local Offer are covered, stale or missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json."""
        parser.add_argument("--json", action="store_true", help="Write JSON with every item.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the figures."""
        rows = coverage.board()
        numbers = coverage.counts(rows)
        if options["json"]:
            items = [
                {
                    "id": row.item.id,
                    "title": row.item.title,
                    "source": row.item.source,
                    "cover": row.cover.value,
                    "places": [{"title": one.title, "address": one.address} for one in row.places],
                }
                for row in rows
            ]
            figures = {cover.value: many for cover, many in numbers.items()}
            self.stdout.write(json.dumps({"items": len(rows), **figures, "each": items}, indent=1))
            return
        words = ", ".join(f"{numbers[cover]} {cover.label.lower()}" for cover in Cover)
        self.stdout.write(f"{len(rows)} items: {words}.")
        for row in rows:
            if row.cover != Cover.COVERED:
                notes = " ".join(one.note for one in row.failing)
                self.stdout.write(f"  {row.cover.label}: {row.item.id} {row.item.title}. {notes}".rstrip())
