"""What the articles say: the same answer of several articles once, different ones side by side."""

from collections.abc import Sequence

from index.analysis import terms
from retrieval.answer import Hit, Quote, Saying

_CERTAIN, _MARGIN = 0.6, 2.0
BEHIND = 3.0
"""Points that search may find it worse than the first."""


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

    They join whom they agree with, else they speak for themselves. Each article speaks once.
    """
    grouped = [[first, *retold]]
    heard = {quote.article.id for quote in grouped[0]}
    for quote in others:
        if quote.words and quote.article.id not in heard:
            heard.add(quote.article.id)
            alike = next((group for group in grouped if _alike(group[0], quote)), None)
            if alike is None:
                grouped.append([quote])
            else:
                alike.append(quote)
    return tuple(Saying(quotes=tuple(group)) for group in grouped if group[0].words or len(group) > 1)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one says all that the other does: "15 September" and "on the 15th of September 2023" don't differ."""
    return bool(one and other) and (one <= other or other <= one)


def said(text: str, language: str) -> frozenset[str]:
    """What counts when sayings are compared."""
    return frozenset(terms(text, language=language)) or frozenset(text.casefold().split())


def _alike(one: Quote, other: Quote) -> bool:
    return alike(_said(one), _said(other))


def _said(quote: Quote) -> frozenset[str]:
    return said(" ".join(word.of(quote.article.text) for word in quote.words), quote.article.language)
