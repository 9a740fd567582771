"""Giving a file of a register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from goldenthread.core.ui.forms import PlainForm
from goldenthread.localoffer.sheet.reading import LARGEST


class OfstedForm(PlainForm):
    """Ofsted's file."""

    file = forms.FileField(
        label="Ofsted's list of childcare providers", max_length=200, help_text="CSV or Excel, up to 60 MB."
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // 1024**2} MB")
        return file
