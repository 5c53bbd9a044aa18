"""What the bot does of its own accord: forgets in time, tells those who wait, sends admins a digest."""

import asyncio
import logging
from datetime import date, datetime, timedelta
from functools import partial

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
_TIDIED, _DIGESTED = "tidied", "digested"


class Chores:
    """Each is remembered when it is done, so that a restart neither skips nor repeats it."""

    def __init__(self, services: Services, bot: Bot) -> None:
        self._services, self._bot = services, bot
        self._announced: set[tuple[int, int]] = set()
        """Turns and users that were told that the answer is coming, and didn't get it yet."""

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await self.do(datetime.now())
            await asyncio.sleep(_PAUSE)

    async def do(self, now: datetime) -> None:
        """Whatever is due; what fails is logged, tried again later, and keeps nothing else from being done."""
        chores = partial(self._tidy, now.date()), self._wipe, partial(self._digest, now), self._tell_waiting
        for chore in chores:
            try:
                await chore()
            except Exception:  # whatever it is, the other chores must come
                _log.exception("A chore failed; it is tried again")

    async def _tidy(self, today: date) -> None:
        if self._services.notes.get(_TIDIED) != today.isoformat():
            days = self._services.settings.citabot_keep_days
            await asyncio.to_thread(forget_older, self._services.store, days)
            await asyncio.to_thread(self._services.arriving.tidy)
            self._services.notes.set(_TIDIED, today.isoformat())

    async def _wipe(self) -> None:
        """Again and again, since another process may be in the way, such as a backup."""
        if not await asyncio.to_thread(self._services.wipe):
            _log.warning("What was deleted may be in a log as long as another process reads there; it is tried again")

    async def _digest(self, now: datetime) -> None:
        today, days = now.date(), _DAYS.get(self._services.settings.citabot_digest)
        if days and now.hour >= _DIGEST_HOUR and self._due(today, days):
            await self._send_digest(today, days)
            self._services.notes.set(_DIGESTED, today.isoformat())

    def _generation(self) -> int | None:
        """None as long as there is no library."""
        try:
            return self._services.desk.shelf.current().generation
        except LibraryMissing:
            return None

    def _due(self, today: date, days: int) -> bool:
        last = self._services.notes.get(_DIGESTED)
        return last is None or today - date.fromisoformat(last) >= timedelta(days=days)

    async def _send_digest(self, today: date, days: int) -> None:
        """Of the days that are over."""
        counted = (await asyncio.to_thread(self._services.reports.days, days + 1, today))[:-1]
        since, until = (datetime.combine(day, datetime.min.time()).timestamp() for day in (counted[0].day, today))
        asked = await asyncio.to_thread(self._services.reports.questions, since=since, until=until)
        groups = await asyncio.to_thread(grouped, asked, self._services.desk.embedder)
        for admin in self._services.admins():
            await send_to(self._bot, admin, digest_reply(counted, groups, self._services.texts_of(admin)))

    async def _tell_waiting(self) -> None:
        generation = await asyncio.to_thread(self._generation)
        if generation is None:
            return
        for turn, user in self._services.opinions.waiting_for(generation):
            try:
                await self._ask_again(turn, user, generation)
            except Exception:  # whatever it is, the others who wait must be told
                _log.exception("Question %d, for whose answer somebody waits, failed; it is asked again", turn)

    async def _ask_again(self, turn_id: int, user: int, generation: int) -> None:
        turn = self._services.turns.find(turn_id)
        if turn is None or not self._services.lets_in(user):
            return
        answer = await asyncio.to_thread(self._services.desk.answerer, turn.searched)
        if answer.verdict == "answered":
            await self._tell(turn, user, answer)
        else:
            self._services.turns.unanswered(turn.id, generation=generation)

    async def _tell(self, turn: StoredTurn, user: int, answer: Answer) -> None:
        """One who waits goes on waiting where it fails in a way that passes."""
        texts = self._services.texts_of(user)
        shown = await asyncio.to_thread(self._services.conversation.answer_again, turn, answer)
        if shown is None:
            return
        question = brief(turn.text, _LONGEST)
        try:
            if (turn.id, user) not in self._announced:
                await deliver(self._bot, user, Reply(text=texts("now-answerable", question=question)))
                self._announced.add((turn.id, user))
            sent = await deliver(self._bot, user, quote_reply(shown, texts, self._bot.bot))
        except (Forbidden, BadRequest):
            _log.info("Somebody who waited for an answer can't be reached any more")
        except TelegramError as error:
            _log.warning("Somebody who waits for an answer could not be told, which is tried again: %s", error)
            return
        else:
            self._services.turns.shown_as(turn.id, sent.message_id)
        self._announced.discard((turn.id, user))
        self._services.opinions.told(turn.id, user)
