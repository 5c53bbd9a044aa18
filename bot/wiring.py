"""Builds the objects and closes them: the place where concrete classes meet."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, partial
from pathlib import Path

from bot.condition import has_library, resolved, sources_of
from bot.desk import Desk
from bot.golden import GoldenCheck
from bot.settings import Settings
from index.embedding import Embedder, SentenceTransformerEmbedder
from index.errors import LibraryMissing
from index.indexer import Outcome, check_fingerprint, index_sources
from index.library import Library
from index.local.exporting import export_library
from index.local.held import held_in
from index.local.importing import check_file, import_library
from index.local.library import LocalLibrary, LocalShelf
from index.local.portable import Manifest, opened
from index.local.writer import LocalLibraryWriter
from index.plan import Plan, planned
from index.progress import Report, silent
from index.rollback import roll_back
from index.runs import recorded
from index.withholding import restore, withhold
from retrieval.answerer import Answerer
from retrieval.reader import load_reader
from retrieval.reranking import CrossEncoderReranker


@cache
def _embedder(name: str) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(name)


def embedder_of(settings: Settings, report: Report = silent) -> SentenceTransformerEmbedder:
    """The settings' model, loaded once in a process and not before it is needed; `report` is told of the loading."""
    embedder = _embedder(settings.citabot_embedding_model)
    embedder.report = report
    return embedder


@contextmanager
def open_desk(settings: Settings, *, report: Report = silent) -> Iterator[Desk]:
    """What every face calls, the model loaded; raises IndexingError."""
    shelf = LocalShelf(settings.citabot_library)
    try:
        embedder = embedder_of(settings, report)
        embedder.warm()
        answerer = answerer_over(settings, embedder, shelf.current)
        yield Desk(settings=settings, answerer=answerer, embedder=embedder, shelf=shelf)
    finally:
        shelf.close()


def answerer_over(settings: Settings, embedder: Embedder, current_library: Callable[[], Library]) -> Answerer:
    """As the settings want it; the cross-encoder and the reader are loaded now."""
    reranker = CrossEncoderReranker(settings.citabot_reranking_model) if settings.citabot_reranking_model else None
    if reranker:
        reranker("?", ["?"])
    reader = load_reader() if settings.citabot_reader else None
    return Answerer(current_library, embedder, reranker, reader)


def run_indexer(
    settings: Settings,
    sources: Sequence[Path] = (),
    *,
    report: Report = silent,
    rebuild: bool = False,
    even_if_most_are_gone: bool = False,
    even_if_answers_fell: bool = False,
    by: str = "",
) -> Outcome:
    """Bring the library in line with `sources`, the settings' when there are none; raises IndexingError.

    Golden questions are asked before it is published, unless that is to be done `even_if_answers_fell`. It is put on
    record as started `by` somebody.
    """
    named, embedder = sources_of(settings, sources), embedder_of(settings, report)
    check = GoldenCheck(
        settings.citabot_library,
        named,
        limit=settings.citabot_golden_fall,
        published=lambda: closing(LocalLibrary(settings.citabot_library)),
        answerer_over=partial(answerer_over, settings, embedder),
    )
    with LocalLibraryWriter(settings.citabot_library) as writer:

        def run() -> Outcome:
            outcome = index_sources(
                named,
                writer=writer,
                embedder=embedder,
                report=report,
                rebuild=rebuild,
                even_if_most_are_gone=even_if_most_are_gone,
                check=None if even_if_answers_fell else check,
            )
            usual = resolved(settings.citabot_articles)
            writer.note_instead_of(usual if sources and resolved(sources) != usual else ())
            return outcome

        return recorded(writer, "index", run, by=by)


def plan_indexing(
    settings: Settings, sources: Sequence[Path] = (), *, report: Report = silent, rebuild: bool = False
) -> Plan:
    """What `run_indexer` would do, without the model and beside another indexer too; raises IndexingError."""
    held = held_in(settings.citabot_library)
    fingerprint = embedder_of(settings).fingerprint
    check_fingerprint(held, fingerprint, rebuild=rebuild)
    return planned(sources_of(settings, sources), held, report=report, rebuild=rebuild, fingerprint=fingerprint)


def run_withholding(
    settings: Settings, ids: Sequence[str], *, back: bool = False, report: Report = silent, by: str = ""
) -> Outcome:
    """Take single articles out of the library, or put them back; raises IndexingError."""
    _expect_library(settings)
    with LocalLibraryWriter(settings.citabot_library) as writer:

        def run() -> Outcome:
            return (restore if back else withhold)(ids, library=writer, report=report)

        return recorded(writer, "restore" if back else "remove", run, by=by, about=", ".join(ids))


def run_rollback(settings: Settings, generation: int, *, report: Report = silent, by: str = "") -> Outcome:
    """Go back to the articles of an earlier generation, without the model; raises IndexingError."""
    _expect_library(settings)
    with LocalLibraryWriter(settings.citabot_library) as writer:

        def run() -> Outcome:
            return roll_back(generation, library=writer, report=report)

        return recorded(writer, "rollback", run, by=by, about=str(generation))


def run_export(settings: Settings, file: Path, *, replace: bool = False) -> Manifest:
    """The published library into a file, beside whatever is at work; raises IndexingError."""
    return export_library(settings.citabot_library, file, replace=replace)


def run_import(settings: Settings, file: Path, *, replace: bool = False, by: str = "") -> Outcome:
    """A library out of a file, without the model; raises IndexingError."""
    with opened(file) as packed:
        check_file(packed, fingerprint=embedder_of(settings).fingerprint)
        with LocalLibraryWriter(settings.citabot_library) as writer:

            def run() -> Outcome:
                return import_library(packed, settings.citabot_library, writer=writer, replace=replace)

            return recorded(writer, "import", run, by=by, about=file.name)


def _expect_library(settings: Settings) -> None:
    if not has_library(settings):
        raise LibraryMissing(f"There is no library in {settings.citabot_library} yet: run citabot index")
