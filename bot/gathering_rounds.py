"""Sources gathered as often as they are to be, in a process of its own, while the bot runs."""

import asyncio
import json
import logging
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from telegram import Bot

from bot.child import begun, heard
from bot.cli_settings import BUSY
from bot.context import Services
from bot.gathering import sources_in
from bot.i18n import Texts
from bot.sending import send_to
from bot.unasked import Unasked
from bot.views.writing import Reply, brief
from index.gathering import Gathered, WebSource

_log = logging.getLogger(__name__)
_PAUSE = 60.0
"""Seconds between two looks at what is due."""
_TOLD = "told of sources"
_NO_MOMENT = 3
"""Rounds that fail one after the other, after which it is told."""
_LONGEST = 500
"""UTF-16 units of a reason."""


class GatheringRounds:
    """Looks every minute which sources are due; what they bring is indexed, what they fail at is told once."""

    def __init__(self, services: Services, bot: Bot, reindex: Unasked) -> None:
        self._services, self._bot, self._reindex = services, bot, reindex
        self._sources = sources_in(services.settings)
        self._failed = 0
        """Rounds one after the other."""
        self._damaged: Sequence[str] = ()

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
        await self._tell_damaged(await asyncio.to_thread(self._sources.damaged))
        before = await asyncio.to_thread(self._sources.all)
        if not any(source.is_due(now) for source in before):
            return
        async with begun(
            ["sources gather", "--due", "--gently", "--json"], library=self._services.settings.citabot_library
        ) as child:
            said = await heard(child, _ignore)
        if child.returncode != BUSY:
            ended = f"The process ended with code {child.returncode}." if child.returncode else ""
            await self._tell_as_a_whole(ended and (said or ended))
        after = await asyncio.to_thread(self._sources.all)
        gathered = _gathered_since(before, after)
        await self._tell(gathered, {source.name for source in after})
        if any(source.last and source.last.found_anything for source in gathered):
            await self._reindex(by="schedule")

    async def _tell_damaged(self, names: Sequence[str]) -> None:
        """Admins, of sources that can't be gathered any more."""
        for name in (name for name in names if name not in self._damaged):
            for admin in self._services.admins():
                await send_to(self._bot, admin, Reply(text=self._services.texts_of(admin)("source-damaged", name=name)))
        self._damaged = names

    async def _tell_as_a_whole(self, said: str) -> None:
        """Admins, where the gathering itself has failed, maybe after some sources, and not for a moment only."""
        self._failed = self._failed + 1 if said else 0
        if said:
            _log.warning("Sources could not be gathered, which is tried again: %s", said)
        if self._failed == _NO_MOMENT:
            for admin in self._services.admins():
                reason = brief(said.splitlines()[-1], _LONGEST)
                text = self._services.texts_of(admin)("gathering-failed", reason=reason)
                await send_to(self._bot, admin, Reply(text=text))

    async def _tell(self, gathered: Sequence[WebSource], there: Collection[str]) -> None:
        """Admins, of sources that fail in another way than before."""
        told: dict[str, str] = json.loads(self._services.notes.get(_TOLD) or "{}")
        for source in gathered:
            failure = source.failure
            if failure and told.get(source.name) != failure:
                for admin in self._services.admins():
                    texts = self._services.texts_of(admin)
                    reason = reason_of(source.last, texts) if source.last else failure
                    await send_to(self._bot, admin, Reply(text=texts("source-failed", name=source.name, reason=reason)))
            told[source.name] = failure
        kept = {name: failure for name, failure in told.items() if failure and name in there}
        self._services.notes.set(_TOLD, json.dumps(kept))


def _gathered_since(before: Sequence[WebSource], after: Sequence[WebSource]) -> list[WebSource]:
    known: Mapping[str, WebSource] = {source.name: source for source in before}
    return [source for source in after if source.last and source.last != known.get(source.name, source).last]


def reason_of(last: Gathered, texts: Texts) -> str:
    """In an admin's language, where it is known in others than English."""
    with suppress(KeyError):  # as another version of Citabot named it
        return texts(last.cause.message, **last.cause.values) if last.cause else last.failure
    return last.failure


async def _ignore(line: bytes) -> None:
    """What came of it stands in each source's record."""
