"""Addresses: of a sentence on an article's page, of the bot with an article or a question, of Telegram's sharing."""

import base64
import binascii
import hashlib
from urllib.parse import quote, urldefrag, urlsplit

_LONGEST_START = 64
"""Characters of a deep link's parameter."""
_FRAGMENT_WORDS = 6
_LONGEST_LINK = 2000
"""Characters of an address; Telegram takes none that is much longer."""
_ARTICLE, _QUESTION = "a", "q"


def linkable(url: str | None) -> str | None:
    """The address, where Telegram takes it for a link or a button; None where it would refuse the whole message.

    Its host needs a dot, or has to be an address of IPv6: that of a wiki at home, such as `http://wiki/`, has neither.
    """
    try:
        parts = urlsplit(url or "")
        host = parts.hostname or ""
    except ValueError:
        return None
    known = parts.scheme in ("http", "https") and ("." in host.strip(".") or ":" in host)
    return url if url and known and len(url) <= _LONGEST_LINK else None


def to_sentence(address: str | None, sentence: str) -> str | None:
    """The page's address with a text fragment, which browsers scroll to (WICG's scroll-to-text-fragment).

    None where Telegram takes no link to the page.
    """
    words, url = sentence.split(), linkable(address)
    if url is None:
        return None
    if not words or urldefrag(url).fragment:
        return url
    if len(words) <= 2 * _FRAGMENT_WORDS:
        whole = f"{url}#:~:text={_escaped(' '.join(words))}"
    else:
        first, last = " ".join(words[:_FRAGMENT_WORDS]), " ".join(words[-_FRAGMENT_WORDS:])
        whole = f"{url}#:~:text={_escaped(first)},{_escaped(last)}"
    return whole if len(whole) <= _LONGEST_LINK else url


def to_page(address: str | None, page: int) -> str | None:
    """The PDF's address with the number of a page, which browsers open it at (RFC 8118); None as above."""
    url = linkable(address)
    return linkable(f"{url}#page={page}") or url if url and not urldefrag(url).fragment else url


def _escaped(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")


def key_of(article: str) -> str:
    """Eleven characters that stand for an article's id where there is little room."""
    digest = hashlib.blake2b(article.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def to_article(bot: str, article: str) -> str:
    """Opens the bot with an article."""
    return f"https://t.me/{bot}?start={_ARTICLE}{key_of(article)}"


def to_question(bot: str, text: str) -> str | None:
    """Opens the bot with a question; None where it is too long for a link."""
    encoded = _QUESTION + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"https://t.me/{bot}?start={encoded}" if len(encoded) <= _LONGEST_START else None


def article_in(parameter: str) -> str | None:
    """The key of the article that a deep link names."""
    return parameter[1:] if parameter.startswith(_ARTICLE) and len(parameter) == 12 else None


def question_in(parameter: str) -> str | None:
    """The question that a deep link asks."""
    if not parameter.startswith(_QUESTION):
        return None
    encoded = parameter[1:]
    try:
        return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except (binascii.Error, ValueError):
        return None


def to_share(link: str, text: str) -> str | None:
    """Telegram's own window for sending `link` and what fits of `text` to somebody; None where not even `link` fits."""
    start = f"https://t.me/share/url?url={quote(link, safe='')}&text="
    room = _LONGEST_LINK - len(start)
    while len(escaped := quote(text, safe="")) > room and text:
        text = text[: len(text) * 9 // 10]
    return start + escaped if room >= 0 else None
