"""The reindex as a process of its own: looked at beforehand, started, cancelled, and told in words."""

import asyncio
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.i18n import texts_for
from bot.json_lines import read_plan
from bot.reindexing import Cancelled, Ending, Failed, Reindexer
from bot.settings import Settings
from bot.views.indexing import outcome_text, plan_text
from index.indexer import Outcome
from index.local.library import LocalLibrary
from index.plan import Change, Plan
from index.progress import Progress
from index.readers import Skipped
from tests.conftest import SEEDS

EN, IT = texts_for("en"), texts_for("it")
OUTCOME = Outcome(generation=2, added=1, changed=0, removed=0, unchanged=3, skipped=(), seconds=1.26)


@pytest.fixture
def settings(library: Path) -> Settings:
    return Settings(_env_file=None, citabot_library=library, citabot_articles=(SEEDS,))


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings) -> Path:
    """The folder of articles that the reindex's own process reads its settings to be."""
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    articles = tmp_path / "articles"
    articles.mkdir()
    monkeypatch.setenv("CITABOT_ARTICLES", f"{SEEDS},{articles}")
    monkeypatch.chdir(tmp_path)
    return articles


@pytest.fixture
def reindexer(settings: Settings) -> Reindexer:
    return Reindexer(settings)


class Listener:
    """Keeps what it is told, and does something at the first Progress."""

    def __init__(self, do=lambda: None) -> None:
        self.steps: list[Progress] = []
        self.ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self._do = do

    async def __call__(self, told: Progress | Ending) -> None:
        if not isinstance(told, Progress):
            self.ended.set_result(told)
            return
        self.steps.append(told)
        if len(self.steps) == 1:
            self._do()


def ids(library: Path) -> dict[str, str]:
    return {article.id: article.title for article in LocalLibrary(library).articles()}


async def test_a_preview_is_the_plan_and_changes_nothing(
    reindexer: Reindexer, library: Path, surroundings: Path
) -> None:
    (surroundings / "bread.md").write_text("---\nid: bread\n---\n# Bread\n\nThe bakery opens at six.")
    assert await reindexer.preview() == Plan(
        changes=(Change(kind="added", id="bread", title="Bread", file="bread.md"),),
        unchanged=3,
        withheld=0,
        skipped=(),
    )
    assert LocalLibrary(library).generation == 1


async def test_a_preview_that_fails_says_why(reindexer: Reindexer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITABOT_ARTICLES", "nowhere")
    assert await reindexer.preview() == Failed(
        reason="There is no nowhere: name a folder or file of articles, or set CITABOT_ARTICLES."
    )


async def test_articles_are_removed_and_restored_in_a_process_of_its_own(reindexer: Reindexer, library: Path) -> None:
    before = ids(library)
    first, *rest = before
    for change, left, counts in (
        ({"remove": [first]}, rest, (2, 0, 1, 2, 1)),
        ({"restore": [first]}, before, (3, 1, 0, 2, 0)),
    ):
        reindexer.start(listener := Listener(), **change)
        told = await asyncio.wait_for(listener.ended, 60)
        assert (told.generation, told.added, told.removed, told.unchanged, told.withheld) == counts
        assert ids(library).keys() == set(left)


async def test_an_unknown_article_is_an_ending_that_names_it_even_if_it_looks_like_an_option(
    reindexer: Reindexer, library: Path
) -> None:
    reindexer.start(listener := Listener(), remove=["--help"])
    told = await asyncio.wait_for(listener.ended, 60)
    assert isinstance(told, Failed)
    assert told.reason.startswith("The library holds no article with the id --help: ")


async def test_a_reindex_that_is_cancelled_says_so_and_leaves_the_library_as_it_was(
    reindexer: Reindexer, library: Path, surroundings: Path
) -> None:
    lines = "".join(f"The bakery number {number} opens at six. " for number in range(20_000))
    (surroundings / "bread.txt").write_text("Bread\n\n" + lines)
    reindexer.start(listener := Listener(do=reindexer.cancel))
    assert await asyncio.wait_for(listener.ended, 60) == Cancelled()
    assert LocalLibrary(library).generation == 1
    (surroundings / "bread.txt").unlink()
    reindexer.start(listener := Listener())
    told = await asyncio.wait_for(listener.ended, 60)
    assert (told.generation, told.unchanged) == (None, 3)


async def test_a_reindex_that_is_cancelled_before_its_process_has_begun_never_does_anything(
    reindexer: Reindexer, library: Path, surroundings: Path
) -> None:
    (surroundings / "bread.txt").write_text("Bread\n\nThe bakery opens at six.")
    reindexer.start(listener := Listener())
    assert reindexer.cancel()
    assert await asyncio.wait_for(listener.ended, 60) == Cancelled()
    assert (listener.steps, LocalLibrary(library).generation) == ([], 1)


async def test_an_ending_that_whoever_follows_cannot_take_is_logged(
    reindexer: Reindexer, caplog: pytest.LogCaptureFixture
) -> None:
    async def follow(told: Progress | Ending) -> None:
        if not isinstance(told, Progress):
            raise OSError("The disk is gone.")

    reindexer.start(follow, remove=["no-such-id"])
    await reindexer.stop()
    (logged,) = [record for record in caplog.records if record.exc_info]
    assert logged.message == "The end of the reindex could not be settled"
    assert "The disk is gone." in str(logged.exc_info)


async def test_where_nothing_is_at_work_there_is_nothing_to_cancel(reindexer: Reindexer) -> None:
    assert not reindexer.cancel()
    reindexer.start(listener := Listener(), remove=["no-such-id"])
    assert reindexer.cancel()
    await asyncio.wait_for(listener.ended, 60)
    await reindexer.stop()
    assert not reindexer.cancel()


async def test_what_is_published_when_it_is_cancelled_is_finished_and_told(reindexer: Reindexer, library: Path) -> None:
    """A removal does nothing but publish: its first line says that it has begun to."""
    reindexer.start(listener := Listener(do=reindexer.cancel), remove=[next(iter(ids(library)))])
    told = await asyncio.wait_for(listener.ended, 60)
    assert (told.generation, told.removed, len(ids(library))) == (2, 1, 2)


def test_a_cancelled_reindex_is_told_in_both_languages() -> None:
    assert outcome_text(Cancelled(), EN) == "The reindex was cancelled; the articles are as they were before."
    assert outcome_text(Cancelled(), IT) == "La rilettura è stata annullata; gli articoli sono quelli di prima."


def test_an_outcome_names_how_many_articles_are_withheld() -> None:
    done = "Done in 1.3 s: 1 added, 0 changed, 0 removed, 3 unchanged."
    assert outcome_text(OUTCOME, EN) == done
    assert outcome_text(replace(OUTCOME, withheld=1), EN) == f"{done}\nOne article is withheld."
    assert outcome_text(replace(OUTCOME, withheld=2), EN) == f"{done}\n2 articles are withheld."


def test_a_plan_is_told_change_by_change_the_first_ten_of_them() -> None:
    changes = [Change(kind="added", id=str(number), title=f"Title {number}", file="a.jsonl") for number in range(10)]
    gone = [
        Change(kind="removed", id="x", title="Gone", file="b.txt"),
        Change(kind="changed", id="y", title="New", file="c.txt"),
    ]
    plan = Plan(changes=(*gone, *changes), unchanged=5, withheld=1, skipped=(Skipped(source="d.pdf", reason="no"),))
    assert plan_text(plan, EN).split("\n") == [
        "A reindex would find 10 to add, 1 to change, 1 to remove, 5 unchanged:",
        "− Gone (b.txt)",
        "± New (c.txt)",
        *(f"+ Title {number} (a.jsonl)" for number in range(8)),
        "… and 2 more",
        "One was skipped:",
        "• d.pdf: no",
        "One article is withheld.",
    ]


def test_a_plan_that_changes_nothing_or_failed_says_so() -> None:
    nothing = Plan(changes=(), unchanged=1, withheld=0, skipped=())
    assert plan_text(nothing, EN) == "A reindex would change nothing (one article)."
    assert plan_text(nothing, IT) == "Una rilettura non cambierebbe nulla (un articolo)."
    assert plan_text(Failed(reason="There is no x."), EN) == "I can't tell what a reindex would change. There is no x."


async def test_however_much_would_change_nobody_waits_while_it_is_read(
    reindexer: Reindexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = []

    def noted(lines: bytes) -> Plan:
        reading.append(threading.current_thread())
        return read_plan(lines)

    monkeypatch.setattr("bot.reindexing.read_plan", noted)
    assert isinstance(await reindexer.preview(), Plan)
    assert len(reading) == 1
    assert threading.main_thread() not in reading
