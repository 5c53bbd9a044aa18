"""However many articles are new, few of them are in memory at a time, and no text is embedded twice."""

import gc
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.embedding import Vectors
from index.library_writer import Entry
from index.local.library import LocalLibrary
from index.progress import Progress, Report, silent
from tests.fakes import RecordingEmbedder
from tests.index.conftest import RunIndexer


def entries_in_memory() -> int:
    return sum(type(thing) is Entry for thing in gc.get_objects())


class CountingEmbedder(RecordingEmbedder):
    """Counts the entries that are in memory while it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[int] = []

    def embed_sentences(self, texts: Sequence[str], report: Report = silent) -> Vectors:
        self.entries.append(entries_in_memory())
        return super().embed_sentences(texts, report)


@pytest.fixture
def twelve(articles: Path) -> dict[str, str]:
    """Twelve articles of 900 sentences each, one of which they share."""
    said = {
        f"a{number}": " ".join(f"La nave {number} entra nel porto {place}." for place in range(899))
        + " Il molo è vuoto."
        for number in range(12)
    }
    lines = [json.dumps({"id": id_, "title": id_, "lang": "it", "text": text}) for id_, text in said.items()]
    (articles / "a.jsonl").write_text("\n".join(lines))
    return said


def test_articles_are_embedded_a_few_at_a_time(twelve: dict[str, str], library: Path, run_indexer: RunIndexer) -> None:
    gc.collect()
    others, embedder = entries_in_memory(), CountingEmbedder()
    assert run_indexer(embedder=embedder).added == 12
    assert max(embedder.entries) - others == 5
    opened = LocalLibrary(library)
    assert {passage.article.id: passage.article.text for passage in opened.passages(range(1, 1000))} == twelve


def test_a_text_that_articles_far_apart_share_is_embedded_once(twelve: dict[str, str], run_indexer: RunIndexer) -> None:
    embedder = RecordingEmbedder()
    run_indexer(embedder=embedder)
    assert embedder.embedded.count("Il molo è vuoto.") == 1
    assert len(embedder.embedded) == len(set(embedder.embedded))


def test_progress_grows_from_what_is_known_to_all_there_is(twelve: dict[str, str], run_indexer: RunIndexer) -> None:
    reported = list[Progress]()
    run_indexer(report=reported.append)
    steps = [(progress.done, progress.total) for progress in reported if progress.step == "embedding"]
    assert steps == sorted(steps)
    assert {total for _, total in steps} == {steps[-1][0]}
