"""Files that the bot sends arrive byte for byte, and are checked as Telegram checks them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, InputFile, MessageEntity, ReplyParameters
from telegram.error import BadRequest

from tests.bot_api import READER, BotApiServer
from tests.bot_api.transport import read_multipart

CHAT = READER.id


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\0\r\n\r\xff"


async def test_a_document_arrives_whole(api: BotApiServer, bot: Bot) -> None:
    api.say("the article?")
    question = api.written(CHAT)[0]["message_id"]
    sent = await bot.send_document(
        CHAT,
        b"\xff\0\r\n--\r",
        filename="Łódź.txt",
        caption=" 𝄞 the article ",
        caption_entities=[MessageEntity("bold", 4, 3)],
        reply_parameters=ReplyParameters(question),
    )
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("Łódź.txt", 7, "𝄞 the article")
    assert (sent.reply_to_message.message_id, sent.document.mime_type) == (question, "text/plain")
    assert sent.parse_caption_entities() == {MessageEntity("bold", 3, 3): "the"}
    assert api.wait_for("sendDocument").params["document"] == b"\xff\0\r\n--\r"
    assert await (await sent.document.get_file()).download_as_bytearray() == b"\xff\0\r\n--\r"


@settings(max_examples=200)
@given(st.binary())
def test_every_byte_survives_the_way(content: bytes) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="d"; filename="x"\r\n\r\n' + content + b"\r\n--b--\r\n"
    if b"--b" not in content:
        assert read_multipart("multipart/form-data; boundary=b", body) == {"d": content}


async def test_a_file_can_be_attached_by_name_and_sent_again_by_its_id(api: BotApiServer, bot: Bot) -> None:
    first = await bot.send_document(CHAT, InputFile(b"text", filename="a.txt", attach=True))
    again = await bot.send_document(CHAT, first.document.file_id)
    assert (again.document.file_id, again.document.file_name) == (first.document.file_id, "a.txt")
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_document(CHAT, "unknown")


async def test_a_file_needs_content(bot: Bot, post) -> None:
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(CHAT, b"", filename="a.txt")
    reply = await post("sendDocument", {"chat_id": CHAT})
    assert reply["description"] == "Bad Request: there is no document in the request"


async def test_a_caption_takes_1024_units(bot: Bot) -> None:
    assert (await bot.send_document(CHAT, b"text", caption="𝄞" * 512)).caption == "𝄞" * 512
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(CHAT, b"text", caption="𝄞" * 512 + "x")
    with pytest.raises(BadRequest, match=r"(?i)ends after the end of the text"):
        await bot.send_document(CHAT, b"text", caption="x", caption_entities=[MessageEntity("bold", 0, 2)])


async def test_a_picture_has_the_size_that_it_says(api: BotApiServer, bot: Bot) -> None:
    sent = await bot.send_photo(CHAT, png(640, 480), caption="questions by day")
    assert [(photo.width, photo.height) for photo in sent.photo] == [(640, 480)]
    assert api.wait_for("sendPhoto").params["photo"] == png(640, 480)


@pytest.mark.parametrize(
    ("picture", "error"),
    [
        (b"no picture", "Image_process_failed"),
        (png(9000, 1001), "Photo_invalid_dimensions"),
        (png(2100, 100), "Photo_invalid_dimensions"),
    ],
)
async def test_a_picture_must_be_one_and_of_a_sensible_size(bot: Bot, picture: bytes, error: str) -> None:
    with pytest.raises(BadRequest, match=error):
        await bot.send_photo(CHAT, picture)


async def test_a_document_has_no_text_to_edit(bot: Bot) -> None:
    sent = await bot.send_document(CHAT, b"text")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await sent.edit_text("text")


async def test_files_are_downloaded(api: BotApiServer, bot: Bot) -> None:
    api.add_file("article", b"# Title")
    assert await (await bot.get_file("article")).download_as_bytearray() == b"# Title"
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("other")
