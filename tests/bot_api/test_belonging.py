"""The bot comes and goes, knows who is who in a chat, and follows a group that became a supergroup."""

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.bot_api import READER, BotApiServer, Reader
from tests.bot_api.server import GROUP_ID

CHAT = READER.id
ADA, GRACE, LEA = Reader(id=1), Reader(id=2, first_name="Grace"), Reader(id=3)


async def changes(bot: Bot) -> list[tuple[int, str, str]]:
    """Where the bot's status changed, from what and to what."""
    changed = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    return [(one.chat.id, one.old_chat_member.status, one.new_chat_member.status) for one in changed]


async def test_who_blocks_the_bot_gets_nothing_until_they_start_it_again(api: BotApiServer, bot: Bot) -> None:
    await bot.send_message(CHAT, "hello")
    api.block()
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(CHAT, "still there?")
    with pytest.raises(Forbidden):
        await bot.send_chat_action(CHAT, "typing")
    api.unblock()
    await bot.send_message(CHAT, "back")
    assert await changes(bot) == [(CHAT, "member", "kicked"), (CHAT, "kicked", "member")]
    assert [message["text"] for message in api.messages(CHAT)] == ["hello", "back"]


async def test_a_group_takes_the_bot_in_promotes_it_and_puts_it_out(api: BotApiServer, bot: Bot) -> None:
    api.add_bot(by=GRACE)
    api.promote_bot()
    api.remove_bot()
    assert await changes(bot) == [
        (GROUP_ID, "left", "member"),
        (GROUP_ID, "member", "administrator"),
        (GROUP_ID, "administrator", "kicked"),
    ]
    assert (await bot.get_updates())[0].my_chat_member.from_user.first_name == "Grace"
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(GROUP_ID, "still there?")


async def test_the_bot_leaves_a_group_and_is_told_so(api: BotApiServer, bot: Bot) -> None:
    api.say("hello", chat_type="supergroup")
    assert await bot.leave_chat(GROUP_ID)
    assert await changes(bot) == [(GROUP_ID, "member", "left")]
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(GROUP_ID, "still there?")
    api.say("hello", chat_type="private")
    with pytest.raises(BadRequest, match="Chat member status can't be changed in private chats"):
        await bot.leave_chat(CHAT)


async def test_the_bot_asks_who_administers_a_group(api: BotApiServer, bot: Bot) -> None:
    api.make_admin(ADA, owner=True)
    api.make_admin(GRACE)
    api.say("hello", user=GRACE, chat_type="supergroup")
    api.say("hello", user=LEA, chat_type="supergroup")
    api.promote_bot()
    statuses = [(await bot.get_chat_member(GROUP_ID, who.id)).status for who in (ADA, GRACE, LEA)]
    assert statuses == ["creator", "administrator", "member"]
    admins = await bot.get_chat_administrators(GROUP_ID)
    assert [(admin.user.first_name, admin.status) for admin in admins] == [
        ("Ada", "creator"),
        ("Grace", "administrator"),
    ]
    assert (await bot.get_chat_member(GROUP_ID, bot.id)).status == "administrator"
    api.make_member(GRACE)
    assert (await bot.get_chat_member(GROUP_ID, GRACE.id)).status == "member"


async def test_strangers_and_unknown_chats_are_not_found(api: BotApiServer, bot: Bot) -> None:
    api.say("hello", chat_type="supergroup")
    api.say("hello")
    with pytest.raises(BadRequest, match="Member not found"):
        await bot.get_chat_member(GROUP_ID, 999)
    with pytest.raises(BadRequest, match="Invalid user_id specified"):
        await bot.get_chat_member(GROUP_ID, -1)
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await bot.get_chat_administrators(CHAT)
    for asked in (bot.get_chat, bot.leave_chat, bot.get_chat_administrators):
        with pytest.raises(BadRequest, match="Chat not found"):
            await asked(-5)


async def test_a_chat_tells_what_it_is(api: BotApiServer, bot: Bot) -> None:
    api.open_topic()
    api.say("hello", user=GRACE)
    group, private = await bot.get_chat(GROUP_ID), await bot.get_chat(GRACE.id)
    assert (group.type, group.title, group.is_forum) == ("supergroup", f"Group {GROUP_ID}", True)
    assert (private.type, private.first_name, private.is_forum) == ("private", "Grace", None)


async def test_a_group_that_became_a_supergroup_says_where_it_went(api: BotApiServer, bot: Bot) -> None:
    api.say("hello", chat_id=-400, chat_type="group")
    api.make_admin(GRACE, -400)
    new_id = api.migrate(-400)
    old, new = (update.message for update in (await bot.get_updates())[-2:])
    assert (old.chat.id, old.chat.type, old.migrate_to_chat_id) == (-400, "group", new_id)
    assert (new.chat.id, new.chat.type, new.migrate_from_chat_id) == (new_id, "supergroup", -400)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(-400, "hello")
    assert caught.value.new_chat_id == new_id
    assert (await bot.get_chat_member(new_id, GRACE.id)).status == "administrator"
    assert (await bot.send_message(new_id, "hello")).chat.id == new_id
