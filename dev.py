#!/usr/bin/env python3
"""The commands of Golden Thread. Needs Python 3.11 or newer and nothing else: try `python3 dev.py`."""

import sys

# Plain enough for any Python 3, so that an old one gets this sentence and not a SyntaxError.
NEEDED = (3, 11)
if sys.version_info < NEEDED:
    sys.exit(
        "Golden Thread needs Python 3.11 or newer; this is Python {}.{}.\n"
        "Install a newer one (Debian and Ubuntu: apt-get install python3.11 python3.11-venv)\n"
        "and run it by name: python3.11 dev.py".format(*sys.version_info[:2])
    )

from devtools.commands import main  # noqa: E402 - only a new enough Python can read it

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
