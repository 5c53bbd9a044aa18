"""Rivals of a passage: those that search finds for a question although they don't answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Article, Span
from index.embedding import Embedder
from retrieval.evaluation.questions import AskedQuestion
from training.prepared import RIVALS

_FOUND = 24
"""Passages that are looked at: those that search would show first."""
_TOGETHER = 512
"""Questions that are embedded at a time: what is known of their tokens is large, and not needed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A passage of an article."""

    article: str
    span: Span


class Rivals:
    """Of all passages of a set; they and its questions are embedded once."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        passages: Mapping[str, Sequence[Span]],
        questions: Sequence[AskedQuestion],
        embedder: Embedder,
    ) -> None:
        self._articles = articles
        self._places = [Place(article=id_, span=span) for id_, spans in passages.items() for span in spans]
        self._vectors = embedder.read_passages([self._text(place) for place in self._places])[0]
        texts = list({question.text: None for question in questions})
        vectors = [
            reading.vector
            for at in range(0, len(texts), _TOGETHER)
            for reading in embedder.read_questions(texts[at : at + _TOGETHER])
        ]
        self._asked = dict(zip(texts, vectors, strict=True))

    def of(self, question: AskedQuestion) -> list[Place]:
        """Most similar first; none of them says the answer's words anywhere."""
        likeness = self._vectors @ self._asked[question.text]
        found = (self._places[number] for number in np.argsort(-likeness)[:_FOUND])
        return [place for place in found if not self._answers(place, question)][:RIVALS]

    def _answers(self, place: Place, question: AskedQuestion) -> bool:
        text = self._text(place).casefold()
        return any(wording.casefold() in text for wording in question.texts)

    def _text(self, place: Place) -> str:
        return place.span.of(self._articles[place.article].text)
