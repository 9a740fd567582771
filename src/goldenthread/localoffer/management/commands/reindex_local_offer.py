"""Makes the index of the search anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from goldenthread.localoffer.search import indexing


class Command(BaseCommand):
    """`manage reindex_local_offer`."""

    help = "Make the index of the search anew, from what the public sees. The search goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say how many services are in it."""
        self.stdout.write(f"{indexing.reindex():,} services are in the index.")
