"""What admins see of single articles: a file that arrived, articles that were found, those that were taken out."""

from collections.abc import Sequence

from telegram import MessageEntity

from bot.arriving import Arrival
from bot.i18n import Texts
from bot.links import key_of
from bot.views.buttons import button
from bot.views.writing import Reply, Writer, brief, byline
from index.article import ArticleSummary
from index.library_writer import Withheld

TAKE, REPLACE = "y", "yr"
"""Buttons beneath what arrived: it becomes an article; it takes the place of the file of its name."""
_FOUND = 10
_LONGEST_TITLE, _LONGEST_START = 100, 300


def arrival_reply(arrival: Arrival, texts: Texts) -> Reply:
    """What a file holds, and the question whether to take it."""
    writer = Writer()
    heading = "file-heading-more" if arrival.more else "file-heading"
    writer.add(texts(heading, name=arrival.name, articles=arrival.count), MessageEntity.BOLD)
    for article in arrival.articles:
        writer.add(f"\n• {brief(article.title, _LONGEST_TITLE)}")
        writer.add("".join(f" · {part}" for part in (*byline(article), article.language)))
        writer.add(" · " + texts("characters", characters=len(article.text)))
    if arrival.count > len(arrival.articles) and not arrival.more:
        writer.add("\n" + texts("reindex-more", more=arrival.count - len(arrival.articles)))
    writer.add("\n")
    begin = len(writer.text)
    writer.add(brief(arrival.articles[0].text.strip(), _LONGEST_START))
    writer.mark(MessageEntity.BLOCKQUOTE, begin, len(writer.text) - begin)
    if arrival.skipped:
        writer.add("\n" + texts("reindex-skipped", skipped=arrival.unread))
        writer.add("".join(f"\n• {each.source[:100]}: {each.reason[:100]}" for each in arrival.skipped))
    if arrival.replaces:
        writer.add("\n" + texts("file-replaces"))
    take = button(texts("take-file"), REPLACE if arrival.replaces else TAKE, arrival.token)
    return writer.reply([[take, button(texts("discard"), "d", arrival.token)]])


def found_reply(found: Sequence[ArticleSummary], words: str, texts: Texts) -> Reply:
    """Articles with these `words` by title, each a button to its card."""
    if not found:
        return Reply(text=texts("no-such-articles", words=brief(words, 200)) if words else texts("sources-empty"))
    writer = Writer()
    writer.add(texts("sources-heading", articles=len(found)), MessageEntity.BOLD)
    rows = []
    for number, summary in enumerate(found[:_FOUND], start=1):
        writer.add(f"\n{number}. {brief(summary.title, _LONGEST_TITLE)}")
        writer.add("".join(f" · {part}" for part in (*byline(summary), brief(summary.source, _LONGEST_TITLE))))
        rows.append(button(str(number), "b", key_of(summary.id)))
    if len(found) > _FOUND:
        writer.add("\n" + texts("reindex-more", more=len(found) - _FOUND))
        writer.add("\n" + texts("articles-search"))
    return writer.reply([rows[:5], rows[5:]])


def withheld_reply(withheld: Sequence[Withheld], texts: Texts) -> Reply:
    """Those that were taken out last, each with a button that puts it back."""
    if not withheld:
        return Reply(text=texts("removed-none"))
    writer = Writer()
    writer.add(texts("removed-heading"), MessageEntity.BOLD)
    rows = []
    for each in list(reversed(withheld))[:_FOUND]:
        title = brief(each.title, _LONGEST_TITLE)
        writer.add(f"\n• {title} · {each.since.date().isoformat()}")
        rows.append([button(texts("restore-article", title=brief(title, 40)), "u", key_of(each.article))])
    if len(withheld) > _FOUND:
        writer.add("\n" + texts("reindex-more", more=len(withheld) - _FOUND))
    return writer.reply(rows)
