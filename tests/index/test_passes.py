"""Questions that wait together share a pass, go before passages, and each gets its own vector."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import pytest

from index.passes import Passes
from index.tokens import Reading, no_tokens


class HeldModel:
    """Each pass waits until it is let go; a vector is its question's number."""

    def __init__(self) -> None:
        self.passes: list[list[str]] = []
        self.begun = threading.Semaphore(0)
        self.free = threading.Semaphore(0)
        self.failure: Exception | None = None

    def __call__(self, texts: Sequence[str]) -> list[Reading]:
        self.passes.append(list(texts))
        self.begun.release()
        assert self.free.acquire(timeout=60)
        if self.failure:
            raise self.failure
        return [Reading(vector=np.array([float(text)], np.float32), tokens=no_tokens(1)) for text in texts]


@pytest.fixture
def model() -> HeldModel:
    return HeldModel()


@pytest.fixture
def passes(model: HeldModel) -> Passes:
    return Passes(model)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(20) as pool:
        yield pool


def asked(passes: Passes, pool: ThreadPoolExecutor, numbers: Sequence[int]) -> "list[Future[list[Reading]]]":
    """Once all of them wait, or run."""
    before = len(passes.waiting)
    futures = [pool.submit(passes.questions, str(number)) for number in numbers]
    until = threading.Event()
    while len(passes.waiting) < before + len(numbers):
        until.wait(0.001)
    return futures


@contextmanager
def busy(passes: Passes, model: HeldModel, pool: ThreadPoolExecutor) -> "Iterator[Future[list[Reading]]]":
    """While the model is at work on question 0."""
    first = pool.submit(passes.questions, "0")
    assert model.begun.acquire(timeout=60)
    yield first


def test_questions_that_come_during_a_pass_share_the_next(
    passes: Passes, model: HeldModel, pool: ThreadPoolExecutor
) -> None:
    with busy(passes, model, pool) as first:
        others = asked(passes, pool, range(1, 17))
    for _ in range(2):
        model.free.release()
    assert [float(future.result(60)[0].vector[0]) for future in (first, *others)] == list(range(17))
    assert model.passes[0] == ["0"]
    assert sorted(map(int, model.passes[1])) == list(range(1, 17))
    assert len(model.passes) == 2


def test_the_parts_of_a_question_are_read_in_the_pass_of_those_that_wait(
    passes: Passes, model: HeldModel, pool: ThreadPoolExecutor
) -> None:
    with busy(passes, model, pool):
        other = asked(passes, pool, [1])
        parts = pool.submit(passes.questions, "2", "3")
        while len(passes.waiting) < 3:
            threading.Event().wait(0.001)
    for _ in range(2):
        model.free.release()
    assert [float(reading.vector[0]) for reading in parts.result(60)] == [2, 3]
    assert float(other[0].result(60)[0].vector[0]) == 1
    assert model.passes == [["0"], ["1", "2", "3"]]


def test_whoever_shared_a_pass_that_fails_hears_of_it_and_the_next_works(
    passes: Passes, model: HeldModel, pool: ThreadPoolExecutor
) -> None:
    model.failure = ValueError("out of memory")
    with busy(passes, model, pool) as first:
        others = asked(passes, pool, range(1, 4))
    for _ in range(2):
        model.free.release()
    for future in (first, *others):
        with pytest.raises(ValueError, match="out of memory"):
            future.result(60)
    model.failure = None
    model.free.release()
    assert float(passes.questions("5")[0].vector[0]) == 5


def test_a_question_that_comes_during_a_batch_of_passages_goes_before_the_next_batch(
    passes: Passes, model: HeldModel, pool: ThreadPoolExecutor
) -> None:
    answered_before: list[int] = []
    inside, leave = threading.Event(), threading.Event()

    def index() -> None:
        for _batch in range(2):
            with passes.passages():
                answered_before.append(len(model.passes))
                inside.set()
                assert leave.wait(60)

    indexing = pool.submit(index)
    assert inside.wait(60)
    (question,) = asked(passes, pool, [7])
    model.free.release()
    leave.set()
    assert float(question.result(60)[0].vector[0]) == 7
    indexing.result(60)
    assert answered_before == [0, 1]
