"""Closes a library again and again while others ask it: python -m tests.index.local.closing LIBRARY TIMES."""

import sqlite3
import sys
import threading
import time
from pathlib import Path

from index.local.library import LocalLibrary


def ask_until_it_is_closed(library: LocalLibrary) -> None:
    try:
        while True:
            library.passages(range(1, 400))
            library.terms_from("")
    except sqlite3.ProgrammingError:
        return


def main(folder: Path, times: int) -> None:
    for number in range(times):
        library = LocalLibrary(folder)
        threads = [threading.Thread(target=ask_until_it_is_closed, args=[library]) for _ in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(0.005 + 0.0003 * number)
        library.close()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
