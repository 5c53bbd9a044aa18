"""In groups the bot answers what is said to it, and is silent about all the rest."""

import pytest

from bot.i18n import texts_for
from tests.bot.shown import WHERE, Noting, data, judged
from tests.bot_api import READER, BotApiServer, Reader, marked
from tests.bot_api.server import GROUP_ID

EN = texts_for("en")
BOB = Reader(id=55, first_name="Bob")
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
"""Telegram's own, that stands for any channel."""
SOMEBODY = {"id": 55, "is_bot": False, "first_name": "Bob", "language_code": "en"}


@pytest.mark.parametrize(
    "text",
    [
        f"@citabot_test_bot {WHERE}",
        f"@citabot_test_bot, {WHERE}",
        f"@CitaBot_Test_Bot: {WHERE}",
        f"{WHERE} @citabot_test_bot",
        f"/ask {WHERE}",
        f"/ask@citabot_test_bot {WHERE}",
    ],
)
async def test_a_mention_or_the_command_is_answered_and_is_no_part_of_the_question(
    api: BotApiServer, running, heard, answerer, text
) -> None:
    noting = Noting(answerer)
    async with running(noting):
        api.say(text, chat_type="supergroup")
        answer = await heard()
    assert noting.asked[0] == WHERE
    assert answer.params["chat_id"] == GROUP_ID
    assert answer.result["reply_to_message"]["text"] == text
    assert "Vladivostok" in marked(answer.params)[0]


async def test_a_reply_to_the_bot_is_answered(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/ask ciao", chat_type="supergroup")
        first = await heard()
        api.say(WHERE, chat_type="supergroup", reply_to=first.result)
        second = await heard(after=first.number)
    assert "Vladivostok" in marked(second.params)[0]
    assert second.result["reply_to_message"]["text"] == WHERE


@pytest.mark.parametrize(
    "text",
    [
        WHERE,
        "hello",
        "?",
        f"@citabot_test_bot_two {WHERE}",
        f"mail me@citabot_test_bot {WHERE}",
        f"/ask@another_bot {WHERE}",
        "/help@another_bot",
        "citabot_test_bot is a bot",
    ],
)
async def test_talk_that_is_not_meant_for_the_bot_is_left_alone(api: BotApiServer, running, heard, text) -> None:
    async with running():
        api.say(text, chat_type="supergroup")
        api.say("thanks")
        await heard()
    assert api.messages(GROUP_ID) == []
    assert [call.params["text"] for call in api.calls("sendMessage")] == ["You're welcome!"]


async def test_a_reply_to_somebody_else_is_left_alone(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("I am in the group", chat_type="supergroup")
        api.say(WHERE, chat_type="supergroup", reply_to=1)
        api.say("thanks")
        await heard()
    assert api.messages(GROUP_ID) == []


async def test_a_photo_in_a_group_is_left_alone(api: BotApiServer, running, heard) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]
    chat = {"id": GROUP_ID, "type": "supergroup", "title": "Group"}
    async with running():
        api.push({"message": {"message_id": 5, "date": 1, "chat": chat, "from": SOMEBODY, "photo": photo}})
        api.say("thanks")
        await heard()
    assert api.messages(GROUP_ID) == []


@pytest.mark.parametrize("command", ["/help", "/start", "/sources"])
async def test_the_other_commands_are_answered_in_groups_too(api: BotApiServer, running, heard, command) -> None:
    async with running():
        api.say(f"{command}@citabot_test_bot", chat_type="supergroup")
        answer = await heard()
    assert answer.params["chat_id"] == GROUP_ID
    assert len(api.messages(GROUP_ID)) == 1


async def test_a_mention_alone_gets_an_example(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("@citabot_test_bot", chat_type="supergroup")
        answer = await heard()
    assert answer.params["text"] == "Ask me something about the articles, for example: when did it happen?"


async def test_in_a_topic_the_bot_types_and_answers_in_that_topic(api: BotApiServer, running, heard, answerer) -> None:
    def slow(text: str, **how: object) -> object:
        api.wait_for("sendChatAction")
        return answerer(text)

    thread = api.open_topic()
    async with running(slow):
        api.say(f"@citabot_test_bot {WHERE}", chat_type="supergroup", thread_id=thread)
        answer = await heard()
        api.say(WHERE, chat_type="supergroup", thread_id=thread)
        api.say("/help", user=Reader(id=5))
        await heard(where=lambda params: params["chat_id"] == 5)
    assert answer.result["message_thread_id"] == thread
    assert [call.params["message_thread_id"] for call in api.calls("sendChatAction")] == [thread]
    assert len(api.messages(GROUP_ID)) == 1, "what isn't meant for the bot is left alone in a topic too"


async def test_the_bot_says_once_how_to_speak_to_it_when_it_comes_into_a_group(
    api: BotApiServer, running, heard
) -> None:
    async with running():
        api.add_bot()
        hello = await heard()
        api.promote_bot()
        api.remove_bot()
        api.say("thanks")
        await heard(where=lambda params: params["chat_id"] == READER.id)
        api.say("/help", chat_type="supergroup")
        helped = await heard(where=lambda params: params["chat_id"] == GROUP_ID, after=hello.number)
    assert hello.params["text"] == EN("hello-group", bot="citabot_test_bot")
    assert helped.params["text"].endswith(EN("help-group", bot="citabot_test_bot"))
    assert len(api.messages(GROUP_ID)) == 2


async def test_each_asker_in_a_group_and_each_topic_has_a_conversation_of_its_own(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting = Noting(judged(answerer, "answered"))
    thread, turns = api.open_topic(), []
    async with running(noting):
        for user, where in ((READER, None), (BOB, None), (READER, thread), (READER, None)):
            asked = len(noting.asked)
            number = api.calls()[-1].number if api.calls() else 0
            api.say("/ask when?", user=user, chat_type="supergroup", thread_id=where)
            await heard(after=number)
            turns.append(len(noting.how[asked]["turns"]))
    assert turns == [0, 0, 0, 1]


async def test_who_writes_as_a_channel_has_a_conversation_of_its_own(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting, turns = Noting(judged(answerer, "answered")), []
    async with running(noting):
        for message, channel in enumerate((-1001, -1002, -1001), 900):
            asked = len(noting.asked)
            number = api.calls()[-1].number if api.calls() else 0
            written = {
                "message_id": message, "date": 1, "text": "/ask when?", "from": CHANNEL_BOT,
                "chat": {"id": GROUP_ID, "type": "supergroup", "title": "Readers"},
                "sender_chat": {"id": channel, "type": "channel", "title": "News"},
                "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
            }  # fmt: skip
            api.push({"message": written})
            await heard(after=number)
            turns.append(len(noting.how[asked]["turns"]))
    assert turns == [0, 0, 1]


async def test_a_question_that_meets_its_group_becoming_a_supergroup_is_answered_there(
    api: BotApiServer, running, heard, answerer
) -> None:
    async with running(judged(answerer, "answered")):
        api.say(f"/ask {WHERE}", chat_id=-77, chat_type="group")
        first = await heard()
        api.say("/new", chat_id=-77, chat_type="group")
        await heard(after=first.number)
        new_id = api.migrate(-77)
        chat = {"id": -77, "type": "group", "title": "Old"}
        api.push({"message": {"message_id": 900, "date": 1, "chat": chat, "from": SOMEBODY, "text": f"/ask {WHERE}",
                              "entities": [{"type": "bot_command", "offset": 0, "length": 4}]}})  # fmt: skip
        answer = await heard(where=lambda params: params["chat_id"] == new_id)
        api.press(answer.result, data(answer.result, "Next quote"))
        second = await heard("editMessageText")
    assert second.params["chat_id"] == new_id
    assert marked(second.params) != marked(answer.params)
    assert "Vladivostok" in marked(answer.params)[0]
    assert [call.params["chat_id"] for call in api.calls("sendMessage")].count(new_id) == 1
