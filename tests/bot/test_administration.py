"""/reindex and /status: for admins alone, one at a time, and told to the end."""

import pytest

from bot.i18n import texts_for
from bot.progress import ProgressMessage
from tests.bot.conftest import ADMIN, OPERATOR
from tests.bot_api import READER, BotApiServer
from tests.conftest import SEEDS

EN = texts_for("en")


pytestmark = pytest.mark.usefixtures("surroundings")


def about_to_end(params: dict) -> bool:
    return not params["text"].startswith(("Looking", "Reading", "Embedding", "Preparing", "Asking", "Publishing"))


@pytest.mark.parametrize("command", ["/reindex", "/status"])
async def test_commands_for_admins_are_refused_to_everybody_else(api: BotApiServer, running, heard, command) -> None:
    async with running():
        api.say(command)
        english = await heard()
        api.say(command, language_code="it")
        italian = await heard(after=english.number)
    assert english.params["text"] == "Only those who look after me can do that."
    assert italian.params["text"] == "Può farlo solo chi si occupa di me."
    assert len(api.messages(READER.id)) == 2
    assert api.calls("editMessageText") == []


async def test_a_dry_run_tells_what_would_change_and_its_button_does_it(
    api: BotApiServer, running, heard, monkeypatch, tmp_path
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "bread.txt").write_text("Bread\n\nThe bakery opens at six.")
    monkeypatch.setenv("CITABOT_ARTICLES", f"{SEEDS},{more}")
    async with running():
        api.say("/reindex dry", user=OPERATOR)
        plan = await heard("editMessageText", where=about_to_end, timeout=180)
        assert plan.params["text"] == (
            "A reindex would find 1 to add, 0 to change, 0 to remove, 3 unchanged:\n+ Bread (bread.txt)"
        )
        ((now,),) = plan.params["reply_markup"]["inline_keyboard"]
        assert now["text"] == "Reindex now"
        api.press(plan.result, now["callback_data"], user=OPERATOR)
        end = await heard("editMessageText", where=about_to_end, after=plan.number, timeout=180)
    assert "1 added, 0 changed, 0 removed, 3 unchanged" in end.params["text"]


async def test_a_dry_run_that_finds_nothing_offers_nothing(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/reindex DRY", user=OPERATOR, language_code="it")
        plan = await heard("editMessageText", where=lambda params: params["text"].startswith("Una "), timeout=180)
    assert plan.params["text"] == "Una rilettura non cambierebbe nulla (3 articoli)."
    assert "reply_markup" not in plan.params


async def test_a_reindex_is_cancelled_by_the_button_beneath_it_and_that_is_on_record(
    api: BotApiServer, running, heard, monkeypatch, tmp_path
) -> None:
    long = tmp_path / "long.txt"
    long.write_text("Bread\n\n" + "".join(f"Bakery number {number} opens at six. " for number in range(20_000)))
    monkeypatch.setenv("CITABOT_ARTICLES", f"{SEEDS},{long}")
    async with running():
        api.say("/reindex", user=OPERATOR)
        started = await heard()
        ((cancel,),) = started.params["reply_markup"]["inline_keyboard"]
        api.press(started.result, cancel["callback_data"])
        await heard("answerCallbackQuery", where=lambda params: params.get("text") == EN("admins-only"))
        api.press(started.result, cancel["callback_data"], user=OPERATOR)
        end = await heard("editMessageText", where=about_to_end, timeout=180)
        assert end.params["text"] == EN("reindex-cancelled")
        assert "reply_markup" not in end.result
        api.press(started.result, cancel["callback_data"], user=OPERATOR)
        await heard("answerCallbackQuery", where=lambda params: params.get("text") == EN("nothing-to-cancel"))
        api.say("/record", user=OPERATOR)
        record = await heard(after=end.number)
        api.say("/status", user=OPERATOR)
        status = await heard(after=record.number)
    assert [line.split(" · ")[1:] for line in record.params["text"].split("\n")[1:]] == [
        ["Grace", "cancelled a reindex"],
        ["Grace", "reindexed"],
    ]
    assert f" · {EN('reindex-cancelled')}\n" in status.params["text"]


async def test_files_without_end_that_are_skipped_make_no_message_without_end(
    api: BotApiServer, running, heard, monkeypatch, tmp_path
) -> None:
    odd = tmp_path / "odd"
    odd.mkdir()
    for number in range(40):
        (odd / f"{number:02}{'漢' * 70}.exe").touch()
    monkeypatch.setenv("CITABOT_ARTICLES", f"{SEEDS},{odd}")
    async with running():
        after = 0
        for command in ("/reindex dry", "/reindex"):
            api.say(command, user=OPERATOR)
            end = await heard("editMessageText", where=about_to_end, after=after, timeout=180)
            assert "\n40 were skipped:\n" in end.params["text"]
            assert end.params["text"].endswith("\n… and 30 more")
            after = end.number
        api.say("/status", user=OPERATOR)
        status = await heard(where=lambda params: "Last reindex" in params["text"])
    assert "\n40 files or lines were skipped; /reindex says why.\n" in status.params["text"]


async def test_a_reindex_that_finds_nothing_new_says_so_in_its_own_message_and_in_the_status(
    api: BotApiServer, running, heard
) -> None:
    async with running():
        api.say("/reindex", user=OPERATOR)
        started = await heard()
        assert started.params["text"] == "Looking at the articles …"
        end = await heard("editMessageText", where=about_to_end, timeout=180)
        assert end.params["message_id"] == started.result["message_id"]
        assert end.params["text"].startswith("Nothing has changed (")
        assert end.params["text"].endswith(" s, 3 articles).")
        api.say("/status", user=OPERATOR)
        status = await heard(after=end.number)
    assert f" · {end.params['text']}\n" in status.params["text"]
    assert len(api.messages(ADMIN)) == 2


async def test_of_two_reindexes_asked_for_at_once_one_runs_and_the_other_is_told_so(
    api: BotApiServer, running, heard
) -> None:
    async with running():
        api.say("/reindex", user=OPERATOR)
        api.say("/reindex", user=OPERATOR)
        await heard(where=lambda params: params["text"] == EN("reindex-busy"))
        end = await heard("editMessageText", where=about_to_end, timeout=180)
    assert end.params["text"].startswith("Nothing has changed (")
    assert sorted(message["text"] for message in api.messages(ADMIN)) == [EN("reindex-busy"), end.params["text"]]


async def test_a_reindex_of_a_folder_that_is_not_there_tells_what_failed(
    api: BotApiServer, running, heard, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("CITABOT_ARTICLES", str(tmp_path / "nowhere"))
    async with running():
        api.say("/reindex", user=OPERATOR)
        end = await heard("editMessageText", where=about_to_end, timeout=180)
        api.say("where are they meeting?")
        answer = await heard(after=end.number)
    assert end.params["text"] == (
        "The reindex failed; the articles are as they were before. "
        f"There is no {tmp_path / 'nowhere'}: name a folder or file of articles, or set CITABOT_ARTICLES."
    )
    assert "Vladivostok" in answer.params["text"]


async def test_after_a_reindex_that_failed_the_next_one_may_run(
    api: BotApiServer, running, heard, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("CITABOT_ARTICLES", str(tmp_path / "nowhere"))
    async with running():
        api.say("/reindex", user=OPERATOR)
        failed = await heard("editMessageText", where=about_to_end, timeout=180)
        monkeypatch.setenv("CITABOT_ARTICLES", str(SEEDS))
        api.say("/reindex", user=OPERATOR)
        end = await heard("editMessageText", where=about_to_end, after=failed.number, timeout=180)
    assert end.params["text"].startswith("Nothing has changed (")


async def test_the_end_of_a_reindex_is_told_anew_where_its_message_was_deleted(
    api: BotApiServer, running, heard
) -> None:
    async with running() as bot:
        api.say("/reindex", user=OPERATOR)
        started = await heard()
        await bot.application.bot.delete_message(ADMIN, started.result["message_id"])
        end = await heard(after=started.number, timeout=180)
    assert end.params["text"].startswith("Nothing has changed (")
    assert [message["text"] for message in api.messages(ADMIN)] == [end.params["text"]]


async def test_a_bot_that_stops_ends_the_reindex_and_says_so(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/reindex", user=OPERATOR)
        await heard()
    (message,) = api.messages(ADMIN)
    assert message["text"] == EN("reindex-stopped") or message["text"].startswith("Nothing has changed (")


async def test_progress_is_not_shown_more_often_than_a_group_may_be_written_to(
    api: BotApiServer, running, heard
) -> None:
    async with running() as bot:
        shown = ProgressMessage(await bot.application.bot.send_message(ADMIN, "0"))
        for number in range(1, 50):
            shown.show(str(number))
        await shown.finish("end")
    assert [call.params["text"] for call in api.calls("editMessageText")] == ["end"]
    assert [message["text"] for message in api.messages(ADMIN)] == ["end"]
