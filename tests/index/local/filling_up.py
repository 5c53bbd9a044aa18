"""Indexes on a disk that has less and less room: python -m tests.index.local.filling_up DISK LEAST MOST STEP.

Prints what came of each attempt. The library is the same before each of them, and has to answer after it as before,
unless the indexer got to its end.
"""

import os
import shutil
import sys
from pathlib import Path

from index.errors import IndexingError
from tests.index.found import found_in
from tests.index.local.moving import index, write

MANY = {f"n{number}": " ".join(f"La nave numero {number} entra {n} volte." for n in range(9)) for number in range(60)}


def tried(disk: Path, articles: Path, room: int) -> str:
    """Within a process of its own: running out of room under a mapped file would end it."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - room)))
    child = os.fork()
    if not child:
        try:
            index(disk / "library", articles)
            os._exit(0)
        except IndexingError:
            os._exit(2)
        except BaseException as error:
            print(repr(error), flush=True)
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    ballast.unlink()
    return {0: "done", 2: "no room"}.get(code, f"ended with {code}")


def main(disk: Path, rooms: range) -> None:
    library, whole, articles = disk / "library", disk.with_name("whole"), disk.with_name("articles")
    index(library, write(articles, faro="Il faro è spento."))
    library.rename(disk / "moved")
    shutil.copytree(disk / "moved", whole)
    shutil.rmtree(disk / "moved")
    before = found_in(whole)
    write(articles, **MANY)
    for room in rooms:
        shutil.copytree(whole, library)
        ended = tried(disk, articles, room)
        print(ended, "" if (found_in(library) == before) is (ended != "done") else "and answers otherwise", flush=True)
        shutil.rmtree(library)


if __name__ == "__main__":
    main(Path(sys.argv[1]), range(*map(int, sys.argv[2:])))
