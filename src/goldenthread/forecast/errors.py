"""The one refusal of the forecast: what is wrong, where, and how to mend it, in words for who runs it."""


class ForecastError(ValueError):
    """An input, a mitigation or a result that cannot be right: the message names the cell and the way out."""
