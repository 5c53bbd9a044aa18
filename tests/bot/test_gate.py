"""Who is let in: everybody, those who were invited, those on a list, and never somebody who is blocked."""

import pytest

from bot.i18n import texts_for
from tests.bot.conftest import ADMIN, OPERATOR
from tests.bot.shown import STEPS, data, quoted, remembered, rows
from tests.bot_api import READER, BotApiServer, Reader
from tests.bot_api.server import GROUP_ID

EN, IT = texts_for("en"), texts_for("it")
GUEST = Reader(id=77, first_name="<b>Eve</b>")
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@pytest.fixture
def by_invitation(settings):
    return settings.model_copy(update={"citabot_access": "invite"})


async def test_by_invitation_one_asks_is_let_in_by_an_admins_button_and_is_answered_from_then_on(
    api: BotApiServer, running, heard, by_invitation, library
) -> None:
    async with running(settings=by_invitation):
        api.say(STEPS, user=GUEST, language_code="it")
        door = await heard()
        assert door.params["text"] == IT("invitation")
        assert rows(door.result) == [[IT("ask-to-be-let-in")]]
        api.say("hello?", user=GUEST)
        for _ in range(2):
            api.press(door.result, data(door.result, IT("ask-to-be-let-in")), user=GUEST, language_code="it")
        asked = await heard("answerCallbackQuery")
        assert asked.params["text"] == IT("invitation-asked")
        wish = await heard(where=lambda params: params["chat_id"] == ADMIN)
        assert wish.params["text"] == EN("wants-in", name="<b>Eve</b>", id="77")
        assert wish.params["entities"] == [], "a name is never markup"

        api.press(wish.result, data(wish.result, EN("let-in")), user=OPERATOR)
        welcome = await heard(where=lambda params: params["chat_id"] == GUEST.id, after=wish.number)
        assert welcome.params["text"] == IT("welcome")
        api.say(STEPS, user=GUEST)
        answer = await heard(after=welcome.number)
    assert "132 steps" in quoted(answer.params)
    assert len(api.messages(ADMIN)) == 1, "admins are asked once"
    assert len(api.messages(GUEST.id)) == 3, "who waits at the door is told once a minute"
    assert remembered(library, "SELECT role FROM users WHERE id = 77") == [("member",)]


async def test_who_is_not_let_in_is_not_answered_in_groups_inline_or_by_old_buttons(
    api: BotApiServer, running, heard, settings, by_invitation
) -> None:
    async with running():
        api.say(STEPS, user=GUEST)
        answer = await heard()
    async with running(settings=by_invitation):
        api.say(f"/ask {STEPS}", user=GUEST, chat_type="supergroup")
        chat = {"id": GROUP_ID, "type": "supergroup", "title": "Group"}
        text = {"text": f"/ask {STEPS}", "entities": [{"type": "bot_command", "offset": 0, "length": 4}]}
        api.push(
            {"message": {"message_id": 900, "date": 1, "chat": chat, "from": ANONYMOUS, "sender_chat": chat} | text}
        )
        api.inquire(STEPS, user=GUEST)
        api.summon(f"@citabot_test_bot {STEPS}", user=GUEST)
        api.summon(f"/forget @citabot_test_bot {STEPS}", user=GUEST, chat_type="private")
        api.react(answer.result, "👎", user=GUEST)
        api.press(answer.result, "q:1:2:0", user=GUEST)
        notice = await heard("answerCallbackQuery")
        api.say("/start", user=OPERATOR)
        await heard(where=lambda params: params["chat_id"] == ADMIN)
    assert notice.params["text"] == EN("not-let-in")
    assert api.messages(GROUP_ID) == []
    assert api.calls("answerInlineQuery") == api.calls("answerGuestQuery") == api.calls("editMessageText") == []


async def test_a_listed_reader_is_answered_and_others_are_told_kindly(
    api: BotApiServer, running, heard, settings
) -> None:
    listed = settings.model_copy(update={"citabot_access": "listed", "citabot_reader_ids": frozenset({READER.id})})
    async with running(settings=listed):
        api.say(STEPS, user=GUEST, language_code="it")
        told = await heard()
        api.press(told.result, "in", user=GUEST)
        api.say(STEPS)
        answer = await heard(after=told.number)
    assert told.params["text"] == IT("not-let-in")
    assert "reply_markup" not in told.params
    assert answer.params["chat_id"] == READER.id
    assert "132 steps" in quoted(answer.params)
    assert api.messages(ADMIN) == [], "on a list nobody can ask to be let in"


async def test_who_is_blocked_hears_nothing_and_an_owner_cannot_be(
    api: BotApiServer, running, heard, library, by_invitation
) -> None:
    async with running(settings=by_invitation):
        api.say("/start", user=GUEST)
        door = await heard()
        remembered(library, "UPDATE users SET role = 'blocked' WHERE id IN (77, ?)", ADMIN)
        api.say(STEPS, user=GUEST)
        api.press(door.result, "in", user=GUEST)
        remembered(library, "INSERT OR REPLACE INTO users VALUES (?, 'x', NULL, NULL, 'blocked', 0, 0)", ADMIN)
        api.say("/start", user=OPERATOR)
        await heard(where=lambda params: params["chat_id"] == ADMIN)
    assert len(api.messages(GUEST.id)) == 1
    assert api.calls("answerCallbackQuery") == []
    assert [message["text"] for message in api.messages(ADMIN)] == [EN("welcome")]


@pytest.mark.parametrize(
    ("access", "role", "stays"),
    [("listed", "reader", []), ("invite", "asking", []), ("open", "blocked", [(str(GUEST.id), "blocked")])],
)
async def test_who_is_not_let_in_any_more_may_still_see_and_erase_what_is_remembered_in_private(
    api: BotApiServer, running, heard, library, settings, access, role, stays
) -> None:
    async with running():
        api.say(STEPS, user=GUEST)
        answer = await heard()
    remembered(library, "UPDATE users SET role = ? WHERE id = ?", role, GUEST.id)
    async with running(settings=settings.model_copy(update={"citabot_access": access})):
        api.say("/forget", user=GUEST, chat_type="supergroup")
        api.say("/forget", user=GUEST)
        offered = await heard(after=answer.number)
        assert offered.params["text"] == EN("forget", days=90)
        api.press(offered.result, data(offered.result, EN("export-mine")), user=GUEST)
        file = await heard("sendDocument")
        assert STEPS.encode() in file.params["document"]
        api.press(offered.result, data(offered.result, EN("erase-mine")), user=GUEST)
        done = await heard("editMessageText")
    assert done.params["text"] == EN("forgotten")
    assert remembered(library, "SELECT * FROM turns") == []
    assert remembered(library, "SELECT name, role FROM users") == stays
    assert api.messages(GROUP_ID) == []


async def test_where_an_anonymous_admin_asks_in_an_open_bot_they_are_answered(
    api: BotApiServer, running, heard, library
) -> None:
    chat = {"id": GROUP_ID, "type": "supergroup", "title": "Group"}
    text = {"text": f"/ask {STEPS}", "entities": [{"type": "bot_command", "offset": 0, "length": 4}]}
    async with running():
        api.push(
            {"message": {"message_id": 900, "date": 1, "chat": chat, "from": ANONYMOUS, "sender_chat": chat} | text}
        )
        answer = await heard()
    assert "132 steps" in quoted(answer.params)
    assert remembered(library, "SELECT count(*) FROM users") == [(0,)]


async def test_who_talks_in_a_group_without_speaking_to_the_bot_is_not_remembered(
    api: BotApiServer, running, heard, library
) -> None:
    silent, asking = Reader(id=55, first_name="Bob"), Reader(id=56, first_name="Eva")
    async with running():
        api.say("I never speak to bots", user=silent, chat_type="supergroup")
        api.say("@citabot_test_bot thanks", user=asking, chat_type="supergroup")
        assert (await heard()).params["text"] == EN("thanks")
    assert remembered(library, "SELECT id FROM users") == [(asking.id,)]


async def test_who_reacts_is_remembered_only_where_it_is_an_answer_that_they_react_to(
    api: BotApiServer, running, heard, library
) -> None:
    silent, liking = Reader(id=55, first_name="Bob"), Reader(id=57, first_name="Eva")
    api.promote_bot()
    async with running():
        api.say(f"/ask {STEPS}", chat_type="supergroup")
        answer = await heard(where=lambda params: "reply_markup" in params)
        api.react(api.written(GROUP_ID)[0], "👍", user=silent)
        api.react(answer.result, "👍", user=liking)
        api.say("thanks")
        await heard(where=lambda params: params["chat_id"] == READER.id)
    assert remembered(library, "SELECT id FROM users ORDER BY id") == [(liking.id,), (READER.id,)]
    assert remembered(library, "SELECT user FROM opinions") == [(liking.id,)]
