"""citabot export and import at the terminal; without the model."""

import json
import os
import resource
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import wiring
from bot.cli import _index_if_stale, app
from bot.i18n import texts_for
from bot.settings import Settings
from bot.views.past import runs_text
from index import bundled_model
from index.local.library import LocalLibrary
from index.local.runs import newest_runs
from tests.bot.hashed import embedder, indexed, write
from tests.fakes import HashingEmbedder
from tests.index.local.moving import index


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without .env, no settings but these, no model, and a library: of two articles."""
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITABOT_ARTICLES", "articles")
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    wiring._embedder.cache_clear()
    Path("articles").mkdir()
    write(Path("articles") / "a.jsonl", mill="The mill grinds chestnuts.", boat="The boat leaves at six.")
    indexed(Path("library"), Path("articles"))


def citabot(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def ids(library: str) -> list[str]:
    return [article.id for article in LocalLibrary(Path(library)).articles()]


def test_a_library_is_exported_and_imported_elsewhere() -> None:
    exported = citabot("export", "moved.zip")
    assert exported.stdout == "moved.zip: generation 1, 2 articles, 2 passages, 0.0 MB\n"
    imported = citabot("import", "moved.zip", "--library", "new")
    counts, said = imported.stdout.splitlines()
    assert counts.startswith("2 added, 0 changed, 0 removed, 0 unchanged, 0 skipped in ")
    assert said.startswith(
        "It is generation 1. The library is as it was imported. What the sources hold is taken up by"
    )
    assert ids("new") == ["boat", "mill"]
    (run,) = newest_runs(Path("new"), 9)
    assert (run.kind, run.by, run.about) == ("import", "terminal", "moved.zip")
    assert " · import moved.zip · generation 1: 2 added" in citabot("log", "--library", "new").stdout
    assert " · imported · generation 1 (+2 ±0 −0) · at the terminal" in runs_text([run], {}, texts_for("en"))


@pytest.mark.parametrize(
    ("removed", "what"), [(["boat"], "a removed article"), (["boat", "mill"], "2 removed articles")]
)
def test_whoever_exports_is_told_that_removed_articles_are_in_the_file(removed: list[str], what: str) -> None:
    citabot("remove", *removed)
    told = citabot("export", "moved.zip").stdout.splitlines()
    assert told[0].startswith(f"moved.zip: generation 2, {2 - len(removed)} articles")
    assert told[1:] == [f"The text of {what} is in it too: keep the file as you keep the library."]


def test_what_is_there_is_replaced_only_if_that_is_said() -> None:
    citabot("export", "moved.zip")
    for command, there in (("export", "moved.zip is there already"), ("import", "The library in library holds 2 art")):
        refused = citabot(command, "moved.zip")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr.startswith(there)
        assert "--replace" in refused.stderr
        assert refused.stderr.count("\n") == 1
        assert citabot(command, "moved.zip", "--replace").exit_code == 0
    assert LocalLibrary(Path("library")).generation == 2


def test_a_file_of_another_model_says_which_setting_to_change_and_makes_no_library() -> None:
    other = HashingEmbedder("another-model")
    index(Path("old"), Path("articles"), other)
    citabot("export", "moved.zip", "--library", "old")
    refused = citabot("import", "moved.zip", "--library", "new")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "The library in the file was made with the model another-model, the settings name "
        f"{bundled_model.FINGERPRINT}. Set CITABOT_EMBEDDING_MODEL to the model that it was made with.\n",
    )
    assert not Path("new").exists()


def test_a_start_leaves_what_was_imported_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    citabot("export", "moved.zip")
    citabot("import", "moved.zip", "--library", "new")
    write(Path("articles") / "a.jsonl", bell="The bell rings.")
    _index_if_stale(Settings(_env_file=None, citabot_library=Path("new")))
    assert capsys.readouterr().err.startswith("The library is as it was imported. ")
    assert ids("new") == ["boat", "mill"]


def test_a_start_names_what_is_in_the_way_letter_for_letter(capsys: pytest.CaptureFixture[str]) -> None:
    missing = Path("articles [/etc] [bold]")
    _index_if_stale(Settings(_env_file=None, citabot_articles=[missing]))
    assert str(missing) in capsys.readouterr().err


def test_where_questions_can_not_be_read_a_start_goes_on_with_what_there_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("articles/questions.jsonl").write_text(json.dumps({"id": 1}))
    write(Path("articles") / "a.jsonl", mill="The mill grinds chestnuts.")
    _index_if_stale(Settings(_env_file=None))
    assert "questions.jsonl:1 is no question ('question' is missing)" in capsys.readouterr().err
    assert ids("library") == ["boat", "mill"]


def test_where_there_is_no_room_a_start_says_so_and_goes_on_with_what_there_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wiring, "_embedder", lambda name: embedder())
    write(Path("articles") / "a.jsonl", mill=" ".join(f"The mill grinds {number} oats." for number in range(3000)))
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limit[1]))
    try:
        _index_if_stale(Settings(_env_file=None))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith("library can't be written to (")
    assert said.endswith("): make room there. What was published before still answers.")
    assert ids("library") == ["boat", "mill"]
