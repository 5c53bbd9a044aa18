"""A bot that is called as a guest answers once, in a chat where it is not."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle, InputTextMessageContent
from telegram.error import BadRequest, Forbidden

from tests.bot_api import READER, BotApiServer, Reader

ANSWER = InlineQueryResultArticle(
    "1",
    "Title",
    InputTextMessageContent("a quote"),
    reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]]),
)


async def test_a_guest_message_is_answered_once(api: BotApiServer, bot: Bot) -> None:
    summoned = api.summon("@citabot_test_bot where?", user=Reader(id=7))
    (update,) = await bot.get_updates()
    message = update.guest_message
    assert (message.guest_query_id, message.from_user.id, message.text) == (summoned, 7, "@citabot_test_bot where?")
    assert message.parse_entities(["mention"]).popitem()[1] == "@citabot_test_bot"
    sent = await message.answer_guest_query(ANSWER)
    posted = api.inline_message(sent.inline_message_id)
    assert (posted["text"], posted["chat"]["id"], posted["guest_bot_caller_user"]["id"]) == (
        "a quote",
        message.chat.id,
        7,
    )
    with pytest.raises(BadRequest, match="Query is too old"):
        await message.answer_guest_query(ANSWER)


async def test_a_guest_answer_is_edited_and_pressed_as_an_inline_message(api: BotApiServer, bot: Bot) -> None:
    sent = await bot.answer_guest_query(api.summon("@citabot_test_bot where?"), ANSWER)
    api.press_inline(sent.inline_message_id, "more")
    query = (await bot.get_updates())[-1].callback_query
    assert (query.message, query.inline_message_id) == (None, sent.inline_message_id)
    assert await query.edit_message_text("more of it") is True
    assert api.inline_message(sent.inline_message_id)["text"] == "more of it"


async def test_a_reply_to_a_guests_answer_names_who_called(api: BotApiServer, bot: Bot) -> None:
    sent = await bot.answer_guest_query(api.summon("@citabot_test_bot where?", user=READER), ANSWER)
    api.summon("@citabot_test_bot when?", user=Reader(id=7), reply_to=sent.inline_message_id, quote="quote")
    message = (await bot.get_updates())[-1].guest_message
    assert (message.from_user.id, message.quote.position) == (7, 2)
    assert message.reply_to_message.from_user.id == bot.id
    assert message.reply_to_message.guest_bot_caller_user.id == READER.id


async def test_a_channel_may_call_too(api: BotApiServer, bot: Bot) -> None:
    channel = {"id": -1001, "type": "channel", "title": "News"}
    sent = await bot.answer_guest_query(api.summon("@citabot_test_bot where?", sender_chat=channel), ANSWER)
    posted = api.inline_message(sent.inline_message_id)
    assert (posted["guest_bot_caller_chat"]["title"], "guest_bot_caller_user" in posted) == ("News", False)


async def test_a_guest_cannot_write_otherwise(api: BotApiServer, bot: Bot) -> None:
    api.summon("@citabot_test_bot where?")
    (update,) = await bot.get_updates()
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await update.guest_message.reply_text("here")


async def test_a_guests_answer_is_checked_and_has_its_time(api: BotApiServer, bot: Bot, post) -> None:
    summoned = api.summon("@citabot_test_bot where?")
    empty = InlineQueryResultArticle("1", "Title", InputTextMessageContent(" "))
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.answer_guest_query(summoned, empty)
    reply = await post("answerGuestQuery", {"guest_query_id": summoned})
    assert reply["description"] == "Bad Request: result isn't specified"
    with pytest.raises(BadRequest, match="query id is invalid"):
        await bot.answer_guest_query(api.inquire("where?"), ANSWER)
    api.answer_within = 0
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_guest_query(summoned, ANSWER)
