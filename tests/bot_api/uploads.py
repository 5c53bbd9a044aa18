"""The methods that send a file, and the one that says where to fetch it."""

from typing import Any

from tests.bot_api.files import Upload
from tests.bot_api.replies import bad_request
from tests.bot_api.state import Params, State
from tests.bot_api.validation import checked_caption

PNG = b"\x89PNG\r\n\x1a\n"
LONGEST_SIDES = 10_000
"""Width and height of a photo together, in pixels."""
SLIMMEST = 20
"""How many times one side may be as long as the other."""


def send_document(state: State, params: Params) -> dict[str, Any]:
    """What sendDocument does with an upload or the id of a file; raises ApiError."""
    return _send(state, params, "document")


def send_photo(state: State, params: Params) -> dict[str, Any]:
    """What sendPhoto does; of the kinds of picture only PNG is known here. Raises ApiError."""
    return _send(state, params, "photo")


def get_file(state: State, params: Params) -> dict[str, Any]:
    """What getFile does; raises ApiError."""
    return state.files.to_download(params.get("file_id", ""))


def _send(state: State, params: Params, kind: str) -> dict[str, Any]:
    state.chats.chat_id(params)
    sent = params.get(kind)
    if not isinstance(sent, str | Upload):
        raise bad_request(f"there is no {kind} in the request")
    caption, entities = checked_caption(params)
    file = state.files.again(sent) if isinstance(sent, str) else _kept(state, sent, kind)
    content = {kind: [file] if kind == "photo" else file, "caption": caption or None, "caption_entities": entities}
    return state.chats.post(params, content)


def _kept(state: State, upload: Upload, kind: str) -> dict[str, Any]:
    if not upload:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        width, height = _pixels(upload)
        return state.files.add(upload, width=width, height=height)
    return state.files.add(upload, file_name=upload.name, mime_type=upload.mime_type)


def _pixels(picture: bytes) -> tuple[int, int]:
    if not picture.startswith(PNG) or len(picture) < 24:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    if width + height > LONGEST_SIDES or max(width, height) > SLIMMEST * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
