"""Every indexing run leaves a record, however it ends."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import SourceMissing
from index.indexer import Outcome, index_sources
from index.local.runs import newest_runs
from index.local.writer import LocalLibraryWriter
from index.readers import Skipped
from index.runs import Run, Settled, recorded
from tests.fakes import HashingEmbedder

DONE = Outcome(
    generation=None, added=0, changed=0, removed=0, unchanged=2, skipped=(Skipped(source="a", reason="b"),), seconds=0.5
)
HOLDER = """
import sys
from pathlib import Path
from index.local.writer import LocalLibraryWriter
with LocalLibraryWriter(Path(sys.argv[1])) as writer:
    writer.begin_run("index", by="start", about="")
    print("begun", flush=True)
    sys.stdin.readline()
"""


def record(library: Path, run: Callable[[], Outcome], **about: str) -> None:
    with LocalLibraryWriter(library) as writer:
        recorded(writer, "index", run, **({"by": "terminal"} | about))


def failing(error: BaseException) -> Callable[[], Outcome]:
    def run() -> Outcome:
        raise error

    return run


def test_a_run_is_on_record_with_what_it_changed(articles: Path, library: Path) -> None:
    lines = [json.dumps({"id": id_, "title": id_, "lang": "it", "text": f"Qui c'è {id_}."}) for id_ in ("faro", "nave")]
    (articles / "a.jsonl").write_text("\n".join([*lines, "no json"]))
    with LocalLibraryWriter(library) as writer:
        for _ in range(2):
            recorded(
                writer, "index", lambda: index_sources([articles], writer=writer, embedder=HashingEmbedder()), by="me"
            )
    nothing, published = newest_runs(library, 5)
    assert published == Run(
        began=published.began, kind="index", by="me", about="", before=0, after=1,
        settled=Settled(ended="published", seconds=published.settled.seconds, added=2, skipped=1),
    )  # fmt: skip
    assert nothing.settled == Settled(ended="nothing", seconds=nothing.settled.seconds, unchanged=2, skipped=1)
    assert (nothing.before, nothing.after, str(nothing.began.tzinfo)) == (1, 1, "UTC")


@pytest.mark.parametrize(
    ("error", "ended", "why"),
    [
        (SourceMissing("There is no nowhere:\n name another."), "refused", "There is no nowhere: name another."),
        (OSError(13, "Permission denied"), "failed", "PermissionError: [Errno 13] Permission denied"),
        (KeyboardInterrupt(), "interrupted", ""),
    ],
)
def test_a_run_that_goes_wrong_says_why_and_is_raised_all_the_same(
    library: Path, error: BaseException, ended: str, why: str
) -> None:
    with pytest.raises(type(error)):
        record(library, failing(error))
    (run,) = newest_runs(library, 5)
    assert (run.settled.ended, run.settled.why, run.before, run.after) == (ended, why, 0, 0)
    assert run.settled.seconds is not None


def test_a_run_under_way_is_seen_and_one_whose_process_was_killed_is_interrupted(library: Path) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", HOLDER, str(library)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "begun\n"
        (run,) = newest_runs(library, 5)
        assert (run.settled, run.by, run.after) == (Settled(ended="running"), "start", None)
        holder.kill()
    (run,) = newest_runs(library, 5)
    assert (run.settled.ended, run.after) == ("interrupted", 0)
    record(library, lambda: DONE)
    assert [run.settled.ended for run in newest_runs(library, 5)] == ["nothing", "interrupted"]


def test_a_process_that_was_given_the_number_of_a_killed_one_is_not_taken_for_it(library: Path) -> None:
    """This very process is the one that has the number now."""
    with LocalLibraryWriter(library) as writer:
        writer.begin_run("index", by="", about="")
        assert newest_runs(library, 1)[0].settled.ended == "running"
        writer._connection.execute("UPDATE runs SET began = '2001-01-01T00:00:00+00:00'")
    assert newest_runs(library, 1)[0].settled.ended == "interrupted"


def test_the_newest_two_hundred_stay(library: Path) -> None:
    with LocalLibraryWriter(library) as writer:
        for number in range(205):
            recorded(writer, "remove", lambda: DONE, by="", about=str(number))
    assert [run.about for run in newest_runs(library, 1000)] == [str(number) for number in range(204, 4, -1)]
    assert [run.about for run in newest_runs(library, 2)] == ["204", "203"]


def test_where_there_is_no_library_nothing_is_on_record_and_none_is_made(library: Path) -> None:
    assert newest_runs(library, 5) == []
    assert not library.exists()
