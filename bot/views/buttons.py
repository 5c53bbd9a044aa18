"""What a button carries back when it is pressed: a letter and numbers, within Telegram's 64 bytes."""

from dataclasses import dataclass

from telegram import InlineKeyboardButton


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """A button that was pressed."""

    kind: str
    parts: tuple[str, ...]

    def number(self, place: int) -> int:
        """A part as a number."""
        return int(self.parts[place])


def pressed(data: str | None) -> Press:
    """What `button` put into the data."""
    kind, *parts = (data or "").split(":")
    return Press(kind=kind, parts=tuple(parts))


def button(label: str, kind: str, *parts: int | str) -> InlineKeyboardButton:
    """A button that brings back `kind` and `parts`."""
    return InlineKeyboardButton(label, callback_data=":".join([kind, *map(str, parts)]))


def pattern(kind: str, *parts: str) -> str:
    """A regular expression for the data of such buttons; each part is `number` or one of its own."""
    forms = {"number": r"\d{1,15}", "key": r"[\w-]{11}"}
    return "^" + ":".join([kind, *(forms.get(part, part) for part in parts)]) + "$"
