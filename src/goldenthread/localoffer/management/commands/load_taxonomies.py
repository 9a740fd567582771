"""`manage load_taxonomies`: the terms shipped with the product, into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from goldenthread.core.actors import System
from goldenthread.localoffer.actions import load_shipped_taxonomies


class Command(BaseCommand):
    """Loads them all in one transaction; loading again brings names up to date and changes nothing else."""

    help = "Load the kinds of service, needs, accessible features, kinds of setting and phases."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was loaded."""
        for one in load_shipped_taxonomies(by=System.COMMAND):
            self.stdout.write(f"{one.name}: {len(one.terms)} terms.")
