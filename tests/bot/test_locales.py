"""The bot says the same in every language, and nothing is written that is never said."""

import ast
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from fluent.syntax import ast as fluent
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

import bot
from bot.i18n import languages, texts_for
from bot.telegram import ADMIN_COMMANDS, GROUP_COMMANDS
from index.fetching.terms import REASONS, NotFetched
from index.progress import Step
from retrieval.answer import Verdict
from retrieval.smalltalk import SmallTalk

CODE = Path(bot.__file__).parent
COUNTS = (0, 1, 2, 5, 1000)


class _References(Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def generic_visit(self, node: fluent.BaseNode) -> None:
        if isinstance(node, fluent.VariableReference):
            self.variables.add(node.id.name)
        elif isinstance(node, fluent.MessageReference):
            self.messages.add(node.id.name)
        super().generic_visit(node)


@cache
def references(language: str) -> dict[str, _References]:
    """What each message of a language refers to, in the order of the file."""
    found: dict[str, _References] = {}
    for entry in parse((CODE / "locales" / f"{language}.ftl").read_text(encoding="utf-8")).body:
        assert not isinstance(entry, fluent.Junk), entry.content
        if isinstance(entry, fluent.Message):
            assert entry.id.name not in found, f"{entry.id.name} is there twice"
            found[entry.id.name] = _References()
            found[entry.id.name].visit(entry)
    return found


def strings_of_the_code() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in CODE.rglob("*.py")]
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def chosen_by_name() -> set[str]:
    """Messages whose names are put together."""
    commands = {f"command-{command}" for command in (*ADMIN_COMMANDS, *GROUP_COMMANDS)}
    steps, verdicts = get_args(Step), get_args(Verdict)
    told = {f"reindex-{step}" for step in steps} | {f"verdict-{verdict}" for verdict in verdicts}
    return commands | told | {*get_args(SmallTalk)} | REASONS.keys()


def test_six_languages_are_spoken() -> None:
    assert languages() == ("de", "en", "es", "fr", "it", "ru")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_messages_of_english_in_their_order_with_the_same_variables(language: str) -> None:
    english, other = references("en"), references(language)
    assert list(other) == list(english)
    for name, found in other.items():
        assert found.variables == english[name].variables, name
        assert found.messages == english[name].messages, name


def test_every_message_is_said_somewhere() -> None:
    english = references("en")
    said = strings_of_the_code() | {name for found in english.values() for name in found.messages} | chosen_by_name()
    assert [name for name in english if name not in said] == []


def test_every_message_that_is_chosen_by_a_name_exists() -> None:
    assert chosen_by_name() - references("en").keys() == set()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", references("en"))
def test_every_message_formats_with_whatever_numbers(language: str, name: str) -> None:
    texts = texts_for(language)
    for count in COUNTS:
        text = texts(name, **dict.fromkeys(references(language)[name].variables, count))
        assert text.strip()
        assert not {"{", "}", "$"} & set(text)


@pytest.mark.parametrize("reason", REASONS)
def test_why_a_page_cannot_be_had_is_said_in_english_as_the_terminal_says_it(reason: str) -> None:
    values = {name: name.upper() for name in references("en")[reason].variables}
    assert texts_for("en")(reason, **values) == str(NotFetched(reason, **values))


def test_the_first_language_that_is_spoken_is_taken_else_english() -> None:
    wanted = [("it-CH",), ("IT_it",), ("sw", "it"), (None, "it"), ("", "it"), ("sw", None), (), ("ru",)]
    assert [texts_for(*codes).language for codes in wanted] == ["it", "it", "it", "it", "it", "en", "en", "ru"]


def test_a_message_that_is_not_there_and_a_variable_that_was_forgotten_are_errors() -> None:
    with pytest.raises(LookupError):
        texts_for("en")("no-such-message")
    with pytest.raises(LookupError, match="page"):
        texts_for("en")("page", page=1)
