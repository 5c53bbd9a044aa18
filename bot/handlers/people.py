"""Roles: owners appoint admins, admins let readers in and block them."""

from typing import Any, cast

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.context import Services
from bot.handlers.rights import for_admins_alone, for_owners_alone
from bot.profile import offer_desk, withdraw_desk
from bot.sending import acknowledge, edit, send, send_to
from bot.state.deeds import Kind
from bot.state.people import Role
from bot.views.buttons import pattern, pressed
from bot.views.people import people_reply
from bot.views.writing import Reply

_ROLES: dict[Kind, Role] = {
    "appoint": "admin",
    "dismiss": "member",
    "block": "blocked",
    "unblock": "reader",
    "invite": "member",
}
_FROM: dict[Kind, tuple[Role, ...]] = {
    "appoint": ("reader", "asking", "member", "blocked"),
    "dismiss": ("admin",),
    "block": ("reader", "asking", "member", "admin"),
    "unblock": ("blocked",),
    "invite": ("reader", "asking", "blocked"),
}
"""What somebody must have been; of anybody else it changes nothing."""
_BY_OWNERS = ("appoint", "dismiss")
_BY_BUTTON = ("invite", "block", "unblock", "dismiss")
_DIGITS = 15


class Roles:
    """Who may do what."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @for_admins_alone
    async def show(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/people: admins, those who want to be let in, those who are blocked."""
        if update.effective_message:
            await send(update.effective_message, self._view(update))

    @for_admins_alone
    async def change(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/block, /unblock and /invite, with an id."""
        await self._by_command(update, context)

    @for_owners_alone
    async def appoint(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/appoint and /dismiss, with an id."""
        await self._by_command(update, context)

    @for_admins_alone
    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button beneath somebody's name."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None or not isinstance(query.message, Message):
            return
        press = pressed(query.data)
        changed = await self._do(user.id, cast("Kind", press.parts[1]), press.number(0), context)
        await acknowledge(query, None if changed else self._services.texts(update)("owners-only"))
        if changed:
            await edit(query.message, self._view(update))

    async def _by_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, user, texts = update.effective_message, update.effective_user, self._services.texts(update)
        if message is None or user is None:
            return
        command = (message.text or "").split()[0].lstrip("/").split("@")[0].lower()
        wanted = (context.args or [""])[0]
        if not wanted.isdecimal() or len(wanted) > _DIGITS:
            await send(message, Reply(text=texts("whom", command=command)))
        elif await self._do(user.id, cast("Kind", command), int(wanted), context):
            await send(message, self._view(update))
        else:
            await send(message, Reply(text=texts("owners-only")))

    async def _do(self, admin: int, deed: Kind, id_: int, context: ContextTypes.DEFAULT_TYPE) -> bool:
        """Whether it was allowed: nobody touches owners, and only owners touch admins."""
        person = self._services.people.find(id_)
        before: Role = person.role if person else "reader"
        among_admins = "admin" in (before, _ROLES[deed])
        if self._services.is_owner(id_) or (among_admins and not self._services.is_owner(admin)):
            return False
        if before in _FROM[deed]:
            self._services.people.give_role(id_, _ROLES[deed])
            self._services.deeds.note(admin, deed, id_)
            await self._tell(id_, before, deed, context)
            if deed == "appoint":
                await offer_desk(context.bot, id_, self._services.settings.citabot_language)
            elif before == "admin":
                await withdraw_desk(context.bot, id_)
        return True

    async def _tell(self, id_: int, before: Role, deed: Kind, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Those who asked to be let in learn that they are, and new admins what they may do."""
        if deed == "appoint" or (before, deed) == ("asking", "invite"):
            word = "help-admin" if deed == "appoint" else "welcome"
            await send_to(context.bot, id_, Reply(text=self._services.texts_of(id_)(word)))

    def _view(self, update: Update) -> Reply:
        people = self._services.people
        return people_reply(
            people.with_role("admin"), people.with_role("asking"), people.with_role("blocked"),
            readers=people.count(), texts=self._services.texts(update),
        )  # fmt: skip


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """For admins and owners."""
    roles = Roles(services)
    return [
        CommandHandler("people", roles.show),
        CommandHandler([command for command in _ROLES if command not in _BY_OWNERS], roles.change),
        CommandHandler(_BY_OWNERS, roles.appoint),
        CallbackQueryHandler(roles.press, pattern=pattern("p", "number", f"({'|'.join(_BY_BUTTON)})")),
    ]
