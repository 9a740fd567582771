"""Giving a file of services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from goldenthread.core.ui.forms import PlainForm
from goldenthread.localoffer.sheet.reading import LARGEST

DRAFTS, PUBLISH = "drafts", "publish"


class LoadForm(PlainForm):
    """A file, and what becomes of its rows."""

    file = forms.FileField(
        label="File", max_length=200, help_text="CSV or Excel, up to 60 MB. Of Excel the first sheet."
    )
    then = forms.ChoiceField(
        label="What becomes of new and changed entries",
        choices=[
            (DRAFTS, "Drafts: an editor looks at each before the public sees it"),
            (PUBLISH, "Public at once"),
        ],
        initial=DRAFTS,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                f"The file is larger than {LARGEST // 1024**2} MB. Give it as several files"
            )
        return file
