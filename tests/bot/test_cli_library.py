"""index --dry-run, remove and restore, as an admin at the terminal and as scripts use them."""

import json
import os
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import cli_library, condition, wiring
from bot.arriving import SENT
from bot.cli import app
from bot.cli_settings import BUSY
from bot.json_lines import told_as_json
from bot.settings import Settings
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from index.progress import Progress
from tests.conftest import SEEDS

KIM = "Kim Jong-un in Russia per incontrare Putin su richiesta di Mosca: l’annuncio del Cremlino"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without .env, and no settings but these; the model would be noticed, for there is none."""
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITABOT_ARTICLES", str(SEEDS))


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever loads the model fails."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    wiring._embedder.cache_clear()


def citabot(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def titles(library: Path) -> dict[str, str]:
    """Ids by title."""
    return {article.title: article.id for article in LocalLibrary(library).articles()}


def test_a_dry_run_says_what_would_change_and_changes_nothing(library: Path, without_model: None) -> None:
    (articles := Path("articles")).mkdir()
    (articles / "bread.md").write_text("---\nid: bread\n---\n# Bread\n\nThe bakery in Via Lunga opens at six.")
    (articles / "old.doc").write_text("x")
    before = titles(library)
    result = citabot("index", SEEDS / "lighthouse-volunteers.md", articles, "--dry-run", "--library", library)
    first, *lines = result.stdout.splitlines()
    gone = {title: id_ for title, id_ in before.items() if "Carrow" not in title}
    assert (result.exit_code, result.stderr) == (0, "")
    assert first == "Nothing was written. It would be: 1 added, 0 changed, 2 removed, 1 unchanged, 1 skipped"
    assert lines[0] == "  added bread: Bread (bread.md)"
    assert sorted(line.split(":")[0] for line in lines[1:3]) == sorted(f"  removed {id_}" for id_ in gone.values())
    assert lines[3].startswith("  skipped old.doc: has no reader")
    assert titles(library) == before


def test_whoever_is_patient_waits_until_no_other_indexer_is_at_work(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []
    with ExitStack() as other:
        other.enter_context(LocalLibraryWriter(library))

        def let_go(seconds: float) -> None:
            waited.append(seconds)
            other.close()

        monkeypatch.setattr(cli_library, "sleep", let_go)
        assert citabot("index", "--library", library).exit_code == BUSY
        assert waited == []
        result = citabot("index", "--patient", "--library", library)
    assert (result.exit_code, waited) == (0, [2.0])
    assert result.stdout.startswith("0 added, 0 changed, 0 removed, 3 unchanged, ")


def test_a_dry_run_in_json_is_a_line_a_change_and_a_total(library: Path, without_model: None) -> None:
    (articles := Path("articles")).mkdir()
    (articles / "bread.md").write_text("---\nid: bread\n---\n# Bread\n\nThe bakery in Via Lunga opens at six.")
    (articles / "empty.txt").touch()
    result = citabot("index", SEEDS, articles, "--dry-run", "--json", "--library", library)
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"kind": "added", "id": "bread", "title": "Bread", "file": "bread.md", "was": None},
        {
            "added": 1, "changed": 0, "removed": 0, "unchanged": 3, "withheld": 0,
            "skipped": [{"source": "empty.txt", "reason": "is empty"}], "vanishing": None,
        },
    ]  # fmt: skip


def test_a_dry_run_before_the_first_run_makes_no_library(without_model: None) -> None:
    result = citabot("index", "--dry-run", "--library", "new")
    assert result.stdout.startswith("Nothing was written. It would be: 3 added, ")
    assert not Path("new").exists()


def test_a_dry_run_for_another_model_says_what_to_do(monkeypatch: pytest.MonkeyPatch, library: Path) -> None:
    monkeypatch.setenv("CITABOT_EMBEDDING_MODEL", "another/model")
    result = citabot("index", "--dry-run", "--library", library)
    assert result.exit_code == 2
    assert result.stderr.endswith("citabot index --rebuild\n")
    assert citabot("index", "--dry-run", "--rebuild", "--library", library).exit_code == 0


def test_what_is_removed_is_listed_until_it_is_restored(library: Path, without_model: None) -> None:
    kim = titles(library)[KIM]
    assert citabot("remove", "--library", library).stdout == "0 withheld\n"
    removed = citabot("remove", kim, "--library", library)
    assert removed.stdout.startswith("0 added, 0 changed, 1 removed, 2 unchanged, 0 skipped, 1 withheld in ")
    count, line = citabot("remove", "--library", library).stdout.splitlines()
    assert (count, line.startswith(f"  {kim}: {KIM} (since 20")) == ("1 withheld", True)
    (listed,) = map(json.loads, citabot("remove", "--json", "--library", library).stdout.splitlines())
    assert (listed["article"], listed["title"]) == (kim, KIM)
    assert citabot("index", "--library", library).stdout.startswith(
        "0 added, 0 changed, 0 removed, 2 unchanged, 0 skipped, 1 withheld in "
    )
    assert KIM not in titles(library)
    restored = citabot("restore", kim, "--json", "--library", library)
    *steps, outcome = map(json.loads, restored.stdout.splitlines())
    assert {step["step"] for step in steps} == {"publishing"}
    assert outcome | {"seconds": 0} == {
        "generation": 3, "added": 1, "changed": 0, "removed": 0, "unchanged": 2, "skipped": [], "seconds": 0,
        "withheld": 0,
    }  # fmt: skip
    assert titles(library)[KIM] == kim


@pytest.mark.parametrize("command", ["remove", "restore"])
def test_an_unknown_id_is_one_line_that_names_it(library: Path, command: str) -> None:
    result = citabot(command, "no-such-id", "--library", library)
    (line,) = result.stderr.splitlines()
    assert (result.exit_code, "no-such-id" in line) == (2, True)


@pytest.mark.parametrize("command", ["remove", "restore"])
def test_without_a_library_there_is_nothing_to_remove(command: str) -> None:
    result = citabot(command, "x", "--library", "new")
    assert (result.exit_code, result.stderr) == (2, "There is no library in new yet: run citabot index\n")
    assert not Path("new").exists()


def test_what_was_sent_to_the_bot_is_a_source_beside_any_other(monkeypatch: pytest.MonkeyPatch, library: Path) -> None:
    settings = Settings(_env_file=None, citabot_library=library, citabot_articles=(SEEDS,))
    assert not condition.library_is_stale(settings)
    (library / SENT).mkdir()
    (library / SENT / "bread.txt").write_text("Bread\n\nThe bakery in Via Lunga opens at six.")
    assert condition.library_is_stale(settings)
    assert citabot("index", "--library", library).stdout.startswith("1 added, 0 changed, 0 removed, 3 unchanged")
    assert not condition.library_is_stale(settings)
    named = citabot("index", SEEDS / "lighthouse-volunteers.md", "--library", library)
    assert named.stdout.startswith("0 added, 0 changed, 2 removed, 2 unchanged")
    assert "Bread" in titles(library)


def test_once_it_publishes_a_run_that_tells_in_json_ignores_being_terminated() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with told_as_json() as report:
        report(Progress(step="embedding", done=1, total=2))
        assert signal.getsignal(signal.SIGTERM) == before
        report(Progress(step="publishing", done=0, total=1))
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    assert signal.getsignal(signal.SIGTERM) == before
