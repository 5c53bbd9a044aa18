"""A message in the making: text, what is marked in it, and how much of it fits."""

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from index.article import Article, ArticleSummary

LONGEST = 4096
"""UTF-16 units of a message; see https://core.telegram.org/bots/api#sendmessage."""
ELLIPSIS = "…"
_LONGEST_TITLE, _LONGEST_AUTHOR = 220, 120
"""UTF-16 units; a page of articles holds ten of each."""

Row = list[InlineKeyboardButton]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One message; entities count UTF-16 units."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None
    asks: bool = False
    """Whether the reader's next words are meant to answer it."""


class Writer:
    """Joins pieces of text and notes what is to be marked, in characters."""

    def __init__(self) -> None:
        self.text = ""
        self._marks: list[MessageEntity] = []

    def add(self, text: str, kind: str | None = None, url: str | None = None) -> None:
        """Append `text`, marked as `kind` if there is one."""
        if kind and text:
            self.mark(kind, len(self.text), len(text), url)
        self.text += text

    def mark(self, kind: str, offset: int, length: int, url: str | None = None) -> None:
        """Mark what stands at `offset`."""
        self._marks.append(MessageEntity(kind, offset, length, url=url))

    def reply(self, rows: list[Row] | None = None) -> Reply:
        """The message, with `rows` of buttons beneath it."""
        entities = MessageEntity.adjust_message_entities_to_utf_16(self.text, self._marks)
        return Reply(text=self.text, entities=tuple(entities), keyboard=keyboard_of(rows))


def keyboard_of(rows: list[Row] | None) -> InlineKeyboardMarkup | None:
    """Buttons without empty rows; None where there is none at all."""
    filled = [row for row in rows or [] if row]
    return InlineKeyboardMarkup(filled) if filled else None


def utf16_length(text: str) -> int:
    """Units that Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def brief(text: str, longest: int) -> str:
    """At most `longest` UTF-16 units and an ellipsis."""
    if utf16_length(text) <= longest:
        return text
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore") + ELLIPSIS


def add_title(writer: Writer, whole: str, url: str | None) -> None:
    """An article's title, a link where it has an address."""
    title = brief(whole, _LONGEST_TITLE)
    if url:
        writer.add(title, MessageEntity.TEXT_LINK, url)
    else:
        writer.add(title)


def byline(article: Article | ArticleSummary) -> list[str]:
    """Author and date, as far as they are known."""
    published = article.published.isoformat() if article.published else None
    return [part for part in (brief(article.author or "", _LONGEST_AUTHOR), published) if part]
