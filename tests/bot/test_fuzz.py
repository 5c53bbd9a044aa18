"""Ten thousand random and hostile updates: nothing breaks, and those who ask go on being answered."""

import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram.ext import Application

from bot.context import Services
from bot.desk import Desk
from bot.failures import Failures
from bot.handlers import register
from bot.inbox import Inbox
from bot.reindexing import Failed, Follow, Reindexer
from bot.settings import Settings
from bot.state.store import Store
from bot.update_processor import InboxProcessor
from bot.updates import read_update
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from retrieval.answerer import Answerer
from tests.bot.fuzzing import Fuzz
from tests.bot.in_process import InProcess
from tests.bot_api.state import new_state
from tests.bot_api.users import chat_object
from tests.conftest import SEEDS
from tests.fakes import HashingEmbedder

ADMIN, USERS = 4242, range(1, 30)
TOKEN = "123456:TEST-token"


class Idle(Reindexer):
    """Never at work: a process for each press of a button would take hours."""

    def start(self, follow: Follow, **which: object) -> None:
        """Do nothing."""

    async def preview(self) -> Failed:
        return Failed(reason="idle")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    embedder = HashingEmbedder()
    with LocalLibraryWriter(tmp_path) as writer:
        index_sources([SEEDS], writer=writer, embedder=embedder)
    shelf, store = LocalShelf(tmp_path), Store(tmp_path)
    settings = Settings(
        _env_file=None, telegram_bot_token=TOKEN, citabot_library=tmp_path, citabot_articles=(SEEDS,),
        citabot_admin_ids=frozenset({ADMIN}), citabot_questions_a_minute=1000,
    )  # fmt: skip
    desk = Desk(
        settings=settings,
        answerer=Answerer(shelf.current, embedder),
        embedder=embedder,
        shelf=shelf,
    )
    yield Services(desk, store, reindexer=Idle(settings))
    store.close()
    shelf.close()


@pytest.mark.parametrize(("updates", "failing"), [(7_000, 0), (3_000, 8)], ids=["telegram well", "telegram unwell"])
async def test_no_update_whatever_it_holds_ends_in_an_exception(
    services: Services, tmp_path: Path, caplog: pytest.LogCaptureFixture, updates: int, failing: int
) -> None:
    state = new_state(TOKEN)
    for chat in [*USERS, ADMIN]:
        state.chats.enter(chat_object(chat, "private"))
    request = InProcess(state, failing=failing)
    application = Application.builder().token(TOKEN).request(request).get_updates_request(request).updater(None).build()
    inbox = Inbox(tmp_path)
    processor = InboxProcessor(inbox, at_once=16)
    register(application, services)
    application.add_error_handler(Failures(services, processor).handle)
    fuzz = Fuzz(20_261, users=USERS, admin=ADMIN)
    caplog.set_level(logging.ERROR)
    async with application:
        for _ in range(updates):
            update = read_update(fuzz.update(), application.bot)
            await inbox.put(update)
            await processor.process_update(update, application.process_update(update))
    inbox.close()
    broken = [record for record in caplog.records if record.name == "bot.failures"]
    assert [(record.getMessage(), record.exc_info and repr(record.exc_info[1])) for record in broken] == []
    called = Counter(name for name, _ in request.calls)
    assert called["sendMessage"] > updates / 5
    assert called["answerCallbackQuery"] > updates / 20
    assert called["answerInlineQuery"] > updates / 50
    assert called["answerGuestQuery"] > updates / 100


def test_the_same_seed_makes_the_same_updates() -> None:
    one, other = (Fuzz(7, users=USERS, admin=ADMIN) for _ in range(2))
    assert [one.update() for _ in range(200)] == [other.update() for _ in range(200)]
