"""Buttons are taken and refused as Telegram does it."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, SwitchInlineQueryChosenChat
from telegram.constants import KeyboardButtonStyle
from telegram.error import BadRequest

from tests.bot_api import READER, BotApiServer

CHAT = READER.id


def keyboard(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Next quote", callback_data=data)]])


async def test_callback_data_takes_64_bytes(api: BotApiServer, bot: Bot) -> None:
    await bot.send_message(CHAT, "quote", reply_markup=keyboard("é" * 32))
    with pytest.raises(BadRequest, match=r"^Button_data_invalid$"):
        await bot.send_message(CHAT, "quote", reply_markup=keyboard("é" * 32 + "x"))
    assert len(api.messages(CHAT)) == 1


async def test_a_link_needs_a_public_looking_host(bot: Bot) -> None:
    def link(url: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("Open", url=url)]])

    await bot.send_message(CHAT, "quote", reply_markup=link("https://example.org/a?b=1"))
    with pytest.raises(BadRequest, match=r"(?i)is invalid: wrong http url"):
        await bot.send_message(CHAT, "quote", reply_markup=link("http://localhost/a"))
    with pytest.raises(BadRequest, match=r"(?i)Entity URL 'file:///etc' is invalid: Wrong HTTP URL"):
        await bot.send_message(CHAT, "a", entities=[MessageEntity("text_link", 0, 1, url="file:///etc")])


@pytest.mark.parametrize(
    "fields",
    [
        {"switch_inline_query": ""},
        {"switch_inline_query": "where?"},
        {"switch_inline_query_current_chat": "x" * 256},
        {"switch_inline_query_chosen_chat": SwitchInlineQueryChosenChat("where?", allow_group_chats=True)},
        {"url": "https://t.me/citabot_test_bot?start=ask"},
        {"url": "https://example.org/a#:~:text=Vladivostok", "style": KeyboardButtonStyle.PRIMARY},
        {"callback_data": "more", "style": "success"},
        {"callback_data": "away", "style": "danger"},
    ],
)
async def test_a_good_button_is_sent_as_it_is(api: BotApiServer, bot: Bot, fields: dict[str, Any]) -> None:
    button = InlineKeyboardButton("Share", **fields)
    sent = await bot.send_message(CHAT, "quote", reply_markup=InlineKeyboardMarkup([[button]]))
    assert sent.reply_markup.inline_keyboard == ((button,),)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        (
            {"switch_inline_query": 7},
            'can\'t parse inline keyboard button: Field "switch_inline_query" must be of type String',
        ),
        ({"switch_inline_query_current_chat": "x" * 257}, "BUTTON_DATA_INVALID"),
        (
            {"switch_inline_query_chosen_chat": "any"},
            'can\'t parse inline keyboard button: Field "switch_inline_query_chosen_chat" must be of type Object',
        ),
        ({"switch_inline_query_chosen_chat": {"query": "where?"}}, "at least one chat type must be allowed"),
        ({"url": "example"}, "inline keyboard button URL 'example' is invalid: Wrong HTTP URL"),
        ({"url": "javascript:alert(1)"}, "inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL"),
        (
            {"callback_data": "more", "style": "loud"},
            "can't parse inline keyboard button: Invalid button style specified",
        ),
        ({"callback_data": "more", "url": "https://example.org"}, "text buttons are unallowed in the inline keyboard"),
        ({}, "text buttons are unallowed in the inline keyboard"),
    ],
)
async def test_a_bad_button_is_refused(post, fields: dict[str, Any], error: str) -> None:
    markup = {"inline_keyboard": [[{"text": "Share", **fields}]]}
    reply = await post("sendMessage", {"chat_id": CHAT, "text": "quote", "reply_markup": markup})
    assert reply == {"ok": False, "error_code": 400, "description": f"Bad Request: {error}"}
