"""What the articles say: the same answer of several articles once, different ones side by side."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.analysis import terms
from retrieval.answer import Hit, Quote, Saying
from retrieval.numbers import numbers_in

_CERTAIN, _MARGIN = 0.6, 2.0
BEHIND = 3.0
"""Points that search may find it worse than the first."""
_NOT: Mapping[str, re.Pattern[str]] = {
    language: re.compile(rf"\b(?:{some})\b", re.IGNORECASE)
    for language, some in {
        "de": r"nichts?|nie|niemals|kein\w*|ohne|niemand\w*",
        "en": r"not|no(?!\.?\s*\d)|never|none|nobody|nothing|neither|without|cannot|\w+n['’]t",
        "es": r"no|nunca|jamás|sin|nadie|nada|ning[uú]n\w*",
        "fr": r"ne|n(?=['’])|pas|jamais|sans|aucune?|rien",
        "it": r"non|no|mai|senza|nessun\w*|niente|nulla|né",
        "pt": r"não|nunca|jamais|sem|ninguém|nada|nenhum\w*",
        "ru": r"не|ни|нет|никогда|без|никто|ничего",
    }.items()
}
"""Words that make a saying the opposite."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What a saying comes to."""

    parts: frozenset[str]
    """Its numbers, and the stems of what else carries meaning."""
    negated: bool


def speaks(hit: Hit, first: Hit) -> bool:
    """Whether a passage answers so surely that it is worth a word beside the first one."""
    return bool(
        hit.read
        and hit.read.words
        and hit.read.margin >= _MARGIN
        and hit.read.words[0].probability >= _CERTAIN
        and hit.scores.final >= first.scores.final - BEHIND
    )


def sayings(first: Quote, retold: Sequence[Quote], others: Sequence[Quote]) -> tuple[Saying, ...]:
    """The first quote with those that tell its story; of the `others` those whose words are sure, surest first.

    They join whom they agree with, else they speak for themselves, as does who tells the story with other words that
    answer. Each article speaks once.
    """
    grouped = [[first]]
    heard = {first.article.id}
    for quote, tells in [*((quote, True) for quote in retold), *((quote, False) for quote in others)]:
        if quote.article.id in heard or not (quote.words or tells):
            continue
        heard.add(quote.article.id)
        if tells and not (quote.words and first.words):
            grouped[0].append(quote)
            continue
        agreeing = next((group for group in grouped if group[0].words and alike(_said(group[0]), _said(quote))), None)
        if agreeing is None:
            grouped.append([quote])
        else:
            agreeing.append(quote)
    return tuple(Saying(quotes=tuple(group)) for group in grouped if group[0].words or len(group) > 1)


def alike(one: Said, other: Said) -> bool:
    """Whether one says all that the other does: "15 September" and "on the 15th of September 2023" don't differ."""
    return one.negated == other.negated and (one.parts <= other.parts or other.parts <= one.parts)


def said(text: str, language: str) -> Said:
    """What counts when sayings are compared."""
    numbers, rest = numbers_in(text, language)
    parts = numbers.union(terms(" ".join(rest), language=language)) or frozenset(text.casefold().split())
    return Said(parts=parts, negated=bool(language in _NOT and _NOT[language].search(text)))


def _said(quote: Quote) -> Said:
    return said(" ".join(word.of(quote.article.text) for word in quote.words), quote.article.language)
