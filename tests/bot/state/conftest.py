"""The bot's memory in a folder of the test's own, with somebody who asked something."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.state.store import Store
from bot.state.turns import Asking, StoredTurn, Turns
from index.article import Span
from tests.bot.quotes import answer, quote, saying, worded


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def ask(store: Store) -> Callable[..., StoredTurn]:
    """`ask(message=1)`: a question of user 5 in chat 5, answered with one quote, and by other articles too."""
    given = answer(
        quote("One. Two.", Span(5, 9)),
        sayings=(
            saying(worded("Two.", "Two"), worded("2.", "2", known_as="b")),
            saying(worded("Three.", "Three", known_as="c")),
        ),
    )

    def keep(*, chat: int = 5, user: int = 5, message: int, thread: int | None = None) -> StoredTurn:
        asking = Asking(chat=chat, user=user, message=message, thread=thread)
        return Turns(store).keep(asking, given, generation=3)

    return keep
