"""Settings come from the environment or .env, and a wrong one is named without being shown."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsInvalid, load_settings
from tests.conftest import SEEDS

EXAMPLE = SEEDS.parent / ".env.example"
SECRET = "123456:very-secret"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither variables nor .env."""
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_the_examples_keys_are_the_settings_in_their_order() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    keys = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert keys == [name.upper() for name in Settings.model_fields]


def test_every_key_of_the_example_is_explained_above_it() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    explained = [line.startswith("#") for line, after in pairwise(lines) if "=" in after]
    assert explained == [True] * len(Settings.model_fields)


def test_the_examples_values_are_the_defaults() -> None:
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)


def test_lists_are_separated_by_commas_with_or_without_spaces(monkeypatch) -> None:
    monkeypatch.setenv("CITABOT_ADMIN_IDS", "42, 7 ,")
    monkeypatch.setenv("CITABOT_ARTICLES", "my articles, /more/of them")
    settings = load_settings()
    assert settings.citabot_admin_ids == {42, 7}
    assert settings.citabot_articles == (Path("my articles"), Path("/more/of them"))


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert load_settings() == Settings(_env_file=None)


def test_the_environment_goes_before_the_file_and_an_option_before_both(monkeypatch, tmp_path) -> None:
    (tmp_path / ".env").write_text("CITABOT_LANGUAGE=it\nCITABOT_LIBRARY=from-file\nCITABOT_LOG_LEVEL=debug\nOTHER=1\n")
    monkeypatch.setenv("CITABOT_LANGUAGE", "en")
    settings = load_settings(citabot_library=Path("from-option"), citabot_language=None)
    assert (settings.citabot_language, settings.citabot_library) == ("en", Path("from-option"))
    assert settings.citabot_log_level == "DEBUG"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CITABOT_ADMIN_IDS", "me"),
        ("CITABOT_ADMIN_IDS", "1,2,x"),
        ("CITABOT_LANGUAGE", "english"),
        ("CITABOT_LANGUAGE", "xx"),
        ("CITABOT_LOG_LEVEL", "loud"),
        ("TELEGRAM_API_URL", "telegram.org"),
        ("TELEGRAM_API_URL", "http://with a space"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable_and_no_secret(monkeypatch, name, value) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", SECRET)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as refused:
        load_settings()
    said = str(refused.value)
    assert said.startswith(f"Check the environment and .env. {name}: ")
    assert "\n" not in said
    assert SECRET not in said


def test_all_wrong_values_are_named_at_once(monkeypatch) -> None:
    monkeypatch.setenv("CITABOT_LANGUAGE", "x")
    monkeypatch.setenv("CITABOT_LOG_LEVEL", "x")
    with pytest.raises(SettingsInvalid, match=r"CITABOT_LANGUAGE: .*; CITABOT_LOG_LEVEL: "):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CITABOT_ADMIN_IDS", "@ada", "'@ada' must be a whole number, with commas between several"),
        ("CITABOT_ADMIN_IDS", "1, 2;3", "'2;3' must be a whole number, with commas between several"),
        ("CITABOT_READER_IDS", f"1,{'9' * 5000}", "'999999…' must be a whole number, with commas between several"),
        ("CITABOT_KEEP_DAYS", "long", "must be a whole number"),
        ("CITABOT_KEEP_DAYS", "0", "must be at least 1"),
        ("CITABOT_QUESTIONS_A_MINUTE", "1001", "must be at most 1000"),
        ("CITABOT_GOLDEN_FALL", "5 %", "must be a number"),
        ("CITABOT_WATCH", "maybe", "must be true or false"),
        ("CITABOT_LANGUAGE", "xx", "must be one of de en es fr it ru"),
        ("CITABOT_ACCESS", "all", "must be 'open', 'invite' or 'listed'"),
        ("CITABOT_LISTEN", "8080", "must be a host and a port, such as 127.0.0.1:8080"),
        ("TELEGRAM_API_URL", "telegram.org", "must be an http or https address, such as https://api.telegram.org"),
    ],
)
def test_a_wrong_value_is_explained_in_plain_words(monkeypatch, name, value, said) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as refused:
        load_settings()
    assert str(refused.value) == f"Check the environment and .env. {name}: {said}"


def test_a_token_that_came_into_the_line_of_a_list_is_not_shown(monkeypatch) -> None:
    monkeypatch.setenv("CITABOT_ADMIN_IDS", SECRET)
    with pytest.raises(SettingsInvalid, match="CITABOT_ADMIN_IDS: '123456…' must be a whole number"):
        load_settings()


def test_the_token_is_never_shown() -> None:
    settings = load_settings(telegram_bot_token=SECRET)
    assert settings.telegram_bot_token.get_secret_value() == SECRET
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()}"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path) -> None:
    (tmp_path / ".env").write_text("CITABOT_LANGUAGE=it\n", encoding="utf-8-sig")
    assert load_settings().citabot_language == "it"


def test_a_file_in_another_encoding_is_one_line_that_says_what_to_do(tmp_path) -> None:
    (tmp_path / ".env").write_text("CITABOT_LANGUAGE=it\n", encoding="utf-16")
    with pytest.raises(SettingsInvalid, match=r"^The file \.env is not UTF-8: save it as UTF-8\.$"):
        load_settings()
