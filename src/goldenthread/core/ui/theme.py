"""The council's colour, as a style sheet of one property."""

from __future__ import annotations

import re

from django.core.exceptions import ImproperlyConfigured

LEAST_CONTRAST = 4.5
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#rgb` or `#rrggbb` (WCAG 2.2). Raises ValueError otherwise."""
    if not _HEX.match(colour):
        raise ValueError(f"{colour!r} is not a colour such as #0b4f55.")
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio, 1 to 21, of two colours (WCAG 2.2, success criterion 1.4.3)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def theme_css(colour: str) -> str:
    """The text of theme.css for the council's colour.

    Raises ImproperlyConfigured if it is no colour, or if white words on it would not be readable.
    """
    try:
        ratio = contrast(colour, "#ffffff")
    except ValueError as error:
        raise ImproperlyConfigured(f"The council's colour: {error}") from error
    if ratio < LEAST_CONTRAST:
        raise ImproperlyConfigured(
            f"The council's colour {colour} has a contrast of {ratio:.1f} to 1 with white; "
            f"at least {LEAST_CONTRAST} to 1 is needed. Choose a darker one."
        )
    return f":root{{--gt-brand:{colour.lower()}}}\n"
