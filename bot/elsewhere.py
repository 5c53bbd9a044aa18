"""What other articles say to a question: the same as the first quote, or something else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.answer import Answer, Quote, Saying

_MOST = 3
"""Other answers that are shown."""
_LONGEST = 80
"""Characters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """Quotes of other articles, each with the words that answer."""

    same: tuple[Quote, ...] = ()
    """They say what the first quote says."""
    different: tuple[Quote, ...] = ()
    """The surest of each other answer."""


NOWHERE = Elsewhere()


def elsewhere(answer: Answer) -> Elsewhere:
    """As it was just found; nothing where the articles don't answer."""
    if answer.verdict == "nothing" or not answer.sayings:
        return NOWHERE
    first, *others = answer.sayings
    return gathered([first.quotes[1:], *(saying.quotes for saying in others)])


def gathered(quotes: Sequence[Iterable[Quote]]) -> Elsewhere:
    """Of those that say the same, which come first, and those of each other answer; read no further than needed."""
    same, *others = quotes or [()]
    surest = (next(iter(giving), None) for giving in others)
    return Elsewhere(same=tuple(same), different=tuple(islice((quote for quote in surest if quote), _MOST)))


def words_of(quote: Quote) -> str:
    """The words that answer, on one line and not endless."""
    words = " ".join(Saying(quotes=(quote,)).text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
