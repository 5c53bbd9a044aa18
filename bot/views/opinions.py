"""The buttons for somebody who didn't like an answer."""

from telegram import InlineKeyboardMarkup

from bot.i18n import Texts
from bot.views.buttons import button, pressed


def opinion_keyboard(shown: InlineKeyboardMarkup, turn: int, number: int, texts: Texts) -> InlineKeyboardMarkup:
    """The same buttons, the thumbs replaced by what may have been wrong."""
    kept = [
        row
        for row in shown.inline_keyboard
        if not any(isinstance(each.callback_data, str) and pressed(each.callback_data).kind in "oc" for each in row)
    ]
    wrong = [button(texts("wrong-quote"), "o", turn, number, "wrong"), button(texts("comment"), "c", turn)]
    return InlineKeyboardMarkup([*kept, wrong])
