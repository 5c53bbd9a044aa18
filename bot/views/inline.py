"""Quotes to choose from in inline mode, each ready to be posted with its source."""

from telegram import (
    InlineKeyboardButton,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    User,
)

from bot.i18n import Texts
from bot.views.quotes import ShownQuote, link_to, marked_sentence, quote_reply
from bot.views.writing import brief, keyboard_of
from retrieval.answer import Answer


def quote_choices(answer: Answer, texts: Texts, me: User) -> list[InlineQueryResultArticle]:
    """A choice for each quote; none where the articles don't answer."""
    if answer.verdict == "nothing":
        return []
    return [quote_choice(answer, number, texts, me) for number in range(1, len(answer.quotes) + 1)]


def quote_choice(answer: Answer, number: int, texts: Texts, me: User) -> InlineQueryResultArticle:
    """The `number`-th quote, counted from one."""
    quote = answer.quotes[number - 1]
    shown = ShownQuote(quote=quote, verdict=answer.verdict, turn=0, number=number, count=len(answer.quotes))
    reply = quote_reply(shown, texts, me, buttons=False)
    url = link_to(quote)
    rows = [[InlineKeyboardButton(texts("open-article"), url=url)]] if url else []
    return InlineQueryResultArticle(
        id=str(number),
        title=brief(quote.article.title, 100),
        description=brief(" ".join(marked_sentence(quote).split()), 200),
        input_message_content=InputTextMessageContent(
            reply.text, entities=reply.entities, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=keyboard_of(rows),
    )


def plain_choice(text: str) -> InlineQueryResultArticle:
    """A plain word instead of a quote."""
    return InlineQueryResultArticle(id="0", title=brief(text, 100), input_message_content=InputTextMessageContent(text))
