"""Updates as Telegram sends them, and inboxes as the next run of the bot finds them."""

from pathlib import Path

from telegram import Bot, Update

from bot.inbox import Inbox

BOT = Bot("123456:TEST-token")
CHAT = {"id": 7, "type": "private", "first_name": "Ada"}


def update(number: int, text: str = "where?", *, chat: int = CHAT["id"]) -> Update:
    message = {"message_id": number, "date": 1_700_000_000, "chat": CHAT | {"id": chat}, "text": text}
    return Update.de_json({"update_id": number, "message": message}, BOT)


def queued(inbox: Inbox) -> list[int]:
    return [inbox.get_nowait().update_id for _ in range(inbox.qsize())]


def taken_up(folder: Path) -> list[int]:
    """What the next run of the bot finds undone."""
    inbox = Inbox(folder)
    count = inbox.take_up_unfinished(BOT)
    numbers = queued(inbox)
    inbox.close()
    assert count == len(numbers)
    return numbers
