"""Whose turn it is with the model: questions before passages, and those that wait together."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager

from index.tokens import Reading


class Passes:
    """One pass at a time. Questions that come while one runs share the next."""

    def __init__(self, read_questions: Callable[[Sequence[str]], Sequence[Reading]]) -> None:
        self._read = read_questions
        self._change = threading.Condition()
        self._busy = False
        self.waiting: list[tuple[str, Future[Reading]]] = []
        """Questions that the next pass takes."""

    def questions(self, *texts: str) -> list[Reading]:
        """In one pass; raises what that raised."""
        mine: list[Future[Reading]] = [Future() for _ in texts]
        with self._change:
            self.waiting.extend(zip(texts, mine, strict=True))
            self._change.wait_for(lambda: mine[-1].done() or not self._busy)
            if mine[-1].done():
                return [future.result() for future in mine]
            self._busy = True
            taken, self.waiting = self.waiting, []
        try:
            self._answer(taken)
        finally:
            self._leave()
        return [future.result() for future in mine]

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

    def _answer(self, taken: list[tuple[str, Future[Reading]]]) -> None:
        try:
            readings = self._read([text for text, _ in taken])
        except BaseException as error:  # those who wait must hear of it
            for _, future in taken:
                future.set_exception(error)
            raise
        for reading, (_, future) in zip(readings, taken, strict=True):
            future.set_result(reading)

    def _leave(self) -> None:
        with self._change:
            self._busy = False
            self._change.notify_all()
