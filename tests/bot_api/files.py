"""The files that users and the bot sent, each kept by its id."""

from dataclasses import dataclass
from typing import Any

from tests.bot_api.replies import bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024


class Upload(bytes):
    """A file in a call: its bytes, and the name and type that came with them."""

    name: str
    mime_type: str

    def __new__(cls, content: bytes, *, name: str, mime_type: str) -> "Upload":
        upload = super().__new__(cls, content)
        upload.name = name
        upload.mime_type = mime_type
        return upload


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """What a file id stands for; `size` in bytes is what Telegram says, true or not."""

    content: bytes
    size: int
    fields: dict[str, Any]


class Files:
    """Files by id; the caller holds the server's lock."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def put(self, file_id: str, content: bytes, *, size: int | None = None, **fields: Any) -> dict[str, Any]:
        """Keep a file, and return what a message says about it."""
        told = len(content) if size is None else size
        self._files[file_id] = StoredFile(content=content, size=told, fields=fields)
        return self._described(file_id) | fields

    def add(self, content: bytes, *, size: int | None = None, **fields: Any) -> dict[str, Any]:
        """Keep a file under the next id."""
        return self.put(f"file-{len(self._files) + 1}", content, size=size, **fields)

    def content(self, file_id: str) -> bytes | None:
        """The bytes of a file, None for one that nobody sent."""
        stored = self._files.get(file_id)
        return None if stored is None else stored.content

    def again(self, file_id: str) -> dict[str, Any]:
        """What a message says about a file that is sent by its id; raises ApiError for an unknown one."""
        if file_id not in self._files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._described(file_id) | self._files[file_id].fields

    def to_download(self, file_id: str) -> dict[str, Any]:
        """What getFile returns; raises ApiError for an unknown file, and for one of more than 20 MB."""
        if file_id not in self._files:
            raise bad_request("invalid file_id")
        if max(self._files[file_id].size, len(self._files[file_id].content)) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return self._described(file_id) | {"file_path": f"documents/{file_id}"}

    def _described(self, file_id: str) -> dict[str, Any]:
        return {
            "file_id": file_id,
            "file_unique_id": f"unique-{file_id}",
            "file_size": self._files[file_id].size,
        }
