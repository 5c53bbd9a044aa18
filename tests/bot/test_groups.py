"""In groups the bot answers what is said to it, and is silent about all the rest."""

import pytest

from tests.bot_api import BotApiServer, marked
from tests.bot_api.server import GROUP_ID

WHERE = "where are they meeting?"
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
    asked: list[str] = []

    def noting(question: str) -> object:
        asked.append(question)
        return answerer(question)

    async with running(noting):
        api.say(text, chat_type="supergroup")
        answer = await heard()
    assert asked == [WHERE]
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


async def test_in_a_topic_the_bot_types_and_answers_in_that_topic(api: BotApiServer, running, heard) -> None:
    message = {
        "message_id": 9,
        "date": 1,
        "chat": {"id": GROUP_ID, "type": "supergroup", "title": "Group", "is_forum": True},
        "from": SOMEBODY,
        "text": f"@citabot_test_bot {WHERE}",
        "message_thread_id": 7,
        "is_topic_message": True,
    }
    async with running():
        api.push({"message": message})
        answer = await heard()
    assert answer.params["message_thread_id"] == 7
    assert [call.params["message_thread_id"] for call in api.calls("sendChatAction")] == [7]
    assert answer.params["reply_parameters"] == {"message_id": 9, "allow_sending_without_reply": True}
