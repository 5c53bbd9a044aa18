"""What an admin does at the desk, and what is there to press."""

from collections.abc import Awaitable, Callable

from tests.bot.conftest import OPERATOR
from tests.bot_api import READER, BotApiServer, Call

BREAD = "Bread\n\nThe bakery in Via Lunga opens at six in the morning."
WHEN = "When does the bakery in Via Lunga open?"

Heard = Callable[..., Awaitable[Call]]


def buttons(shown: Call) -> dict[str, str]:
    """The data of each button beneath a message, by label."""
    keyboard = shown.params.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]
    return {each["text"]: each["callback_data"] for row in keyboard for each in row}


def done(params: dict) -> bool:
    """Whether a message tells that a reindex has changed something."""
    return params["text"].startswith("Done in ")


async def sent(api: BotApiServer, heard: Heard, name: str, content: str | bytes, **which: object) -> Call:
    """What the bot replies to an admin's file."""
    after = len(api.calls())
    api.send_file(name, content.encode() if isinstance(content, str) else content, user=OPERATOR, **which)
    return await heard(after=after)


async def added(api: BotApiServer, heard: Heard, name: str, content: str | bytes) -> Call:
    """How the reindex ended that took up an admin's file."""
    preview = await sent(api, heard, name, content)
    api.press(preview.result, buttons(preview)["Add"], user=OPERATOR)
    return await heard("editMessageText", where=done, after=preview.number, timeout=180)


async def answer(api: BotApiServer, heard: Heard, question: str) -> Call:
    """What a reader is told."""
    after = len(api.calls())
    api.say(question)
    return await heard(where=lambda params: params["chat_id"] == READER.id, after=after)
