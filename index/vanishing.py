"""Articles that vanish all at once: a folder that is not mounted rather than a wish of somebody."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexingError
from index.library_writer import Held

_FEWEST = 10
"""Articles; fewer may go without being asked about, unless a whole folder is empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Vanishing:
    """Most articles would go, or all that came from a folder."""

    removed: int
    """How many articles would go."""
    of: int
    """How many readers see now."""
    empty: tuple[str, ...] = ()
    """Sources that held articles before and hold no file now."""


class MostAreGone(IndexingError):
    """Most articles would go, and nobody has said that they are to."""

    def __init__(self, vanishing: Vanishing) -> None:
        super().__init__(
            f"{told(vanishing)} Nothing was changed. Look whether everything is mounted and where it was; if the "
            "articles are to go, run: citabot index --even-if-most-are-gone"
        )
        self.vanishing = vanishing


def told(vanishing: Vanishing) -> str:
    """In a sentence or two."""
    empty = [f"There is nothing left in {', '.join(vanishing.empty)}."] if vanishing.empty else []
    return " ".join([*empty, f"{vanishing.removed} of {vanishing.of} articles would be removed."])


def vanishing_of(sources: Sequence[Path], held: Held, *, found: Collection[str], removed: int) -> Vanishing | None:
    """What is to be asked about before `removed` articles go, where `found` are the paths of all files there are."""
    of = len(held.articles.keys() - held.withheld.keys())
    full = [path for path, file in held.files.items() if file.articles]
    empty = tuple(str(source) for source in sources if _any_in(source, full) and not _any_in(source, found))
    if removed and (empty or (removed >= _FEWEST and 2 * removed > of)):
        return Vanishing(removed=removed, of=of, empty=empty)
    return None


def _any_in(source: Path, paths: Collection[str]) -> bool:
    root = str(source.resolve())
    return any(path == root or path.startswith(f"{root.rstrip(os.sep)}{os.sep}") for path in paths)
