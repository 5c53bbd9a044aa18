"""Sources gathered as often as they are to be, in a process of its own, while the bot runs."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from telegram import Bot

from bot.child import begun, heard
from bot.context import Services
from bot.gathering import sources_in
from bot.sending import send_to
from bot.unasked import Unasked
from bot.views.writing import Reply
from index.gathering import WebSource

_log = logging.getLogger(__name__)
_PAUSE = 60.0
"""Seconds between two looks at what is due."""
_TOLD = "told of sources"


class GatheringRounds:
    """Looks every minute which sources are due; what they bring is indexed, what they fail at is told once."""

    def __init__(self, services: Services, bot: Bot, reindex: Unasked) -> None:
        self._services, self._bot, self._reindex = services, bot, reindex
        self._sources = sources_in(services.settings)

    async def run(self) -> None:
        """Until it is cancelled; what fails is logged and tried again later."""
        while True:
            try:
                await self.do(datetime.now(UTC))
            except Exception:  # whatever it is, the next round must come
                _log.exception("Sources could not be gathered; it is tried again")
            await asyncio.sleep(_PAUSE)

    async def do(self, now: datetime) -> None:
        """Gathers what is due."""
        before = await asyncio.to_thread(self._sources.all)
        if not any(source.is_due(now) for source in before):
            return
        async with begun(
            ["sources gather", "--due", "--gently", "--json"], library=self._services.settings.citabot_library
        ) as child:
            said = await heard(child, _ignore)
        if child.returncode:  # after some of them, maybe
            _log.warning("Sources could not be gathered, which is tried again: %s", said)
        gathered = _gathered_since(before, await asyncio.to_thread(self._sources.all))
        await self._tell(gathered)
        if any(source.last and source.last.found_anything for source in gathered):
            await self._reindex(by="schedule")

    async def _tell(self, gathered: Sequence[WebSource]) -> None:
        """Admins, of sources that fail in another way than before."""
        told: dict[str, str] = json.loads(self._services.notes.get(_TOLD) or "{}")
        for source in gathered:
            failure = source.failure
            if failure and told.get(source.name) != failure:
                for admin in self._services.admins():
                    text = self._services.texts_of(admin)("source-failed", name=source.name, reason=failure)
                    await send_to(self._bot, admin, Reply(text=text))
            told[source.name] = failure
        self._services.notes.set(_TOLD, json.dumps({name: failure for name, failure in told.items() if failure}))


def _gathered_since(before: Sequence[WebSource], after: Sequence[WebSource]) -> list[WebSource]:
    known: Mapping[str, WebSource] = {source.name: source for source in before}
    return [source for source in after if source.last and source.last != known.get(source.name, source).last]


async def _ignore(line: bytes) -> None:
    """What came of it stands in each source's record."""
