"""Rivals of a passage: those that search finds for a question although they don't answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Article, Span
from index.embedding import Embedder
from retrieval.evaluation.questions import AskedQuestion

_FOUND = 24
"""Passages that are looked at: those that search would show first."""
_KEPT = 4
"""Of those that don't answer, the first ones; the reader, too, is to tell apart what search found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A passage of an article."""

    article: str
    span: Span


class Rivals:
    """Of all passages of a set, embedded once."""

    def __init__(
        self, articles: Mapping[str, Article], passages: Mapping[str, Sequence[Span]], embedder: Embedder
    ) -> None:
        self._articles, self._embedder = articles, embedder
        self._places = [Place(article=id_, span=span) for id_, spans in passages.items() for span in spans]
        self._vectors = embedder.read_passages([self._text(place) for place in self._places])[0]

    def of(self, question: AskedQuestion) -> list[Place]:
        """Most similar first; none of them says the answer's words anywhere."""
        likeness = self._vectors @ self._embedder.read_question(question.text).vector
        found = (self._places[number] for number in np.argsort(-likeness)[:_FOUND])
        return [place for place in found if not self._answers(place, question)][:_KEPT]

    def _answers(self, place: Place, question: AskedQuestion) -> bool:
        text = self._text(place).casefold()
        return any(wording.casefold() in text for wording in question.texts)

    def _text(self, place: Place) -> str:
        return place.span.of(self._articles[place.article].text)
