"""Who waits for an answer is told once the articles give it, in a quote to reply to, and nobody else is."""

import time
from datetime import datetime

import pytest

from bot.i18n import texts_for
from bot.state.privacy import erase
from index.indexer import index_sources
from index.local.writer import LocalLibraryWriter
from tests.bot.desk import BREAD, WHEN
from tests.bot.memory import remember
from tests.bot_api import READER, BotApiServer, Reader, faults, marked
from tests.conftest import SEEDS

EN, IT = texts_for("en"), texts_for("it")
HELEN = Reader(id=77)
COST = "What does a loaf cost at the bakery in Via Lunga?"
TODAY = datetime.now().replace(hour=9, minute=0, second=0, microsecond=0)


def index(library, embedder, *more) -> None:
    """Seeds and more, as a process of its own would."""
    with LocalLibraryWriter(library) as writer:
        index_sources([SEEDS, *more], writer=writer, embedder=embedder)


@pytest.fixture
def bread(tmp_path):
    """An article that says when the bakery opens, not indexed yet."""
    (file := tmp_path / "bread.txt").write_text(BREAD)
    return file


async def test_who_waits_is_told_once_when_an_article_arrives_that_answers(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        services.people.seen(READER.id, name="Ada", spoken="it")
        turn = remember(services.store, WHEN, "nothing")
        services.opinions.wait(turn, READER.id)
        await chores.do(TODAY)
        assert api.messages(READER.id) == []

        index(library, default_embedder, bread)
        await chores.do(TODAY)
        await chores.do(TODAY)
        told, quote = api.messages(READER.id)
        assert services.turns.find(turn).verdict == "answered"
    assert told["text"] == IT("now-answerable", question=WHEN)
    assert marked(quote) == ["The bakery in Via Lunga opens at six in the morning."]


@pytest.mark.parametrize("access", ["invite", "listed"])
async def test_who_is_not_let_in_any_more_is_told_nothing(
    api: BotApiServer, alone, library, default_embedder, bread, access: str
) -> None:
    async with alone(citabot_access=access, citabot_reader_ids=frozenset({HELEN.id})) as (services, chores):
        for user in (READER.id, HELEN.id):
            services.opinions.wait(remember(services.store, WHEN, "nothing", user=user), user)
        index(library, default_embedder, bread)
        await chores.do(TODAY)
        assert [user for _, user in services.opinions.waiting()] == [READER.id]
    assert (len(api.messages(READER.id)), len(api.messages(HELEN.id))) == (0, 2)


async def test_who_waits_for_something_else_goes_on_waiting(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        turn = remember(services.store, "How much does the ferry to the moon cost?", "nothing")
        services.opinions.wait(turn, READER.id)
        index(library, default_embedder, bread)
        await chores.do(TODAY)
        assert services.opinions.waiting() == [(turn, READER.id)]
    assert api.messages(READER.id) == []


async def test_who_asks_to_be_told_when_the_articles_say_it_already_is_told(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        turn = remember(services.store, WHEN, "nothing")
        index(library, default_embedder, bread)
        await chores.do(TODAY)
        services.opinions.wait(turn, READER.id)
        await chores.do(TODAY)
    assert len(api.messages(READER.id)) == 2


async def test_a_question_that_waits_is_asked_once_of_each_generation(alone, library, default_embedder, bread) -> None:
    async with alone() as (services, chores):
        turn = remember(services.store, "How much does the ferry to the moon cost?", "nothing")
        services.opinions.wait(turn, READER.id)
        index(library, default_embedder, bread)
        assert services.opinions.waiting_for(2) == [(turn, READER.id)]
        await chores.do(TODAY)
        assert services.opinions.waiting_for(2) == []
        assert services.opinions.waiting_for(3) == services.opinions.waiting() == [(turn, READER.id)]


async def test_a_question_that_fails_keeps_nobody_else_from_being_told(
    api: BotApiServer, alone, library, default_embedder, bread, caplog
) -> None:
    async with alone(failing_at="Why?") as (services, chores):
        bad = remember(services.store, "Why?", "nothing", user=HELEN.id)
        services.opinions.wait(bad, HELEN.id)
        services.opinions.wait(remember(services.store, WHEN, "nothing"), READER.id)
        index(library, default_embedder, bread)
        await chores.do(TODAY)
        assert services.opinions.waiting() == [(bad, HELEN.id)]
    assert len(api.messages(READER.id)) == 2
    failed = f"Question {bad}, for whose answer somebody waits, failed; it is asked again"
    assert [(record.message, bool(record.exc_info)) for record in caplog.records] == [(failed, True)]


async def test_who_heard_that_an_answer_is_coming_does_not_hear_it_again_until_it_comes(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        services.people.seen(READER.id, name="Ada", spoken="en")
        services.opinions.wait(remember(services.store, WHEN, "nothing"), READER.id)
        index(library, default_embedder, bread)
        api.fail_next("sendMessage", *[faults.server_error()] * 2, where=lambda params: "at six" in params["text"])
        for _ in range(4):
            await chores.do(TODAY)
        assert services.opinions.waiting() == []
    word, quote = api.messages(READER.id)
    assert word["text"] == EN("now-answerable", question=WHEN)
    assert marked(quote) == ["The bakery in Via Lunga opens at six in the morning."]


async def test_what_was_answered_before_it_could_be_told_and_is_so_no_more_goes_on_waiting(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        turn = remember(services.store, WHEN, "nothing")
        services.opinions.wait(turn, READER.id)
        index(library, default_embedder, bread)
        api.fail_next("sendMessage", faults.server_error())
        await chores.do(TODAY)
        assert services.turns.find(turn).verdict == "answered"
        index(library, default_embedder)
        await chores.do(TODAY)
        assert services.turns.find(turn).verdict == "nothing"
        assert services.opinions.waiting_for(3) == []
        assert services.opinions.waiting() == [(turn, READER.id)]
    assert api.messages(READER.id) == []


async def test_two_who_wait_for_the_same_answer_are_both_told(api, alone, library, default_embedder, bread) -> None:
    async with alone() as (services, chores):
        for user in (READER.id, HELEN.id):
            services.opinions.wait(remember(services.store, WHEN, "nothing", user=user), user)
        index(library, default_embedder, bread)
        await chores.do(TODAY)
        assert services.opinions.waiting() == []
    assert [len(api.messages(user)) for user in (READER.id, HELEN.id)] == [2, 2]


async def test_who_was_blocked_meanwhile_is_not_written_to(api, alone, library, default_embedder, bread) -> None:
    async with alone() as (services, chores):
        services.opinions.wait(remember(services.store, WHEN, "nothing"), READER.id)
        services.people.give_role(READER.id, "blocked")
        index(library, default_embedder, bread)
        await chores.do(TODAY)
    assert api.messages(READER.id) == []


async def test_a_reader_can_ask_to_be_told_and_is(api, at_work, alone, heard, library, default_embedder, bread) -> None:
    bread.write_text("Bread\n\nAt the bakery in Via Lunga a loaf costs three euros.")
    async with at_work():
        api.say(COST)
        answer = await heard()
        labels = {each["text"]: each for row in answer.params["reply_markup"]["inline_keyboard"] for each in row}
        assert answer.params["text"] == EN("nothing")
        api.press(answer.result, labels[EN("tell-me-when")]["callback_data"])
        await heard("answerCallbackQuery", where=lambda params: params.get("text") == EN("will-tell"))
    index(library, default_embedder, bread)
    async with alone() as (_, chores):
        await chores.do(TODAY)
    *_, told, quote = api.messages(READER.id)
    assert told["text"] == EN("now-answerable", question=COST)
    assert marked(quote) == ["At the bakery in Via Lunga a loaf costs three euros."]


async def test_who_could_not_be_told_goes_on_waiting_and_is_told_later_by_a_quote_to_reply_to(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        services.people.seen(READER.id, name="Ada", spoken="en")
        turn = remember(services.store, WHEN, "nothing", at=time.time() - 7200)
        services.opinions.wait(turn, READER.id)
        services.opinions.give(turn, READER.id, "bad")
        index(library, default_embedder, bread)
        api.fail_next("sendMessage", faults.server_error())
        await chores.do(TODAY)
        assert api.messages(READER.id) == []
        assert services.opinions.waiting() == [(turn, READER.id)]
        await chores.do(TODAY)
        word, quote = api.messages(READER.id)
        shown = services.turns.shown_in(READER.id, quote["message_id"])
        assert word["text"] == EN("now-answerable", question=WHEN)
        assert shown is not None
        assert (shown.id, shown.verdict) == (turn, "answered")
        assert time.time() - shown.at > 7000
        assert services.opinions.of(turn) == [(READER.id, "bad", None)]
        assert services.opinions.waiting() == []


async def test_who_erased_everything_meanwhile_is_not_written_to(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        turn = remember(services.store, WHEN, "nothing")
        services.opinions.wait(turn, READER.id)
        index(library, default_embedder, bread)
        found = services.desk.answerer(WHEN)
        kept = services.turns.find(turn)
        erase(services.store, READER.id)
        assert services.conversation.answer_again(kept, found) is None
        await chores.do(TODAY)
    assert api.messages(READER.id) == []


async def test_a_chore_that_fails_keeps_no_other_from_being_done(
    api: BotApiServer, alone, library, default_embedder, bread, caplog
) -> None:
    async with alone(citabot_digest="daily") as (services, chores):
        services.notes.set("digested", "no date")
        services.opinions.wait(remember(services.store, WHEN, "nothing"), READER.id)
        index(library, default_embedder, bread)
        await chores.do(TODAY)
    assert len(api.messages(READER.id)) == 2
    failed = "A chore failed; it is tried again"
    assert [(record.message, bool(record.exc_info)) for record in caplog.records] == [(failed, True)]
