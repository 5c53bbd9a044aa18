"""What was embedded of texts that are gone goes too, but for what can be gone back to."""

from contextlib import closing
from pathlib import Path

from index.local.catalog import connect
from index.local.held import kept_in
from index.local.past import KEPT
from index.local.sweeping import EVERY
from index.local.writer import LocalLibraryWriter
from index.withholding import withhold
from tests.index.conftest import RunIndexer
from tests.index.found import texts_in
from tests.index.going_back import go_back, write

STAYS = "La nave entra in porto. Il molo è lungo."


def stored(library: Path) -> tuple[int, ...]:
    """Vectors and tokens."""
    with closing(connect(library)) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("vectors", "tokens")]
    return tuple(count for (count,) in counts)


def test_vectors_of_texts_that_are_gone_for_good_go_now_and_then(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    for number in range(1, EVERY):
        write(articles / "a.jsonl", nave=STAYS, faro=f"Il faro {number} è spento. Il vento {number} cresce.")
        run_indexer()
    assert stored(library) == (3 + 3 * (EVERY - 1), EVERY)
    write(articles / "a.jsonl", nave=STAYS)
    run_indexer()
    assert stored(library) == (3 + 3 * KEPT, 1 + KEPT)
    oldest = kept_in(library)[-1].generation
    go_back(library, oldest)
    assert texts_in(library) == {"nave": STAYS, "faro": f"Il faro {oldest} è spento. Il vento {oldest} cresce."}


def test_vectors_of_articles_that_are_out_of_sight_stay(articles: Path, library: Path, run_indexer: RunIndexer) -> None:
    write(articles / "a.jsonl", nave=STAYS, faro="Il faro è spento.")
    run_indexer()
    with LocalLibraryWriter(library) as writer:
        withhold(["nave"], library=writer)
    for number in range(2 * EVERY):
        write(articles / "a.jsonl", nave=STAYS, faro="Il faro è spento.", boa=f"La boa {number} è rossa.")
        run_indexer()
    before = stored(library)
    with LocalLibraryWriter(library) as writer:
        assert not writer.missing([key for (keys,) in set_aside(library) for key in pieces(keys)], "hashing/1")
    assert before[0] < 2 * EVERY + 6


def set_aside(library: Path) -> list[tuple[bytes]]:
    with closing(connect(library)) as connection:
        return connection.execute("SELECT keys FROM set_aside").fetchall()


def pieces(keys: bytes) -> list[bytes]:
    return [keys[at : at + 16] for at in range(0, len(keys), 16)]
