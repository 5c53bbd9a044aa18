"""What kind of thing a follow-up asks for, such as a time or a number, and which sentences hold one.

A whole question leads to its answer by what it means; a bare "when?" says nothing but this. docs/decisions/0008 has
the figures.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError

from index.analysis import words
from index.article import Passage
from index.library import Library
from retrieval.answer import Hit
from retrieval.numbers import numerals
from retrieval.question import Question

Kind = Literal["time", "number", "name"]

POINTS, NEARNESS = 3.0, 0.03
"""What holding the kind of thing that is asked for is worth to a passage, and to a sentence."""
_LOOKED_AT = 12
_ASKED: Mapping[Kind, Mapping[str, str]] = {
    "time": {
        "de": "wann|seit wann|bis wann", "en": "when|since when|until when|what time|what year|what day|which year",
        "es": "cuando|que dia|que ano|a que hora", "fr": "quand|quel jour|quelle annee|a quelle heure",
        "it": "quando|che giorno|in che anno|che anno|quale anno|a che ora", "pt": "quando|que dia|que ano|a que horas",
        "ru": "когда|в каком году|какого числа",
    },
    "number": {
        "de": "wie viel|wie viele|wieviel|wieviele|wie lange|wie oft|wie alt|wie hoch",
        "en": "how many|how much|how long|how often|how old|how far|how tall|how high",
        "es": "cuanto|cuanta|cuantos|cuantas", "fr": "combien", "it": "quanto|quanta|quanti|quante|quant",
        "pt": "quanto|quanta|quantos|quantas", "ru": "сколько",
    },
    "name": {
        "de": "wer|wen|wem|wessen|wo|woher|wohin", "en": "who|whom|whose|where", "es": "quien|quienes|donde",
        "fr": "qui|ou", "it": "chi|dove", "pt": "quem|onde", "ru": "кто|кого|кому|кем|где|куда|откуда",
    },
}  # fmt: skip
"""Folded words that ask for it, anywhere in a question."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_YEAR = re.compile(r"(1\d|20)\d\d|\d{1,2}[:.]\d\d")


def expected(question: Question) -> Kind | None:
    """What the follow-up's own words ask for."""
    said = f" {' '.join(words(question.text))} "
    for kind, asked in _ASKED.items():
        if any(f" {phrase} " in said for phrase in asked.get(question.language, "").split("|") if phrase):
            return kind
    return None


def holds(kind: Kind, sentence: str, language: str, *, asked: str) -> bool:
    """Whether a sentence holds a time, a number, or a name that `asked` doesn't."""
    if kind == "name":
        known = set(words(asked))
        return any(word[0].isupper() and set(words(word)).isdisjoint(known) for word in sentence.split()[1:])
    if kind == "number":
        digits = any(character.isdecimal() for character in sentence)
        return digits or not numerals(language).keys().isdisjoint(words(sentence))
    return bool(_YEAR.search(sentence)) or not _times(language).isdisjoint(_WORD.findall(sentence))


def awaited(question: Question, hits: Sequence[Hit], library: Library) -> list[Hit]:
    """The best hits anew, those before others that hold what a follow-up asks for; the rest as it was."""
    kind = expected(question) if question.before else None
    if kind is None:
        return list(hits)
    near, rest = hits[:_LOOKED_AT], hits[_LOOKED_AT:]
    asked = question.searched
    passages = {passage.id: passage for passage in library.passages([hit.passage.id for hit in near])}

    def held(hit: Hit) -> bool:
        passage = passages[hit.passage.id]
        return any(map(sentence_test(kind, passage, asked), range(len(passage.sentences))))

    raised = [
        replace(hit, scores=replace(hit.scores, final=hit.scores.final + POINTS)) if held(hit) else hit for hit in near
    ]
    return [*sorted(raised, key=lambda hit: (-hit.scores.final, hit.passage.id)), *rest]


def sentence_test(kind: Kind, passage: Passage, asked: str) -> Callable[[int], bool]:
    """Whether the passage's sentence of that number, counted from 0, holds it."""
    text, language = passage.article.text, passage.article.language
    return lambda number: holds(kind, passage.sentences[number].of(text), language, asked=asked)


@cache
def _times(language: str) -> frozenset[str]:
    """Months and days of the week, out of Unicode's CLDR; "May" as it is written there, since "may" is no month."""
    try:
        locale = Locale(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = [
        name
        for calendar in (locale.months, locale.days)
        for form in ("format", "stand-alone")
        for name in calendar[form]["wide"].values()
    ]
    return frozenset(form for name in names for form in (str(name), str(name)[:1].upper() + str(name)[1:]))
