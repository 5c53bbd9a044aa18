"""Mails: what their writer wrote, without earlier mails and signatures, and what is attached."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from index.article import Article
from index.readers.charsets import page_text, text_in
from index.readers.files import Skipped, SourceFile
from index.readers.flow import flowing
from index.readers.inside import DEEPEST, Read, inner_file, is_passed_over, place_for, shown_name
from index.readers.letters import plain_letters
from index.readers.making import Unreadable, day, make_article
from index.readers.markup import keep_visible, page_tree
from index.readers.mime import NO_FORM, message_of
from index.readers.replies import own_words, unflowed

_HEADERS = ("from", "subject", "date", "received")
_NOT_OWN = (
    "//blockquote[@type='cite']|//*[contains(@class, 'gmail_quote') or contains(@class, 'gmail_attr')"
    " or contains(@class, 'gmail_signature')]|//*[contains(@class, 'moz-signature') or contains(@class, 'moz-cite')]"
    "|//*[@id='divRplyFwdMsg' or @id='appendonsend']|//*[@id='divRplyFwdMsg']/following-sibling::*"
)
"""How programs mark earlier mails and signatures in HTML."""


def read_mail(file: SourceFile, read: Read, is_readable: Callable[[str], bool]) -> Iterator[Article | Skipped]:
    """The mail, where it says anything; then what `read` finds in those of its attachments that are readable."""
    mail = message_of(file.path)
    try:
        if not any(mail[name] for name in _HEADERS):
            raise Unreadable("is no mail")
        article, attached = _article(mail, file), list(_attached(mail, is_readable))
    except Unreadable:
        raise
    except Exception as error:  # the standard library meets mails here that nobody foresaw
        raise Unreadable(NO_FORM) from error
    if article:
        yield article
    elif not attached:
        raise Unreadable("has no text of its own, and nothing attached that could be read")
    if file.depth < DEEPEST:
        for shown, content in attached:
            with tempfile.TemporaryDirectory(prefix="citabot-") as folder:
                path = place_for(Path(folder), shown)
                path.write_bytes(content)
                yield from read(inner_file(file, path, shown, most=file.most))


def _article(mail: EmailMessage, file: SourceFile) -> Article | None:
    text = _text(mail)
    if not any(map(str.isalnum, text)):
        return None
    name, address = parseaddr(str(mail["from"] or ""))
    return make_article(
        text,
        source=file.name,
        title=str(mail["subject"] or "").strip() or file.called,
        author=name or address,
        published=day(getattr(mail["date"], "datetime", None)),
    )


def _text(mail: EmailMessage) -> str:
    """Own words; all of it where there are none, as in a mail that is handed on."""
    parts = list(_written(mail, mail))
    return _joined(own for own, _ in parts) or _joined(everything for _, everything in parts)


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if any(map(str.isalnum, text)))


def _written(part: Any, mail: EmailMessage) -> Iterator[tuple[str, str]]:
    """Own words and everything in each of its texts; of alternatives only in the first that says anything."""
    if _is_text(part, mail):
        yield _of_markup(part) if part.get_content_type() == "text/html" else _of_plain(part)
    elif part.get_content_type() == "multipart/alternative":
        plain_first = sorted(part.iter_parts(), key=lambda each: str(each.get_content_type()) != "text/plain")
        versions = (list(_written(each, mail)) for each in plain_first)
        yield from next((texts for texts in versions if _joined(everything for _, everything in texts)), ())
    elif part.get_content_maintype() == "multipart":
        for inner in part.iter_parts():
            yield from _written(inner, mail)


def _is_text(part: Any, mail: EmailMessage) -> bool:
    """What has a name is attached, unless it is all of the mail."""
    named = part is not mail and part.get_filename()
    return part.get_content_type() in ("text/plain", "text/html") and not named and not part.is_attachment()


def _of_markup(part: Any) -> tuple[str, str]:
    tree = page_tree(page_text(part.get_payload(decode=True) or b"", charset=part.get_content_charset()))
    keep_visible(tree)
    everything = flowing(tree)
    for element in tree.xpath(_NOT_OWN):
        if element.getparent() is not None:
            element.drop_tree()
    return own_words(flowing(tree)), everything


def _of_plain(part: Any) -> tuple[str, str]:
    text = text_in(part.get_payload(decode=True) or b"", charset=part.get_content_charset())
    text = plain_letters(text).replace("\r\n", "\n")
    if part.get_param("format") == "flowed":
        text = unflowed(text, parted=part.get_param("delsp") == "yes")
    return own_words(text), text.strip()


def _attached(mail: EmailMessage, is_readable: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """Names and contents; signatures, pictures and the like are passed over."""
    for part in _leaves(mail):
        inner = part.get_content_type() == "message/rfc822"
        shown = shown_name(part.get_filename() or ("mail.eml" if inner else "")).replace("/", "_")
        if inner and not shown.lower().endswith(".eml"):
            shown += ".eml"
        if shown and not _is_text(part, mail) and not is_passed_over(shown) and is_readable(shown):
            content = part.get_content().as_bytes() if inner else part.get_payload(decode=True)
            yield shown, content if isinstance(content, bytes) else b""


def _leaves(part: Any) -> Iterator[Any]:
    """The parts that hold no others, mails in mails among them."""
    if part.get_content_maintype() != "multipart":
        yield part
        return
    for inner in part.iter_parts():
        yield from _leaves(inner)
