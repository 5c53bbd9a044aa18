"""What the handlers work with: the use cases, the settings, the bot's memory, and the reader's words."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Update

from bot.arriving import Arriving
from bot.conversation import Conversation
from bot.desk import Desk
from bot.i18n import Texts, texts_for
from bot.library_work import LibraryWork
from bot.limits import Limits
from bot.lookup import Lookup
from bot.reindexing import Reindexer
from bot.state.deeds import Deeds
from bot.state.notes import Notes
from bot.state.opinions import Opinions, Prompts
from bot.state.people import GroupSettings, People, Person
from bot.state.privacy import erase
from bot.state.report import Reports
from bot.state.store import Store
from bot.state.turns import StoredTurn, Turns
from bot.views.buttons import pressed
from index.language import detect

_TYPED = 5
"""Inline queries for each question that one may ask: most of them come while it is typed."""
_READERS_A_CHAT = 4
"""How many readers' worth of questions a group may ask in a minute."""


class Services:
    """All that a handler of the bot may call."""

    def __init__(
        self,
        desk: Desk,
        store: Store,
        *,
        reindexer: Reindexer | None = None,
        wipe: Callable[[], bool] = lambda: True,
        drop_put_off: Callable[[int], Awaitable[None]] | None = None,
    ) -> None:
        """`wipe` clears away what lies outside the store of what readers wrote, and says whether all of it is gone.

        `drop_put_off` lets go of what one of them wrote and couldn't be answered yet.
        """
        self.desk, self.store, self.settings = desk, store, desk.settings
        self.reindexer = reindexer or Reindexer(self.settings)
        self.people, self.turns, self.deeds = People(store), Turns(store), Deeds(store)
        self.opinions, self.prompts, self.notes = Opinions(store), Prompts(store), Notes(store)
        self.lookup = Lookup(desk.shelf)
        self.conversation = Conversation(desk.answerer, desk.shelf, self.lookup, self.turns)
        self.reports, self.arriving = Reports(store), Arriving(self.settings.citabot_library)
        self.library_work = LibraryWork(self.reindexer, desk.shelf, self.notes, self.deeds, self.texts)
        self._wipe, self._drop_put_off = wipe, drop_put_off
        self.limits = Limits(self.settings.citabot_questions_a_minute)
        self.anywhere_limits = Limits(_TYPED * self.settings.citabot_questions_a_minute)
        self.chat_limits = Limits(_READERS_A_CHAT * self.settings.citabot_questions_a_minute)

    def wipe(self) -> bool:
        """Leave nothing in any file of what was deleted; false where something may be left."""
        return all([self.store.wipe(), self._wipe()])

    async def erase(self, user: int) -> None:
        """Leave nothing of a reader, nor of what they asked and is to be tried again."""
        if self._drop_put_off:
            await self._drop_put_off(user)
        await asyncio.to_thread(erase, self.store, user)
        await asyncio.to_thread(self.wipe)

    def person(self, update: Update) -> Person | None:
        """Who sent it, as they are remembered."""
        user = update.effective_user
        return self.people.find(user.id) if user else None

    def group(self, update: Update) -> GroupSettings:
        """What the group that it comes from has set."""
        chat = update.effective_chat
        return self.people.group(chat.id) if chat and chat.type != chat.PRIVATE else GroupSettings()

    def turn_behind(self, query: CallbackQuery | None) -> StoredTurn | None:
        """What a pressed button is about, while it is remembered; nothing of what was asked in another chat."""
        if query is None or query.message is None:
            return None
        turn = self.turns.find(pressed(query.data).number(0))
        return turn if turn and turn.chat == query.message.chat.id else None

    def texts(self, update: Update, question: str = "") -> Texts:
        """The bot's words: as the user chose, as the group has set, as their Telegram or their question speaks."""
        person, user = self.person(update), update.effective_user
        wanted = [
            person.chosen if person else None,
            self.group(update).language,
            user.language_code if user else None,
            detect(question) if question else None,
        ]
        return texts_for(*wanted, self.settings.citabot_language)

    def texts_of(self, id_: int) -> Texts:
        """The same for somebody who is written to of the bot's own accord."""
        person = self.people.find(id_)
        return texts_for(*((person.chosen, person.spoken) if person else ()), self.settings.citabot_language)

    def is_owner(self, id_: int | None) -> bool:
        """Whether the settings name them."""
        return id_ is not None and id_ in self.settings.citabot_admin_ids

    def is_admin(self, update: Update) -> bool:
        """Whether an owner, or an admin appointed by one, sent it."""
        user = update.effective_user
        return user is not None and user.id in self.admins()

    def lets_in(self, id_: int) -> bool:
        """Whether they may ask, as the settings are now."""
        person = self.people.find(id_)
        role = person.role if person else "reader"
        if self.is_owner(id_) or role == "admin":
            return True
        access = self.settings.citabot_access
        listed = (
            access == "open" or id_ in self.settings.citabot_reader_ids or (access == "invite" and role == "member")
        )
        return role != "blocked" and listed

    def admins(self) -> list[int]:
        """Ids of owners and admins."""
        return sorted({*self.settings.citabot_admin_ids, *(person.id for person in self.people.with_role("admin"))})
