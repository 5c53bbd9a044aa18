"""Settings say what is wrong with them, and .env.example tells the truth about them."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsInvalid, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without an .env, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


def test_the_example_has_every_setting_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = [line.split("=")[0].lower() for line in lines if line and not line.startswith("#")]
    assert named == list(Settings.model_fields)


def test_each_setting_in_the_example_is_explained() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    settings = [at for at, line in enumerate(lines) if line and not line.startswith("#")]
    assert all(lines[at - 1].startswith("# ") for at in settings)


def test_the_example_as_it_is_changes_nothing(nowhere: Path) -> None:
    plain = load_settings()
    (nowhere / ".env").write_text((ROOT / ".env.example").read_text())
    assert load_settings() == plain


def test_lists_are_separated_by_commas(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITABOT_ADMIN_IDS", " 12, 34,")
    monkeypatch.setenv("CITABOT_ARTICLES", "news, more/news")
    settings = load_settings()
    assert settings.citabot_admin_ids == {12, 34}
    assert settings.citabot_articles == (Path("news"), Path("more/news"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CITABOT_ADMIN_IDS", "me"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("CITABOT_LANGUAGE", "italian"),
        ("CITABOT_LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_value_is_an_error_of_one_line_that_names_the_setting(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_token_is_in_no_error_and_in_no_print(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    monkeypatch.setenv("CITABOT_LANGUAGE", "italian")
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    monkeypatch.setenv("CITABOT_LANGUAGE", "it")
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(load_settings())


def test_the_level_of_the_log_may_be_in_small_letters(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITABOT_LOG_LEVEL", "debug")
    assert load_settings().citabot_log_level == "DEBUG"
