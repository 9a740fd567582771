"""A limit on uploads, held before anything is written to disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from goldenthread.returns.actions import LIMIT

# The other fields of the form, and what stands between the parts.
_AROUND = 1024 * 1024


def too_large(request: HttpRequest) -> bool:
    """Whether the request is larger than any upload may be: then it has no files."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return length.isdigit() and int(length) > LIMIT + _AROUND


class SizeLimit(FileUploadHandler):
    """The first upload handler: passes over the files of a request that is too large, so it is told so."""

    _skip = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django calls it so
        content_length: int,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Look at the length before the body is read."""
        self._skip = content_length > LIMIT + _AROUND

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Called at the beginning of each file."""
        super().new_file(*args, **kwargs)
        if self._skip:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the piece on to the handler that keeps it."""
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The next handler has the file."""
        return None
