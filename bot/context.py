"""What the handlers work with: the use cases, the settings, and the reader's words."""

import time
from dataclasses import dataclass, field

from telegram import Update

from bot.i18n import Texts, texts_for
from bot.reindexing import Reindexer
from bot.settings import Settings
from index.local.library import LocalShelf
from retrieval.answerer import Answerer


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """All that a command or a handler may call."""

    settings: Settings
    answerer: Answerer
    shelf: LocalShelf
    reindexer: Reindexer
    opened: float = field(default_factory=time.monotonic)

    def texts(self, update: Update) -> Texts:
        """The bot's words in the language of the user's Telegram, else in the settings'."""
        user = update.effective_user
        return texts_for(user.language_code if user else None, self.settings.citabot_language)

    def is_admin(self, update: Update) -> bool:
        """Whether the settings name who sent it."""
        user = update.effective_user
        return user is not None and user.id in self.settings.citabot_admin_ids
