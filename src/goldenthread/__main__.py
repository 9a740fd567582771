"""`python -m goldenthread <command>`: Django's management commands."""

import os
import sys


def main() -> None:
    """Run the management command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["dev.py manage", *sys.argv[1:]])


if __name__ == "__main__":
    main()
