"""`citabot bot` as a process of its own, talking HTTP to a Bot API server."""

import signal
import socket

import pytest

from tests.bot.conftest import ADMIN
from tests.bot_api import READER, BotApiServer, Reader, faults, marked

START = 120.0
"""Seconds that a process may take to load the model on a slow machine."""


def test_a_question_asked_while_the_bot_was_down_is_answered_with_the_marked_sentence(
    api: BotApiServer, process
) -> None:
    update = api.say("where are they meeting?")
    with process() as bot:
        answer = api.wait_for("sendMessage", timeout=START)
        (sentence,) = marked(answer.params)
        assert "Vladivostok" in sentence
        (quote,) = marked(answer.params, "blockquote")
        assert sentence in quote
        assert "Kim Jong-un in Russia" in answer.params["text"]
        assert answer.result["reply_to_message"]["text"] == "where are they meeting?"

        api.push(
            {
                "update_id": update,
                "message": answer.result["reply_to_message"] | {"chat": {"id": READER.id, "type": "private"}},
            }
        )
        following = answer.result["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        api.press(answer.result, following)
        api.wait_for("editMessageText")
        assert len(api.messages(READER.id)) == 1, "an update that comes twice is answered once"

        bot.send_signal(signal.SIGTERM)
        _, log = bot.communicate(timeout=30)
    assert bot.returncode == 0
    assert "Traceback" not in log
    assert api.token not in log


def test_an_admin_reindexes_while_questions_are_answered(api: BotApiServer, process, settings, tmp_path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "bread.txt").write_text("Bread\n\nThe bakery in Via Lunga opens at six in the morning.")
    admin = Reader(id=ADMIN)
    with process(CITABOT_ARTICLES=str(articles)):
        api.say("When does the bakery open?")
        first = api.wait_for("sendMessage", timeout=START)
        assert "opens at six" in first.params["text"]

        (articles / "bread.txt").write_text("Bread\n\nThe bakery in Via Lunga opens at seven in the morning.")
        api.say("/reindex", user=admin)
        end = api.wait_for("editMessageText", where=lambda params: "Done" in params["text"], timeout=START)
        assert "0 added, 1 changed, 0 removed, 0 unchanged" in end.params["text"]

        api.say("When does the bakery open?")
        second = api.wait_for("sendMessage", where=lambda params: "opens at" in params["text"], after=end.number)
        assert "opens at seven" in second.params["text"]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"TELEGRAM_BOT_TOKEN": ""}, "There is no token: get one from @BotFather"),
        ({"TELEGRAM_BOT_TOKEN": "999:wrong"}, "Telegram doesn't know this token"),
        ({"CITABOT_ADMIN_IDS": "me"}, "CITABOT_ADMIN_IDS"),
    ],
)
def test_a_wrong_setting_ends_it_with_one_line_that_names_the_setting(process, changed, line) -> None:
    with process(**changed) as bot:
        out, err = bot.communicate(timeout=START)
    assert bot.returncode == 2
    assert line in err
    assert "TELEGRAM_BOT_TOKEN" in err or "CITABOT_ADMIN_IDS" in err
    assert "Traceback" not in err
    assert "999:wrong" not in err
    assert out == ""


def test_without_a_network_it_ends_with_one_line_that_names_the_address(process) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with process(TELEGRAM_API_URL=nowhere) as bot:
            _, err = bot.communicate(timeout=START)
    assert bot.returncode == 2
    assert f"Telegram can't be reached at {nowhere}" in err
    assert "Traceback" not in err


def test_a_second_poller_ends_it_with_one_line(api: BotApiServer, process) -> None:
    api.fail_always("getUpdates", faults.conflict())
    with process() as bot:
        _, err = bot.communicate(timeout=START)
    assert bot.returncode == 2
    assert "Another program is polling with the same token" in err
    assert "Traceback" not in err
