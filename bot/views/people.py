"""What admins see of readers, and what readers see at the door."""

from collections.abc import Sequence

from telegram import MessageEntity

from bot.i18n import Texts
from bot.state.people import Person
from bot.views.buttons import button
from bot.views.writing import Reply, Row, Writer, brief
from index.readers.making import one_line

_LONGEST_NAME = 60
_OF_A_ROLE = 12
"""People that a message names."""


def invitation_reply(texts: Texts) -> Reply:
    """To somebody who isn't let in yet."""
    writer = Writer()
    writer.add(texts("invitation"))
    return writer.reply([[button(texts("ask-to-be-let-in"), "in")]])


def asking_reply(person: Person, texts: Texts) -> Reply:
    """To an admin: somebody wants to be let in."""
    writer = Writer()
    writer.add(texts("wants-in", name=_name(person), id=str(person.id)))
    return writer.reply(
        [[button(texts("let-in"), "p", person.id, "invite"), button(texts("block"), "p", person.id, "block")]]
    )


def people_reply(
    admins: Sequence[Person], asking: Sequence[Person], blocked: Sequence[Person], *, readers: int, texts: Texts
) -> Reply:
    """Roles, and what an owner or admin may do about them."""
    writer, rows = Writer(), list[Row]()
    writer.add(texts("people-heading", readers=readers), MessageEntity.BOLD)
    for heading, people, label, deed in (
        ("people-asking", asking, "let-in", "invite"),
        ("people-admins", admins, "dismiss", "dismiss"),
        ("people-blocked", blocked, "unblock", "unblock"),
    ):
        if people:
            writer.add("\n\n")
            writer.add(texts(heading), MessageEntity.BOLD)
        for person in people[:_OF_A_ROLE]:
            name = _name(person)
            writer.add(f"\n• {name} · {person.id}")
            rows.append([button(f"{texts(label)}: {name}", "p", person.id, deed)])
        if len(people) > _OF_A_ROLE:
            writer.add("\n" + texts("people-more", more=len(people) - _OF_A_ROLE))
    writer.add("\n\n" + texts("people-how"))
    return writer.reply(rows)


def _name(person: Person) -> str:
    return brief(one_line(person.name) or str(person.id), _LONGEST_NAME)
