"""The council's colour: readable, or refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.ui.theme import LEAST_CONTRAST, contrast, theme_css

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_contrast_follows_the_guidelines_own_figures() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#fff", "#FFFFFF") == 1


@given(COLOURS)
def test_theme_is_given_exactly_for_colours_that_white_words_can_be_read_on(colour: str) -> None:
    if contrast(colour, "#ffffff") >= LEAST_CONTRAST:
        assert theme_css(colour) == f":root{{--gt-brand:{colour}}}\n"
    else:
        with pytest.raises(ImproperlyConfigured, match="Choose a darker one"):
            theme_css(colour)


@pytest.mark.parametrize("nonsense", ["", "teal", "#12345", "#0b4f55;}body{display:none", "#0b4f55\n"])
def test_theme_refuses_what_is_no_colour(nonsense: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="is not a colour such as"):
        theme_css(nonsense)
