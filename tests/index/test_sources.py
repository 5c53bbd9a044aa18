"""What the indexer makes of files that overlap, repeat each other, change while it works or cannot be read."""

import json
import os
from pathlib import Path

import pytest

from index.indexer import Outcome, is_stale
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from index.progress import Progress
from index.readers import READERS
from tests.fakes import RecordingEmbedder
from tests.index.conftest import RunIndexer


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.added, outcome.changed, outcome.removed, outcome.unchanged


def skipped(outcome: Outcome) -> list[tuple[str, str]]:
    return [(item.source, item.reason) for item in outcome.skipped]


def write(path: Path, **articles: str) -> None:
    lines = [json.dumps({"id": id_, "title": id_, "lang": "it", "text": text}) for id_, text in articles.items()]
    path.write_text("\n".join(lines))


def held(library: Path) -> dict[str, tuple[str, str]]:
    """Source and text of each article."""
    found = LocalLibrary(library).passages(range(1, 100))
    return {passage.article.id: (passage.article.source, passage.article.text) for passage in found}


@pytest.fixture
def twice(articles: Path) -> Path:
    """The article `x` in two files."""
    write(articles / "a.jsonl", x="testo uno", y="testo due")
    write(articles / "b.jsonl", x="testo tre", z="testo quattro")
    return articles


def test_an_article_that_is_there_already_is_skipped_with_the_reason(
    twice: Path, library: Path, run_indexer: RunIndexer
) -> None:
    outcome = run_indexer()
    assert counts(outcome) == (3, 0, 0, 0)
    assert skipped(outcome) == [("b.jsonl", "the article x is there already, from a.jsonl")]
    assert held(library)["x"] == ("a.jsonl", "testo uno")
    again = run_indexer()
    assert (again.generation, skipped(again)) == (None, skipped(outcome))


@pytest.mark.parametrize("file_goes", [True, False], ids=["its file goes", "its file drops it"])
def test_a_repeated_article_appears_when_the_first_goes(
    twice: Path, library: Path, run_indexer: RunIndexer, file_goes: bool
) -> None:
    run_indexer()
    if file_goes:
        (twice / "a.jsonl").unlink()
    else:
        write(twice / "a.jsonl", y="testo due")
    outcome = run_indexer()
    assert counts(outcome) == ((0, 1, 1, 1) if file_goes else (0, 1, 0, 2))
    assert skipped(outcome) == []
    assert held(library)["x"] == ("b.jsonl", "testo tre")
    assert run_indexer().generation is None


def test_an_article_moves_to_an_earlier_file_that_takes_it_up(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    write(articles / "b.jsonl", x="testo tre", z="testo quattro")
    run_indexer()
    write(articles / "a.jsonl", x="testo uno")
    outcome = run_indexer()
    assert counts(outcome) == (0, 1, 0, 1)
    assert skipped(outcome) == [("b.jsonl", "the article x is there already, from a.jsonl")]
    assert held(library) == {"x": ("a.jsonl", "testo uno"), "z": ("b.jsonl", "testo quattro")}


def test_counts_stay_true_when_a_file_swaps_an_article_that_another_takes_up(
    twice: Path, run_indexer: RunIndexer
) -> None:
    run_indexer()
    write(twice / "a.jsonl", w="testo cinque", y="testo due")
    assert counts(run_indexer()) == (1, 1, 0, 2)


def test_an_id_that_stands_twice_in_one_file_keeps_its_first_line(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    line = '{"id": "x", "text": "testo %s", "lang": "it"}\n'
    (articles / "a.jsonl").write_text(line % "uno" + line % "due")
    assert skipped(run_indexer()) == [("a.jsonl", "the article x is there already, from a.jsonl")]
    assert held(library) == {"x": ("a.jsonl", "testo uno")}
    assert run_indexer().generation is None


def test_sources_that_overlap_are_read_once(twice: Path, library: Path, run_indexer: RunIndexer) -> None:
    (twice / "sub").mkdir()
    write(twice / "sub" / "c.jsonl", c="testo sei")
    sources = (twice, twice / "sub", twice / "a.jsonl", twice / "sub" / "..")
    assert counts(run_indexer(*sources)) == (4, 0, 0, 0)
    assert held(library)["c"] == ("sub/c.jsonl", "testo sei")
    assert run_indexer(*sources).generation is None
    with LocalLibraryWriter(library) as writer:
        assert not is_stale(sources, writer)


def test_a_source_that_is_named_no_more_is_removed(twice: Path, library: Path, run_indexer: RunIndexer) -> None:
    run_indexer(twice)
    assert counts(run_indexer(twice / "b.jsonl")) == (0, 1, 1, 1)
    assert held(library) == {"x": ("b.jsonl", "testo tre"), "z": ("b.jsonl", "testo quattro")}


def test_what_cannot_be_read_is_skipped_and_the_rest_is_there(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    write(articles / "good.jsonl", x="testo uno")
    os.mkfifo(articles / "pipe.txt")
    (articles / "empty.txt").touch()
    (articles / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (articles / "slides.pptx").touch()
    with (articles / "vast.txt").open("wb") as file:
        file.truncate(1 << 40)
    outcome = run_indexer()
    assert counts(outcome) == (1, 0, 0, 0)
    assert sorted(skipped(outcome)) == [
        ("empty.txt", "is empty"),
        ("image.txt", "looks binary"),
        ("pipe.txt", "is no ordinary file"),
        ("slides.pptx", f"has no reader (there are: {', '.join(READERS)})"),
        ("vast.txt", "is larger than 20 MB"),
    ]
    again = run_indexer()
    assert (again.generation, sorted(skipped(again))) == (None, sorted(skipped(outcome)))


def test_a_file_that_changes_after_it_was_read_is_taken_up_by_the_next_run(
    twice: Path, library: Path, run_indexer: RunIndexer
) -> None:
    def change_once_read(progress: Progress) -> None:
        if progress.step == "embedding":
            write(twice / "a.jsonl", x="testo nuovo")

    run_indexer(report=change_once_read)
    assert held(library)["x"] == ("a.jsonl", "testo uno")
    embedder = RecordingEmbedder()
    assert counts(run_indexer(embedder=embedder)) == (0, 1, 1, 1)
    assert (held(library)["x"], embedder.embedded) == (("a.jsonl", "testo nuovo"), ["testo nuovo"])


def test_a_file_that_goes_while_the_others_are_read_is_reported(
    twice: Path, library: Path, run_indexer: RunIndexer
) -> None:
    def remove_the_next(progress: Progress) -> None:
        if (progress.step, progress.done) == ("reading", 1):
            (twice / "b.jsonl").unlink()

    outcome = run_indexer(report=remove_the_next)
    assert skipped(outcome) == [("b.jsonl", "cannot be read (No such file or directory)")]
    assert held(library).keys() == {"x", "y"}
    assert run_indexer().generation == 2


def test_an_enormous_file_of_lines_is_read_again_when_it_is_written_to(articles: Path, run_indexer: RunIndexer) -> None:
    path = articles / "vast.jsonl"
    write(path, x="testo uno")
    with path.open("ab") as file:
        file.write(b"\n")
        file.truncate(1 << 40)
    outcome = run_indexer()
    assert (outcome.added, len(outcome.skipped)) == (1, 1)
    assert run_indexer().generation is None
    with path.open("r+b") as file:
        file.truncate(1 << 39)
    assert counts(run_indexer()) == (0, 0, 0, 1)
