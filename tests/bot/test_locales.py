"""The bot says the same things in every language that it speaks."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from bot.i18n import languages, texts_for

ROOT = Path(__file__).parents[2]
CODE = "\n".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))
VARIABLE = re.compile(r"\{\s*\$(\w+)")


def messages(language: str) -> dict[str, set[str]]:
    """Each message's variables."""
    source = (ROOT / "bot/locales" / f"{language}.ftl").read_text()
    found = {}
    for entry in FluentParser().parse(source).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            found[entry.id.name] = set(VARIABLE.findall(source[entry.span.start : entry.span.end]))
    return found


def test_english_and_italian_are_spoken() -> None:
    assert languages() == ("en", "it")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_messages_with_the_same_variables(language: str) -> None:
    assert messages(language) == messages("en")


@pytest.mark.parametrize("language", languages())
def test_every_message_can_be_said(language: str) -> None:
    texts = texts_for(language)
    for name, variables in messages(language).items():
        for number in (0, 1, 2, 5000):
            said = texts(name, **dict.fromkeys(variables, number))
            assert said.strip()
            assert "{" not in said


def test_every_message_is_used() -> None:
    made = {
        f"{start}-{end}"
        for start, ends in {
            "reindex": ("model", "reading", "embedding", "publishing"),
            "command": re.findall(r'"(\w+)"', CODE[CODE.index("COMMANDS = (") : CODE.index("_AT_ONCE")]),
        }.items()
        for end in ends
    }
    spoken = {name for name in messages("en") if f'"{name}"' in CODE}
    small_talk = {"greeting", "thanks", "empty"}
    in_messages = {"example"}
    assert set(messages("en")) == spoken | made | small_talk | in_messages


def test_a_region_is_ignored_and_an_unknown_language_falls_back() -> None:
    assert texts_for("it-CH").language == "it"
    assert texts_for("pt-BR", "it").language == "it"
    assert texts_for("xx", None, "yy").language == "en"


def test_plurals_follow_the_number() -> None:
    assert texts_for("en")("sources-heading", articles=1) == "One article"
    assert texts_for("it")("sources-heading", articles=2) == "2 articoli"
