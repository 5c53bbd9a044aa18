"""Goes back and kills its own process at one point: python -m tests.index.crashing_back LIBRARY GENERATION POINT."""

import sys
from pathlib import Path

from index.progress import Progress
from index.rollback import roll_back
from index.runs import recorded
from tests.index.crashing import EVENTS, MortalWriter, die, dies_at

STATEMENTS = {
    "as the transaction begins": ("INSERT INTO generations", 1),
    "while it takes articles out": ("DELETE FROM articles", 2),
    "while it writes articles": ("INSERT INTO passages", 2),
    "at the commit": ("INSERT OR REPLACE INTO meta", 2),
}
"""How a statement begins, and at which of them."""
POINTS = ("before publishing", *STATEMENTS, *EVENTS)


def main(library: Path, generation: int, point: str) -> None:
    def report(progress: Progress) -> None:
        if point == "before publishing":
            die()

    if point in EVENTS:
        event, argument, time = EVENTS[point]
        sys.addaudithook(dies_at(lambda name, values: name == event and argument in "".join(map(str, values)), time))
    with MortalWriter(library) as writer:
        if point in STATEMENTS:
            writer.die_at(*STATEMENTS[point])
        recorded(writer, "rollback", lambda: roll_back(generation, library=writer, report=report), by="test")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
