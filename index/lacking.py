"""The vectors that new entries lack: made a few articles at a time, and kept at once."""

from collections.abc import Iterable, Iterator, Sequence

from index.embedding import Embedder
from index.library_writer import Entry, LibraryWriter
from index.preparing import count_texts, texts_of
from index.progress import Progress, Report

_EMBEDDED_AT_ONCE = 2048
"""Texts; their vectors are kept as soon as they are made, so a crash costs this much work at most."""
_AT_HAND = 2 * _EMBEDDED_AT_ONCE
"""Texts whose articles are in memory together, unless one article alone has more."""


def embed_lacking(
    entries: Iterable[Entry], *, total: int, writer: LibraryWriter, embedder: Embedder, report: Report
) -> None:
    """Afterwards the writer has vectors for all `total` texts of `entries`, and the tokens of their passages."""
    done = 0
    for some in _at_hand(entries):
        _embed(some, done, total, writer, embedder, report)
        done += sum(map(count_texts, some))


def _embed(
    entries: Sequence[Entry], done: int, total: int, writer: LibraryWriter, embedder: Embedder, report: Report
) -> None:
    passages = {keys[0]: text for entry in entries for keys, (text, *_) in texts_of(entry)}
    sentences = {
        key: text
        for entry in entries
        for keys, (_, *texts) in texts_of(entry)
        for key, text in zip(keys[1:], texts, strict=True)
    }
    unread = writer.missing(list(passages), embedder.fingerprint, tokens=True)
    unknown = [key for key in writer.missing(list(sentences), embedder.fingerprint) if key not in passages]
    done += sum(map(count_texts, entries)) - len(unread) - len(unknown)

    def here(progress: Progress) -> None:
        report(Progress(step="embedding", done=done + progress.done, total=total))

    here(Progress(step="embedding", done=0, total=total))
    for keys in _slices(unread):
        vectors, tokens = embedder.read_passages([passages[key] for key in keys], here)
        writer.keep(keys, vectors, embedder.fingerprint, tokens)
        done += len(keys)
    for keys in _slices(unknown):
        writer.keep(keys, embedder.embed_sentences([sentences[key] for key in keys], here), embedder.fingerprint)
        done += len(keys)


def _at_hand(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    some: list[Entry] = []
    texts = 0
    for entry in entries:
        some.append(entry)
        texts += count_texts(entry)
        if texts >= _AT_HAND:
            yield some
            some, texts = [], 0
    if some:
        yield some


def _slices(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (keys[at : at + _EMBEDDED_AT_ONCE] for at in range(0, len(keys), _EMBEDDED_AT_ONCE))
