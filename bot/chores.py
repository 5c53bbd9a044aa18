"""What the bot does of its own accord: forgets in time, tells those who wait, sends admins a digest."""

import asyncio
import logging
from datetime import date, datetime, timedelta

from telegram import Bot

from bot.context import Services
from bot.grouping import grouped
from bot.sending import send_to
from bot.state.privacy import forget_older
from bot.views.desk import digest_reply
from bot.views.quotes import quote_reply
from bot.views.writing import Reply, brief
from index.errors import LibraryMissing

_log = logging.getLogger(__name__)
_PAUSE = 60.0
"""Seconds between two looks at what there is to do."""
_DIGEST_HOUR = 8
_LONGEST = 1000
"""UTF-16 units of a question that is told again."""
_DAYS = {"daily": 1, "weekly": 7}
_TIDIED, _DIGESTED, _TOLD = "tidied", "digested", "told generation"


class Chores:
    """Each is remembered when it is done, so that a restart neither skips nor repeats it."""

    def __init__(self, services: Services, bot: Bot) -> None:
        self._services, self._bot = services, bot

    async def run(self) -> None:
        """Until it is cancelled; what fails is logged and tried again later."""
        while True:
            try:
                await self.do(datetime.now())
            except Exception:
                _log.exception("A chore failed; it is tried again")
            await asyncio.sleep(_PAUSE)

    async def do(self, now: datetime) -> None:
        """Whatever is due."""
        today = now.date()
        if self._meta(_TIDIED) != today.isoformat():
            await asyncio.to_thread(self._tidy)
            self._note(_TIDIED, today.isoformat())
        days = _DAYS.get(self._services.settings.citabot_digest)
        if days and now.hour >= _DIGEST_HOUR and self._due(today, days):
            await self._digest(today, days)
            self._note(_DIGESTED, today.isoformat())
        generation = await asyncio.to_thread(self._generation)
        if generation and self._meta(_TOLD) != generation:
            await self._tell_waiting()
            self._note(_TOLD, generation)

    def _tidy(self) -> None:
        forget_older(self._services.store, self._services.settings.citabot_keep_days)
        self._services.arriving.tidy()

    def _generation(self) -> str | None:
        """None as long as there is no library."""
        try:
            return str(self._services.desk.shelf.current().generation)
        except LibraryMissing:
            return None

    def _due(self, today: date, days: int) -> bool:
        last = self._meta(_DIGESTED)
        return last is None or today - date.fromisoformat(last) >= timedelta(days=days)

    async def _digest(self, today: date, days: int) -> None:
        """Of the days that are over."""
        counted = self._services.reports.days(days + 1, today)[:-1]
        since, until = (datetime.combine(day, datetime.min.time()).timestamp() for day in (counted[0].day, today))
        asked = self._services.reports.questions(since=since, until=until)
        groups = await asyncio.to_thread(grouped, asked, self._services.desk.embedder)
        for admin in self._services.admins():
            await send_to(self._bot, admin, digest_reply(counted, groups, self._services.texts_of(admin)))

    async def _tell_waiting(self) -> None:
        for turn_id, user in self._services.opinions.waiting():
            turn, person = self._services.turns.find(turn_id), self._services.people.find(user)
            if turn is None or (person and person.role == "blocked"):
                continue
            answer = await asyncio.to_thread(self._services.desk.answerer, turn.searched)
            if answer.verdict != "answered":
                continue
            texts = self._services.texts_of(user)
            shown = await asyncio.to_thread(self._services.conversation.answer_again, turn, answer)
            await send_to(self._bot, user, Reply(text=texts("now-answerable", question=brief(turn.text, _LONGEST))))
            await send_to(self._bot, user, quote_reply(shown, texts, self._bot.bot))
            self._services.opinions.told(turn_id, user)

    def _meta(self, key: str) -> str | None:
        row = self._services.store.row("SELECT value FROM meta WHERE key = ?", key)
        return str(row[0]) if row else None

    def _note(self, key: str, value: str) -> None:
        self._services.store.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)
