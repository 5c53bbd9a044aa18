"""An answer as a message: the quote with its marks, its source, and the buttons to read on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, MessageEntity, SwitchInlineQueryChosenChat, User

from bot.elsewhere import NOWHERE, Elsewhere, words_of
from bot.filing import hashed, told
from bot.i18n import Texts
from bot.links import linkable, to_page, to_question, to_sentence, to_share
from bot.state.turns import StoredTurn
from bot.views.buttons import button
from bot.views.writing import ELLIPSIS, Reply, Row, Writer, add_title, brief, byline, keyboard_of, utf16_length
from index.article import Span
from index.filter import Filter
from retrieval.answer import Quote, Scope, Verdict

_LONGEST_QUOTE, _LONGEST_WITH_OTHERS = 3000, 2500
"""UTF-16 units, which leave room for what stands around it, and for what other articles say."""
_COLLAPSED_FROM = 700
"""Characters from which on a quote is shown folded."""
_LONGEST_INLINE = 256
_SCOPES = {"passage": "from-here", "neighbours": "from-beside", "article": "from-article"}
_LONGEST_SUGGESTION = 60
_LONGEST_OTHER_TITLE = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownQuote:
    """One quote of an answer, as it is to be shown."""

    quote: Quote
    verdict: Verdict
    scope: Scope = "everything"
    narrowed: Filter | None = None
    unfiled: tuple[str, ...] = ()
    """Tags that were asked for, and no article has."""
    turn: int
    number: int
    """Counted from one."""
    count: int
    grown: int = 0
    """How often the reader asked for more around it."""
    whole: bool = False
    """Whether there is nothing more around it."""
    searched: str = ""
    elsewhere: Elsewhere = NOWHERE


def quote_reply(shown: ShownQuote, texts: Texts, me: User, *, buttons: bool = True) -> Reply:
    """The quote, its source, what other articles say, and what can be done with it; `me` is the bot."""
    writer = Writer()
    for heading in _headings(shown, texts):
        writer.add(heading, MessageEntity.ITALIC)
        writer.add("\n")
    _add_quote(writer, shown.quote, _LONGEST_QUOTE if shown.elsewhere == NOWHERE else _LONGEST_WITH_OTHERS)
    writer.add("\n")
    _add_source(writer, shown.quote, texts)
    _add_elsewhere(writer, shown.elsewhere, texts)
    return writer.reply(_rows(shown, texts, me) if buttons else None)


def nothing_reply(turn: StoredTurn, texts: Texts, *, can_wait: bool, unfiled: Sequence[str] = ()) -> Reply:
    """An honest sentence; a better spelling, the nearest passage and a word later on are one tap away."""
    rows: list[Row] = []
    if turn.suggested:
        rows.append([button(texts("did-you-mean", question=brief(turn.suggested, _LONGEST_SUGGESTION)), "s", turn.id)])
    if turn.quotes:
        rows.append([button(texts("show-nearest"), "q", turn.id, 1, 0)])
    if can_wait:
        rows.append([button(texts("tell-me-when"), "w", turn.id)])
    lines = [texts("no-such-tag", tags=hashed(unfiled))] if unfiled else []
    return Reply(text="\n".join([*lines, texts("nothing")]), keyboard=keyboard_of(rows))


def shortened(quote: Quote, longest: int = _LONGEST_QUOTE) -> Quote:
    """A quote of at most `longest` characters around its first words, else its first highlight.

    Highlights are cut where it ends, words that don't fit are left out; the same one where it fits.
    """
    if len(quote.span) <= longest:
        return quote
    first, *_ = *quote.words, *quote.highlights, Span(quote.span.start, quote.span.start)
    middle = (first.start + first.end) // 2
    start = min(max(quote.span.start, middle - longest // 2), quote.span.end - longest)
    span = Span(start, start + longest).trimmed(quote.article.text)
    seen = (mark for mark in quote.highlights if mark.start < span.end and span.start < mark.end)
    marks = tuple(Span(max(mark.start, span.start), min(mark.end, span.end)) for mark in seen)
    return replace(quote, span=span, highlights=marks, words=tuple(word for word in quote.words if word in span))


def marked_sentence(quote: Quote) -> str:
    """What is marked first, else the whole."""
    return quote.highlights[0].of(quote.article.text) if quote.highlights else quote.text


def link_to(quote: Quote) -> str | None:
    """To the place on the article's page, or to the page of a PDF; None where Telegram takes no link there."""
    page, url = page_of(quote), quote.article.url
    return to_page(url, page[0]) if page else to_sentence(url, marked_sentence(quote))


def page_of(quote: Quote) -> tuple[int, int] | None:
    """The number of the page that what is marked stands on, and how many there are, if there are any."""
    return quote.article.page_at((*quote.highlights, quote.span)[0].start)


def _headings(shown: ShownQuote, texts: Texts) -> Iterator[str]:
    if shown.verdict != "answered":
        yield texts("unsure" if shown.verdict == "unsure" else "nearest-heading")
    elif shown.scope in _SCOPES:
        yield texts(_SCOPES[shown.scope])
    if shown.unfiled:
        yield texts("no-such-tag", tags=hashed(shown.unfiled))
    if shown.narrowed:
        yield texts("among", filter=told(shown.narrowed))


def _add_quote(writer: Writer, whole: Quote, most: int) -> None:
    quote = _fitting(whole, most)
    begin = len(writer.text)
    if quote.span.start > whole.span.start:
        writer.add(ELLIPSIS)
    for kind, marks in ((MessageEntity.BOLD, quote.highlights), (MessageEntity.UNDERLINE, quote.words)):
        for mark in marks:
            writer.mark(kind, len(writer.text) + mark.start - quote.span.start, len(mark))
    writer.add(quote.text)
    if quote.span.end < whole.span.end:
        writer.add(ELLIPSIS)
    length = len(writer.text) - begin
    kind = MessageEntity.EXPANDABLE_BLOCKQUOTE if length > _COLLAPSED_FROM else MessageEntity.BLOCKQUOTE
    writer.mark(kind, begin, length)


def _fitting(quote: Quote, most: int) -> Quote:
    """Shortened until it takes no more than `most` UTF-16 units."""
    longest = most
    fitting = shortened(quote, longest)
    while utf16_length(fitting.text) > most:
        longest -= 250
        fitting = shortened(quote, longest)
    return fitting


def _add_source(writer: Writer, quote: Quote, texts: Texts) -> None:
    add_title(writer, quote.article.title, link_to(quote))
    paged = page_of(quote)
    place, places = paged or quote.paragraph
    where = texts("page-place" if paged else "paragraph-place", place=place, places=places)
    writer.add("".join(f" · {part}" for part in (*byline(quote.article), where)))


def _add_elsewhere(writer: Writer, elsewhere: Elsewhere, texts: Texts) -> None:
    """Nothing where no other article answers; a single one that says the same is named."""
    if len(elsewhere.same) == 1:
        writer.add(f"\n{texts('same-in')} ")
        _add_other_title(writer, elsewhere.same[0])
    elif elsewhere.same:
        writer.add("\n" + texts("same-in-others", articles=len(elsewhere.same)))
    if elsewhere.different:
        writer.add("\n" + texts("others-say"))
    for quote in elsewhere.different:
        writer.add(f"\n• {words_of(quote)} — ")
        _add_other_title(writer, quote)
        dated = byline(quote.article)[-1:] if quote.article.published else []
        writer.add("".join(f" · {part}" for part in dated))


def _add_other_title(writer: Writer, quote: Quote) -> None:
    title = brief(quote.article.title, _LONGEST_OTHER_TITLE)
    add_title(writer, title, link_to(quote))


def _rows(shown: ShownQuote, texts: Texts, me: User) -> list[Row]:
    turn, number = shown.turn, shown.number
    after = number % shown.count + 1
    label = texts("next-quote", number=after, count=shown.count)
    following = [button(label, "q", turn, after, 0)] if shown.count > 1 else []
    more = [] if shown.whole else [button(texts("more-context"), "q", turn, number, shown.grown + 1)]
    return [
        [*following, *more],
        [_open(shown, texts), *_share(shown, texts, me)],
        [button("👍", "o", turn, number, "good"), button("👎", "o", turn, number, "bad")],
    ]


def _open(shown: ShownQuote, texts: Texts) -> InlineKeyboardButton:
    url = link_to(shown.quote)
    if url:
        return InlineKeyboardButton(texts("open-article"), url=url)
    return button(texts("read-article"), "r", shown.turn, shown.number)


def _share(shown: ShownQuote, texts: Texts, me: User) -> Row:
    """Into another chat as a quote of its own, where inline mode is on; else as a link."""
    if me.supports_inline_queries and shown.searched:
        chats = SwitchInlineQueryChosenChat(
            shown.searched[:_LONGEST_INLINE], allow_user_chats=True, allow_group_chats=True, allow_channel_chats=True
        )
        return [InlineKeyboardButton(texts("share"), switch_inline_query_chosen_chat=chats)]
    asked = to_question(me.username or "", shown.searched) if shown.searched else None
    link = linkable(shown.quote.article.url) or asked
    shared = to_share(link, brief(marked_sentence(shown.quote), 300)) if link else None
    return [InlineKeyboardButton(texts("share"), url=shared)] if shared else []
