"""Taking in files: one request brings so much and no more, whatever its headers say."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MOST_BYTES = 40 * 1024 * 1024  # of all files in a request


class WholeRequestLimit(FileUploadHandler):
    """Ends a request that goes on for too long; first of the handlers, and it keeps nothing itself."""

    def __init__(self, request=None):
        super().__init__(request)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Let a chunk pass to the handlers that keep it. Raises StopUpload."""
        self.seen += len(raw_data)
        if self.seen > MOST_BYTES:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
