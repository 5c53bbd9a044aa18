"""A reindex that golden questions stop: what admins read of it in Telegram and at the terminal, and can do."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.console import STEPS
from bot.ended import Ended, read_ended, written
from bot.i18n import languages, texts_for
from bot.json_lines import read_line, told_as_json
from bot.views.indexing import even_so, outcome_text
from index.golden import Fall, Fallen
from index.local.library import LocalLibrary
from index.progress import Progress
from tests.bot.conftest import OPERATOR
from tests.bot.desk import buttons
from tests.bot_api import READER, BotApiServer
from tests.conftest import SEEDS

EN = texts_for("en")
FALL = Fall(
    count=13,
    right=40,
    fallen=(
        Fallen(id="q1", question="Where is\nthe boat?", shown="The mill"),
        Fallen(id="reader-7", question="Where is Anna?", private=True),
        *(Fallen(id=f"q{number}", question=f"Who is {number}?") for number in range(11)),
    ),
)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """The seeds, one of which has become an error page, with questions about it."""
    folder = Path(shutil.copytree(SEEDS, tmp_path / "spoilt"))
    about = {"article": "lighthouse-volunteers.md", "lang": "en"}
    questions = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    kept = [question for question in questions if question.get("article") == about["article"]]
    assert len(kept) > 3
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, kept)))
    (folder / "lighthouse-volunteers.md").write_text("# 503\n\nThis page is not available at the moment.")
    return folder


async def test_an_admin_reads_which_questions_fell_and_publishes_all_the_same(
    api: BotApiServer, at_work, heard, library: Path, spoilt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITABOT_ARTICLES", str(spoilt))
    before = {article.title for article in LocalLibrary(library).articles()}
    async with at_work():
        api.say("/reindex", user=OPERATOR)
        stopped = await heard("editMessageText", where=lambda params: "rightly" in params["text"], timeout=120)
        first, *lines = stopped.params["text"].split("\n")
        assert first.startswith("Questions that are answered rightly now and would be no more: ")
        assert first.endswith(". So I have stopped, and nothing has changed.")
        assert lines
        assert all(line.startswith("• ") and " → " in line for line in lines)
        asked = await heard(where=lambda params: params["text"] == EN("reindex-fell-even-so"))
        assert {article.title for article in LocalLibrary(library).articles()} == before
        api.say("/status", user=OPERATOR)
        status = (await heard(after=asked.number)).params["text"]
        assert f" · {first}\n" in status
        assert "reindexed · refused: " in status
        assert "questions that are answered rightly would be answered no more: q" in status
        api.press(asked.result, buttons(asked)["Yes, publish it"], user=OPERATOR)
        assert buttons(await heard("editMessageReplyMarkup")) == {}
        done = await heard("editMessageText", where=lambda params: params["text"].startswith("Done in"), timeout=120)
    assert done.number > asked.number
    assert "503" in {article.title for article in LocalLibrary(library).articles()}


def citabot(library: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run beside a library, in a folder without an .env."""
    command = [sys.executable, "-m", "bot", *map(str, arguments), "--library", str(library)]
    return subprocess.run(command, cwd=library.parent, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_at_the_terminal_every_question_is_named_and_publishing_all_the_same_is_an_option(
    library: Path,
    spoilt: Path,
) -> None:
    refused = citabot(library, "index", spoilt)
    assert (refused.returncode, refused.stdout) == (2, "")
    *named, last = (line for line in refused.stderr.splitlines() if not line.startswith(tuple(STEPS.values())))
    assert named
    assert all(line.startswith("  q") and line.endswith(")") and "(would " in line for line in named)
    assert last.startswith(f"{len(named)} of ")
    assert last.endswith("if it is to be so, run: citabot index --even-if-answers-fell")
    (why,) = [line for line in citabot(library, "log").stdout.splitlines() if "answered no more" in line]
    assert last.startswith(why.strip()[:400])
    assert citabot(library, "index", spoilt, "--even-if-answers-fell").returncode == 0
    again = citabot(library, "index", spoilt, "--json")
    told = [read_line(line) for line in again.stdout.splitlines()]
    assert {getattr(line, "step", "") for line in told} == {"reading", ""}, "where nothing has changed nothing is asked"


def test_it_can_be_cancelled_while_questions_are_asked_and_not_while_it_is_published(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with told_as_json() as report:
        for step, ignored in (("publishing", True), ("asking", False), ("publishing", True)):
            report(Progress(step=step, done=1, total=1))
            assert (signal.getsignal(signal.SIGTERM) == signal.SIG_IGN) is ignored
    assert signal.getsignal(signal.SIGTERM) == before
    assert capsys.readouterr().out.count("\n") == 3


def test_ten_questions_are_named_in_a_message_and_the_rest_counted() -> None:
    first, named, private, *others = outcome_text(FALL, EN).split("\n")
    assert first == EN("reindex-fell", fallen=13, right=40)
    assert (named, private) == ("• Where is the boat? → The mill", "• Where is Anna? → no answer")
    assert others[0] == "• Who is 0? → no answer"
    assert (len(others), others[-1]) == (9, EN("reindex-more", more=3))


def test_the_bot_remembers_that_it_was_stopped_but_no_question_of_a_reader() -> None:
    kept = written(FALL, 5.0)
    assert "Anna" not in kept
    assert read_ended(kept) == Ended(
        ending=Fall(count=13, right=40, fallen=(FALL.fallen[0], *FALL.fallen[2:])), at=5.0, skipped=0
    )


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("gone", "data"), [(False, "ef:0:7"), (True, "ef:1:7")])
def test_whoever_has_said_that_most_articles_are_to_go_is_not_asked_that_again(
    language: str, gone: bool, data: str
) -> None:
    reply = even_so(FALL, texts_for(language), gone=gone, generation=7)
    assert reply is not None
    assert reply.keyboard is not None
    assert [[each.callback_data for each in row] for row in reply.keyboard.inline_keyboard] == [[data, "bn"]]


async def test_publishing_is_not_for_readers(api: BotApiServer, running: Callable[..., object], heard) -> None:
    async with running() as bot:
        message = await bot.application.bot.send_message(READER.id, "?")
        where = {"chat": {"id": READER.id, "type": "private"}, "message_id": message.message_id}
        api.press(where, "ef:0:1", language_code="it")
        told = await heard("answerCallbackQuery")
    assert told.params["text"] == texts_for("it")("admins-only")
