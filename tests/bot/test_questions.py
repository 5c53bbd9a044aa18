"""Whatever readers write in private is answered once, as a reply to what they wrote."""

from dataclasses import replace

import pytest

from bot.i18n import texts_for
from bot.replies import answer_reply
from retrieval.answer import Answer
from retrieval.answerer import Answerer
from tests.bot_api import READER, BotApiServer, marked, utf16

EN, IT = texts_for("en"), texts_for("it")
WHERE = "where are they meeting?"
FROM_READER = {"id": READER.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
PRIVATE = {"id": READER.id, "type": "private", "first_name": "Ada"}


@pytest.mark.parametrize("text", [WHERE, f"/ask {WHERE}", f"/ask@citabot_test_bot\n{WHERE}"])
async def test_a_question_is_answered_with_a_quote_that_marks_the_sentence(
    api: BotApiServer, running, heard, text
) -> None:
    async with running():
        api.say(text)
        answer = await heard()
    (sentence,) = marked(answer.params)
    (quote,) = marked(answer.params, "blockquote")
    assert "Vladivostok" in sentence
    assert sentence in quote
    assert answer.result["reply_to_message"]["text"] == text
    assert answer.params["link_preview_options"] == {"is_disabled": True}
    (source,) = answer.params["text"].split(quote)[1].strip().split("\n")
    assert source.startswith("Kim Jong-un in Russia")
    assert " · passage " in source
    assert [call.params["action"] for call in api.calls("sendChatAction")] == ["typing"]
    assert len(api.messages(READER.id)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello!", "Hello! Ask me something about the articles."),
        ("grazie mille 🙏", "You're welcome!"),
        ("?", "Ask me something about the articles, for example: when did it happen?"),
        ("👍", "Ask me something about the articles, for example: when did it happen?"),
        ("/ask", "Write the question after the command: /ask when did it happen?"),
        ("/ask   ", "Write the question after the command: /ask when did it happen?"),
        ("/ask ciao", "Hello! Ask me something about the articles."),
    ],
)
async def test_what_asks_nothing_gets_a_kind_word_and_no_quote(api: BotApiServer, running, heard, text, said) -> None:
    async with running():
        api.say(text)
        assert (await heard()).params["text"] == said
    assert len(api.messages(READER.id)) == 1
    assert api.calls("sendChatAction") == []


async def test_an_italian_reader_is_spoken_to_in_italian(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("grazie", language_code="it")
        assert (await heard()).params["text"] == "Prego!"


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]},
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}], "caption": "where?"},
        {"location": {"latitude": 43.1, "longitude": 131.9}},
        {"dice": {"emoji": "🎲", "value": 6}},
    ],
)
async def test_what_is_no_text_is_kindly_refused(api: BotApiServer, running, heard, content) -> None:
    async with running():
        api.push({"message": {"message_id": 9, "date": 0, "chat": PRIVATE, "from": FROM_READER} | content})
        assert (await heard()).params["text"] == "I can only read text. Write your question, please."


async def test_service_messages_and_edits_are_not_answered(api: BotApiServer, running, heard) -> None:
    message = {"message_id": 9, "date": 0, "chat": PRIVATE, "from": FROM_READER}
    async with running():
        api.push({"message": message | {"pinned_message": message | {"text": "x"}}})
        api.push({"edited_message": message | {"text": WHERE, "edit_date": 1}})
        api.say("thanks")
        await heard()
    assert [message["text"] for message in api.messages(READER.id)] == ["You're welcome!"]


@pytest.mark.parametrize(
    "text",
    [
        "xq9" * 1365 + "x",
        "where are they meeting? " * 170,
        "🚂🚢🇰🇵👨‍👩‍👧‍👦 where are they meeting? 🤝🏽",
        "أين سيلتقي كيم وبوتين؟",
        "\u202eהיכן הם נפגשים\u202c?",
        "<b>where</b> & *are* _they_ [meeting](tg://user?id=1)?",
        "'; DROP TABLE passages; -- AND NEAR( * \"",
    ],
    ids=["junk", "long", "emoji", "arabic", "hebrew", "markup", "sql"],
)
async def test_however_wild_a_question_it_is_answered_once(api: BotApiServer, running, heard, text) -> None:
    assert utf16.length(text) <= 4096
    async with running():
        api.say(text)
        answer = await heard()
    assert len(api.messages(READER.id)) == 1
    assert answer.params["text"] == EN("nothing") or len(marked(answer.params)) == 1


async def test_several_questions_at_once_each_get_their_own_answer(api: BotApiServer, running, heard, answerer) -> None:
    questions = [WHERE, "How many steps are there to the lamp?", "Come si chiama il battello?"]
    async with running():
        for question in questions:
            api.say(question)
        answers = [
            await heard(where=lambda params, number=number: params["reply_parameters"]["message_id"] == number)
            for number in (1, 2, 3)
        ]
    assert [answer.result["reply_to_message"]["text"] for answer in answers] == questions
    assert [answer.params["text"] for answer in answers] == [
        answer_reply(answerer(question), EN).text for question in questions
    ]


async def test_an_unsure_answer_says_so_before_the_quote(api: BotApiServer, running, heard, answerer: Answerer) -> None:
    def unsure(text: str) -> Answer:
        return replace(answerer(text), verdict="unsure")

    async with running(unsure):
        api.say(WHERE)
        answer = await heard()
    assert answer.params["text"].startswith("I'm not certain, but this may be it:\n")
    assert marked(answer.params, "italic") == ["I'm not certain, but this may be it:"]
    assert len(marked(answer.params)) == 1


async def test_when_the_articles_do_not_say_it_the_nearest_passage_is_a_tap_away(
    api: BotApiServer, running, heard, answerer: Answerer
) -> None:
    def nothing(text: str) -> Answer:
        return replace(answerer(text), verdict="nothing")

    async with running(nothing):
        api.say(WHERE, language_code="it")
        answer = await heard()
        ((button,),) = answer.params["reply_markup"]["inline_keyboard"]
        assert answer.params["text"] == "Gli articoli non lo dicono."
        assert button == {"text": IT("show-nearest"), "callback_data": "quote:1"}

        api.press(answer.result, "quote:1", language_code="it")
        nearest = await heard("editMessageText")
    assert marked(nearest.params, "italic") == ["Non è una risposta, ma è il passo più vicino:"]
    assert "Vladivostok" in marked(nearest.params)[0]
    assert len(api.messages(READER.id)) == 1


async def test_where_there_is_no_passage_at_all_there_is_no_button(api: BotApiServer, running, heard, answerer) -> None:
    def bare(text: str) -> Answer:
        return replace(answerer(text), verdict="nothing", quotes=())

    async with running(bare):
        api.say(WHERE)
        answer = await heard()
    assert answer.params["text"] == "The articles don't say that."
    assert "reply_markup" not in answer.result
