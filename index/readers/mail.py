"""Mails: what their writer wrote, without earlier mails and signatures, and what is attached."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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

_FOOTER = re.compile(r"_{5,}|-{5,}|-- \n")
"""How lists begin what they add to every mail."""
_HEADERS = ("from", "subject", "date", "received")
_NOT_OWN = (
    "//blockquote[@type='cite']|//*[contains(@class, 'gmail_quote') or contains(@class, 'gmail_attr')"
    " or contains(@class, 'gmail_signature')]|//*[contains(@class, 'moz-signature') or contains(@class, 'moz-cite')]"
    "|//*[@id='divRplyFwdMsg' or @id='appendonsend']|//*[@id='divRplyFwdMsg']/following-sibling::*"
)
"""How programs mark earlier mails and signatures in HTML."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Written:
    """A part that somebody wrote."""

    own: str
    """Without earlier mails and signatures."""
    everything: str


@dataclass(kw_only=True, slots=True)
class _Parts:
    """What a mail consists of, as far as it was gone through."""

    written: list[_Written] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)
    """Attachments, signatures, pictures."""


def read_mail(file: SourceFile, read: Read, is_readable: Callable[[str], bool]) -> Iterator[Article | Skipped]:
    """The mail, where it says anything; then what `read` finds in those of its attachments that are readable."""
    mail = message_of(file.path)
    try:
        if not any(mail[name] for name in _HEADERS):
            raise Unreadable("is no mail")
        parts = _Parts()
        _sort(mail, parts)
        article = _article(mail, parts.written, file) if parts.written else None
        attached = list(_attached(parts.others, is_readable))
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


def _article(mail: EmailMessage, written: Sequence[_Written], file: SourceFile) -> Article:
    name, address = parseaddr(str(mail["from"] or ""))
    return make_article(
        _text(written),
        source=file.name,
        title=str(mail["subject"] or "").strip() or file.called,
        author=name or address,
        published=day(getattr(mail["date"], "datetime", None)),
    )


def _text(written: Sequence[_Written]) -> str:
    """Own words; all of the first part where it has none, as in a mail that is handed on; no list's footer."""
    first, *later = written
    own = [first.own or first.everything, *(part.own for part in later if not _FOOTER.match(part.own))]
    return "\n\n".join(filter(None, own))


def _sort(part: Any, into: _Parts, *, version: bool = False) -> None:
    """A part and those in it, of alternatives only the first that says anything; a `version` is one of these."""
    kind = part.get_content_type()
    if kind == "multipart/alternative":
        versions = []
        for inner in sorted(part.iter_parts(), key=lambda each: str(each.get_content_type()) != "text/plain"):
            versions.append(_Parts(others=into.others))
            _sort(inner, versions[-1], version=True)
        into.written.extend(next((each.written for each in versions if each.written), ()))
    elif part.get_content_maintype() == "multipart":
        for inner in part.iter_parts():
            _sort(inner, into)
    elif (
        kind in ("text/plain", "text/html")
        and not part.is_attachment()
        and (version or not into.written or not part.get_filename())
    ):
        written = _of_markup(part) if kind == "text/html" else _of_plain(part)
        if any(map(str.isalnum, written.everything)):
            into.written.append(written)
    else:
        into.others.append(part)


def _of_markup(part: Any) -> _Written:
    tree = page_tree(page_text(part.get_payload(decode=True) or b"", charset=part.get_content_charset()))
    keep_visible(tree)
    everything = flowing(tree)
    for element in tree.xpath(_NOT_OWN):
        if element.getparent() is not None:
            element.drop_tree()
    return _Written(own=own_words(flowing(tree)), everything=everything)


def _of_plain(part: Any) -> _Written:
    text = text_in(part.get_payload(decode=True) or b"", charset=part.get_content_charset())
    text = plain_letters(text).replace("\r\n", "\n")
    if part.get_param("format") == "flowed":
        text = unflowed(text, parted=part.get_param("delsp") == "yes")
    return _Written(own=own_words(text), everything=text.strip())


def _attached(others: Iterable[Any], is_readable: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """Names and contents; signatures, pictures and the like are passed over."""
    for part in others:
        inner = part.get_content_type() == "message/rfc822"
        shown = shown_name(part.get_filename() or ("mail.eml" if inner else "")).replace("/", "_")
        if inner and not shown.lower().endswith(".eml"):
            shown += ".eml"
        if shown and not is_passed_over(shown) and is_readable(shown):
            content = part.get_content().as_bytes() if inner else part.get_payload(decode=True)
            yield shown, content if isinstance(content, bytes) else b""
