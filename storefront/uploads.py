"""Taking in files: one request brings so much and no more, whatever its headers say."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 40 * 1024 * 1024  # of all files in a request


class WholeRequestLimit(FileUploadHandler):
    """Refuses a request that brings too much; first of the handlers, and it keeps nothing itself.

    The whole request is refused (400): what Django's `StopUpload` leaves of a form would look like one in which the
    other fields were emptied.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Let a chunk pass to the handlers that keep it. Raises RequestDataTooBig."""
        self.seen += len(raw_data)
        if self.seen > MOST_BYTES:
            raise RequestDataTooBig("too much is uploaded at once")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
