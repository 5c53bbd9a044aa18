"""Updates as nobody in their right mind would send them, and those that people do send, all mixed up."""

import random
from collections.abc import Callable, Sequence
from typing import Any

Fields = dict[str, Any]

_TEXTS = [
    "where are they meeting?", "e quando?", "who paid for it?", "grazie", "?", "", " ", "\u200b", "\u202e\u2066ʇxǝʇ",
    "👨‍👩‍👧‍👦" * 300, "𝛙" * 2048, "a" * 4096, "где?" * 900, "متى؟", "\ud800", "x\udfff", "\x00\x01\x1b[31m",
    "<b>&amp;</b>*_`[",
    "'; DROP TABLE turns; --", "NEAR(\"* AND OR", "%s %d {0} {example}", "@citabot_test_bot",
    "@citabot_test_bot when?",
    "/start", "/start ZZZ", "/start qd2hlcmU_", "/start a" + "A" * 11, "/start a" + "A" * 80, "/ask", "/ask when?",
    "/ask@citabot_test_bot who?", "/ask@other_bot who?", "/new", "/sources", "/sources lago", "/help", "/language",
    "/forget",
    "/settings", "/articles", "/articles battello", "/status", "/questions", "/record", "/people", "/removed",
    "/export",
    "/reindex dry", "/block", "/block 1e9", "/block 99999999999999999999", "/appoint -1", "/unblock 7", "/invite 7",
    "/" + "x" * 64, "/ask\n\n\nwhen", "https://example.org", "http://127.0.0.1/", "9" * 4000,
]  # fmt: skip
_LANGUAGES = [None, "en", "it", "de", "ru", "pt-BR", "zh-hans", "xx", "", "🇮🇹", "a" * 50]
_NAMES = ["Ada", "<b>Ada</b>", "A\u202eda", "👩🏽‍🚀" * 16, "\u200f", "a" * 64, "*_[x](tg://user?id=1)"]
_KINDS = "abcdfghijklmnopqrstuvwxyz"
_PARTS = ["0", "1", "2", "3", "9", "-1", "999999999999999", "9" * 30, "", "good", "bad", "wrong", "export",
          "erase", "en",
          "xx", "quotes", "articles", "all", "invite", "block", "unblock", "dismiss", "new", "here", "a" * 11,
          "0" * 12, "é", "\u202e"]  # fmt: skip
_EMOJI = ["👍", "👎", "❤", "💩", "🤷", "x", ""]


class Fuzz:
    """The same updates for the same seed."""

    def __init__(self, seed: int, *, users: Sequence[int], admin: int) -> None:
        self._chance = random.Random(seed)
        self._users, self._admin = users, admin
        self._update = 1000

    def update(self) -> Fields:
        """The next one."""
        self._update += 1
        make = self._chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        return {"update_id": self._update, **make(self)}

    def message(self) -> Fields:
        return {"message": self._message()}

    def edited(self) -> Fields:
        return {"edited_message": self._message() | {"edit_date": 2}}

    def press(self) -> Fields:
        data = ":".join([self._chance.choice(_KINDS), *self._chance.choices(_PARTS, k=self._chance.randrange(4))])
        if self._chance.random() < 0.5:
            kind = self._chance.choice("qqqorsw")
            data = f"{kind}:{self._chance.randrange(60)}:{self._chance.randrange(4)}:{self._chance.randrange(9)}"
        query: Fields = {"id": str(self._update), "from": self._user(), "chat_instance": "1", "data": data}
        shown = self._chance.randrange(4)
        if shown == 0:
            query |= {"inline_message_id": "i"}
        elif shown == 1:
            query |= {"message": {"chat": self._chat(), "message_id": 5, "date": 0}}
        else:
            query |= {"message": self._message() | {"from": _BOT, "text": "An answer."}}
        return {"callback_query": query}

    def inline(self) -> Fields:
        return {
            "inline_query": {"id": str(self._update), "from": self._user(), "query": self._text()[:256], "offset": ""}
        }

    def guest(self) -> Fields:
        return {"guest_message": self._message() | {"guest_query_id": str(self._update)}}

    def reaction(self) -> Fields:
        emoji = [{"type": "emoji", "emoji": self._chance.choice(_EMOJI)} for _ in range(self._chance.randrange(3))]
        who: Fields = {"user": self._user()} if self._chance.random() < 0.8 else {"actor_chat": self._chat()}
        return {"message_reaction": {"chat": self._chat(), "message_id": self._chance.randrange(50), "date": 1,
                "old_reaction": [], "new_reaction": emoji} | who}  # fmt: skip

    def member(self) -> Fields:
        old, new = self._chance.choices(["member", "left", "kicked", "administrator"], k=2)
        return {"my_chat_member": {"chat": self._chat(), "from": self._user(), "date": 1,
                "old_chat_member": _member(old), "new_chat_member": _member(new)}}  # fmt: skip

    def chosen(self) -> Fields:
        return {"chosen_inline_result": {"result_id": "1", "from": self._user(), "query": self._text()[:256]}}

    def rotten(self) -> Fields:
        """Not what the Bot API says at all."""
        value = self._chance.choice([None, 1, "x", [], {}, [{}], {"message_id": "x"}, {"chat": 5}, self._message()])
        kind = self._chance.choice(["message", "callback_query", "inline_query", "poll", "unheard_of", "guest_message"])
        return {kind: value}

    def _message(self) -> Fields:
        message: Fields = {"message_id": self._chance.randrange(1, 80), "date": 1, "chat": self._chat()}
        if self._chance.random() < 0.93:
            message["from"] = self._user()
        else:
            message["sender_chat"] = message["chat"]
        return message | self._content() | self._reply() | self._topic()

    def _content(self) -> Fields:
        chosen = self._chance.random()
        if chosen < 0.8:
            text = self._text()
            command = text.split()[0] if text.startswith("/") and text.split() else ""
            entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
            return {"text": text, "entities": entities}
        if chosen < 0.86:
            name = self._chance.choice(
                ["a.txt", "../../etc/passwd", "x" * 300 + ".md", "\u202etxt.exe", "", "a.jsonl", None]
            )
            size = self._chance.choice([0, 5, 10**12, -1, None])
            return {"document": {"file_id": "none", "file_unique_id": "u", "file_name": name, "file_size": size}}
        return self._chance.choice(
            [
                {
                    "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}],
                    "caption": self._text()[:1024],
                },
                {"new_chat_title": self._text()[:100]},
                {"migrate_to_chat_id": -100777},
                {"pinned_message": {"message_id": 1, "date": 0, "chat": self._chat()}},
                {"dice": {"emoji": "🎲", "value": 9}},
                {"location": {"latitude": 1e9, "longitude": -1e9}},
                {},
            ]
        )

    def _reply(self) -> Fields:
        if self._chance.random() < 0.7:
            return {}
        replied: Fields = {
            "message_id": self._chance.randrange(1, 80),
            "date": 0,
            "chat": self._chat(),
            "text": "An answer.",
        }
        replied["from"] = _BOT if self._chance.random() < 0.7 else self._user()
        quote: Fields = {"quote": {"text": self._text()[:1024] or "x", "position": self._chance.choice([0, 3, 10**9])}}
        return {"reply_to_message": replied} | (quote if self._chance.random() < 0.5 else {})

    def _topic(self) -> Fields:
        return {"is_topic_message": True, "message_thread_id": 7} if self._chance.random() < 0.1 else {}

    def _text(self) -> str:
        if self._chance.random() < 0.75:
            return self._chance.choice(_TEXTS)
        return "".join(chr(self._chance.randrange(1, 0x10FFFF)) for _ in range(self._chance.randrange(60)))

    def _user(self) -> Fields:
        id_ = self._admin if self._chance.random() < 0.15 else self._chance.choice(self._users)
        return {"id": id_, "is_bot": False, "first_name": self._chance.choice(_NAMES),
                "language_code": self._chance.choice(_LANGUAGES)}  # fmt: skip

    def _chat(self) -> Fields:
        kind = self._chance.choices(["private", "supergroup", "group", "channel"], [8, 4, 1, 1])[0]
        if kind == "private":
            return {"id": self._chance.choice(self._users), "type": kind, "first_name": self._chance.choice(_NAMES)}
        return {"id": -100500 - self._chance.randrange(3), "type": kind, "title": self._chance.choice(_NAMES)}


_BOT: Fields = {"id": 123456, "is_bot": True, "first_name": "Citabot", "username": "citabot_test_bot"}
_WEIGHTS: dict[Callable[[Fuzz], Fields], int] = {
    Fuzz.message: 50, Fuzz.edited: 6, Fuzz.press: 22, Fuzz.inline: 6, Fuzz.guest: 4, Fuzz.reaction: 4, Fuzz.member: 3,
    Fuzz.chosen: 1, Fuzz.rotten: 4,
}  # fmt: skip


def _member(status: str) -> Fields:
    rights = dict.fromkeys(
        ["can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
         "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
         "can_edit_stories", "can_delete_stories"],
        False,
    )  # fmt: skip
    return {"user": _BOT, "status": status, "until_date": 0, **(rights if status == "administrator" else {})}
