"""log, rollback and what stops a run that would take most articles along, as the terminal and scripts see them."""

import json
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import condition, wiring
from bot.cli import _index_if_stale, app
from bot.json_lines import read_line, read_plan
from bot.settings import Settings
from index.errors import LibraryBusy, SourceMissing
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from index.plan import Change
from index.vanishing import Vanishing
from tests.bot.hashed import embedder, indexed, write

MOMENT = r"20\d\d-\d\d-\d\d \d\d:\d\d"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without .env, no settings but these, and no model: whoever loads it fails."""
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITABOT_ARTICLES", "articles")
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    wiring._embedder.cache_clear()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def two_generations(articles: Path) -> Path:
    write(articles / "a.jsonl", mill="The mill grinds chestnuts.", boat="The boat leaves at six.")
    indexed(Path("library"), articles)
    write(articles / "a.jsonl", mill="The mill grinds rye.", boat="The boat leaves at six.", bell="The bell rings.")
    indexed(Path("library"), articles)
    return articles


def citabot(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def texts() -> dict[str, str]:
    library = LocalLibrary(Path("library"))
    return {article.id: getattr(library.article(article.id), "text", "") for article in library.articles()}


def test_the_log_has_a_line_for_each_run_newest_first(two_generations: Path) -> None:
    citabot("remove", "no-such-id")
    citabot("remove", "boat")
    refused_late, *lines = citabot("log", "--count", 4).stdout.splitlines()
    assert re.fullmatch(
        rf"{MOMENT} · remove boat · generation 3: 0 added, 0 changed, 1 removed, 2 unchanged in \d\.\d s · terminal",
        refused_late,
    )
    refused, why, newest, oldest = lines
    assert re.fullmatch(rf"{MOMENT} · remove no-such-id · refused in \d\.\d s · terminal", refused)
    assert why.startswith("  The library holds no article with the id no-such-id: ")
    assert re.fullmatch(rf"{MOMENT} · index · generation 2: 1 added, 1 changed, .* · terminal", newest)
    assert re.fullmatch(rf"{MOMENT} · index · generation 1: 2 added, 0 changed, .* · terminal", oldest)


def test_the_log_in_json_is_a_line_for_each_run(two_generations: Path) -> None:
    (line,) = map(json.loads, citabot("log", "--json", "--count", 1).stdout.splitlines())
    assert line | {"began": "", "seconds": 0} == {
        "began": "", "kind": "index", "by": "terminal", "about": "", "before": 1, "after": 2, "ended": "published",
        "seconds": 0, "why": "", "added": 1, "changed": 1, "removed": 0, "unchanged": 1, "skipped": 0,
    }  # fmt: skip


def test_before_the_first_run_the_log_is_empty_and_makes_no_library() -> None:
    assert citabot("log").stdout == "Nothing is on record yet.\n"
    assert citabot("rollback", "--list").stdout.startswith("There is nothing to go back to yet")
    assert not Path("library").exists()


def test_a_rollback_says_where_it_went_and_for_how_long(two_generations: Path) -> None:
    listed = citabot("rollback", "--list").stdout
    assert re.fullmatch(rf"generation 1, until {MOMENT}: 2 articles; then 1 added, 1 changed, 0 removed\n", listed)
    result = citabot("rollback")
    outcome, told = result.stdout.splitlines()
    assert outcome.startswith("0 added, 1 changed, 1 removed, 1 unchanged, 0 skipped in ")
    assert told == (
        "The articles are those of generation 1 again. What the sources hold is taken up by the next citabot index or "
        "/reindex, also for a file that is sent to the bot; a start of the bot leaves it. They are generation 3 now."
    )
    assert texts() == {"mill": "The mill grinds chestnuts.", "boat": "The boat leaves at six."}
    assert "rollback 1 · generation 3: 0 added, 1 changed, 1 removed" in citabot("log").stdout
    assert citabot("rollback", 1).stdout.splitlines()[1] == (
        "The articles are those of generation 1 already; nothing was changed."
    )


def test_a_rollback_in_json_ends_with_where_it_went(two_generations: Path) -> None:
    (kept,) = map(json.loads, citabot("rollback", "--list", "--json").stdout.splitlines())
    assert kept | {"until": ""} == {
        "generation": 1, "until": "", "articles": 2, "added": 1, "changed": 1, "removed": 0,
    }  # fmt: skip
    *steps, last = citabot("rollback", "1", "--json").stdout.splitlines()
    assert {json.loads(step)["step"] for step in steps} == {"publishing"}
    assert (json.loads(last)["back_to"], json.loads(last)["generation"]) == (1, 3)
    assert getattr(read_line(last), "removed", None) == 1


def test_what_is_not_kept_is_one_line_that_says_so(two_generations: Path) -> None:
    result = citabot("rollback", "0")
    assert (result.exit_code, result.stderr) == (
        2, "Generation 0 is not kept; the oldest that can be gone back to is 1: citabot rollback --list\n",
    )  # fmt: skip
    result = citabot("rollback", "--library", "new")
    assert (result.exit_code, Path("new").exists()) == (2, False)


def test_a_start_leaves_a_library_that_was_rolled_back_and_says_so(
    two_generations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    citabot("rollback")
    _index_if_stale(Settings(_env_file=None))
    assert capsys.readouterr().err.startswith("The articles are those of generation 1 again. ")
    assert texts().keys() == {"mill", "boat"}


@pytest.fixture
def most_are_gone(articles: Path) -> Path:
    """A library of twelve articles whose folder has lost its files."""
    write(articles / "a.jsonl", **{f"n{number:02}": f"The boat {number} leaves." for number in range(12)})
    indexed(Path("library"), articles)
    (articles / "a.jsonl").unlink()
    return articles


def test_a_run_that_would_take_most_articles_along_stops_and_says_what_to_do(most_are_gone: Path) -> None:
    result = citabot("index")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "There is nothing left in articles. 12 of 12 articles would be removed. Nothing was changed. Look whether "
        "everything is mounted and where it was; if the articles are to go, run: citabot index "
        "--even-if-most-are-gone\n"
    )
    assert len(texts()) == 12
    assert " · index · refused in " in citabot("log").stdout
    done = citabot("index", "--even-if-most-are-gone")
    assert done.stdout.startswith("0 added, 0 changed, 12 removed, 0 unchanged, ")


def test_scripts_are_told_in_a_line_of_its_own(most_are_gone: Path) -> None:
    result = citabot("index", "--json")
    assert result.exit_code == 2
    assert read_line(result.stdout.splitlines()[-1]) == Vanishing(removed=12, of=12, empty=("articles",))


def test_a_dry_run_says_it_too(most_are_gone: Path) -> None:
    dry = citabot("index", "--dry-run")
    assert (dry.exit_code, dry.stdout.splitlines()[-1]) == (
        0, "citabot index would stop and ask: There is nothing left in articles. 12 of 12 articles would be removed.",
    )  # fmt: skip
    plan = read_plan(citabot("index", "--dry-run", "--json").stdout)
    assert plan.vanishing == Vanishing(removed=12, of=12, empty=("articles",))
    assert plan.changes[0] == Change(kind="removed", id="n00", title="n00", file="a.jsonl")


def test_a_start_goes_on_with_the_articles_that_there_are(
    most_are_gone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _index_if_stale(Settings(_env_file=None))
    assert capsys.readouterr().err.startswith("There is nothing left in articles. 12 of 12 articles would be removed.")
    assert len(texts()) == 12
    assert " · index · refused in " in citabot("log").stdout
    assert citabot("log").stdout.splitlines()[0].endswith(" · start")


def test_a_start_without_its_folder_answers_from_what_there_is(
    two_generations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(two_generations / "a.jsonl", mill="The mill grinds oats.")
    two_generations.rename("elsewhere")
    _index_if_stale(Settings(_env_file=None))
    assert "articles" in capsys.readouterr().err
    assert texts().keys() == {"mill", "boat", "bell"}


def test_a_start_beside_another_indexer_answers_from_what_there_is_and_says_so(
    two_generations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(two_generations / "a.jsonl", mill="The mill grinds oats.")
    with LocalLibraryWriter(Path("library")):
        _index_if_stale(Settings(_env_file=None))
    assert capsys.readouterr().err == "Another indexer is at work on this library; wait until it is done.\n"
    assert texts().keys() == {"mill", "boat", "bell"}


def test_a_start_beside_the_first_indexer_says_what_is_in_the_way(two_generations: Path) -> None:
    with LocalLibraryWriter(Path("new")), pytest.raises(LibraryBusy):
        _index_if_stale(Settings(_env_file=None, citabot_library=Path("new")))


def test_a_start_without_a_folder_or_a_library_says_what_is_missing() -> None:
    with pytest.raises(SourceMissing):
        _index_if_stale(Settings(_env_file=None))


def test_a_start_leaves_a_library_of_named_articles_until_the_settings_are_others(
    two_generations: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wiring, "_embedder", lambda name: embedder())
    notes, settings = Path("notes.jsonl"), Settings(_env_file=None)
    write(notes, tram="The tram stops at eight.")
    wiring.run_indexer(settings, [notes])
    _index_if_stale(settings)
    assert capsys.readouterr().err.startswith("The library holds the articles that were named for it, and a start ")
    assert condition.is_left_alone(settings)
    assert texts().keys() == {"tram"}

    monkeypatch.setenv("CITABOT_ARTICLES", "notes.jsonl")
    write(notes, tram="The tram stops at nine.")
    _index_if_stale(Settings(_env_file=None))
    assert texts() == {"tram": "The tram stops at nine."}
    wiring.run_indexer(Settings(_env_file=None), [notes])
    assert not condition.is_left_alone(Settings(_env_file=None))

    wiring.run_indexer(settings, [notes])
    wiring.run_indexer(settings)
    assert not condition.is_left_alone(settings)
    assert texts().keys() == {"mill", "boat", "bell"}
