"""How a file arrives: what is beyond the limit of uploads is counted and not kept, so that a huge one fills neither memory nor disk."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class Bounded(TemporaryFileUploadHandler):
    """Keeps one part more than may be uploaded; the size stays the true one, by which the form refuses the file and keeps the rest."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """The next part of the file."""
        if start <= settings.UPLOAD_LIMIT:
            super().receive_data_chunk(raw_data, start)
