"""Articles as messages: the list of them, one to read page by page, and its card for an admin."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, MessageEntity, User

from bot.i18n import Texts
from bot.links import key_of, linkable, to_article
from bot.views.buttons import button
from bot.views.writing import Reply, Row, Writer, add_title, brief, byline, utf16_length
from index.article import Article, ArticleSummary, Span

_ON_A_PAGE = 10
_LONGEST_CARRIED = 48
"""Bytes of words that a button has room for."""
_LONGEST_PAGE = 3400
"""UTF-16 units, which leave room for the title."""


def sources_reply(articles: Sequence[ArticleSummary], page: int, texts: Texts, me: User, *, words: str = "") -> Reply:
    """The `page`-th page of the list of articles, counted from one; the last one where there are fewer.

    Its buttons carry the `words` by which these were chosen, or nothing after a colon where there are too many of them.
    """
    if not articles:
        return Reply(text=texts("sources-empty"))
    pages = -(-len(articles) // _ON_A_PAGE)
    page = min(max(page, 1), pages)
    writer = Writer()
    writer.add(texts("sources-heading", articles=len(articles)), MessageEntity.BOLD)
    for summary in articles[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]:
        writer.add("\n• ")
        add_title(writer, summary.title, linkable(summary.url) or to_article(me.username or "", summary.id))
        writer.add("".join(f" · {part}" for part in byline(summary)))
    carried = [words if len(words.encode()) <= _LONGEST_CARRIED else ""] if words else []
    turns = [(place, button(label, "l", place, *carried)) for label, place in _turns(page, pages, texts)]
    return writer.reply([[turn for place, turn in turns if 1 <= place <= pages]] if pages > 1 else None)


def article_reply(article: Article, page: int, texts: Texts) -> Reply:
    """The `page`-th page of an article, counted from one; the last one where there are fewer."""
    pages = article_pages(article.text)
    page = min(max(page, 1), len(pages))
    writer = Writer()
    writer.mark(MessageEntity.BOLD, 0, len(brief(article.title, 220)))
    url = linkable(article.url)
    add_title(writer, article.title, url)
    writer.add("".join(f" · {part}" for part in byline(article)))
    writer.add("\n\n")
    writer.add(pages[page - 1].of(article.text))
    key = key_of(article.id)
    turns: Row = []
    if len(pages) > 1:
        turns = [button(label, "a", key, place) for label, place in _turns(page, len(pages), texts)
                 if 1 <= place <= len(pages)]  # fmt: skip
    more = [button(texts("as-a-file"), "f", key)] if len(pages) > 1 else []
    link = [InlineKeyboardButton(texts("open-article"), url=url)] if url else []
    return writer.reply([turns, [*more, *link]])


def page_at(article: Article, position: int) -> int:
    """The page on which a character of the article stands."""
    pages = article_pages(article.text)
    return next((number for number, page in enumerate(pages, start=1) if position < page.end), len(pages))


def article_pages(text: str) -> list[Span]:
    """Spans of `text` without the white space around them, cut between paragraphs, else between words."""
    pages: list[Span] = []
    rest = Span(0, len(text)).trimmed(text)
    while len(rest):
        end = rest.start + _page_end(text[rest.start : min(rest.end, rest.start + _LONGEST_PAGE + 1)])
        pages.append(Span(rest.start, end).trimmed(text))
        rest = Span(end, rest.end).trimmed(text)
    return pages or [rest]


def _page_end(text: str) -> int:
    """How much of what is still to be shown goes onto one page; all of it where it fits."""
    fitting = text
    while (beyond := utf16_length(fitting) - _LONGEST_PAGE) > 0:
        fitting = fitting[: len(fitting) - (beyond + 1) // 2]
    if fitting == text:
        return len(text)
    cuts = (fitting.rfind(between) for between in ("\n\n", "\n", ". ", " "))
    return next((cut + 1 for cut in cuts if cut > len(fitting) // 2), len(fitting))


def card_reply(summary: ArticleSummary, texts: Texts, *, start: str) -> Reply:
    """What an admin sees of one article: how it begins, and what can be done with it."""
    writer = Writer()
    add_title(writer, summary.title, linkable(summary.url))
    writer.add("".join(f" · {part}" for part in byline(summary)))
    writer.add("\n" + texts("article-card", source=brief(summary.source, 200), passages=summary.passages))
    writer.add("\n")
    begin = len(writer.text)
    writer.add(brief(start, 300))
    writer.mark(MessageEntity.BLOCKQUOTE, begin, len(writer.text) - begin)
    key = key_of(summary.id)
    return writer.reply([[button(texts("read-article"), "a", key, 1), button(texts("remove-article"), "x", key)]])


def _turns(page: int, pages: int, texts: Texts) -> list[tuple[str, int]]:
    return [("‹", page - 1), (texts("page", page=page, pages=pages), page), ("›", page + 1)]
