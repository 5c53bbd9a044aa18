"""The button beneath an answer shows the next quote in its place, whatever became of question and message."""

import pytest

from tests.bot_api import READER, BotApiServer, Reader, marked
from tests.bot_api.faults import Fault
from tests.bot_api.replies import failure

WHERE = "where are they meeting?"


def button(message: dict) -> tuple[str, str]:
    ((only,),) = message["reply_markup"]["inline_keyboard"]
    return only["text"], only["callback_data"]


def too_old() -> Fault:
    """The bot was away when the button was pressed."""
    reason = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    return lambda handle, wait: failure(400, reason)


async def test_the_next_quotes_come_in_place_in_their_order_and_round_again(
    api: BotApiServer, running, heard, answerer
) -> None:
    expected = [quote.text for quote in answerer(WHERE).quotes]
    assert len(expected) == 3
    async with running():
        api.say(WHERE)
        shown = await heard()
        assert button(shown.result) == ("Next quote · 2 of 3", "quote:2")
        seen = [marked(shown.params, "blockquote") + marked(shown.params, "expandable_blockquote")]
        for data, label in [("quote:2", "3 of 3"), ("quote:3", "1 of 3"), ("quote:1", "2 of 3")]:
            api.press(shown.result, data)
            shown = await heard("editMessageText", after=shown.number)
            assert button(shown.result)[0] == f"Next quote · {label}"
            seen.append(marked(shown.params, "blockquote") + marked(shown.params, "expandable_blockquote"))
    assert [quote for (quote,) in seen] == [*expected, expected[0]]
    assert len(api.messages(READER.id)) == 1
    assert all(call.succeeded for call in api.calls("answerCallbackQuery"))


async def test_a_number_beyond_the_last_quote_shows_the_last(api: BotApiServer, running, heard, answerer) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.press(answer.result, "quote:9")
        last = await heard("editMessageText")
    assert answerer(WHERE).quotes[-1].text in last.params["text"]
    assert button(last.result) == ("Next quote · 1 of 3", "quote:1")


async def test_in_a_group_the_mention_is_no_part_of_the_question_that_the_button_asks_again(
    api: BotApiServer, running, heard, answerer
) -> None:
    async with running():
        api.say(f"@citabot_test_bot {WHERE}", chat_type="supergroup")
        answer = await heard()
        api.press(answer.result, "quote:2", user=Reader(id=77))
        second = await heard("editMessageText")
    assert answerer(WHERE).quotes[1].text in second.params["text"]


async def test_once_the_question_is_deleted_a_notice_says_so_and_the_quote_stays(
    api: BotApiServer, running, heard
) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        bare = {name: value for name, value in answer.result.items() if name != "reply_to_message"}
        user = {"id": READER.id, "is_bot": False, "first_name": "Ada", "language_code": "it"}
        press = {"id": "5", "from": user, "message": bare, "chat_instance": "1", "data": "quote:2"}
        api.push({"callback_query": press})
        notice = await heard("answerCallbackQuery")
    assert notice.params["text"] == "Non trovo più la tua domanda. Falla di nuovo, per favore."
    assert notice.params["show_alert"] is True
    assert api.calls("editMessageText") == []
    assert [message["text"] for message in api.messages(READER.id)] == [answer.result["text"]]


async def test_a_press_on_a_message_that_telegram_no_longer_shows_gets_the_notice(
    api: BotApiServer, running, heard
) -> None:
    async with running() as bot:
        api.say(WHERE)
        answer = await heard()
        await bot.application.bot.delete_message(READER.id, answer.result["message_id"])
        api.press(answer.result, "quote:2")
        notice = await heard("answerCallbackQuery")
    assert notice.params["text"] == "I can't find your question any more. Please ask it again."
    assert api.calls("editMessageText") == []
    assert len(api.calls("sendMessage")) == 1, "neither reader nor admin is told of an error"


async def test_a_press_that_waited_too_long_for_its_acknowledgement_is_still_obeyed(
    api: BotApiServer, running, heard, answerer
) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.fail_next("answerCallbackQuery", too_old())
        api.press(answer.result, "quote:2")
        second = await heard("editMessageText")
    assert answerer(WHERE).quotes[1].text in second.params["text"]
    assert len(api.calls("sendMessage")) == 1


async def test_the_quote_that_is_shown_already_is_no_error(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.press(answer.result, "quote:1")
        await heard("answerCallbackQuery")
    (edit,) = api.calls("editMessageText")
    assert "message is not modified" in edit.response["description"]
    assert [message["text"] for message in api.messages(READER.id)] == [answer.result["text"]]
    assert len(api.calls("sendMessage")) == 1


@pytest.mark.parametrize(
    "data", ["quote:0", "quote:10", "quote:x", "sources:", "sources:1234567", "more", "quote:2\n3"]
)
async def test_a_button_that_the_bot_never_made_does_nothing(api: BotApiServer, running, heard, data) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.press(answer.result, data)
        api.say("thanks")
        await heard(after=answer.number)
    assert api.calls("editMessageText") == []
    assert [message["text"] for message in api.messages(READER.id)] == [answer.result["text"], "You're welcome!"]
