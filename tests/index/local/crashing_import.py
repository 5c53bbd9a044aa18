"""Imports a file and kills its own process at one point: python -m …crashing_import FILE LIBRARY POINT."""

import sys
from pathlib import Path

from tests.index.crashing import dies_at
from tests.index.local.moving import bring_in

BEFORE = {
    "as it is begun": ("os.mkdir", "incoming-", 1),
    "as the catalog is unpacked": ("open", "incoming-", 1),
    "as it is looked through": ("sqlite3.connect", "incoming-", 1),
    "as it is brought up to date": ("sqlite3.connect", "incoming-", 2),
    "as the files of vectors are written": ("open", "layout.npz", 1),
    "as the files of vectors are stamped": ("open", "stamp.json", 1),
    "when the files are stamped": ("shutil.rmtree", "vectors-2", 1),
    "before the files are in place": ("os.rename", "vectors-", 1),
    "before it is known what was measured": ("os.rename", "calibration-", 1),
}
AFTER = {
    "before the old files are gone": ("shutil.rmtree", "vectors-1", 1),
    "before what was measured is in its place": ("os.rename", "calibration-", 2),
    "as what was unpacked is cleared away": ("shutil.rmtree", "incoming-", 1),
}
POINTS = {**BEFORE, **AFTER}
"""Python's audit event, what its first argument holds, and at which of them."""


def main(file: Path, library: Path, point: str) -> None:
    event, argument, time = POINTS[point]
    sys.addaudithook(dies_at(lambda name, values: name == event and argument in "".join(map(str, values)), time))
    bring_in(file, library, replace=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
