"""/status: how the bot is doing, also right after a restart."""

import re
import time
from datetime import UTC, date, datetime

import pytest

from bot.i18n import texts_for
from bot.state.report import Day
from bot.state.store import Store
from bot.views.reports import Status, status_reply
from index.gathering import Gathered, Sources, WebSource
from tests.bot.conftest import OPERATOR
from tests.bot.memory import remember, remembering
from tests.bot_api import BotApiServer

EN = texts_for("en")

pytestmark = pytest.mark.usefixtures("surroundings")


def about_to_end(params: dict) -> bool:
    return not params["text"].startswith(("Looking", "Reading", "Embedding", "Preparing", "Asking", "Publishing"))


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
    library, model, reindex, today, latency, machine, *log = status.params["text"].split("\n")
    assert library == f"3 articles in {passages} passages, generation 1"
    assert model == "Model: multilingual-e5-small"
    assert reindex == "Last reindex: none yet"
    assert today == EN("status-today", asked=4, answered=2, unsure=1, nothing=1)
    assert latency == EN("status-latency", median=20, most=100)
    memory, uptime = re.fullmatch(r"([\d,]+) MB of memory, up for (.+)", machine).groups()
    assert 50 < int(memory.replace(",", "")) < 10_000
    assert uptime == "less than a minute"
    assert "reindex" in log[-1]


@pytest.mark.parametrize(
    ("seconds", "language", "told"),
    [
        (59.9, "it", "meno di un minuto"),
        (60, "de", "einer Minute"),
        (125, "ru", "2 минуты"),
        (3_600, "fr", "une heure"),
        (2 * 3_600 + 60, "ru", "2 часа одну минуту"),
        (86_400, "en", "one day"),
        (86_400 + 59 * 60, "en", "one day"),
        (2 * 86_400 + 3_660, "en", "2 days one hour"),
        (21 * 86_400 + 11 * 3_600, "ru", "21 день 11 часов"),
        (30 * 86_400 + 5 * 3_600, "es", "30 días 5 horas"),
    ],
)
def test_how_long_the_bot_has_been_up_is_said_in_words(seconds: float, language: str, told: str) -> None:
    status = Status(
        articles=1, passages=1, generation=1, model="m", last=None, uptime=seconds, latency=None, memory=1,
        today=Day(day=date(2024, 5, 1), answered=0, unsure=0, nothing=0),
    )  # fmt: skip
    texts = texts_for(language)
    assert status_reply(status, texts).text.split("\n")[-1] == texts("status-machine", memory=1, uptime=told)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Sources from the web: 3; the last time, these failed: news, shop"),
        ("de", "Quellen aus dem Web: 3; zuletzt fehlgeschlagen: news, shop"),
        ("ru", "Источники из сети: 3; в последний раз не удалось прочитать: news, shop"),
    ],
)
def test_sources_that_failed_the_last_time_are_named(language: str, told: str) -> None:
    status = Status(
        articles=1, passages=1, generation=1, model="m", last=None, uptime=60, latency=None, memory=1,
        today=Day(day=date(2024, 5, 1), answered=0, unsure=0, nothing=0), sources=3, failed=("news", "shop"),
    )  # fmt: skip
    assert status_reply(status, texts_for(language)).text.split("\n")[3] == told


async def test_status_counts_sources_and_names_those_that_failed(api: BotApiServer, settings, running, heard) -> None:
    sources = Sources(settings.citabot_library)
    last = Gathered(began=datetime(2026, 11, 1, tzinfo=UTC), failure="It is away.")
    sources.save(WebSource(name="shop", address="https://shop.example", kind="page", last=last))
    async with running():
        api.say("/status", user=OPERATOR)
        assert EN("status-sources-failed", sources=1, names="shop") in (await heard()).params["text"].split("\n")


async def test_where_nothing_was_asked_the_status_has_no_latency(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/status", user=OPERATOR, language_code="it")
        status = await heard()
    assert [line.split(" ")[0] for line in status.params["text"].split("\n")[1:3]] == ["Modello:", "Ultima"]
    assert "ms" not in status.params["text"].split("\n")[4]


async def test_the_last_reindex_is_known_after_a_restart(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/reindex", user=OPERATOR)
        end = await heard("editMessageText", where=about_to_end, timeout=180)
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
