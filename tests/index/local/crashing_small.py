"""Takes up a small change and kills its own process at one point: python -m …crashing_small LIBRARY SOURCE POINT."""

import errno
import sys
from pathlib import Path

from index.indexer import index_sources
from index.local.writer import LocalLibraryWriter
from tests.fakes import HashingEmbedder
from tests.index.crashing import dies_at

NO_LINKS = "no links"
"""It lives, on a disk that knows none."""
BEFORE = {
    "before anything is written": ("os.mkdir", "vectors.unfinished", 1),
    "before the first file is shared": ("os.link", "", 1),
    "before the last file is shared": ("os.link", "", 4),
    "before it is noted what is gone": ("open", "gone.npy", 1),
    "while the addition is written": ("open", "added-layout.npz", 1),
    "before the files are stamped": ("open", "stamp.json", 2),
    "before the files are in place": ("os.rename", "vectors-", 1),
}
AFTER = {
    "before the old files are gone": ("shutil.rmtree", "vectors-", 2),
}
POINTS = {**BEFORE, **AFTER}
"""Python's audit event, what its first argument holds, and at which of them."""


def without_links(name: str, values: tuple[object, ...]) -> None:
    if name == "os.link":
        raise OSError(errno.EPERM, "no links here")


def main(library: Path, source: Path, point: str) -> None:
    if point == NO_LINKS:
        sys.addaudithook(without_links)
    else:
        event, argument, time = POINTS[point]
        sys.addaudithook(dies_at(lambda name, values: name == event and argument in "".join(map(str, values)), time))
    with LocalLibraryWriter(library) as writer:
        index_sources([source], writer=writer, embedder=HashingEmbedder())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
