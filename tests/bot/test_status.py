"""/status: how the bot is doing, also right after a restart."""

import re
import time
from datetime import datetime

import pytest

from bot.i18n import texts_for
from bot.state.store import Store
from tests.bot.conftest import OPERATOR
from tests.bot.memory import remember, remembering
from tests.bot_api import BotApiServer

EN = texts_for("en")

pytestmark = pytest.mark.usefixtures("surroundings")


def about_to_end(params: dict) -> bool:
    return not params["text"].startswith(("Looking", "Reading", "Embedding", "Preparing", "Publishing"))


async def test_status_tells_library_model_last_reindex_questions_latency_memory_and_uptime(
    api: BotApiServer, settings, running, heard, seeds_shelf
) -> None:
    def fill(store: Store) -> None:
        for verdict, spent in (("answered", 10.4), ("answered", 20.0), ("unsure", 30.0), ("nothing", 99.6)):
            remember(store, "where?", verdict, milliseconds=spent)
        remember(store, "where?", at=time.time() - 2 * 86_400)

    remembering(settings.citabot_library, fill)
    passages = sum(article.passages for article in seeds_shelf.current().articles())
    async with running():
        api.say("/status", user=OPERATOR)
        status = await heard()
    library, model, reindex, today, latency, machine = status.params["text"].split("\n")
    assert library == f"3 articles in {passages} passages, generation 1"
    assert model == "Model: multilingual-e5-small"
    assert reindex == "Last reindex: none yet"
    assert today == EN("status-today", asked=4, answered=2, unsure=1, nothing=1)
    assert latency == EN("status-latency", median=20, most=100)
    memory, uptime = re.findall(r"[\d,]+ MB|\d+:\d\d:\d\d", machine)
    assert 50 < int(memory.removesuffix(" MB").replace(",", "")) < 10_000
    assert "0:00:00" <= uptime < "0:01:00"


async def test_where_nothing_was_asked_the_status_has_no_latency(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/status", user=OPERATOR, language_code="it")
        status = await heard()
    assert [line.split(" ")[0] for line in status.params["text"].split("\n")[1:3]] == ["Modello:", "Ultima"]
    assert len(status.params["text"].split("\n")) == 5


async def test_the_last_reindex_is_known_after_a_restart(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/reindex", user=OPERATOR)
        end = await heard("editMessageText", where=about_to_end, timeout=60)
    async with running():
        api.say("/status", user=OPERATOR)
        status = await heard(after=end.number)
    line = status.params["text"].split("\n")[2]
    when, outcome = re.fullmatch(r"Last reindex: (\d{4}-\d\d-\d\d \d\d:\d\d) · (.+)", line).groups()
    assert abs(datetime.fromisoformat(when).timestamp() - time.time()) < 120
    assert outcome == end.params["text"]


@pytest.mark.parametrize(
    "kept", ["no JSON", "[]", "{}", '{"kind": "Outcome", "at": 0, "skipped": 0, "fields": {"new": 1}}']
)
async def test_a_last_reindex_that_another_version_wrote_is_left_out(api, settings, running, heard, kept) -> None:
    remembering(
        settings.citabot_library,
        lambda store: store.write("INSERT INTO meta VALUES ('last reindex', ?)", kept),
    )
    async with running():
        api.say("/status", user=OPERATOR)
        assert "\nLast reindex: none yet\n" in (await heard()).params["text"]
