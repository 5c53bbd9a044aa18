"""What users write, send and do reaches python-telegram-bot as Telegram tells it."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReactionTypeEmoji, ReplyParameters, Update
from telegram.error import BadRequest

from tests.bot_api import READER, BotApiServer, Reader
from tests.bot_api.server import GROUP_ID

CHAT = READER.id
EVERYTHING = ["message", "edited_message", "message_reaction"]


async def last(bot: Bot) -> Update:
    """The newest update."""
    return (await bot.get_updates(allowed_updates=EVERYTHING))[-1]


async def test_an_edited_question_keeps_its_id(api: BotApiServer, bot: Bot) -> None:
    api.say("Where?")
    (question,) = api.written(CHAT)
    api.edit(question["message_id"], "@citabot_test_bot when?")
    first, second = await bot.get_updates()
    assert (second.edited_message.message_id, second.edited_message.text) == (
        first.message.message_id,
        "@citabot_test_bot when?",
    )
    assert second.edited_message.edit_date >= first.message.date
    assert second.edited_message.parse_entities(["mention"]).popitem()[1] == "@citabot_test_bot"
    assert [message["text"] for message in api.written(CHAT)] == ["@citabot_test_bot when?"]


async def test_nobody_edits_what_another_wrote(api: BotApiServer) -> None:
    api.say("mine", chat_type="supergroup")
    (question,) = api.written(GROUP_ID)
    with pytest.raises(AssertionError, match="is not theirs"):
        api.edit(question["message_id"], "yours", chat_id=GROUP_ID, user=Reader(id=7))


async def test_a_file_comes_with_its_name_and_can_be_downloaded(api: BotApiServer, bot: Bot) -> None:
    content = bytes(range(256)) * 3
    api.send_file("notes.pdf", content, mime_type="application/pdf", caption="/add this")
    message = (await last(bot)).message
    document = message.document
    assert (document.file_name, document.mime_type, document.file_size) == ("notes.pdf", "application/pdf", 768)
    assert (message.text, message.caption, message.caption_entities[0].type) == (None, "/add this", "bot_command")
    assert await (await document.get_file()).download_as_bytearray() == content


async def test_a_file_that_is_said_to_be_large_is_not_given_out(api: BotApiServer, bot: Bot) -> None:
    api.send_file("huge.txt", b"x", file_size=20 * 1024 * 1024 + 1)
    document = (await last(bot)).message.document
    assert document.file_size == 20_971_521
    with pytest.raises(BadRequest, match="File is too big"):
        await document.get_file()


async def test_a_selected_quote_says_where_it_stands_in_utf16_units(api: BotApiServer, bot: Bot) -> None:
    await bot.send_message(CHAT, "𝄞 Łódź, then Łódź again")
    api.say("Why?", reply_to=api.messages(CHAT)[0], quote="Łódź")
    assert (await last(bot)).message.quote.position == 3
    api.say("Why?", reply_to=api.messages(CHAT)[0], quote="Łódź", quote_position=14)
    message = (await last(bot)).message
    assert (message.quote.text, message.quote.position, message.quote.is_manual) == ("Łódź", 14, True)
    assert "quote" not in message.reply_to_message.to_dict()


async def test_a_quote_of_the_bot_takes_1024_units_and_nothing_else(bot: Bot) -> None:
    sent = await bot.send_message(CHAT, "𝄞" * 600)
    reply = await bot.send_message(CHAT, "so", reply_parameters=ReplyParameters(sent.message_id, quote="𝄞" * 512))
    assert reply.quote.text == "𝄞" * 512
    with pytest.raises(BadRequest, match="Quote_text_invalid"):
        await bot.send_message(CHAT, "so", reply_parameters=ReplyParameters(sent.message_id, quote="𝄞" * 513))


async def test_a_message_in_a_topic_replies_to_the_topic(api: BotApiServer, bot: Bot) -> None:
    topic = api.open_topic("Kim")
    api.say("/ask where?", chat_type="supergroup", thread_id=topic)
    message = (await last(bot)).message
    assert (message.message_thread_id, message.is_topic_message, message.chat.is_forum) == (topic, True, True)
    assert message.reply_to_message.forum_topic_created.name == "Kim"


async def test_an_answer_in_a_forum_stays_in_its_topic(api: BotApiServer, bot: Bot) -> None:
    topic = api.open_topic()
    api.say("where?", chat_type="supergroup", thread_id=topic)
    message = (await last(bot)).message
    named = await bot.send_message(GROUP_ID, "here", message_thread_id=topic)
    replied = await bot.send_message(GROUP_ID, "here", reply_parameters=ReplyParameters(message.message_id))
    assert [(sent.message_thread_id, sent.is_topic_message) for sent in (named, replied)] == [(topic, True)] * 2
    assert (await bot.send_message(GROUP_ID, "to all")).message_thread_id is None
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(GROUP_ID, "here", message_thread_id=message.message_id)


async def test_a_reaction_tells_the_one_before(api: BotApiServer, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=EVERYTHING)
    await bot.send_message(CHAT, "quote")
    (sent,) = api.messages(CHAT)
    api.react(sent, "👍")
    api.react(sent, "👎", "🔥")
    api.react(sent)
    reactions = [update.message_reaction for update in await bot.get_updates(allowed_updates=EVERYTHING)]
    assert [[one.emoji for one in reaction.old_reaction] for reaction in reactions] == [[], ["👍"], ["👎", "🔥"]]
    assert [[one.emoji for one in reaction.new_reaction] for reaction in reactions] == [["👍"], ["👎", "🔥"], []]
    assert (reactions[0].message_id, reactions[0].user.id) == (sent["message_id"], READER.id)


async def test_reactions_come_only_to_who_asked_for_them(api: BotApiServer, bot: Bot) -> None:
    await bot.send_message(CHAT, "quote")
    api.react(api.messages(CHAT)[0], "👍")
    assert await bot.get_updates() == ()


async def test_in_a_group_only_administrators_hear_of_reactions(api: BotApiServer, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=EVERYTHING)
    await bot.send_message(GROUP_ID, "quote")
    (sent,) = api.messages(GROUP_ID)
    with pytest.raises(AssertionError, match="promote_bot"):
        api.react(sent, "👍")
    api.promote_bot()
    api.react(sent, "👍")
    assert (await last(bot)).message_reaction.chat.id == GROUP_ID


async def test_the_bot_reacts_with_one_known_emoji(api: BotApiServer, bot: Bot) -> None:
    api.say("thanks")
    (message,) = api.written(CHAT)
    assert await bot.set_message_reaction(CHAT, message["message_id"], "👍")
    assert api.reactions(message) == ["👍"]
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(CHAT, message["message_id"], "🥦")
    with pytest.raises(BadRequest, match="Reactions_too_many"):
        await bot.set_message_reaction(CHAT, message["message_id"], [ReactionTypeEmoji("👍"), ReactionTypeEmoji("🔥")])
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(CHAT, 999, "👍")
    await bot.set_message_reaction(CHAT, message["message_id"])
    assert api.reactions(message) == []


async def test_an_expired_press_cannot_be_answered(api: BotApiServer, bot: Bot) -> None:
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Next", callback_data="next")]])
    await bot.send_message(CHAT, "quote", reply_markup=buttons)
    late, fresh = (api.press(api.messages(CHAT)[0], "next", expired=expired) for expired in (True, False))
    assert await bot.answer_callback_query(fresh)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(late)
