"""The Jinja2 environment of every page."""

from typing import Any

from jinja2 import Environment


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend asks for."""
    return Environment(**options)  # noqa: S701 - autoescape comes from Django's backend
