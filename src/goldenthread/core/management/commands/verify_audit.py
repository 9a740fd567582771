"""Walks the audit log and says whether it was tampered with."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldenthread.core import audit
from goldenthread.core.models import AuditEntry


class Command(BaseCommand):
    """Exit 0: the chain holds. Exit 1: it does not, and where."""

    help = "Check that no line of the audit log was changed, removed or added behind the system's back."

    def add_arguments(self, parser: CommandParser) -> None:
        """--json, for other programs."""
        parser.add_argument("--json", action="store_true", help="write the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, print, and exit 1 on a fault."""
        faults = list(audit.verify())
        lines = AuditEntry.objects.count()
        if options["json"]:
            result = {"lines": lines, "holds": not faults, "faults": [asdict(fault) for fault in faults]}
            self.stdout.write(json.dumps(result))
        else:
            for fault in faults:
                self.stdout.write(f"Line {fault.seq}: {fault.problem}.")
            self.stdout.write(
                f"{lines} lines: " + ("the chain holds." if not faults else f"{len(faults)} faults.")
            )
        if faults:
            sys.exit(1)
