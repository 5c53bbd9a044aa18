"""Brings a library in line with its sources: plan, embed what is new, one transaction, publish."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.article import Article
from index.embedding import Embedder
from index.errors import FingerprintMismatch
from index.golden import Check
from index.lacking import embed_lacking
from index.library import ReadableLibrary
from index.library_writer import Changes, Held, LibraryWriter
from index.plan import work_out
from index.preparing import count_texts, entry_of
from index.progress import Progress, Report, silent
from index.readers import Skipped
from index.sources import digest_of, files_of
from index.spool import Spool
from index.vanishing import MostAreGone


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What an indexing run did, articles that are withheld apart."""

    generation: int | None
    """That was published; None where nothing had changed."""
    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    seconds: float
    withheld: int = 0


def index_sources(
    sources: Sequence[Path],
    *,
    writer: LibraryWriter,
    embedder: Embedder,
    report: Report = silent,
    rebuild: bool = False,
    even_if_most_are_gone: bool = False,
    check: Check | None = None,
) -> Outcome:
    """Make the library hold just what `sources` hold; raises IndexingError, and then nothing has changed.

    `rebuild` reads everything anew and allows for another model than the one the library was made with. Where most
    articles would go, MostAreGone is raised, unless it is known that they are to. `check` looks at what is about to be
    published where articles have changed and the generation before can be asked the same. What is new is read once and
    put by in a file, so neither memory nor the library depend on what becomes of the sources meanwhile.
    """
    started = time.monotonic()
    held = writer.held()
    check_fingerprint(held, embedder.fingerprint, rebuild=rebuild)
    generation = None
    with writer.scratch() as file:
        spool, texts = Spool(file), 0

        def put_by(path: str, article: Article) -> None:
            nonlocal texts
            entry = entry_of(path, article, embedder.count_tokens)
            texts += count_texts(entry)
            spool.add(entry)

        work = work_out(sources, held, take=put_by, report=report, rebuild=rebuild, fingerprint=embedder.fingerprint)
        if work.plan.vanishing and not even_if_most_are_gone:
            raise MostAreGone(work.plan.vanishing)
        in_line = work.files == held.files and held.fingerprint == embedder.fingerprint and not held.imported
        if spool or work.gone or not in_line:
            embed_lacking(spool, total=texts, writer=writer, embedder=embedder, report=report)
            report(Progress(step="publishing", done=0, total=1))
            changes = Changes(
                entries=spool,
                gone=work.gone,
                files=work.files,
                fingerprint=embedder.fingerprint,
                successors=work.successors,
            )
            comparable = held.fingerprint == embedder.fingerprint and (spool or work.gone)
            generation = writer.publish(changes, check=_checked(check, report) if check and comparable else None)
            report(Progress(step="publishing", done=1, total=1))
    return Outcome(
        generation=generation,
        added=work.plan.count("added"),
        changed=work.plan.count("changed"),
        removed=work.plan.count("removed"),
        unchanged=work.plan.unchanged,
        skipped=work.plan.skipped,
        seconds=time.monotonic() - started,
        withheld=work.plan.withheld,
    )


def _checked(check: Check, report: Report) -> Callable[[ReadableLibrary], None]:
    def checked(candidate: ReadableLibrary) -> None:
        check(candidate, report)
        report(Progress(step="publishing", done=0, total=1))

    return checked


def check_fingerprint(held: Held, wanted: str, *, rebuild: bool) -> None:
    """Raises FingerprintMismatch where a library's vectors and the model's could not be compared."""
    if held.fingerprint is not None and held.fingerprint != wanted and not rebuild:
        raise FingerprintMismatch(held=held.fingerprint, wanted=wanted)


def is_stale(sources: Sequence[Path], writer: LibraryWriter) -> bool:
    """Whether indexing would change anything; reads files, but neither articles nor the model.

    A library that was rolled back or imported is as somebody wants it to be, whatever its sources hold.
    """
    held = writer.held()
    if held.rolled_back is not None or held.imported:
        return False
    known = held.files
    found = {str(file.path): file for file in files_of(sources) if not isinstance(file, Skipped)}
    return found.keys() != known.keys() or any(digest_of(f) != known[path].digest for path, f in found.items())
