"""Builds the objects and closes them; the only place where concrete classes meet."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from bot.arriving import SENT
from bot.desk import Desk
from bot.settings import Settings
from index.embedding import SentenceTransformerEmbedder
from index.errors import LibraryBusy, LibraryMissing
from index.indexer import Outcome, check_fingerprint, index_sources, is_stale
from index.library import Withheld
from index.local.held import held_in, kept_in, rolled_back_in
from index.local.library import LocalShelf
from index.local.runs import newest_runs
from index.local.writer import LocalLibraryWriter
from index.plan import Plan, planned
from index.progress import Report, silent
from index.rollback import KeptGeneration, roll_back
from index.runs import Run, recorded
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
        reranker = CrossEncoderReranker(settings.citabot_reranking_model) if settings.citabot_reranking_model else None
        if reranker:
            reranker("?", ["?"])  # loads it now
        reader = load_reader() if settings.citabot_reader else None
        answerer = Answerer(shelf.current, embedder, reranker, reader)
        yield Desk(settings=settings, answerer=answerer, embedder=embedder, shelf=shelf)
    finally:
        shelf.close()


def sources_of(settings: Settings, named: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Those that were named, else the settings'; and what was sent to the bot, if anything was."""
    sent = settings.citabot_library / SENT
    return (*(named or settings.citabot_articles), *([sent] if sent.is_dir() else []))


def run_indexer(
    settings: Settings,
    sources: Sequence[Path] = (),
    *,
    report: Report = silent,
    rebuild: bool = False,
    even_if_most_are_gone: bool = False,
    by: str = "",
) -> Outcome:
    """Bring the library in line with `sources`, the settings' when there are none; raises IndexingError.

    It is put on record as started `by` somebody.
    """
    with LocalLibraryWriter(settings.citabot_library) as writer:

        def run() -> Outcome:
            return index_sources(
                sources_of(settings, sources),
                writer=writer,
                embedder=embedder_of(settings, report),
                report=report,
                rebuild=rebuild,
                even_if_most_are_gone=even_if_most_are_gone,
            )

        return recorded(writer, "index", run, by=by)


def plan_indexing(
    settings: Settings, sources: Sequence[Path] = (), *, report: Report = silent, rebuild: bool = False
) -> Plan:
    """What `run_indexer` would do, without the model and beside another indexer too; raises IndexingError."""
    held = held_in(settings.citabot_library)
    check_fingerprint(held, embedder_of(settings).fingerprint, rebuild=rebuild)
    return planned(sources_of(settings, sources), held, report=report, rebuild=rebuild)


def withheld_articles(settings: Settings) -> list[Withheld]:
    """Those that were taken out of the library, the first of them first; raises IndexingError."""
    return list(held_in(settings.citabot_library).withheld.values())


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


def kept_generations(settings: Settings) -> list[KeptGeneration]:
    """Those that can be gone back to, the newest first; raises IndexingError."""
    return kept_in(settings.citabot_library)


def runs_on_record(settings: Settings, count: int) -> list[Run]:
    """The newest indexing runs, the newest first, the one under way too; raises IndexingError."""
    return newest_runs(settings.citabot_library, count)


def gone_back_to(settings: Settings) -> int | None:
    """The generation whose articles are there, as long as nothing was indexed since; raises IndexingError."""
    return rolled_back_in(settings.citabot_library)


def _expect_library(settings: Settings) -> None:
    if held_in(settings.citabot_library).fingerprint is None:
        raise LibraryMissing(f"There is no library in {settings.citabot_library} yet: run citabot index")


def library_is_stale(settings: Settings) -> bool:
    """Whether the sources are not what the library holds; not while another indexer sees to that.

    Neither where it was rolled back: somebody wants it to be as it is, until they have it indexed again.
    """
    try:
        with LocalLibraryWriter(settings.citabot_library) as writer:
            return is_stale(sources_of(settings), writer)
    except LibraryBusy:
        return False
