"""Whose turn it is with the model: questions before passages, and those that wait together."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager

from index.engine import Vector, Vectors


class Passes:
    """One pass at a time. Questions that come while one runs share the next."""

    def __init__(self, embed_questions: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed_questions
        self._change = threading.Condition()
        self._busy = False
        self.waiting: list[tuple[str, Future[Vector]]] = []
        """Questions that the next pass takes."""

    def question(self, text: str) -> Vector:
        """Its vector; raises what the pass raised."""
        mine: Future[Vector] = Future()
        with self._change:
            self.waiting.append((text, mine))
            self._change.wait_for(lambda: mine.done() or not self._busy)
            if mine.done():
                return mine.result()
            self._busy = True
            taken, self.waiting = self.waiting, []
        try:
            self._answer(taken)
        finally:
            self._leave()
        return mine.result()

    @contextmanager
    def passages(self) -> Iterator[None]:
        """A turn for one batch; begins when no question waits."""
        with self._change:
            self._change.wait_for(lambda: not self._busy and not self.waiting)
            self._busy = True
        try:
            yield
        finally:
            self._leave()

    def _answer(self, taken: list[tuple[str, Future[Vector]]]) -> None:
        try:
            vectors = self._embed([text for text, _ in taken])
        except BaseException as error:  # those who wait must hear of it
            for _, future in taken:
                future.set_exception(error)
            raise
        vectors.setflags(write=False)  # several may be given the same one
        for vector, (_, future) in zip(vectors, taken, strict=True):
            future.set_result(vector)

    def _leave(self) -> None:
        with self._change:
            self._busy = False
            self._change.notify_all()
