"""What is sent: answers and lists as text, entities and buttons, within Telegram's limits. Nothing here sends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.i18n import Texts
from index.article import Article, ArticleSummary, Span
from retrieval.answer import Answer, Quote

LONGEST = 4096
"""UTF-16 units of a message; see https://core.telegram.org/bots/api#sendmessage."""
_LONGEST_QUOTE = 3000
_COLLAPSED_FROM = 700
"""Characters from which on a quote is shown folded."""
_LONGEST_TITLE, _LONGEST_AUTHOR = 220, 120
"""UTF-16 units; a page of sources holds ten of each."""
_ON_A_PAGE = 10
_ELLIPSIS = "…"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One message; entities count UTF-16 units."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None


class _Writer:
    """Joins pieces of text and notes what is to be marked, in characters."""

    def __init__(self) -> None:
        self.text = ""
        self._marks: list[MessageEntity] = []

    def add(self, text: str, kind: str | None = None, url: str | None = None) -> None:
        if kind and text:
            self.mark(kind, len(self.text), len(text), url)
        self.text += text

    def mark(self, kind: str, offset: int, length: int, url: str | None = None) -> None:
        self._marks.append(MessageEntity(kind, offset, length, url=url))

    def reply(self, keyboard: InlineKeyboardMarkup | None = None) -> Reply:
        entities = MessageEntity.adjust_message_entities_to_utf_16(self.text, self._marks)
        return Reply(text=self.text, entities=tuple(entities), keyboard=keyboard)


def quote_reply(answer: Answer, number: int, texts: Texts) -> Reply:
    """The `number`-th quote, counted from one, with a button for the one after it."""
    quote = answer.quotes[number - 1]
    writer = _Writer()
    if answer.verdict != "answered":
        heading = "unsure" if answer.verdict == "unsure" else "nearest-heading"
        writer.add(texts(heading), MessageEntity.ITALIC)
        writer.add("\n")
    _add_quote(writer, quote)
    writer.add("\n")
    _add_source(writer, quote, texts)
    return writer.reply(_next_button(number, len(answer.quotes), texts))


def answer_reply(answer: Answer, texts: Texts) -> Reply:
    """The first quote; for verdict `nothing` an honest sentence, and the nearest passage a tap away."""
    if answer.verdict != "nothing":
        return quote_reply(answer, 1, texts)
    button = InlineKeyboardButton(texts("show-nearest"), callback_data="quote:1")
    return Reply(text=texts("nothing"), keyboard=InlineKeyboardMarkup([[button]]) if answer.quotes else None)


def sources_reply(articles: Sequence[ArticleSummary], page: int, texts: Texts) -> Reply:
    """The `page`-th page of the list of articles, counted from one; the last one where there are fewer."""
    if not articles:
        return Reply(text=texts("sources-empty"))
    pages = -(-len(articles) // _ON_A_PAGE)
    page = min(max(page, 1), pages)
    writer = _Writer()
    writer.add(texts("sources-heading", articles=len(articles)), MessageEntity.BOLD)
    for summary in articles[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]:
        writer.add("\n• ")
        _add_title(writer, summary.title, summary.url)
        writer.add("".join(f" · {part}" for part in _byline(summary)))
    return writer.reply(_page_buttons(page, pages, texts))


def shortened(quote: Quote, longest: int = _LONGEST_QUOTE) -> Quote:
    """A quote of at most `longest` characters around its first highlight; the same one where it fits."""
    if len(quote.span) <= longest:
        return quote
    mark = quote.highlights[0] if quote.highlights else Span(quote.span.start, quote.span.start)
    middle = (mark.start + mark.end) // 2
    start = min(max(quote.span.start, middle - longest // 2), quote.span.end - longest)
    span = Span(start, start + longest).trimmed(quote.article.text)
    marks = (Span(max(m.start, span.start), min(m.end, span.end)) for m in quote.highlights if m.start < span.end)
    return replace(quote, span=span, highlights=tuple(marks))


def _add_quote(writer: _Writer, whole: Quote) -> None:
    quote = _fitting(whole)
    begin = len(writer.text)
    if quote.span.start > whole.span.start:
        writer.add(_ELLIPSIS)
    for mark in quote.highlights:
        writer.mark(MessageEntity.BOLD, len(writer.text) + mark.start - quote.span.start, len(mark))
    writer.add(quote.text)
    if quote.span.end < whole.span.end:
        writer.add(_ELLIPSIS)
    length = len(writer.text) - begin
    kind = MessageEntity.EXPANDABLE_BLOCKQUOTE if length > _COLLAPSED_FROM else MessageEntity.BLOCKQUOTE
    writer.mark(kind, begin, length)


def _fitting(quote: Quote) -> Quote:
    """Shortened until it takes no more than its share of a message in UTF-16."""
    longest = _LONGEST_QUOTE
    fitting = shortened(quote, longest)
    while utf16_length(fitting.text) > _LONGEST_QUOTE:
        longest -= 250
        fitting = shortened(quote, longest)
    return fitting


def utf16_length(text: str) -> int:
    """Units that Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def _brief(text: str, longest: int) -> str:
    if utf16_length(text) <= longest:
        return text
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore") + _ELLIPSIS


def _add_source(writer: _Writer, quote: Quote, texts: Texts) -> None:
    _add_title(writer, quote.article.title, quote.article.url)
    place = texts("passage-place", place=quote.place, places=quote.places)
    writer.add("".join(f" · {part}" for part in (*_byline(quote.article), place)))


def _add_title(writer: _Writer, whole: str, url: str | None) -> None:
    title = _brief(whole, _LONGEST_TITLE)
    if url:
        writer.add(title, MessageEntity.TEXT_LINK, url)
    else:
        writer.add(title)


def _byline(article: Article | ArticleSummary) -> list[str]:
    published = article.published.isoformat() if article.published else None
    return [part for part in (_brief(article.author or "", _LONGEST_AUTHOR), published) if part]


def _next_button(number: int, count: int, texts: Texts) -> InlineKeyboardMarkup | None:
    if count < 2:
        return None
    after = number % count + 1
    label = texts("next-quote", number=after, count=count)
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"quote:{after}")]])


def _page_buttons(page: int, pages: int, texts: Texts) -> InlineKeyboardMarkup | None:
    if pages < 2:
        return None
    places = [("‹", page - 1), (texts("page", page=page, pages=pages), page), ("›", page + 1)]
    shown = [(label, target) for label, target in places if 1 <= target <= pages]
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"sources:{to}") for label, to in shown]])
