"""Questions put into the bot's memory as if they had been asked."""

import time
from collections.abc import Callable
from pathlib import Path

from bot.state.store import Store
from bot.state.turns import Asking, Turns
from retrieval.answer import Answer, Quote, Verdict
from retrieval.question import Question
from tests.bot_api import READER


def remember(
    store: Store,
    text: str,
    verdict: Verdict = "answered",
    *,
    language: str = "en",
    at: float | None = None,
    user: int = READER.id,
    milliseconds: float = 12.0,
    quotes: tuple[Quote, ...] = (),
) -> int:
    """The id of the turn; asked now, or at a time in seconds since 1970."""
    message = 1_000_000 + int(store.row("SELECT count(*) FROM turns")[0])
    question = Question(text=text, language=language)
    answer = Answer(
        question=question, verdict=verdict, confidence=0.5, quotes=quotes, timings_ms={"total": milliseconds}
    )
    turn = Turns(store).keep(Asking(chat=user, user=user, message=message), answer, generation=1).id
    store.write("UPDATE turns SET at = ? WHERE id = ?", time.time() if at is None else at, turn)
    return turn


def remembering(folder: Path, fill: Callable[[Store], object]) -> None:
    """Put something into the memory of a bot that isn't running."""
    store = Store(folder)
    try:
        fill(store)
    finally:
        store.close()
