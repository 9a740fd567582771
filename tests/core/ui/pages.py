"""Draws templates as pages do, and reads the result."""

from __future__ import annotations

from typing import Any

from django.template import engines
from lxml import html


def draw(source: str, **context: Any) -> str:
    """A template text drawn in the site's own environment."""
    return engines["jinja2"].env.from_string(source).render(**context)  # type: ignore[attr-defined]


def tree(source: str, **context: Any) -> html.HtmlElement:
    """The same, parsed."""
    return html.fragment_fromstring(draw(source, **context), create_parent="div")


def text(element: html.HtmlElement) -> str:
    """The words of an element, spaces joined."""
    return " ".join(element.text_content().split())
