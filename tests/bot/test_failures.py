"""An error of ours: readers get a kind word, admins its name, the log the whole of it, and nobody the token."""

import logging

import pytest

from index.errors import LibraryMissing
from tests.bot.conftest import ADMIN
from tests.bot_api import READER, BotApiServer, faults

WHERE = "where are they meeting?"
SORRY = "Something went wrong on my side, and those who look after me have been told. Please try again in a while."


class Broken:
    """An answerer that raises."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self, text: str, **how: object) -> object:
        raise self.error


async def test_an_unexpected_error_is_a_kind_sentence_for_readers_and_a_name_for_admins(
    api: BotApiServer, running, heard, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(Broken(RuntimeError(f"at {api.url}/bot{api.token}/getMe"))):
        api.say(WHERE)
        await heard(where=lambda params: params["chat_id"] == ADMIN)
    (reader,), (admin,) = api.messages(READER.id), api.messages(ADMIN)
    assert reader["text"] == SORRY
    assert reader["reply_to_message"]["text"] == WHERE
    assert admin["text"].startswith("A message could not be answered (")
    assert admin["text"].endswith(f"): RuntimeError: at {api.url}/bot…/getMe")
    (logged,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    reference = admin["text"].partition("(")[2].partition(")")[0]
    assert logged.getMessage().startswith(f"{reference}: update ")
    assert logged.exc_info[0] is RuntimeError
    for call in api.calls():
        assert api.token not in str(call.params)
        assert "Traceback" not in str(call.params)


async def test_each_reader_is_told_in_the_own_language_and_admins_once_a_minute(
    api: BotApiServer, running, heard
) -> None:
    async with running(Broken(ValueError("again"))):
        api.say(WHERE)
        api.say(WHERE, language_code="it")
        api.say(WHERE)
        for number in (1, 2, 3):
            await heard(
                where=lambda params, number=number: params.get("reply_parameters", {}).get("message_id") == number
            )
    texts = {message["reply_to_message"]["message_id"]: message["text"] for message in api.messages(READER.id)}
    assert texts[1] == texts[3] == SORRY
    assert texts[2].startswith("Qualcosa è andato storto da parte mia")
    assert len(api.messages(ADMIN)) == 1


async def test_an_endless_error_is_cut_to_what_a_message_can_hold(api: BotApiServer, running, heard) -> None:
    async with running(Broken(RuntimeError("x" * 9000))):
        api.say(WHERE)
        alert = await heard(where=lambda params: params["chat_id"] == ADMIN)
    assert 500 <= len(alert.params["text"]) < 600


async def test_without_a_library_readers_are_asked_to_come_back(api: BotApiServer, running, heard) -> None:
    async with running(Broken(LibraryMissing("There is no library yet"))):
        api.say(WHERE)
        answer = await heard(where=lambda params: params["chat_id"] == READER.id)
    assert answer.params["text"] == "I have no articles to answer from yet. Please come back later."


async def test_admins_are_told_even_where_the_reader_cannot_be(api: BotApiServer, running, heard) -> None:
    api.fail_always("sendMessage", faults.blocked(), where=lambda params: params["chat_id"] == READER.id)
    async with running(Broken(RuntimeError("oops"))):
        api.say(WHERE)
        alert = await heard()
    assert alert.params["chat_id"] == ADMIN
    assert alert.params["text"].endswith("RuntimeError: oops")


async def test_a_group_that_does_not_let_the_bot_write_is_no_failure(
    api: BotApiServer, running, heard, answerer, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail_always("sendMessage", faults.not_enough_rights(), where=lambda params: params["chat_id"] < 0)
    async with running(answerer):
        api.say(f"/ask {WHERE}", chat_type="supergroup")
        api.say("thanks")
        await heard(where=lambda params: params["chat_id"] == READER.id)
    assert [call.params["chat_id"] < 0 for call in api.calls("sendMessage")].count(True) == 1
    assert api.messages(ADMIN) == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_an_admin_who_never_wrote_to_the_bot_harms_nobody(api: BotApiServer, running, heard) -> None:
    api.fail_always("sendMessage", faults.chat_not_found(), where=lambda params: params["chat_id"] == ADMIN)
    async with running(Broken(RuntimeError("oops"))):
        api.say(WHERE)
        first = await heard()
        api.say("thanks")
        await heard(after=first.number)
    assert [message["text"] for message in api.messages(READER.id)] == [SORRY, "You're welcome!"]


async def test_an_update_that_failed_is_done_with_and_not_tried_by_the_next_run(
    api: BotApiServer, running, heard
) -> None:
    async with running(Broken(RuntimeError("oops"))):
        api.say(WHERE)
        first = await heard(where=lambda params: params["chat_id"] == READER.id)
    async with running():
        api.say("thanks")
        await heard(where=lambda params: params["text"] != SORRY and params["chat_id"] == READER.id, after=first.number)
    assert [message["text"] for message in api.messages(READER.id)] == [SORRY, "You're welcome!"]
