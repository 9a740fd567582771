"""Giving the files that a forecast is made from, and what was really spent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from goldenthread.core.ui.forms import PlainForm
from goldenthread.planning.reading.table import LARGEST

POUNDS, THOUSANDS = "pounds", "thousands"


class FileForm(PlainForm):
    """A CSV or Excel file with where it comes from; `units` is asked where it holds money."""

    file = forms.FileField(label="File", max_length=200, help_text="CSV or Excel. Of Excel the first sheet.")
    units = forms.ChoiceField(
        label="The amounts are in",
        choices=[(POUNDS, "Pounds"), (THOUSANDS, "Thousands of pounds")],
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label="Where the figures come from",
        max_length=300,
        help_text="Such as “Section 251 budget 2024-25, submitted in June 2024”.",
    )

    def __init__(self, *args: Any, money: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not money:
            del self.fields["units"]

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // 1024**2} MB")
        return file


class InputForm(FileForm):
    """An input of one kind."""

    assumed = forms.BooleanField(
        label="These are a stand-in, not the council's own figures",
        required=False,
        help_text="The pages and papers then say that they are assumed.",
    )
