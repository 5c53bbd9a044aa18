"""A small, real Bot API server on loopback, for tests that talk to a bot as Telegram does."""

from tests.bot_api.calls import Call
from tests.bot_api.server import BotApiServer
from tests.bot_api.users import READER, Reader
from tests.bot_api.utf16 import marked

__all__ = ["READER", "BotApiServer", "Call", "Reader", "marked"]
