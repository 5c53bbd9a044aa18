"""Inline queries and what is posted by them behave as Telegram's do."""

from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    MessageEntity,
)
from telegram.error import BadRequest

from tests.bot_api import READER, BotApiServer, Reader, marked

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])


def article(id_: str = "1", text: str = "a quote", **fields: Any) -> InlineQueryResultArticle:
    entities = fields.pop("entities", None)
    return InlineQueryResultArticle(id_, "Title", InputTextMessageContent(text, entities=entities), **fields)


async def test_an_inline_query_says_who_asks_and_in_what_chat(api: BotApiServer, bot: Bot) -> None:
    lea = Reader(id=7, first_name="Léa")
    asked = api.inquire("where?", user=lea, offset="20", chat_type="supergroup", language_code="fr")
    (update,) = await bot.get_updates()
    query = update.inline_query
    assert (query.id, query.query, query.offset, query.chat_type) == (asked, "where?", "20", "supergroup")
    assert (query.from_user.id, query.from_user.language_code) == (7, "fr")


async def test_the_bot_says_that_it_can_be_asked_anywhere(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.supports_inline_queries, me.supports_guest_queries) == (True, True)


async def test_a_chosen_result_is_posted_and_its_buttons_work(api: BotApiServer, bot: Bot) -> None:
    asked = api.inquire("where?")
    bold = [MessageEntity("bold", 2, 5)]
    await bot.answer_inline_query(asked, [article(entities=bold, reply_markup=BUTTONS)], cache_time=0, is_personal=True)
    posted = api.choose(asked, "1")
    assert posted is not None
    pressed = api.press_inline(posted, "more", user=Reader(id=7))
    _, chosen, press = await bot.get_updates()
    result = chosen.chosen_inline_result
    assert (result.result_id, result.query, result.from_user.id) == ("1", "where?", READER.id)
    assert result.inline_message_id == posted
    query = press.callback_query
    assert (query.id, query.data, query.message, query.inline_message_id) == (pressed, "more", None, posted)
    assert (query.from_user.id, await query.answer()) == (7, True)
    assert marked(api.inline_message(posted)) == ["quote"]


async def test_a_result_without_buttons_cannot_be_reached_again(api: BotApiServer, bot: Bot) -> None:
    asked = api.inquire("where?")
    await bot.answer_inline_query(asked, [article()])
    assert api.choose(asked, "1") is None
    assert (await bot.get_updates())[-1].chosen_inline_result.inline_message_id is None


async def test_an_inline_message_is_edited_by_its_id(api: BotApiServer, bot: Bot) -> None:
    asked = api.inquire("where?")
    await bot.answer_inline_query(asked, [article(reply_markup=BUTTONS)])
    posted = api.choose(asked, "1")
    assert await bot.edit_message_text("more of it", inline_message_id=posted, reply_markup=BUTTONS) is True
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("more of it", inline_message_id=posted, reply_markup=BUTTONS)
    assert await bot.edit_message_reply_markup(inline_message_id=posted) is True
    message = api.inline_message(posted)
    assert (message["text"], "reply_markup" in message) == ("more of it", False)
    with pytest.raises(BadRequest, match="Message_id_invalid"):
        await bot.edit_message_text("text", inline_message_id="inline-9")


@pytest.mark.parametrize(
    ("results", "error"),
    [
        ([article(str(number)) for number in range(51)], "Too many inline query results specified"),
        ([article(), article()], "Result_id_duplicate"),
        ([article("")], "Result_id_invalid"),
        ([article("é" * 33)], "Result_id_invalid"),
        ([article(text=" ")], "Message text is empty"),
        ([article(text="x" * 4097)], "Message_too_long"),
        ([article(entities=[MessageEntity("bold", 0, 8)])], "ends after the end of the text"),
        (
            [article(reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x" * 65)]]))],
            "Button_data_invalid",
        ),
    ],
)
async def test_results_are_checked_as_messages_are(api: BotApiServer, bot: Bot, results: list, error: str) -> None:
    asked = api.inquire("where?")
    with pytest.raises(BadRequest, match=error):
        await bot.answer_inline_query(asked, results)


@pytest.mark.parametrize(
    ("result", "error"),
    [
        ("a quote", "Inline query result must be an object"),
        ({"id": "1"}, 'Can\'t find field "type"'),
        ({"type": "article", "id": "1"}, 'Can\'t find field "input_message_content"'),
        ({"type": "article", "id": 1}, 'Field "id" must be of type String'),
        ({"type": "fax", "id": "1"}, 'type "fax" is unsupported for the inline query result'),
    ],
)
async def test_a_result_must_be_whole(api: BotApiServer, post, result: Any, error: str) -> None:
    reply = await post("answerInlineQuery", {"inline_query_id": api.inquire("where?"), "results": [result]})
    assert reply["description"] == f"Bad Request: can't parse inline query result: {error}"


async def test_fifty_results_and_a_page_after_them_fit(api: BotApiServer, bot: Bot) -> None:
    asked = api.inquire("where?")
    results = [article(f"{number:064}") for number in range(50)]
    button = InlineQueryResultsButton("All articles", start_parameter="articles")
    assert await bot.answer_inline_query(asked, results, next_offset="5" * 64, button=button)
    assert api.calls("answerInlineQuery")[0].params["next_offset"] == "5" * 64
    with pytest.raises(BadRequest, match="Next_offset_invalid"):
        await bot.answer_inline_query(asked, [], next_offset="5" * 65)


@pytest.mark.parametrize(
    ("button", "error"),
    [
        (
            {"text": "All"},
            "can't parse inline query results button: InlineQueryResultsButton must have exactly one optional field",
        ),
        ({"start_parameter": "all"}, "can't parse inline query results button: Can't find field \"text\""),
        ({"text": "All", "start_parameter": ""}, "START_PARAM_EMPTY"),
        ({"text": "All", "start_parameter": "all articles"}, "START_PARAM_INVALID"),
        ({"text": "All", "start_parameter": "a" * 65}, "START_PARAM_INVALID"),
    ],
)
async def test_the_button_above_the_results_is_checked(api: BotApiServer, post, button: dict, error: str) -> None:
    params = {"inline_query_id": api.inquire("where?"), "results": [], "button": button}
    assert (await post("answerInlineQuery", params))["description"] == f"Bad Request: {error}"


async def test_a_query_waits_only_so_long_for_its_answer(api: BotApiServer, bot: Bot) -> None:
    assert api.answer_within == 10
    asked = api.inquire("where?")
    api.answer_within = 0
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_inline_query(asked, [])
    api.answer_within = 60
    assert await bot.answer_inline_query(asked, [])
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_inline_query("12345", [])


async def test_only_an_answered_result_can_be_chosen(api: BotApiServer) -> None:
    with pytest.raises(AssertionError, match="no result 1 for query"):
        api.choose(api.inquire("where?"), "1")
