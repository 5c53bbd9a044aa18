"""What waits until a reindex has ended comes after it, whoever sent it and whatever goes wrong with the telling."""

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from bot import update_processor
from bot.i18n import texts_for
from index.golden import Fall, Fallen
from index.indexer import Outcome
from index.vanishing import Vanishing
from tests.bot.conftest import ADMIN, OPERATOR
from tests.bot.desk import BREAD, buttons, done, sent
from tests.bot.shown import remembered
from tests.bot_api import BotApiServer, Reader, faults

EN = texts_for("en")
HELEN = Reader(id=77)
PROGRAM = """#!{python}
import pathlib, sys, time

while not pathlib.Path("{folder}/go").exists():
    time.sleep(0.02)
with open("{folder}/runs", "a") as runs:
    print(sys.argv[sys.argv.index("--by") + 1], file=runs)
print('{outcome}')
"""
OUTCOME = Outcome(generation=2, added=1, changed=0, removed=0, unchanged=3, skipped=(), seconds=1.0)


class Indexer:
    """A program in the place of the one that indexes: it adds one article once it may, and keeps who started it."""

    def __init__(self, folder: Path) -> None:
        self.program, self._folder = folder / "indexer", folder
        self._python, self._go, self._runs = sys.executable, folder / "go", folder / "runs"
        self.will_say(asdict(OUTCOME))

    def will_say(self, last: dict[str, object]) -> None:
        program = PROGRAM.format(python=self._python, folder=self._folder, outcome=json.dumps(last))
        self.program.write_text(program)
        self.program.chmod(0o755)

    def may_go_on(self) -> None:
        self._go.touch()

    def must_wait(self) -> None:
        self._go.unlink()

    def runs(self) -> list[str]:
        return self._runs.read_text().split("\n")[:-1]


@pytest.fixture
def indexer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Indexer:
    (folder := tmp_path / "indexer").mkdir()
    indexer = Indexer(folder)
    monkeypatch.setattr(sys, "executable", str(indexer.program))
    return indexer


@pytest.fixture
def two_admins(settings):
    return settings.model_copy(update={"citabot_admin_ids": frozenset({ADMIN, HELEN.id})})


def says(text: str, *, to: int = ADMIN) -> Callable[[dict], bool]:
    return lambda params: params["chat_id"] == to and params["text"].startswith(text)


async def test_files_of_two_admins_that_wait_are_both_taken_up_and_both_hear_how_it_ended(
    api: BotApiServer, running, heard, indexer: Indexer, two_admins
) -> None:
    async with running(settings=two_admins):
        api.say("/reindex", user=OPERATOR)
        await heard(where=says(EN("reindex-started")))
        for admin in (OPERATOR, HELEN):
            for name in ("bread.txt", "cake.txt"):
                after = len(api.calls())
                api.send_file(name, BREAD.encode(), user=admin)
                preview = await heard(after=after)
                api.press(preview.result, buttons(preview)["Add"], user=admin)
                await heard(where=says(EN("file-waits"), to=admin.id), after=after)
        indexer.may_go_on()
        await heard("editMessageText", where=says("Done in", to=HELEN.id))
    assert indexer.runs() == ["telegram 4242", "telegram 4242", "telegram 77"]
    ends = [len([1 for message in api.messages(id_) if message["text"].startswith("Done in")]) for id_ in (ADMIN, 77)]
    assert ends == [2, 1]


async def test_a_file_whose_turn_cannot_be_told_is_taken_up_all_the_same(
    api: BotApiServer, running, heard, indexer: Indexer
) -> None:
    async with running():
        api.say("/reindex", user=OPERATOR)
        await heard(where=says(EN("reindex-started")))
        preview = await sent(api, heard, "bread.txt", BREAD)
        api.press(preview.result, buttons(preview)["Add"], user=OPERATOR)
        await heard(where=says(EN("file-waits")))
        api.fail_next("sendMessage", faults.chat_not_found(), where=says(EN("reindex-started")))
        indexer.may_go_on()
        await heard("editMessageText", where=says("Done in"))
        await heard(where=says("Done in"))
    assert indexer.runs() == ["telegram 4242"] * 2


async def test_what_readers_asked_is_told_to_admins_by_themselves_and_not_in_a_group(
    api: BotApiServer, running, heard, indexer: Indexer
) -> None:
    own = Fallen(id="reader-7", question="May I be ill?", private=True)
    fall = Fall(count=2, right=9, fallen=(own, Fallen(id="q1", question="Where is the boat?")))
    indexer.will_say({"fall": asdict(fall)})
    indexer.may_go_on()
    told = {}
    async with running():
        for chat in ("private", "supergroup"):
            after = len(api.calls())
            api.say("/reindex", user=OPERATOR, chat_type=chat)
            stopped = await heard("editMessageText", where=lambda params: "boat" in params["text"], after=after)
            told[chat] = stopped.params["text"]
            await heard(where=lambda params: params["text"] == EN("reindex-fell-even-so"), after=after)
    assert own.question in told["private"]
    assert own.question not in told["supergroup"]
    assert "1 more" in told["supergroup"]


async def test_in_a_group_that_became_a_supergroup_meanwhile_it_is_told_and_asked_there(
    api: BotApiServer, running, heard, indexer: Indexer
) -> None:
    indexer.will_say({"vanishing": asdict(Vanishing(removed=9, of=10))})
    async with running():
        api.say("/reindex", user=OPERATOR, chat_id=-77, chat_type="group")
        await heard(where=says(EN("reindex-started"), to=-77))
        new_id = api.migrate(-77)
        indexer.may_go_on()
        await heard(where=says(EN("reindex-vanishing", removed=9, of=10), to=new_id))
        await heard(where=says(EN("reindex-even-so"), to=new_id))


async def test_what_changed_while_a_file_waits_is_taken_up_after_it(
    api: BotApiServer, running, heard, indexer: Indexer
) -> None:
    ended, told = asyncio.Event(), []

    async def tell(ending: object) -> None:
        told.append(ending)
        ended.set()

    async def wanted() -> bool:
        return True

    async with running() as bot:
        api.say("/reindex", user=OPERATOR)
        await heard(where=says(EN("reindex-started")))
        await bot._services.library_work.take_up(tell, by="watch", wanted=wanted)
        preview = await sent(api, heard, "bread.txt", BREAD)
        api.press(preview.result, buttons(preview)["Add"], user=OPERATOR)
        await heard(where=says(EN("file-waits")))
        indexer.may_go_on()
        await asyncio.wait_for(ended.wait(), 30)
    assert told == [OUTCOME]
    assert indexer.runs() == ["telegram 4242", "telegram 4242", "watch"]


async def test_what_waits_and_cannot_be_begun_is_logged(
    api: BotApiServer, running, heard, indexer: Indexer, caplog: pytest.LogCaptureFixture
) -> None:
    asked = asyncio.Event()

    async def failing() -> bool:
        asked.set()
        raise OSError("The disk is gone.")

    async with running() as bot:
        api.say("/reindex", user=OPERATOR)
        await heard(where=says(EN("reindex-started")))
        await bot._services.library_work.take_up(lambda _: failing(), by="watch", wanted=failing)
        indexer.may_go_on()
        await asyncio.wait_for(asked.wait(), 30)
    (logged,) = [record for record in caplog.records if record.name == "bot.library_work"]
    assert logged.message == "What waited for the reindex to end could not be begun"
    assert "The disk is gone." in str(logged.exc_info)


async def test_a_file_whose_taking_could_not_be_told_is_taken_up_once_it_can_be(
    api: BotApiServer, running, heard, indexer: Indexer, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nine refusals are what one attempt takes."""
    monkeypatch.setattr(update_processor, "_PUT_OFF", 0.1)
    indexer.may_go_on()
    async with running():
        preview = await sent(api, heard, "bread.txt", BREAD)
        api.fail_next("editMessageText", *[faults.too_many_requests(1)] * 9)
        api.press(preview.result, buttons(preview)["Add"], user=OPERATOR)
        told = await heard("editMessageText")
        await heard("editMessageText", where=says("Done in"))
    assert told.params["text"] == EN("file-taken", name="bread.txt")
    assert (library / "sent" / "bread.txt").read_text() == BREAD
    assert indexer.runs() == ["telegram 4242"]


async def test_how_it_ended_is_told_though_it_cannot_be_remembered(
    api: BotApiServer, running, heard, indexer: Indexer, library: Path, caplog: pytest.LogCaptureFixture
) -> None:
    indexer.may_go_on()
    async with running():
        remembered(
            library,
            "CREATE TRIGGER full BEFORE INSERT ON meta WHEN new.key = 'last reindex'"
            " BEGIN SELECT raise(FAIL, 'database or disk is full'); END",
        )
        api.say("/reindex", user=OPERATOR)
        await heard("editMessageText", where=done)
    assert "How the reindex ended could not be remembered: database or disk is full" in caplog.messages


async def test_a_yes_that_comes_while_another_one_is_at_work_can_be_given_again(
    api: BotApiServer, running, heard, indexer: Indexer
) -> None:
    indexer.will_say({"vanishing": asdict(Vanishing(removed=9, of=10))})
    indexer.may_go_on()
    async with running():
        api.say("/reindex", user=OPERATOR)
        asked = await heard(where=says(EN("reindex-even-so"), to=ADMIN))
        indexer.must_wait()
        api.say("/reindex", user=OPERATOR)
        await heard(where=says(EN("reindex-started"), to=ADMIN), after=asked.number)
        api.press(asked.result, buttons(asked)[EN("remove-them")], user=OPERATOR)
        await heard(where=says(EN("reindex-busy"), to=ADMIN))
        assert api.calls("editMessageReplyMarkup") == []
        indexer.may_go_on()
        again = await heard(where=says(EN("reindex-even-so"), to=ADMIN), after=asked.number)
        api.fail_always("editMessageReplyMarkup", faults.chat_not_found())
        api.press(again.result, buttons(again)[EN("remove-them")], user=OPERATOR)
        await heard(where=says(EN("reindex-started"), to=ADMIN), after=again.number)
