"""The one use case: answer a question by quoting."""

import time
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Protocol

from index.embedding import Embedder
from index.errors import FingerprintMismatch
from index.language import ASKED, detect
from index.library import Library
from retrieval.answer import Answer, Question
from retrieval.confidence import confidence, verdict
from retrieval.fusion import fuse
from retrieval.quoting import courteous, distinct, quote_of
from retrieval.search import search

LONGEST_QUESTION = 1000
"""Characters; what comes after them isn't read."""
QUOTES = 3


class SpokenLibrary(Library, Protocol):
    """A library that knows which languages its articles are in."""

    @property
    def languages(self) -> dict[str, int]:
        """Articles by language, most first."""


class Answerer:
    """Answers from whatever generation is newest when it is asked."""

    def __init__(self, current_library: Callable[[], SpokenLibrary], embedder: Embedder) -> None:
        self._current_library = current_library
        self._embedder = embedder

    def __call__(self, text: str, *, quotes: int = QUOTES, plain: bool = False) -> Answer:
        """At most `quotes` quotes; `plain` keeps the ranking, else other articles get a word too."""
        started = time.perf_counter()
        library = self._current_library()
        _check(library, self._embedder)
        asked = _cleaned(text)
        question = Question(text=asked, language=detect(asked, among=ASKED))
        if not asked:
            return Answer(question=question, verdict="nothing", confidence=0.0)
        vector = self._embedder.embed_question(asked)
        embedded = time.perf_counter()
        hits = fuse(question, search(question, vector, library, languages=_spoken(library)))
        sureness = confidence(hits)
        searched = time.perf_counter()
        shown = hits if plain else courteous(list(distinct(hits)))
        found = tuple(quote_of(question, hit) for hit in islice(shown, quotes))
        read = time.perf_counter()
        return Answer(
            question=question,
            verdict=verdict(sureness),
            confidence=sureness,
            quotes=found,
            timings_ms={
                "embed": 1000 * (embedded - started),
                "search": 1000 * (searched - embedded),
                "read": 1000 * (read - searched),
                "total": 1000 * (read - started),
            },
        )


def _check(library: Library, embedder: Embedder) -> None:
    if library.fingerprint != embedder.fingerprint:
        raise FingerprintMismatch(
            f"The library was made with the model {library.fingerprint}, the settings name {embedder.fingerprint}."
            " Set CITABOT_EMBEDDING_MODEL back, or embed everything anew: citabot index --rebuild"
        )


def _cleaned(text: str) -> str:
    """Without what no model reads: lone surrogates, controls, more than enough characters."""
    printable = "".join(" " if not character.isprintable() else character for character in text[: 4 * LONGEST_QUESTION])
    return " ".join(printable.split())[:LONGEST_QUESTION]


def _spoken(library: SpokenLibrary) -> Sequence[str]:
    return list(library.languages)[:4]
