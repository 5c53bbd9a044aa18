"""Quotes to pick from in inline mode, each ready to be posted with its source."""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    User,
)

from bot.i18n import Texts
from bot.links import to_sentence
from bot.views.quotes import ShownQuote, marked_sentence, quote_reply
from bot.views.writing import brief
from retrieval.answer import Answer


def quote_results(answer: Answer, texts: Texts, me: User) -> list[InlineQueryResultArticle]:
    """None where the articles don't answer."""
    if answer.verdict == "nothing":
        return []
    return [as_result(answer, number, texts, me) for number in range(1, len(answer.quotes) + 1)]


def as_result(answer: Answer, number: int, texts: Texts, me: User) -> InlineQueryResultArticle:
    """The `number`-th quote, counted from one."""
    quote = answer.quotes[number - 1]
    shown = ShownQuote(quote=quote, verdict=answer.verdict, turn=0, number=number, count=len(answer.quotes))
    reply = quote_reply(shown, texts, me, buttons=False)
    url = quote.article.url
    return InlineQueryResultArticle(
        id=str(number),
        title=brief(quote.article.title, 100),
        description=brief(" ".join(marked_sentence(quote).split()), 200),
        input_message_content=InputTextMessageContent(
            reply.text, entities=reply.entities, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=InlineKeyboardMarkup(
            [[InlineKeyboardButton(texts("open-article"), url=to_sentence(url, marked_sentence(quote)))]]
        )
        if url
        else None,
    )


def nothing_result(text: str) -> InlineQueryResultArticle:
    """A plain word instead of a quote."""
    return InlineQueryResultArticle(id="0", title=brief(text, 100), input_message_content=InputTextMessageContent(text))
