"""Reindexes that nobody asked for, since articles changed of their own accord; admins hear of failures only."""

import asyncio

from telegram import Bot

from bot.condition import is_left_alone
from bot.context import Services
from bot.i18n import texts_for
from bot.reindexing import Cancelled, Ending, Failed
from bot.sending import send_to
from bot.views.indexing import even_so, outcome_text
from bot.views.writing import Reply, brief
from index.golden import Fall, without_private
from index.indexer import Outcome

_TOLD = "told of an unasked reindex"
_STOPPED = Failed(reason="")
_LONGEST = 3500
"""UTF-16 units."""


class Unasked:
    """Takes up what changed, as /reindex does; what failed in the same way before is not told again."""

    def __init__(self, services: Services, bot: Bot) -> None:
        self._services, self._bot = services, bot

    async def __call__(self, *, by: str) -> None:
        """Begins, or waits until nothing else is at work; on record as started `by` something."""
        await self._services.library_work.take_up(self._tell, by=by, wanted=self._is_wanted)

    async def _is_wanted(self) -> bool:
        """Not where somebody went back to an earlier generation or imported one: they index it again when they like."""
        return not await asyncio.to_thread(is_left_alone, self._services.settings)

    async def _tell(self, ending: Ending) -> None:
        if isinstance(ending, Cancelled) or ending == _STOPPED:
            return
        kept = without_private(ending) if isinstance(ending, Fall) else ending
        told = "" if isinstance(kept, Outcome) else outcome_text(kept, texts_for())
        if told and told != self._services.notes.get(_TOLD):
            generation = await self._services.library_work.generation()
            for admin in self._services.admins():
                texts = self._services.texts_of(admin)
                await send_to(self._bot, admin, Reply(text=brief(outcome_text(ending, texts), _LONGEST)))
                if asked := even_so(ending, texts, gone=False, generation=generation):
                    await send_to(self._bot, admin, asked)
        self._services.notes.set(_TOLD, told)
