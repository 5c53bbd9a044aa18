"""Brings a library in line with its sources: plan, embed what is new, one transaction, publish."""

import hashlib
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.analysis import terms
from index.article import Article
from index.embedding import Embedder
from index.errors import FingerprintMismatch
from index.library import Changes, Entry, KnownFile, LibraryWriter
from index.passages import cut_passages
from index.progress import Progress, Report, silent
from index.readers import Skipped, SourceFile, discover, read

_EMBEDDED_AT_ONCE = 2048
"""Texts; their vectors are kept as soon as they are made, so a crash costs this much work at most."""

_ENORMOUS = 1_000_000_000
"""Bytes; a larger file is taken for unchanged by its size and time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What an indexing run did."""

    generation: int | None
    """That was published; None where nothing had changed."""
    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    seconds: float


@dataclass(kw_only=True, slots=True)
class _Plan:
    files: dict[str, KnownFile]
    articles: list[tuple[str, Article]]
    """New or changed, each with the path of its file."""
    gone: set[str]
    skipped: list[Skipped]
    unchanged: int = 0


def index_sources(
    sources: Sequence[Path],
    *,
    writer: LibraryWriter,
    embedder: Embedder,
    report: Report = silent,
    rebuild: bool = False,
) -> Outcome:
    """Make the library hold just what `sources` hold; raises IndexingError, and then nothing has changed.

    `rebuild` reads everything anew and allows for another model than the one the library was made with.
    """
    started = time.monotonic()
    held = writer.fingerprint()
    if held is not None and held != embedder.fingerprint and not rebuild:
        raise FingerprintMismatch(held=held, wanted=embedder.fingerprint)
    known = {} if rebuild else writer.known_files()
    plan = _planned(sources, known, writer.article_ids(), report)
    generation = None
    if plan.articles or plan.gone or plan.files != known or held != embedder.fingerprint:
        entries = _entries(plan.articles, writer, embedder, report)
        report(Progress(step="publishing", done=0, total=1))
        changes = Changes(entries=entries, gone=sorted(plan.gone), files=plan.files, fingerprint=embedder.fingerprint)
        generation = writer.publish(changes)
        report(Progress(step="publishing", done=1, total=1))
    added, changed, removed = _counted(plan, known)
    return Outcome(
        generation=generation,
        added=added,
        changed=changed,
        removed=removed,
        unchanged=plan.unchanged,
        skipped=tuple(plan.skipped),
        seconds=time.monotonic() - started,
    )


def is_stale(sources: Sequence[Path], writer: LibraryWriter) -> bool:
    """Whether indexing would change anything; reads files, but neither articles nor the model."""
    known = writer.known_files()
    found = {str(file.path): file for file in _files(sources, [])}
    return found.keys() != known.keys() or any(_digest(f) != known[path].digest for path, f in found.items())


def _files(sources: Sequence[Path], skipped: list[Skipped]) -> Iterator[SourceFile]:
    seen: set[Path] = set()
    for source in sources:
        for found in discover(source):
            if isinstance(found, Skipped):
                skipped.append(found)
            elif found.path not in seen:
                seen.add(found.path)
                yield found


def _digest(file: SourceFile) -> str:
    """Of the file's bytes and name; of its size and time where it is enormous, of its name where it can't be read."""
    digest = hashlib.blake2b(file.name.encode(), digest_size=16)
    try:
        state = file.path.stat()
        if state.st_size > _ENORMOUS or not stat.S_ISREG(state.st_mode):
            digest.update(f"{state.st_size} {state.st_mtime_ns}".encode())
        else:
            with file.path.open("rb") as opened:
                while block := opened.read(1 << 20):
                    digest.update(block)
    except OSError as error:
        digest.update(str(error.errno).encode())
    return digest.hexdigest()


def _planned(sources: Sequence[Path], known: dict[str, KnownFile], published: set[str], report: Report) -> _Plan:
    plan = _Plan(files={}, articles=[], gone=set(published), skipped=[])
    owners: dict[str, str] = {}
    files = list(_files(sources, plan.skipped))
    for done, file in enumerate(files, start=1):
        path = str(file.path)
        digest = _digest(file)
        before = known.get(path)
        if before and before.digest == digest and _holds_as_before(before, owners):
            plan.files[path] = before
            plan.unchanged += len(before.articles)
            owners.update(dict.fromkeys(before.articles, file.name))
            plan.gone -= before.articles.keys()
        else:
            plan.files[path] = _take_up(file, digest, before, plan, owners)
        plan.skipped += [Skipped(source=source, reason=reason) for source, reason in plan.files[path].skipped]
        report(Progress(step="reading", done=done, total=len(files)))
    return plan


def _holds_as_before(file: KnownFile, owners: dict[str, str]) -> bool:
    """Whether the files before an unchanged one leave the same of its articles to it."""
    taken = all(id_ in owners or id_ in file.articles for id_ in file.duplicates)
    return taken and owners.keys().isdisjoint(file.articles)


def _take_up(file: SourceFile, digest: str, before: KnownFile | None, plan: _Plan, owners: dict[str, str]) -> KnownFile:
    """Reads a new or changed file into the plan."""
    held = before.articles if before else {}
    articles: dict[str, str] = {}
    skipped: list[tuple[str, str]] = []
    duplicates: list[str] = []
    for found in read(file):
        if isinstance(found, Skipped):
            skipped.append((found.source, found.reason))
        elif found.id in owners:
            duplicates.append(found.id)
            skipped.append((file.name, f"the article {found.id} is there already, from {owners[found.id]}"))
        else:
            owners[found.id] = file.name
            articles[found.id] = found.digest
            if held.get(found.id) == found.digest:
                plan.unchanged += 1
                plan.gone.discard(found.id)
            else:
                plan.articles.append((str(file.path), found))
    return KnownFile(digest=digest, articles=articles, skipped=tuple(skipped), duplicates=tuple(duplicates))


def _counted(plan: _Plan, known: dict[str, KnownFile]) -> tuple[int, int, int]:
    """Added, changed and removed; a new article in place of one that its file lost counts as changed."""
    written = {article.id for _, article in plan.articles}
    new, lost = written - plan.gone, plan.gone - written
    replaced = sum(
        min(len(file.articles.keys() & new), len(known[path].articles.keys() & lost))
        for path, file in plan.files.items()
        if path in known
    )
    return len(new) - replaced, len(written & plan.gone) + replaced, len(lost) - replaced


def _entries(
    articles: Iterable[tuple[str, Article]], writer: LibraryWriter, embedder: Embedder, report: Report
) -> list[Entry]:
    entries = [_entry(path, article, embedder) for path, article in articles]
    passages = {keys[0]: text for entry in entries for keys, (text, *_) in _texts(entry)}
    sentences = {
        key: text
        for entry in entries
        for keys, (_, *texts) in _texts(entry)
        for key, text in zip(keys[1:], texts, strict=True)
    }
    unread = writer.missing(list(passages), embedder.fingerprint, tokens=True)
    unknown = [key for key in writer.missing(list(sentences), embedder.fingerprint) if key not in passages]
    done, total = 0, len(unread) + len(unknown)

    def here(progress: Progress) -> None:
        report(Progress(step="embedding", done=done + progress.done, total=total))

    for keys in _some(unread):
        vectors, tokens = embedder.read_passages([passages[key] for key in keys], here)
        writer.keep(keys, vectors, embedder.fingerprint, tokens)
        done += len(keys)
    for keys in _some(unknown):
        writer.keep(keys, embedder.embed_sentences([sentences[key] for key in keys], here), embedder.fingerprint)
        done += len(keys)
    return entries


def _some(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (keys[at : at + _EMBEDDED_AT_ONCE] for at in range(0, len(keys), _EMBEDDED_AT_ONCE))


def _entry(path: str, article: Article, embedder: Embedder) -> Entry:
    cuts = cut_passages(article.text, language=article.language, count_tokens=embedder.count_tokens)
    return Entry(
        article=article,
        file=path,
        cuts=tuple(cuts),
        keys=tuple(tuple(_key(span.of(article.text).strip()) for span in (cut.span, *cut.sentences)) for cut in cuts),
        terms=tuple(" ".join(terms(cut.span.of(article.text), language=article.language)) for cut in cuts),
        title_terms=" ".join(terms(article.title, language=article.language)),
    )


def _texts(entry: Entry) -> Iterator[tuple[tuple[bytes, ...], tuple[str, ...]]]:
    """Of each passage the keys and texts: its own, then its sentences'."""
    for cut, keys in zip(entry.cuts, entry.keys, strict=True):
        yield keys, tuple(span.of(entry.article.text).strip() for span in (cut.span, *cut.sentences))


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
