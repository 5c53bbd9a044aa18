"""Whatever readers write in private is answered once, as a reply to what they wrote."""

import pytest

from bot.i18n import texts_for
from retrieval.answer import Answer
from retrieval.answerer import Answerer
from tests.bot.shown import STEPS, WHERE, judged, quoted, remembered, rows
from tests.bot_api import READER, BotApiServer, Reader, marked, utf16

EN, IT = texts_for("en"), texts_for("it")
FROM_READER = {"id": READER.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
PRIVATE = {"id": READER.id, "type": "private", "first_name": "Ada"}


@pytest.mark.parametrize("text", [WHERE, f"/ask {WHERE}", f"/ask@citabot_test_bot\n{WHERE}"])
async def test_a_question_is_answered_with_a_quote_that_marks_the_sentence(
    api: BotApiServer, running, heard, answerer, text
) -> None:
    async with running(judged(answerer, "answered")):
        api.say(text)
        answer = await heard()
    (sentence,) = marked(answer.params)
    (quote,) = marked(answer.params, "blockquote")
    assert "Vladivostok" in sentence
    assert sentence in quote
    assert answer.result["reply_to_message"]["text"] == text
    assert answer.params["link_preview_options"] == {"is_disabled": True}
    assert answer.params["text"].startswith(f"{quote}\nKim Jong-un in Russia per incontrare Putin")
    assert answer.params["text"].endswith(" · paragraph 5 of 6")
    assert rows(answer.result) == [
        ["Next quote · 2 of 3", "More context"],
        ["Read the article", "Share"],
        ["👍", "👎"],
    ]
    assert len(api.messages(READER.id)) == 1


async def test_while_an_answer_is_looked_for_the_bot_is_seen_typing(
    api: BotApiServer, running, heard, answerer
) -> None:
    def slow(text: str, **how: object) -> Answer:
        api.wait_for("sendChatAction")
        return answerer(text)

    async with running(slow):
        api.say(WHERE)
        await heard()
    assert [call.params["action"] for call in api.calls("sendChatAction")] == ["typing"]


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


async def test_of_an_album_only_the_first_picture_is_refused(api: BotApiServer, running, heard) -> None:
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}], "media_group_id": "7"}
    async with running():
        for number in (8, 9, 10):
            api.push({"message": {"message_id": number, "date": 1, "chat": PRIVATE, "from": FROM_READER} | photo})
        api.say("thanks")
        await heard(where=lambda params: params["text"] == EN("thanks"))
    assert [message["text"] for message in api.messages(READER.id)] == [EN("only-text"), EN("thanks")]


async def test_service_messages_are_not_answered(api: BotApiServer, running, heard) -> None:
    message = {"message_id": 9, "date": 0, "chat": PRIVATE, "from": FROM_READER}
    async with running():
        api.push({"message": message | {"pinned_message": message | {"text": "x"}}})
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
    questions = [WHERE, STEPS, "Come si chiama il battello della biblioteca?"]
    async with running():
        for number, question in enumerate(questions):
            api.say(question, user=Reader(id=2000 + number))
        answers = [
            await heard(where=lambda params, user=2000 + number: params["chat_id"] == user) for number in range(3)
        ]
    assert [answer.result["reply_to_message"]["text"] for answer in answers] == questions
    assert [quoted(answer.params) for answer in answers] == [answerer(each).quotes[0].text for each in questions]


async def test_an_unsure_answer_says_so_before_the_quote(api: BotApiServer, running, heard, answerer: Answerer) -> None:
    async with running(judged(answerer, "unsure")):
        api.say(WHERE)
        answer = await heard()
    assert answer.params["text"].startswith("I'm not certain, but this may be it:\n")
    assert marked(answer.params, "italic") == ["I'm not certain, but this may be it:"]
    assert len(marked(answer.params)) == 1


async def test_halves_of_characters_are_left_out_of_questions_and_names(
    api: BotApiServer, running, heard, answerer, library
) -> None:
    broken = {"text": "where are they meeting? \udc00", "from": FROM_READER | {"first_name": "\ud83dAda"}}
    async with running(judged(answerer, "answered")):
        api.push({"message": {"message_id": 9, "date": 1, "chat": PRIVATE} | broken})
        answer = await heard()
    assert "Vladivostok" in quoted(answer.params)
    assert remembered(library, "SELECT text, name FROM turns JOIN users ON users.id = user") == [
        ("where are they meeting? ?", "?Ada")
    ]
