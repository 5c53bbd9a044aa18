"""Whatever is counted is said in the form that its number takes, in every language."""

import re
from functools import cache

import pytest
from babel import Locale
from fluent.syntax import ast as fluent
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

from bot.i18n import languages, texts_for
from tests.bot.test_locales import CODE

COUNTS = (0, 1, 2, 5, 11, 21, 101)

ARTICLES = {
    "de": ["0 Artikel", "Ein Artikel", "2 Artikel", "5 Artikel", "11 Artikel", "21 Artikel", "101 Artikel"],
    "en": ["0 articles", "One article", "2 articles", "5 articles", "11 articles", "21 articles", "101 articles"],
    "es": ["0 artículos", "Un artículo", "2 artículos", "5 artículos", "11 artículos", "21 artículos", "101 artículos"],
    "fr": ["0 article", "Un article", "2 articles", "5 articles", "11 articles", "21 articles", "101 articles"],
    "it": ["0 articoli", "Un articolo", "2 articoli", "5 articoli", "11 articoli", "21 articoli", "101 articoli"],
    "ru": ["0 статей", "Одна статья", "2 статьи", "5 статей", "11 статей", "21 статья", "101 статья"],
}


class _Choices(Visitor):
    """The choices by number in what is visited, each as the forms that it offers, and all variables."""

    def __init__(self) -> None:
        self.forms: list[set[str]] = []
        self.variables: set[str] = set()

    def generic_visit(self, node: fluent.BaseNode) -> None:
        if isinstance(node, fluent.SelectExpression):
            keys = (variant.key for variant in node.variants)
            self.forms.append({key.name if isinstance(key, fluent.Identifier) else key.value for key in keys})
        elif isinstance(node, fluent.VariableReference):
            self.variables.add(node.id.name)
        super().generic_visit(node)


@cache
def choosing(language: str) -> dict[str, _Choices]:
    """The messages of a language that depend on a number."""
    found: dict[str, _Choices] = {}
    for entry in parse((CODE / "locales" / f"{language}.ftl").read_text(encoding="utf-8")).body:
        if isinstance(entry, fluent.Message):
            choices = _Choices()
            choices.visit(entry)
            if choices.forms:
                found[entry.id.name] = choices
    return found


CHOOSING = [(language, name) for language in languages() for name in choosing(language)]


@pytest.mark.parametrize("language", languages())
def test_articles_are_counted_as_people_count_them(language: str) -> None:
    texts = texts_for(language)
    assert [texts("sources-heading", articles=count) for count in COUNTS] == ARTICLES[language]


def test_days_and_readers_are_counted_in_russian() -> None:
    texts = texts_for("ru")
    assert [texts("digest-heading", days=count) for count in (1, 2, 7, 21)] == [
        "Вчера", "За 2 дня", "За 7 дней", "За 21 день"
    ]  # fmt: skip
    assert [texts("people-heading", readers=count) for count in (0, 1, 3, 12, 101)] == [
        "0 читателей", "Один читатель", "3 читателя", "12 читателей", "101 читатель"
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "name"), CHOOSING)
def test_every_choice_has_the_forms_that_its_language_has_from_two_on(language: str, name: str) -> None:
    needed = {Locale(language).plural_form(count) for count in COUNTS if count > 1}
    for forms in choosing(language)[name].forms:
        assert needed - forms == set()


@pytest.mark.parametrize(("language", "name"), CHOOSING)
def test_every_form_is_a_whole_sentence_that_names_its_number(language: str, name: str) -> None:
    """Only for one may the number be a word, such as “Yesterday”."""
    texts, variables = texts_for(language), choosing(language)[name].variables
    said = {count: texts(name, **dict.fromkeys(variables, count)) for count in COUNTS}
    numbers = {count: re.findall(r"\d+", text) for count, text in said.items()}
    for count, text in said.items():
        assert text == text.strip() != ""
        assert numbers[count] == [str(count)] * len(numbers[5]) or count == 1
    assert len({text[-1] for text in said.values() if not text[-1].isalnum()}) <= 1
