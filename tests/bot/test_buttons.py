"""The buttons beneath a quote show others and more of it in its place, whatever became of question and message."""

from contextlib import closing
from itertools import pairwise

import pytest

from bot.i18n import texts_for
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from tests.bot.shown import STEPS, WHERE, data, judged, quoted, rows
from tests.bot_api import READER, BotApiServer, Reader, marked
from tests.fakes import HashingEmbedder

IT = texts_for("it")


async def test_the_next_quotes_come_in_place_in_their_order_and_round_again(
    api: BotApiServer, running, heard, answerer
) -> None:
    expected = [quote.text for quote in answerer(WHERE).quotes]
    assert len(expected) == 3
    async with running():
        api.say(WHERE)
        shown = await heard()
        assert data(shown.result, "Next quote · 2 of 3") == "q:1:2:0"
        seen = [quoted(shown.params)]
        for label, after in [("2 of 3", "3 of 3"), ("3 of 3", "1 of 3"), ("1 of 3", "2 of 3")]:
            api.press(shown.result, data(shown.result, f"Next quote · {label}"))
            shown = await heard("editMessageText", after=shown.number)
            assert rows(shown.result)[0][0] == f"Next quote · {after}"
            seen.append(quoted(shown.params))
        api.press(shown.result, "q:1:9:0")
        beyond = await heard("editMessageText", after=shown.number)
    assert seen == [*expected, expected[0]]
    assert quoted(beyond.params) == expected[2], "a number beyond the last quote shows the last"
    assert len(api.messages(READER.id)) == 1
    assert all(call.succeeded for call in api.calls("answerCallbackQuery"))
    assert all(call.params["link_preview_options"] == {"is_disabled": True} for call in api.calls("editMessageText"))


async def test_more_context_grows_the_quote_in_place_until_the_article_is_all_there(
    api: BotApiServer, running, heard, answerer
) -> None:
    first = answerer(STEPS).quotes[0]
    text = first.article.text
    async with running():
        api.say(STEPS)
        shown = await heard()
        seen = [quoted(shown.params)]
        assert seen == [first.text]
        while "More context" in rows(shown.result)[0]:
            api.press(shown.result, data(shown.result, "More context"))
            shown = await heard("editMessageText", after=shown.number)
            seen.append(quoted(shown.params))
            assert marked(shown.params)[0] == first.highlights[0].of(text), "the mark stays where it was"
    assert len(seen) >= 4
    for before, after in pairwise(seen):
        assert before in after
        assert len(before) < len(after)
        assert after in text
    assert seen[-1] == text.strip()
    assert data(shown.result, "Next quote") == "q:1:2:0", "the next quote begins small again"


async def test_in_a_group_anybody_may_press_and_the_mention_is_no_part_of_the_question(
    api: BotApiServer, running, heard, answerer
) -> None:
    async with running():
        api.say(f"@citabot_test_bot {WHERE}", chat_type="supergroup")
        answer = await heard()
        api.press(answer.result, "q:1:2:0", user=Reader(id=77))
        second = await heard("editMessageText")
    assert quoted(second.params) == answerer(WHERE).quotes[1].text


async def test_buttons_of_old_messages_work_after_a_restart_also_once_the_question_is_deleted(
    api: BotApiServer, running, heard, answerer
) -> None:
    async with running() as bot:
        api.say(WHERE)
        answer = await heard()
        (question,) = api.written(READER.id)
        await bot.application.bot.delete_message(READER.id, question["message_id"])
    async with running():
        api.press(answer.result, "q:1:2:0")
        second = await heard("editMessageText")
        api.press(answer.result, "q:1:2:1")
        more = await heard("editMessageText", after=second.number)
    assert quoted(second.params) == answerer(WHERE).quotes[1].text
    assert quoted(second.params) in quoted(more.params)


async def test_a_button_whose_question_is_forgotten_gets_a_notice(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        notice = answer
        for stale in ("q:99:1:0", "r:99:1", "s:99", "w:99", "o:99:1:bad", "c:99"):
            api.press(answer.result, stale, language_code="it")
            notice = await heard("answerCallbackQuery", after=notice.number)
            assert notice.params["text"] == IT("question-gone"), stale
            assert notice.params["show_alert"] is True
    assert api.calls("editMessageText") == []
    assert len(api.calls("sendMessage")) == 1, "neither reader nor admin is told of an error"


async def test_a_press_on_a_message_that_is_gone_troubles_nobody(api: BotApiServer, running, heard) -> None:
    async with running() as bot:
        api.say(WHERE)
        answer = await heard()
        await bot.application.bot.delete_message(READER.id, answer.result["message_id"])
        api.press(answer.result, "q:1:2:0")
        api.say("thanks")
        await heard(after=answer.number)
    assert [call.succeeded for call in api.calls("editMessageText")] == [False]
    assert [message["text"] for message in api.messages(READER.id)] == ["You're welcome!"]


async def test_an_article_that_goes_while_it_is_quoted_is_quoted_all_the_same_and_missed_afterwards(
    api: BotApiServer, running, heard, answerer, tmp_path
) -> None:
    """The answer is of one generation, what is looked up a moment later of the next."""
    with LocalLibraryWriter(tmp_path / "later") as writer:
        (tmp_path / "owl.md").write_text("The owl sleeps.", encoding="utf-8")
        index_sources([tmp_path / "owl.md"], writer=writer, embedder=HashingEmbedder())
    with closing(LocalShelf(tmp_path / "later")) as later:
        async with running(judged(answerer, "answered"), shelf=later):
            api.say(STEPS)
            answer = await heard()
            api.press(answer.result, data(answer.result, "More context"))
            notice = await heard("answerCallbackQuery")
    assert "132 steps" in quoted(answer.params)
    assert notice.params["text"] == "The article has changed since. Please ask again."
    assert api.calls("editMessageText") == []


async def test_a_press_that_waited_too_long_for_its_acknowledgement_is_still_obeyed(
    api: BotApiServer, running, heard, answerer
) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.press(answer.result, "q:1:2:0", expired=True)
        second = await heard("editMessageText")
    assert quoted(second.params) == answerer(WHERE).quotes[1].text
    assert [call.succeeded for call in api.calls("answerCallbackQuery")] == [False]
    assert len(api.calls("sendMessage")) == 1


async def test_the_quote_that_is_shown_already_is_no_error(api: BotApiServer, running, heard, answerer) -> None:
    async with running(judged(answerer, "answered")):
        api.say(WHERE)
        answer = await heard()
        api.press(answer.result, "q:1:1:0")
        await heard("answerCallbackQuery")
    (edit,) = api.calls("editMessageText")
    assert "message is not modified" in edit.response["description"]
    assert [message["text"] for message in api.messages(READER.id)] == [answer.result["text"]]
    assert len(api.calls("sendMessage")) == 1


async def test_a_button_that_the_bot_never_made_does_nothing(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        for data_ in (
            "q:1",
            "q:1:x:0",
            "q:1:2:0\n3",
            "q:1234567890123456:1:1",
            "l:",
            "more",
            ":",
            "a:short:1",
            "g:english",
        ):
            api.press(answer.result, data_)
        api.say("thanks")
        await heard(after=answer.number)
    assert api.calls("editMessageText") == []
    assert [message["text"] for message in api.messages(READER.id)] == [answer.result["text"], "You're welcome!"]


@pytest.mark.parametrize("number", ["0", "999999999999999"])
async def test_numbers_beyond_all_bounds_lead_to_the_first_or_last(
    api: BotApiServer, running, heard, answerer, number
) -> None:
    quotes = answerer(WHERE).quotes
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.press(answer.result, f"q:1:{number}:1")
        shown = await heard("editMessageText")
        api.press(answer.result, f"r:1:{number}")
        article = await heard(after=answer.number)
    quote = quotes[0] if number == "0" else quotes[-1]
    assert quote.text in quoted(shown.params)
    assert article.params["text"].startswith(quote.article.title[:30])
