"""How the bot presents itself in Telegram, in each language: menus of commands, description, short description."""

import logging
from collections.abc import Mapping, Sequence

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeChat
from telegram.error import TelegramError

from bot.i18n import Texts, languages, texts_for

_log = logging.getLogger(__name__)

COMMANDS = ("ask", "new", "sources", "language", "forget", "help")
GROUP_COMMANDS = ("ask", "new", "sources", "settings", "help")
ADMIN_COMMANDS = (
    *COMMANDS,
    "status",
    "questions",
    "articles",
    "removed",
    "reindex",
    "rollback",
    "people",
    "export",
    "record",
)

Menus = Mapping[BotCommandScope, Sequence[str]]
"""Who sees which commands."""


async def present(bot: Bot, menus: Menus, language: str) -> None:
    """Set what differs from what is there; `language` is what readers of other languages see. Failures are logged."""
    for code in (None, *languages()):
        texts = texts_for(code, language)
        try:
            await _describe(bot, code, texts)
        except TelegramError as error:
            _log.warning("The bot's description could not be set: %s", error)
        for scope, commands in menus.items():
            try:
                await _offer(bot, scope, code, _menu(commands, texts))
            except TelegramError as error:
                _log.warning("A menu of commands could not be set: %s", error)


async def offer_desk(bot: Bot, admin: int, language: str) -> None:
    """The menu of an admin, in their chat; failures are logged."""
    scope = BotCommandScopeChat(admin)
    try:
        for code in (None, *languages()):
            await _offer(bot, scope, code, _menu(ADMIN_COMMANDS, texts_for(code, language)))
    except TelegramError as error:
        _log.warning("A menu of commands could not be set: %s", error)


async def withdraw_desk(bot: Bot, id_: int) -> None:
    """Back to the menu that everybody has; failures are logged."""
    try:
        for code in (None, *languages()):
            await bot.delete_my_commands(BotCommandScopeChat(id_), code)
    except TelegramError as error:
        _log.warning("A menu of commands could not be taken back: %s", error)


def _menu(commands: Sequence[str], texts: Texts) -> list[BotCommand]:
    return [BotCommand(name, texts(f"command-{name}")) for name in commands]


async def _describe(bot: Bot, code: str | None, texts: Texts) -> None:
    long, short = texts("bot-description"), texts("bot-short-description")
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)


async def _offer(bot: Bot, scope: BotCommandScope, code: str | None, menu: Sequence[BotCommand]) -> None:
    if list(await bot.get_my_commands(scope, language_code=code)) != menu:
        await bot.set_my_commands(menu, scope, language_code=code)
