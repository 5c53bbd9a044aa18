"""What the library is made of and what became of it, without opening it to answer."""

from collections.abc import Sequence
from pathlib import Path

from bot.arriving import SENT
from bot.settings import Settings
from index.indexer import is_stale
from index.library_writer import Withheld
from index.local.held import held_in, instead_of_in, kept_in, rolled_back_in
from index.local.runs import newest_runs
from index.local.writer import LocalLibraryWriter
from index.rollback import KeptGeneration
from index.runs import Run
from index.sources import GATHERED


def sources_of(settings: Settings, named: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Those that were named, else the settings'; and what was sent to the bot or gathered, if anything was."""
    own = (settings.citabot_library / SENT, settings.citabot_library / GATHERED)
    return (*(named or settings.citabot_articles), *(folder for folder in own if folder.is_dir()))


def has_library(settings: Settings) -> bool:
    """Whether anything was published that can be answered from; raises IndexingError."""
    return held_in(settings.citabot_library).fingerprint is not None


def library_is_stale(settings: Settings) -> bool:
    """Whether the sources are not what the library holds; raises IndexingError.

    Not where it was rolled back, imported or made of others: it is left alone.
    """
    if is_made_of_others(settings):
        return False
    with LocalLibraryWriter(settings.citabot_library) as writer:
        return is_stale(sources_of(settings), writer)


def is_left_alone(settings: Settings) -> bool:
    """Whether somebody wants it to be as it is until they have it indexed again; raises IndexingError."""
    held = held_in(settings.citabot_library)
    return held.imported or held.rolled_back is not None or is_made_of_others(settings)


def is_made_of_others(settings: Settings) -> bool:
    """Whether others were named instead of the settings' sources, which are what they were; raises IndexingError."""
    noted = instead_of_in(settings.citabot_library)
    return noted != () and noted == resolved(settings.citabot_articles)


def is_imported(settings: Settings) -> bool:
    """Whether it came out of a file, as long as nothing was indexed since; raises IndexingError."""
    return held_in(settings.citabot_library).imported


def gone_back_to(settings: Settings) -> int | None:
    """The generation whose articles are there, as long as nothing was indexed since; raises IndexingError."""
    return rolled_back_in(settings.citabot_library)


def kept_generations(settings: Settings) -> list[KeptGeneration]:
    """Those that can be gone back to, the newest first; raises IndexingError."""
    return kept_in(settings.citabot_library)


def runs_on_record(settings: Settings, count: int) -> list[Run]:
    """The newest indexing runs, the newest first, the one under way too; raises IndexingError."""
    return newest_runs(settings.citabot_library, count)


def withheld_articles(settings: Settings) -> list[Withheld]:
    """Those that were taken out of the library, the first of them first; raises IndexingError."""
    return list(held_in(settings.citabot_library).withheld.values())


def resolved(sources: Sequence[Path]) -> tuple[str, ...]:
    """As the library notes them."""
    return tuple(sorted({str(source.resolve()) for source in sources}))
