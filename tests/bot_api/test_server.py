"""The Bot API server behaves towards a real python-telegram-bot `Bot` as Telegram does."""

import asyncio
import json
import urllib.request

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters
from telegram.error import BadRequest, EndPointNotFound, InvalidToken

from tests.bot_api import READER, BotApiServer, Reader, marked

CHAT = READER.id


def keyboard(data: str, text: str = "Next quote") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)]])


async def test_the_bot_learns_its_own_name(api: BotApiServer, bot: Bot) -> None:
    assert (bot.id, bot.username) == (123456, "citabot_test_bot")
    assert [call.method for call in api.calls()] == ["getMe"]


async def test_another_token_is_unauthorized_and_another_method_unknown(api: BotApiServer, bot: Bot) -> None:
    with pytest.raises(InvalidToken, match="rejected by the server"):
        async with Bot("999:other", base_url=f"{api.url}/bot"):
            pass
    with pytest.raises(EndPointNotFound, match="'sendNothing' not found"):
        await bot.do_api_request("sendNothing")
    assert api.calls("sendNothing")[0].response == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }


async def test_what_a_user_writes_comes_with_its_commands_and_mentions(api: BotApiServer, bot: Bot) -> None:
    lea = Reader(id=7, first_name="Léa", username="lea")
    api.say("/start 𝄞 @citabot_test_bot", user=lea, chat_type="supergroup", language_code="fr")
    (update,) = await bot.get_updates()
    message = update.effective_message
    assert message.parse_entities() == {
        MessageEntity("bot_command", 0, 6): "/start",
        MessageEntity("mention", 10, 17): "@citabot_test_bot",
    }
    assert (message.from_user.full_name, message.from_user.language_code) == ("Léa", "fr")
    assert (message.chat.type, message.chat.id < 0) == ("supergroup", True)


async def test_a_sent_message_is_returned_whole(api: BotApiServer, bot: Bot) -> None:
    api.say("Who won?")
    (update,) = await bot.get_updates()
    sent = await update.message.reply_text(
        "123", entities=[MessageEntity("bold", 1, 2)], reply_markup=keyboard("next"), do_quote=True
    )
    assert (sent.text, sent.parse_entity(sent.entities[0])) == ("123", "23")
    assert (sent.chat.id, sent.from_user.id, sent.reply_to_message.text) == (CHAT, bot.id, "Who won?")
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "next"
    assert sent.message_id > update.message.message_id
    params = api.wait_for("sendMessage").params
    assert params["text"] == "123"
    assert params["reply_parameters"]["message_id"] == update.message.message_id
    assert marked(params) == ["23"]


async def test_marks_count_utf16_units_and_move_with_trimmed_space(api: BotApiServer, bot: Bot) -> None:
    await bot.send_message(CHAT, "\n 𝄞 Łódź \n", entities=[MessageEntity("bold", 5, 6)])
    (message,) = api.messages(CHAT)
    assert message["text"] == "𝄞 Łódź"
    assert marked(message) == ["Łódź"]
    assert marked(message, "italic") == []


@pytest.mark.parametrize("text", ["x" * 4096, "𝄞" * 2048])
async def test_a_text_of_4096_units_is_the_longest(bot: Bot, text: str) -> None:
    assert (await bot.send_message(CHAT, text)).text == text
    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        await bot.send_message(CHAT, text + "x")


async def test_an_empty_text_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"^Message text is empty$"):
        await bot.send_message(CHAT, " \n")


@pytest.mark.parametrize(
    ("offset", "length", "error"),
    [
        (-1, 2, "ENTITY_BOUNDS_INVALID"),
        (0, -2, "ENTITY_BOUNDS_INVALID"),
        (0, 5, "Entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 5"),
        (2, 2, "Entity begins in a middle of a UTF-16 symbol"),
        (0, 2, "ends in a middle of a UTF-16 symbol"),
    ],
)
async def test_marks_must_fit_the_text(bot: Bot, offset: int, length: int, error: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){error}"):
        await bot.send_message(CHAT, "a𝄞b", entities=[MessageEntity("bold", offset, length)])


async def test_entities_beyond_the_hundredth_are_cut(bot: Bot) -> None:
    sent = await bot.send_message(CHAT, "x" * 120, entities=[MessageEntity("bold", i, 1) for i in range(120)])
    assert [entity.offset for entity in sent.entities] == list(range(100))


async def test_an_edit_must_change_something(api: BotApiServer, bot: Bot) -> None:
    sent = await bot.send_message(CHAT, "first", reply_markup=keyboard("next"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("first", reply_markup=keyboard("next"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(keyboard("next"))
    await sent.edit_text("second", entities=[MessageEntity("bold", 0, 6)])
    (message,) = api.messages(CHAT)
    assert (message["text"], marked(message), "reply_markup" in message) == ("second", ["second"], False)
    await sent.edit_reply_markup(keyboard("last"))
    (message,) = api.messages(CHAT)
    assert message["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "last"


async def test_only_the_bots_own_messages_can_be_edited_or_found(api: BotApiServer, bot: Bot) -> None:
    api.say("mine")
    (update,) = await bot.get_updates()
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await update.message.edit_text("yours")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("text", CHAT, 999)
    await update.message.delete()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await update.message.delete()


async def test_a_reply_needs_its_message_unless_allowed_without(api: BotApiServer, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(CHAT, "answer", reply_parameters=ReplyParameters(999))
    alone = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(CHAT, "answer", reply_parameters=alone)).reply_to_message is None


async def test_a_quoted_part_must_stand_in_the_message(api: BotApiServer, bot: Bot) -> None:
    sent = await bot.send_message(CHAT, "𝄞 the whole quote")
    api.say("Why?", reply_to=api.messages(CHAT)[0], quote="whole")
    (update,) = await bot.get_updates()
    assert (update.message.quote.text, update.message.quote.position) == ("whole", 7)
    assert update.message.reply_to_message.message_id == sent.message_id
    with pytest.raises(BadRequest, match="Quote_text_invalid"):
        await bot.send_message(CHAT, "x", reply_parameters=ReplyParameters(sent.message_id, quote="part"))


async def test_a_press_is_answered_by_its_id_only(api: BotApiServer, bot: Bot) -> None:
    await bot.send_message(CHAT, "quote", reply_markup=keyboard("next:2"))
    pressed = api.press(api.messages(CHAT)[0], "next:2")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert (query.id, query.data, query.message.text) == (pressed, "next:2", "quote")
    assert await query.answer()
    assert api.wait_for("answerCallbackQuery").params["callback_query_id"] == pressed
    with pytest.raises(BadRequest, match=r"Query is too old and response timeout expired"):
        await bot.answer_callback_query("1")


async def test_small_methods_answer(api: BotApiServer, bot: Bot) -> None:
    api.say("pending")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
    assert await bot.set_my_description("Quotes.")
    assert await bot.set_my_short_description("Quotes.")
    assert await bot.send_chat_action(CHAT, "typing")


@pytest.mark.parametrize("form", ["json", "query", "multipart"])
async def test_parameters_are_read_in_every_form(api: BotApiServer, form: str) -> None:
    bold = [{"type": "bold", "offset": 0, "length": 2}]
    url = f"{api.url}/bot{api.token}/SENDMESSAGE"
    request = {
        "json": lambda: urllib.request.Request(
            url,
            json.dumps({"chat_id": CHAT, "text": "42", "entities": bold}).encode(),
            {"Content-Type": "application/json"},
        ),
        "query": lambda: f"{url}?chat_id={CHAT}&text=42&entities={json.dumps(bold, separators=(',', ':'))}",
        "multipart": lambda: urllib.request.Request(
            url,
            "".join(
                f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                for name, value in {"chat_id": CHAT, "text": "42", "entities": json.dumps(bold)}.items()
            ).encode()
            + b"--b--\r\n",
            {"Content-Type": "multipart/form-data; boundary=b"},
        ),
    }[form]()

    def send() -> None:
        with urllib.request.urlopen(request) as response:
            assert json.load(response)["result"]["text"] == "42"

    await asyncio.to_thread(send)
    assert api.wait_for("sendMessage").params == {"chat_id": CHAT, "text": "42", "entities": bold}


async def test_waiting_for_a_call_that_never_comes_tells_what_was_seen(api: BotApiServer, bot: Bot) -> None:
    await bot.send_message(CHAT, "something else")
    with pytest.raises(AssertionError, match=r"#2 sendMessage 200 'something else'"):
        api.wait_for("sendMessage", where=lambda params: params["text"] == "this", timeout=0.1)
    with pytest.raises(AssertionError, match="no matching sendMessage after #2"):
        api.wait_for("sendMessage", after=2, timeout=0.1)


async def test_a_call_that_breaks_off_was_never_made(api: BotApiServer, bot: Bot) -> None:
    reader, writer = await asyncio.open_connection(*api.url.removeprefix("http://").split(":"))
    writer.write(f"POST /bot{api.token}/sendMessage HTTP/1.1\r\nContent-Length: 40\r\n\r\nchat_id=1001".encode())
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    assert api.calls("sendMessage") == []
