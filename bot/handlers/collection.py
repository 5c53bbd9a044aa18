"""What admins do to single articles: send them, look them up, take them out, put them back."""

import asyncio
import re
from typing import Any

from telegram import Document, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.arriving import LARGEST, Arrival, NotTaken
from bot.condition import withheld_articles
from bot.context import Services
from bot.handlers.rights import for_admins, for_admins_alone
from bot.links import key_of
from bot.sending import acknowledge, edit, send
from bot.views.articles import card_reply
from bot.views.buttons import pattern, pressed
from bot.views.collection import REPLACE, TAKE, arrival_reply, found_reply, withheld_reply
from bot.views.writing import Reply
from index.fetching import NotFetched, fetch

_ADDRESS = re.compile(r"^\s*https?://\S+\s*$", re.IGNORECASE)


class Collection:
    """The articles, one by one."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @for_admins
    async def receive(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A file: what it holds is shown before it counts."""
        message, texts = update.effective_message, self._services.texts(update)
        if message is None or message.document is None:
            return
        try:
            name = self._services.arriving.check(message.document.file_name, message.document.file_size)
            arrival = await asyncio.to_thread(self._services.arriving.look_at, name, await _content(message.document))
        except NotTaken as reason:
            await send(message, Reply(text=texts(reason.message, **reason.values)))
            return
        await send(message, arrival_reply(arrival, texts))

    @for_admins
    async def follow(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The address of a page: it is fetched, and then as good as a file."""
        message, texts = update.effective_message, self._services.texts(update)
        if message is None:
            return
        shown = await send(message, Reply(text=texts("link-fetching")))
        try:
            arrival = await asyncio.to_thread(self._fetched, (message.text or "").strip())
        except NotFetched as error:
            await edit(shown, Reply(text=texts("link-failed", reason=texts(error.message, **error.values))))
        except NotTaken as reason:
            await edit(shown, Reply(text=texts(reason.message, **reason.values)))
        else:
            await edit(shown, arrival_reply(arrival, texts))

    @for_admins
    async def take(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Yes: it is moved to the articles, and these are indexed. Asked again where a file would go."""
        query, texts = update.callback_query, self._services.texts(update)
        if query is None or not isinstance(query.message, Message):
            return
        await acknowledge(query)
        press, arriving = pressed(query.data), self._services.arriving
        taken = await asyncio.to_thread(arriving.take, press.parts[0], replacing=press.kind == REPLACE)
        if taken is None:
            await edit(query.message, Reply(text=texts("file-gone")))
        elif isinstance(taken, Arrival):
            await edit(query.message, arrival_reply(taken, texts))
        else:
            await edit(query.message, Reply(text=texts("file-taken", name=taken)))
            await self._services.library_work.add(query.message, update, name=taken)

    @for_admins
    async def discard(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """No."""
        query = update.callback_query
        if query and isinstance(query.message, Message):
            await acknowledge(query)
            await asyncio.to_thread(self._services.arriving.discard, pressed(query.data).parts[0])
            await edit(query.message, Reply(text=self._services.texts(update)("file-discarded")))

    @for_admins
    async def look_up(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/articles in private, with or without words."""
        if update.effective_message:
            words = " ".join(context.args or [])
            found = await asyncio.to_thread(self._services.lookup.with_words, words)
            await send(update.effective_message, found_reply(found, words, self._services.texts(update)))

    @for_admins
    async def card(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """One article, and what can be done with it."""
        query = update.callback_query
        if query and isinstance(query.message, Message):
            await acknowledge(query)
            reply = await asyncio.to_thread(self._card, pressed(query.data).parts[0], update)
            await send(query.message, reply)

    @for_admins
    async def remove(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Out of the library, whatever the sources hold."""
        query = update.callback_query
        if query is None or not isinstance(query.message, Message):
            return
        summary = await asyncio.to_thread(self._services.lookup.with_key, pressed(query.data).parts[0])
        await acknowledge(query, None if summary else self._services.texts(update)("article-gone"))
        if summary:
            work = self._services.library_work
            await work.remove(query.message, update, article=summary.id, title=summary.title)

    @for_admins_alone
    async def removed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/removed: what was taken out, and a way back."""
        if update.effective_message:
            withheld = await asyncio.to_thread(withheld_articles, self._services.settings)
            await send(update.effective_message, withheld_reply(withheld, self._services.texts(update)))

    @for_admins
    async def restore(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Back into the library."""
        query = update.callback_query
        if query is None or not isinstance(query.message, Message):
            return
        withheld = await asyncio.to_thread(withheld_articles, self._services.settings)
        found = next((each for each in withheld if key_of(each.article) == pressed(query.data).parts[0]), None)
        await acknowledge(query, None if found else self._services.texts(update)("article-gone"))
        if found:
            work = self._services.library_work
            await work.restore(query.message, update, article=found.article, title=found.title)

    def _fetched(self, url: str) -> Arrival:
        fetched = fetch(url, allow_private=self._services.settings.citabot_private_pages)
        return self._services.arriving.look_at(fetched.name, fetched.content)

    def _card(self, key: str, update: Update) -> Reply:
        texts = self._services.texts(update)
        summary = self._services.lookup.with_key(key)
        article = self._services.lookup.read(summary.id) if summary else None
        if summary is None or article is None:
            return Reply(text=texts("article-gone"))
        return card_reply(summary, texts, start=article.text[:600])


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """For admins, in private."""
    collection, private = Collection(services), filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    return [
        MessageHandler(private & filters.Document.ALL & OnlyAdmins(services), collection.receive),
        MessageHandler(private & filters.Regex(_ADDRESS) & OnlyAdmins(services), collection.follow),
        CommandHandler("articles", collection.look_up, filters=filters.ChatType.PRIVATE),
        CommandHandler("removed", collection.removed),
        CallbackQueryHandler(collection.take, pattern=pattern(f"({TAKE}|{REPLACE})", "[0-9a-f]{12}")),
        CallbackQueryHandler(collection.discard, pattern=pattern("d", "[0-9a-f]{12}")),
        CallbackQueryHandler(collection.card, pattern=pattern("b", "key")),
        CallbackQueryHandler(collection.remove, pattern=pattern("x", "key")),
        CallbackQueryHandler(collection.restore, pattern=pattern("u", "key")),
    ]


async def _content(document: Document) -> bytes:
    """What was sent; raises NotTaken where Telegram doesn't hand it out."""
    try:
        file = await document.get_file()
    except BadRequest as error:
        too_large = "too big" in str(error)
        raise NotTaken("file-too-large" if too_large else "file-gone", most=LARGEST // 2**20) from error
    content = bytes(await file.download_as_bytearray())
    if len(content) > LARGEST:
        raise NotTaken("file-too-large", most=LARGEST // 2**20)
    return content


class OnlyAdmins(filters.UpdateFilter):
    """Files of readers are no articles: they get the kind word that all files get."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    def filter(self, update: Update) -> bool:
        """Whether an admin sent it."""
        return self._services.is_admin(update)
