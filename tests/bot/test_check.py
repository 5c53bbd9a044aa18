"""`citabot check` names what is valid and yet not what was meant, and shows no secret."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.remarks import remarks_on, wrong_token
from bot.settings import Settings, load_settings
from tests.conftest import SEEDS

SECRET = "123456789:AAH-very_secret"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without .env, and no settings but these."""
    for name in os.environ:
        if name.lower() in Settings.model_fields or name.startswith("CITABOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITABOT_ARTICLES", str(SEEDS))


def remarks() -> list[str]:
    return remarks_on(load_settings())


def check(library: Path) -> Result:
    return CliRunner().invoke(app, ["check", "--library", str(library)])


def test_nothing_is_said_of_settings_that_are_right(monkeypatch) -> None:
    monkeypatch.setenv("CITABOT_ACCESS", "listed")
    monkeypatch.setenv("CITABOT_ADMIN_IDS", "42")
    monkeypatch.setenv("citabot_keep_days", "3")
    assert remarks() == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("CITABOT_ARTCLES", ": CITABOT_ARTICLES may be meant"),
        ("CITABOT_ADMINS_ID", ": CITABOT_ADMIN_IDS may be meant"),
        ("CITABOT_BOT_TOKEN", ": TELEGRAM_BOT_TOKEN may be meant"),
        ("CITABOT_FOO", ", and counts for nothing"),
    ],
)
def test_a_name_that_is_no_setting_is_told_with_the_nearest_and_without_its_value(
    monkeypatch, tmp_path, name, meant
) -> None:
    (tmp_path / ".env").write_text(f"{name}={SECRET}\nOTHER={SECRET}\n")
    assert remarks() == [f"{name} in .env is no setting{meant}"]
    monkeypatch.setenv(name, SECRET)
    assert remarks()[0] == f"{name} in the environment is no setting{meant}"


def test_of_a_line_without_an_equals_sign_nothing_but_the_name_is_told(tmp_path) -> None:
    (tmp_path / ".env").write_text(f"CITABOT_FOO:{SECRET}\n")
    assert remarks() == ["CITABOT_FOO in .env is no setting, and counts for nothing"]


def test_a_folder_in_place_of_the_file_is_told(tmp_path) -> None:
    (tmp_path / ".env").mkdir()
    assert remarks() == [".env is a folder, so nothing is read from it: write the settings into a file of that name"]


def test_each_source_that_is_not_there_is_named(monkeypatch) -> None:
    monkeypatch.setenv("CITABOT_ARTICLES", f"{SEEDS},nowhere,/not/here")
    assert remarks() == [
        f"There is no {place}: name a folder or file of articles, or set CITABOT_ARTICLES."
        for place in ("nowhere", "/not/here")
    ]


def test_missing_sources_are_none_of_a_library_that_was_made_of_others(monkeypatch, tmp_path) -> None:
    (tmp_path / "mill.txt").write_text("The mill\n\nThe mill in Orta grinds chestnuts every Friday.")
    monkeypatch.setenv("CITABOT_ARTICLES", "nowhere")
    assert CliRunner().invoke(app, ["index", "mill.txt"]).exit_code == 0
    assert remarks() == []


def test_a_list_of_readers_that_lets_nobody_in_is_told(monkeypatch) -> None:
    monkeypatch.setenv("CITABOT_ACCESS", "listed")
    (remark,) = remarks()
    assert remark.startswith("CITABOT_ACCESS is listed, but neither CITABOT_READER_IDS nor CITABOT_ADMIN_IDS names")
    monkeypatch.setenv("CITABOT_READER_IDS", "7")
    assert remarks() == []


@pytest.mark.parametrize("token", [SECRET, f" {SECRET}\n", f"{SECRET}/test"])
def test_a_token_as_they_are_given_may_be_right(token) -> None:
    assert wrong_token(load_settings(telegram_bot_token=token)) is None


def test_check_ends_with_two_where_the_token_can_be_none_and_does_not_show_it(monkeypatch, seeds_library) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "hello there")
    ended = check(seeds_library)
    assert ended.exit_code == 2
    assert "\ntoken      wrong: TELEGRAM_BOT_TOKEN must be digits, a colon, and letters" in ended.output
    assert "\nlibrary    fine" in ended.output
    assert "hello" not in ended.output


def test_check_tells_of_what_the_bot_can_start_with_all_the_same(monkeypatch, seeds_library) -> None:
    monkeypatch.setenv("CITABOT_ARTICLES", "nowhere")
    monkeypatch.setenv("CITABOT_ARTCLES", "seeds")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", SECRET)
    ended = check(seeds_library)
    assert ended.exit_code == 0
    assert ended.output.splitlines()[:3] == [
        "settings   CITABOT_ARTCLES in the environment is no setting: CITABOT_ARTICLES may be meant",
        "settings   There is no nowhere: name a folder or file of articles, or set CITABOT_ARTICLES.",
        "token      set",
    ]


def test_check_names_missing_articles_where_there_is_no_library_to_answer_from(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("CITABOT_ARTICLES", "nowhere")
    ended = check(tmp_path / "new")
    assert ended.exit_code == 2
    assert "settings   There is no nowhere" in ended.output
