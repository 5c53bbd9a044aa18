"""Articles made ready to be written: cut into passages, their terms worked out, their texts named by hash."""

import hashlib
from collections.abc import Iterator, Sequence

from index.analysis import terms
from index.article import Article
from index.library_writer import Entry
from index.passages import CountTokens, Cut, cut_passages


def entry_of(path: str, article: Article, count_tokens: CountTokens) -> Entry:
    """An article out of the file at `path`, cut by the model's tokens."""
    return entry_with(path, article, cut_passages(article.text, language=article.language, count_tokens=count_tokens))


def entry_with(path: str, article: Article, cuts: Sequence[Cut]) -> Entry:
    """The same for one that was cut before: all the rest follows from the text."""
    return Entry(
        article=article,
        file=path,
        cuts=tuple(cuts),
        keys=tuple(keys_of(article.text, cut) for cut in cuts),
        terms=tuple(" ".join(terms(cut.span.of(article.text), language=article.language)) for cut in cuts),
    )


def keys_of(text: str, cut: Cut) -> tuple[bytes, ...]:
    """Of a passage: that of its vector, then of its sentences'."""
    return tuple(_key(span.of(text).strip()) for span in (cut.span, *cut.sentences))


def texts_of(entry: Entry) -> Iterator[tuple[tuple[bytes, ...], tuple[str, ...]]]:
    """Of each passage the keys and texts: its own, then its sentences'."""
    for cut, keys in zip(entry.cuts, entry.keys, strict=True):
        yield keys, tuple(span.of(entry.article.text).strip() for span in (cut.span, *cut.sentences))


def count_texts(entry: Entry) -> int:
    """How many different texts it has a vector of."""
    return len({key for keys in entry.keys for key in keys})


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
