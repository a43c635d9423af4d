"""A request that is far too large is refused before it fills the disk of the server."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 64 * 1024 * 1024  # several photos in one form


class Limited(FileUploadHandler):
    """First among the upload handlers: judges by the declared length and leaves the files to the next."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *more: Any) -> None:  # noqa: N803
        if content_length > MOST_BYTES:
            raise RequestDataTooBig(f"{content_length} bytes were announced")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
