"""Makes a user from the command line: the first administrator of a new site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goldenthread.core import actions
from goldenthread.core.actors import System
from goldenthread.core.refusals import InvalidInput
from goldenthread.core.roles import BY_LINK, Role


class Command(BaseCommand):
    """Prints the address where the person chooses a password; an invitation goes out too."""

    help = "Make a user and print the address where they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("email")
        parser.add_argument("name", help="the full name, in quotes")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the user. Raises CommandError for a taken or wrong address."""
        try:
            user = actions.invite_user(
                email=options["email"], name=options["name"], role=options["role"], by=System.COMMAND
            )
        except InvalidInput as refusal:
            raise CommandError(f"{refusal.message} {refusal.mend}") from refusal
        self.stdout.write(f"{user.name} is a user now ({user.role_words}).")
        if user.role not in BY_LINK:
            self.stdout.write(f"Choose a password at {actions.password_link(user)}")
