"""What every face of Citabot works with, Telegram or terminal."""

import time
from dataclasses import dataclass, field

from bot.settings import Settings
from index.embedding import Embedder
from index.library import Shelf
from retrieval.answerer import Answerer


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """All that a command of the terminal may call."""

    settings: Settings
    answerer: Answerer
    embedder: Embedder
    shelf: Shelf
    opened: float = field(default_factory=time.monotonic)
