"""A group's admins, and nobody else, choose how the bot answers there."""

from bot.i18n import texts_for
from tests.bot.conftest import OPERATOR
from tests.bot.shown import STEPS, WHERE, Noting, data, judged, remembered, rows
from tests.bot_api import READER, BotApiServer, Reader
from tests.bot_api.server import GROUP_ID

EN, IT = texts_for("en"), texts_for("it")
CHIEF = Reader(id=88, first_name="Chief")
GROUP = {"chat_type": "supergroup"}
CHAT = {"id": GROUP_ID, "type": "supergroup", "title": "Group"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


async def test_admins_choose_how_many_quotes_and_which_articles_and_that_holds_after_a_restart(
    api: BotApiServer, running, heard, answerer, library
) -> None:
    api.make_admin(CHIEF)
    noting = Noting(judged(answerer, "answered"))
    async with running(noting):
        api.say("/settings", user=CHIEF, **GROUP)
        shown = await heard()
        assert shown.params["text"].split("\n") == [
            EN("group-heading"),
            EN("group-language", language=EN("language-of-telegram")),
            EN("group-quotes", quotes=3),
            EN("group-articles", articles=EN("all-articles"), count=3),
        ]
        assert rows(shown.result) == [["Language"], ["1", "2", "3"], ["Choose articles", "All articles"]]
        api.press(shown.result, data(shown.result, "2"), user=CHIEF)
        two = await heard("editMessageText")
        assert EN("group-quotes", quotes=2) in two.params["text"]

        api.press(shown.result, data(shown.result, "Choose articles"), user=CHIEF)
        how = await heard("answerCallbackQuery", after=two.number)
        assert how.params["text"] == EN("articles-how")
        api.say("/articles unicorns", user=CHIEF, **GROUP)
        none = await heard(after=shown.number)
        assert none.params["text"] == EN("no-such-articles", words="unicorns")
        api.say("/articles lighthouse md", user=CHIEF, **GROUP)
        chosen = await heard(after=none.number)
        assert EN("group-articles", articles="lighthouse md", count=1) in chosen.params["text"]
    async with running(noting):
        api.say(f"/ask {WHERE}", **GROUP)
        answer = await heard(after=chosen.number)
        lighthouse = {quote.article.id for quote in answerer(STEPS).quotes if quote.article.language == "en"}
        assert (noting.how[-1]["quotes"], noting.how[-1]["articles"]) == (2, lighthouse)
        assert "The night shift at Carrow Point" in answer.params["text"]
        api.say(WHERE)
        await heard(after=answer.number)
        assert (noting.how[-1]["quotes"], noting.how[-1]["articles"]) == (3, None), "elsewhere all is as it was"
        api.press(chosen.result, data(chosen.result, "All articles"), user=CHIEF)
        await heard("editMessageText", after=answer.number)
    assert remembered(library, "SELECT * FROM chats") == [(GROUP_ID, None, 2, None)]


async def test_a_groups_language_is_spoken_to_all_who_chose_none_of_their_own(
    api: BotApiServer, running, heard
) -> None:
    api.make_admin(CHIEF, owner=True)
    async with running():
        api.say("/settings@citabot_test_bot", user=CHIEF, **GROUP)
        shown = await heard()
        api.press(shown.result, data(shown.result, "Language"), user=CHIEF)
        offered = await heard("editMessageText")
        api.press(offered.result, data(offered.result, "Italiano"), user=CHIEF)
        chosen = await heard("editMessageText", after=offered.number)
        assert IT("group-language", language="Italiano") in chosen.params["text"]
        api.say("/ask grazie", **GROUP)
        italian = await heard(after=chosen.number)
        assert italian.params["text"] == IT("thanks")
        api.press(offered.result, "g:en")
        api.say("/ask grazie", **GROUP)
        english = await heard(after=italian.number)
    assert english.params["text"] == EN("thanks")


async def test_others_are_refused_and_change_nothing(api: BotApiServer, running, heard, library) -> None:
    api.make_admin(CHIEF)
    async with running():
        api.say("/settings", **GROUP)
        refused = await heard()
        assert refused.params["text"] == EN("group-admins-only")
        api.say("/settings", user=CHIEF, **GROUP)
        shown = await heard(after=refused.number)
        for pressed in ("h:quotes:1", "h:all", "h:languages", "h:articles", "j:it"):
            number = api.calls()[-1].number
            api.press(shown.result, pressed)
            notice = await heard("answerCallbackQuery", after=number - 1)
            assert notice.params["text"] == EN("group-admins-only"), pressed
        api.say("/articles lighthouse", **GROUP)
        api.say("/settings")
        private = await heard(where=lambda params: params["chat_id"] == READER.id)
    assert private.params["text"] == EN("settings-in-groups")
    assert api.calls("editMessageText") == []
    assert remembered(library, "SELECT * FROM chats") == []


async def test_anonymous_admins_and_the_bots_own_may_choose_too(api: BotApiServer, running, heard, library) -> None:
    command = {"entities": [{"type": "bot_command", "offset": 0, "length": 9}]}
    anonymous = {"message_id": 900, "date": 1, "chat": CHAT, "from": ANONYMOUS, "sender_chat": CHAT}
    elsewhere = anonymous | {"message_id": 901, "sender_chat": {"id": -5, "type": "channel", "title": "C"}}
    async with running():
        api.say("/settings", user=OPERATOR, **GROUP)
        first = await heard()
        api.push({"message": anonymous | command | {"text": "/articles lighthouse"}})
        second = await heard(after=first.number)
        api.push({"message": elsewhere | command | {"text": "/articles battello"}})
        api.push({"message": elsewhere | command | {"text": "/settings", "message_id": 902}})
        third = await heard(after=second.number)
    assert first.params["text"].startswith(EN("group-heading"))
    assert EN("group-articles", articles="lighthouse", count=1) in second.params["text"]
    assert third.params["text"] == EN("group-admins-only"), "a channel that speaks in a group is no admin of it"
    assert remembered(library, "SELECT articles FROM chats") == [("lighthouse",)]


async def test_what_was_settled_goes_along_when_a_group_becomes_a_supergroup(
    api: BotApiServer, running, heard, library, settings
) -> None:
    api.make_admin(CHIEF, -77)
    strict = settings.model_copy(update={"citabot_access": "listed", "citabot_reader_ids": frozenset({CHIEF.id})})
    async with running(settings=strict):
        api.say("/articles lighthouse", user=CHIEF, chat_id=-77, chat_type="group")
        first = await heard()
        api.say(f"/ask {STEPS}", user=CHIEF, chat_id=-77, chat_type="group")
        second = await heard(after=first.number)
        new_id = api.migrate(-77)
        api.say("/settings", user=CHIEF, chat_id=new_id, **GROUP)
        shown = await heard(where=lambda params: params["chat_id"] == new_id, after=second.number)
    assert EN("group-articles", articles="lighthouse", count=1) in shown.params["text"]
    assert remembered(library, "SELECT id, articles FROM chats") == [(new_id, "lighthouse")]
    assert remembered(library, "SELECT chat, asked, shown FROM turns") == [(new_id, -1, None)]


async def test_where_only_some_articles_may_be_quoted_only_these_are_listed(api: BotApiServer, running, heard) -> None:
    api.make_admin(CHIEF)
    async with running():
        api.say("/articles battello", user=CHIEF, **GROUP)
        await heard()
        api.say("/sources", **GROUP)
        listed = await heard(where=lambda params: "•" in params["text"])
        api.say("/sources lighthouse", **GROUP)
        none = await heard(after=listed.number)
    assert listed.params["text"].count("•") == 1
    assert "La biblioteca che arriva dal lago" in listed.params["text"]
    assert none.params["text"] == EN("no-such-articles", words="lighthouse")
