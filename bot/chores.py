"""What the bot does of its own accord: forgets in time, tells those who wait, sends admins a digest."""

import asyncio
import logging
from datetime import date, datetime, timedelta

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.context import Services
from bot.grouping import grouped
from bot.sending import deliver, send_to
from bot.state.privacy import forget_older
from bot.state.turns import StoredTurn
from bot.views.quotes import quote_reply
from bot.views.reports import digest_reply
from bot.views.writing import Reply, brief
from index.errors import LibraryMissing
from retrieval.answer import Answer

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
            except Exception:  # whatever it is, the other chores and the next minute must come
                _log.exception("A chore failed; it is tried again")
            await asyncio.sleep(_PAUSE)

    async def do(self, now: datetime) -> None:
        """Whatever is due."""
        today = now.date()
        if self._services.notes.get(_TIDIED) != today.isoformat():
            await asyncio.to_thread(self._tidy)
            self._services.notes.set(_TIDIED, today.isoformat())
        days = _DAYS.get(self._services.settings.citabot_digest)
        if days and now.hour >= _DIGEST_HOUR and self._due(today, days):
            await self._digest(today, days)
            self._services.notes.set(_DIGESTED, today.isoformat())
        generation = await asyncio.to_thread(self._generation)
        if generation and self._services.notes.get(_TOLD) != generation and await self._tell_waiting():
            self._services.notes.set(_TOLD, generation)

    def _tidy(self) -> None:
        forget_older(self._services.store, self._services.settings.citabot_keep_days)
        self._services.wipe()
        self._services.arriving.tidy()

    def _generation(self) -> str | None:
        """None as long as there is no library."""
        try:
            return str(self._services.desk.shelf.current().generation)
        except LibraryMissing:
            return None

    def _due(self, today: date, days: int) -> bool:
        last = self._services.notes.get(_DIGESTED)
        return last is None or today - date.fromisoformat(last) >= timedelta(days=days)

    async def _digest(self, today: date, days: int) -> None:
        """Of the days that are over."""
        counted = (await asyncio.to_thread(self._services.reports.days, days + 1, today))[:-1]
        since, until = (datetime.combine(day, datetime.min.time()).timestamp() for day in (counted[0].day, today))
        asked = await asyncio.to_thread(self._services.reports.questions, since=since, until=until)
        groups = await asyncio.to_thread(grouped, asked, self._services.desk.embedder)
        for admin in self._services.admins():
            await send_to(self._bot, admin, digest_reply(counted, groups, self._services.texts_of(admin)))

    async def _tell_waiting(self) -> bool:
        """Whether all are told who can be."""
        told = True
        for turn_id, user in self._services.opinions.waiting():
            turn, person = self._services.turns.find(turn_id), self._services.people.find(user)
            if turn is None or (person and person.role == "blocked"):
                continue
            answer = await asyncio.to_thread(self._services.desk.answerer, turn.searched)
            if answer.verdict == "answered":
                told = await self._told(turn, user, answer) and told
        return told

    async def _told(self, turn: StoredTurn, user: int, answer: Answer) -> bool:
        """Whether one is told, or never can be."""
        texts = self._services.texts_of(user)
        shown = await asyncio.to_thread(self._services.conversation.answer_again, turn, answer)
        if shown is None:
            return True
        question = brief(turn.text, _LONGEST)
        try:
            await deliver(self._bot, user, Reply(text=texts("now-answerable", question=question)))
            sent = await deliver(self._bot, user, quote_reply(shown, texts, self._bot.bot))
        except (Forbidden, BadRequest):
            _log.info("Somebody who waited for an answer can't be reached any more")
        except TelegramError as error:
            _log.warning("Somebody who waits for an answer could not be told, which is tried again: %s", error)
            return False
        else:
            self._services.turns.shown_as(turn.id, sent.message_id)
        self._services.opinions.told(turn.id, user)
        return True
