"""Roles: owners appoint admins, admins let readers in and block them, and all of it is on record."""

import pytest

from bot.handlers.people import _ROLES
from bot.i18n import texts_for
from bot.settings import Settings
from bot.state.people import People, Person, Role
from tests.bot.conftest import ADMIN, OPERATOR
from tests.bot.desk import buttons
from tests.bot.memory import remembering
from tests.bot_api import READER, BotApiServer, Call, Reader
from tests.bot_api.server import GROUP_ID

EN, IT = texts_for("en"), texts_for("it")
HELEN = Reader(id=77, first_name="Helen")


def role_of(settings: Settings, id_: int) -> Role | None:
    found: list[Person | None] = []
    remembering(settings.citabot_library, lambda store: found.append(People(store).find(id_)))
    return found[0].role if found[0] else None


def with_role(settings: Settings, person: Reader, role: Role) -> None:
    def give(store) -> None:
        People(store).seen(person.id, name=person.first_name, spoken="en")
        People(store).give_role(person.id, role)

    remembering(settings.citabot_library, give)


@pytest.fixture
def said(api: BotApiServer, heard):
    """`await said("/people")`: what the bot replies to somebody in the chat where they write."""

    async def say(text: str, user: Reader = OPERATOR, **which: object) -> Call:
        after = len(api.calls())
        api.say(text, user=user, **which)
        chat = GROUP_ID if "chat_type" in which else user.id
        return await heard(where=lambda params: params["chat_id"] == chat, after=after)

    return say


async def test_an_owner_appoints_an_admin_who_learns_what_they_may_do(api, settings, running, said, heard) -> None:
    async with running():
        await said("thanks", HELEN)
        view = await said(f"/appoint {HELEN.id}")
        told = await heard(where=lambda params: params["chat_id"] == HELEN.id and params["text"] != EN("thanks"))
        status = await said("/status", HELEN)
        record = await said("/record", HELEN)
    assert view.params["text"] == f"2 readers\n\nAdmins\n• Helen · 77\n\n{EN('people-how')}"
    assert told.params["text"] == EN("help-admin")
    assert status.params["text"].startswith("3 articles")
    assert record.params["text"].split("\n")[1].split(" · ")[1:] == ["Grace", "appointed", "Helen"]
    assert role_of(settings, HELEN.id) == "admin"


@pytest.mark.parametrize("way", ["command", "button"])
async def test_an_owner_dismisses_an_admin_who_is_a_reader_again(api, settings, running, said, heard, way) -> None:
    with_role(settings, HELEN, "admin")
    async with running():
        if way == "command":
            await said(f"/dismiss {HELEN.id}")
        else:
            view = await said("/people")
            api.press(view.result, buttons(view)["Dismiss: Helen"], user=OPERATOR)
            await heard("editMessageText", where=lambda params: "Helen" not in params["text"])
        refused = await said("/status", HELEN)
    assert refused.params["text"] == EN("admins-only")
    assert role_of(settings, HELEN.id) == "member"


@pytest.mark.parametrize("command", ["/appoint 1001", "/dismiss 78"])
async def test_only_owners_appoint_and_dismiss(api, settings, running, said, command) -> None:
    with_role(settings, HELEN, "admin")
    with_role(settings, Reader(id=78), "admin")
    async with running():
        told = await said(command, HELEN)
        italian = await said(command, READER, language_code="it")
    assert told.params["text"] == EN("owners-only")
    assert italian.params["text"] == IT("owners-only")
    assert (role_of(settings, 78), role_of(settings, READER.id)) == ("admin", "reader")


@pytest.mark.parametrize("command", [f"/block {ADMIN}", "/block 78", "/unblock 78", "/invite 78", f"/invite {ADMIN}"])
async def test_admins_touch_neither_owners_nor_each_other(settings, running, said, command) -> None:
    with_role(settings, HELEN, "admin")
    with_role(settings, Reader(id=78), "admin")
    async with running():
        assert (await said(command, HELEN)).params["text"] == EN("owners-only")
    assert role_of(settings, 78) == "admin"


async def test_who_is_blocked_is_not_answered_until_they_are_unblocked(api, settings, running, said, heard) -> None:
    async with running():
        await said("thanks", READER)
        view = await said(f"/block {READER.id}")
        assert view.params["text"].startswith("2 readers\n\nBlocked\n• Ada · 1001\n")
        before = len(api.messages(READER.id))
        api.say("thanks")
        api.press(view.result, buttons(view)["Unblock: Ada"], user=OPERATOR)
        await heard("editMessageText")
        answer = await said("hello", READER)
        record = await said("/record")
    assert answer.params["text"] == EN("greeting")
    assert len(api.messages(READER.id)) == before + 1
    assert [line.split(" · ")[1:] for line in record.params["text"].split("\n")[1:]] == [
        ["Grace", "unblocked", "Ada"],
        ["Grace", "blocked", "Ada"],
    ]


async def test_who_asked_to_be_let_in_is_welcomed_when_they_are(api, settings, running, said, heard) -> None:
    invited = settings.model_copy(update={"citabot_access": "invite"})
    async with running(settings=invited):
        door = await said("hello", READER)
        api.press(door.result, buttons(door)[EN("ask-to-be-let-in")])
        request = await heard(where=lambda params: params["chat_id"] == ADMIN)
        assert request.params["text"] == "Ada (1001) would like to be let in."
        api.press(request.result, buttons(request)["Let in"], user=OPERATOR)
        welcome = await heard(where=lambda params: params["chat_id"] == READER.id, after=request.number)
        assert welcome.params["text"] == EN("welcome")
        assert (await said("hello", READER)).params["text"] == EN("greeting")
    assert role_of(settings, READER.id) == "member"


@pytest.mark.parametrize(
    ("role", "command", "after"),
    [
        ("member", "unblock", "member"),
        ("asking", "unblock", "asking"),
        ("blocked", "dismiss", "blocked"),
        ("reader", "dismiss", "reader"),
        ("admin", "invite", "admin"),
        ("blocked", "block", "blocked"),
        ("admin", "block", "blocked"),
        ("blocked", "invite", "member"),
        ("blocked", "appoint", "admin"),
    ],
)
async def test_a_command_changes_only_what_it_says(settings, running, said, role, command, after) -> None:
    with_role(settings, HELEN, role)
    async with running():
        await said(f"/{command} {HELEN.id}")
        record = await said("/record")
    assert role_of(settings, HELEN.id) == after
    assert (record.params["text"] == EN("record-none")) == (role == after)


async def test_somebody_who_never_wrote_can_be_blocked_beforehand(api, settings, running, said) -> None:
    async with running():
        view = await said("/block 555")
    assert "• 555 · 555" in view.params["text"]
    assert role_of(settings, 555) == "blocked"


@pytest.mark.parametrize("command", _ROLES)
@pytest.mark.parametrize("argument", ["", " Ada", " -5", " 1e3", " 1234567890123456"])
async def test_without_an_id_the_command_shows_how_it_is_written(running, said, command, argument) -> None:
    async with running():
        told = await said(f"/{command}{argument}")
    assert told.params["text"] == f"Write an id after it: /{command} 123456"


@pytest.mark.parametrize("command", ["/people", "/block 5", "/unblock 5", "/invite 5"])
async def test_roles_are_none_of_a_readers_business(settings, running, said, command) -> None:
    async with running():
        assert (await said(command, READER)).params["text"] == EN("admins-only")
        assert (await said(command, READER, language_code="it")).params["text"] == IT("admins-only")
    assert role_of(settings, 5) is None


async def test_a_button_beneath_a_name_does_nothing_for_readers(api, settings, running, said, heard) -> None:
    with_role(settings, HELEN, "blocked")
    async with running():
        view = await said("/people")
        api.press(view.result, buttons(view)["Unblock: Helen"], language_code="it")
        told = await heard("answerCallbackQuery")
    assert told.params["text"] == IT("admins-only")
    assert role_of(settings, HELEN.id) == "blocked"


@pytest.mark.parametrize(
    "command", ["/people", "/block 5", "/appoint 5", "/questions", "/export", "/record", "/removed"]
)
async def test_what_is_about_people_is_not_told_in_groups(settings, running, said, command) -> None:
    async with running():
        told = await said(command, chat_type="supergroup")
    assert told.params["text"] == EN("in-private-only", bot="citabot_test_bot")
    assert role_of(settings, 5) is None


async def test_many_people_with_wild_names_fit_into_one_message(settings, running, said) -> None:
    def fill(store) -> None:
        for number in range(100):
            People(store).seen(number + 1, name="\u202e\n😀" + "👑" * 300, spoken=None)
            People(store).give_role(number + 1, ("admin", "asking", "blocked")[number % 3])

    remembering(settings.citabot_library, fill)
    async with running():
        view = await said("/people")
    assert view.params["text"].count("… and 21 more") == 2
    assert view.params["text"].count("… and 22 more") == 1
    assert "\u202e" not in view.params["text"]


async def test_a_new_admin_gets_the_menu_of_admins_and_loses_it_when_dismissed(
    api: BotApiServer, settings, running, said, heard
) -> None:
    def of_helen(params: dict) -> bool:
        return params["scope"].get("chat_id") == HELEN.id and params.get("language_code") == "ru"

    async with running():
        await said("thanks", HELEN)
        await said(f"/appoint {HELEN.id}")
        offered = await heard("setMyCommands", where=of_helen)
        await said(f"/dismiss {HELEN.id}")
        await heard("deleteMyCommands", where=of_helen, after=offered.number)
    assert "reindex" in [command["command"] for command in offered.params["commands"]]
    assert len([call for call in api.calls("deleteMyCommands") if call.params["scope"].get("chat_id") == HELEN.id]) == 7
