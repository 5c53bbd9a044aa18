"""The Bot API server that tests talk to through a real bot, and drive from the other side."""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

from tests.bot_api.calls import Call, CallLog
from tests.bot_api.chats import reply_fields
from tests.bot_api.faults import Fault, Faults, Where, anywhere
from tests.bot_api.methods import CANONICAL, answer, new_state
from tests.bot_api.replies import ApiError, ClientGoneError, Reply, failure
from tests.bot_api.transport import Connections, wait
from tests.bot_api.users import READER, UserLike, chat_object, user_object
from tests.bot_api.utf16 import found_entities

GROUP_ID = -1001000000001


class BotApiServer:
    """Telegram's Bot API on loopback while the context lasts; every method may be called from any thread."""

    def __init__(self, token: str = "123456:TEST-token") -> None:
        self.token = token
        self._state = new_state(token)
        self._log = CallLog(self._state.changed)
        self._faults = Faults()

    def __enter__(self) -> Self:
        self._connections = Connections(self._respond)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connections.end()
        if self._connections.failures:
            raise BaseExceptionGroup("the Bot API server itself failed", self._connections.failures)

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL is set to."""
        return f"http://127.0.0.1:{self._connections.server_port}"

    @property
    def bot(self) -> dict[str, Any]:
        """The bot as a user object."""
        return dict(self._state.bot)

    def say(
        self,
        text: str,
        *,
        user: UserLike = READER,
        chat_id: int | None = None,
        chat_type: str = "private",
        language_code: str | None = "en",
        reply_to: Mapping[str, Any] | int | None = None,
        quote: str | None = None,
        entities: list[dict[str, Any]] | None = None,
    ) -> int:
        """Let a user write, perhaps in reply to a message or a `quote` out of it; returns the update's id."""
        with self._state.changed:
            chats = self._state.chats
            if chat_id is None:
                chat_id = user.id if chat_type == "private" else GROUP_ID
            chats.enter(chat_object(chat_id, chat_type, user=user))
            fields: dict[str, Any] = {
                "from": user_object(user, language_code=language_code),
                "text": text,
                "entities": found_entities(text) if entities is None else entities,
            }
            if reply_to is not None:
                original = chats.find(chat_id, reply_to if isinstance(reply_to, int) else reply_to["message_id"])
                assert original is not None, f"no message {reply_to} in chat {chat_id}"
                fields |= reply_fields(original, quote=quote)
            return self.push({"message": chats.add(fields, chat_id=chat_id)})

    def press(
        self,
        message: Mapping[str, Any],
        data: str,
        *,
        user: UserLike = READER,
        language_code: str | None = "en",
    ) -> str:
        """Let a user press a button of a bot message, even a stale one; returns the callback query's id."""
        with self._state.changed:
            chat, message_id = message["chat"], message["message_id"]
            gone = {"chat": chat, "message_id": message_id, "date": 0}
            callback_id = f"{user.id}{len(self._state.callback_ids) + 1:06}"
            query = {
                "id": callback_id,
                "from": user_object(user, language_code=language_code),
                "message": self._state.chats.find(chat["id"], message_id) or gone,
                "chat_instance": str(chat["id"]),
                "data": data,
            }
            self.push({"callback_query": query})
            return callback_id

    def push(self, update: Mapping[str, Any]) -> int:
        """Queue an update as it is, also one whose id was there before; returns its id."""
        with self._state.changed:
            if "callback_query" in update:
                self._state.callback_ids.add(update["callback_query"]["id"])
            return self._state.updates.push(update)

    def add_file(self, file_id: str, content: bytes) -> None:
        """Keep a file that the bot may download."""
        with self._state.changed:
            self._state.files[file_id] = content

    def calls(self, method: str | None = None) -> list[Call]:
        """The calls so far, in the order of their arrival."""
        return self._log.of(method)

    def wait_for(self, method: str, *, where: Where = anywhere, after: int = 0, timeout: float = 30.0) -> Call:
        """The first matching call after number `after` that succeeded; raises AssertionError if none did."""
        return self._log.wait_for(method, where=where, after=after, timeout=timeout)

    def messages(self, chat_id: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat as they now stand."""
        with self._state.changed:
            return [dict(message) for message in self._state.chats.by_bot(chat_id)]

    def fail_next(self, method: str, *faults: Fault, where: Where = anywhere) -> None:
        """Let the next matching calls of a method fail, one with each fault."""
        with self._state.changed:
            for fault in faults:
                self._faults.queue(method, fault, where)

    def fail_always(self, method: str, fault: Fault, *, where: Where = anywhere) -> Callable[[], None]:
        """Let every matching call of a method fail; call what is returned to lift it."""
        with self._state.changed:
            return self._faults.keep(method, fault, where)

    def _respond(self, path: str, params: dict[str, Any], gone: Callable[[], bool]) -> Reply | None:
        if path.startswith("/file/"):
            return self._download(path)
        start, _, name = path.removeprefix("/").partition("/")
        method = CANONICAL.get(name.lower(), name)
        call = self._log.arrived(method, params)
        if start != f"bot{self.token}":
            reply: Reply | None = failure(401, "Unauthorized")
        else:
            reply = self._reply(call, gone)
        self._log.answered(call, reply)
        return reply

    def _reply(self, call: Call, gone: Callable[[], bool]) -> Reply | None:
        def handle() -> Reply | None:
            try:
                return answer(self._state, call.method, call.params, gone)
            except ApiError as error:
                return failure(error.code, error.description)
            except ClientGoneError:
                return None

        with self._state.changed:
            fault = self._faults.take(call.method, call.params)
        return handle() if fault is None else fault(handle, lambda seconds: wait(seconds, gone))

    def _download(self, path: str) -> Reply:
        with self._state.changed:
            content = self._state.files.get(path.removeprefix(f"/file/bot{self.token}/documents/"))
        if content is None:
            return failure(404, "Not Found")
        return Reply(status=200, body=content, content_type="application/octet-stream")
