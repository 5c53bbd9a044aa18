"""What can be chosen: the bot's language, and what a group's admins settle."""

from telegram import MessageEntity

from bot.i18n import Texts, languages, texts_for
from bot.state.people import GroupSettings
from bot.views.buttons import button
from bot.views.writing import Reply, Row, Writer, brief, keyboard_of
from retrieval.answerer import QUOTES

AS_TELEGRAM = "xx"


def languages_reply(kind: str, texts: Texts) -> Reply:
    """Each language in its own words, and a way back to Telegram's."""
    buttons = [button(texts_for(code)("language-name"), kind, code) for code in languages()]
    rows: list[Row] = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    rows.append([button(texts("language-of-telegram"), kind, AS_TELEGRAM)])
    return Reply(text=texts("which-language"), keyboard=keyboard_of(rows))


def group_reply(settings: GroupSettings, articles: int, texts: Texts) -> Reply:
    """How the bot answers in a group."""
    writer = Writer()
    writer.add(texts("group-heading"), MessageEntity.BOLD)
    language = texts_for(settings.language)("language-name") if settings.language else texts("language-of-telegram")
    chosen = brief(settings.articles, 100) if settings.articles else texts("all-articles")
    writer.add("\n" + texts("group-language", language=language))
    writer.add("\n" + texts("group-quotes", quotes=settings.quotes or QUOTES))
    writer.add("\n" + texts("group-articles", articles=chosen, count=articles))
    numbers = [button(str(number), "h", "quotes", number) for number in range(1, QUOTES + 1)]
    return writer.reply(
        [
            [button(texts("change-language"), "h", "languages")],
            numbers,
            [button(texts("choose-articles"), "h", "articles"), button(texts("all-articles"), "h", "all")],
        ]
    )
