"""Fields for figures as finance officers type them: £1.2m, 2,500, 12.5%, 25% 50% 100%."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

_MONEY: Final = re.compile(r"(?P<sign>-?)£?(?P<size>\d+(?:\.\d+)?)(?P<unit>m|million|k|thousand|)\Z")
_UNITS: Final = {"": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
MOST_POUNDS: Final = 1e10


def _bare(text: str) -> str:
    """What was typed without spaces and commas, with a plain minus; (5) means -5."""
    bare = re.sub(r"[\s,]", "", text).replace("\u2212", "-").replace("\u2013", "-").lower()
    return f"-{bare[1:-1]}" if bare.startswith("(") and bare.endswith(")") else bare


class MoneyField(forms.CharField):
    """Pounds: `£1.2m`, `450k`, `-2,500` or `(2,500)`. Gives a float, or None for nothing."""

    def __init__(self, *, least: float = -MOST_POUNDS, **kwargs: Any) -> None:
        self.least = least
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read the amount. Raises ValidationError saying how to write it, or that it is too large."""
        text = super().clean(value)
        if not text:
            return None
        found = _MONEY.match(_bare(text).replace("£-", "-£"))
        if found is None:
            raise ValidationError(f"{self.label} must be an amount in pounds, such as £250,000 or £1.2m")
        pounds = float(found["size"]) * _UNITS[found["unit"]] * (-1 if found["sign"] else 1)
        if not self.least <= pounds <= MOST_POUNDS:
            least = "£0" if self.least == 0 else "−£10,000m"
            raise ValidationError(f"{self.label} must be from {least} to £10,000m")
        return pounds

    def prepare_value(self, value: Any) -> Any:
        """An amount as it is typed."""
        return f"{value:,.2f}".removesuffix(".00") if isinstance(value, int | float) else value


class NumberField(forms.CharField):
    """A number, `percent` where what is typed is per cent and what is given a share."""

    def __init__(self, *, percent: bool = False, least: float, most: float, **kwargs: Any) -> None:
        self.percent, self.least, self.most = percent, least, most
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read the number. Raises ValidationError saying its bounds."""
        text = super().clean(value)
        if not text:
            return None
        bare = _bare(text).removesuffix("%") if self.percent else _bare(text)
        try:
            number = float(bare)
        except ValueError:
            number = float("nan")
        if not self.least <= number <= self.most:
            mark = "%" if self.percent else ""
            raise ValidationError(
                f"{self.label} must be a number from {self.least:g}{mark} to {self.most:g}{mark}"
            )
        return number / 100 if self.percent else number

    def prepare_value(self, value: Any) -> Any:
        """A number as it is typed: a share as per cent."""
        if not isinstance(value, int | float):
            return value
        return f"{round(value * 100, 6) if self.percent else value:g}"


class RampField(forms.CharField):
    """Shares of the full amount by year, `25% 50% 100%`: the last holds from then on. Gives a tuple."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read the shares. Raises ValidationError for one that is no per cent from 0 to 1,000."""
        text = super().clean(value)
        parts = [part.removesuffix("%") for part in re.split(r"[\s,;]+", (text or "").strip()) if part != "%"]
        shares = []
        for part in filter(None, parts):
            if not re.fullmatch(r"\d+(\.\d+)?", part) or float(part) > 1000:
                raise ValidationError(f"{self.label} must be per cents such as 25% 50% 100%, not “{part}”")
            shares.append(float(part) / 100)
        return tuple(shares)

    def prepare_value(self, value: Any) -> Any:
        """Shares as they are typed."""
        if isinstance(value, tuple | list):
            return " ".join(f"{round(share * 100, 4):g}%" for share in value)
        return value
