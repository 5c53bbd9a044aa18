"""The library is brought in line with its sources, and only what is new is worked on."""

import json
from pathlib import Path

import pytest

from index.errors import FingerprintMismatch, SourceMissing
from index.indexer import Outcome, is_stale
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from index.progress import Progress
from tests.fakes import HashingEmbedder, RecordingEmbedder
from tests.index.conftest import RunIndexer


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.added, outcome.changed, outcome.removed, outcome.unchanged


def texts(library: Path) -> dict[str, str]:
    """Text of each article by its title."""
    opened = LocalLibrary(library)
    return {passage.article.title: passage.article.text for passage in opened.passages(range(1, 100))}


def line(id_: str, text: str, title: str = "Titolo") -> str:
    return json.dumps({"id": id_, "title": title, "lang": "it", "text": text}) + "\n"


@pytest.fixture
def three(articles: Path) -> Path:
    (articles / "faro.txt").write_text("Il faro\n\nIl faro è spento. Nessuno lo sa.")
    (articles / "nave.txt").write_text("La nave\n\nLa nave entra in porto.")
    (articles / "reti.jsonl").write_text(line("rete", "La rete è piena.", "La rete"))
    return articles


def stale(library: Path, *sources: Path) -> bool:
    with LocalLibraryWriter(library) as writer:
        return is_stale(sources, writer)


def test_a_first_run_adds_everything(three: Path, library: Path, run_indexer: RunIndexer) -> None:
    assert stale(library, three)
    outcome = run_indexer()
    assert (outcome.generation, counts(outcome), outcome.skipped) == (1, (3, 0, 0, 0), ())
    assert list(texts(library)) == ["Il faro", "La nave", "La rete"]
    assert not stale(library, three)


def test_a_second_run_does_nothing_at_all(three: Path, library: Path, run_indexer: RunIndexer) -> None:
    (three / "bad.jsonl").write_text("no json\n")
    first = run_indexer()
    catalog = (library / "catalog.sqlite").read_bytes()
    embedder, reported = RecordingEmbedder(), list[Progress]()
    outcome = run_indexer(embedder=embedder, report=reported.append)
    assert (outcome.generation, counts(outcome)) == (None, (0, 0, 0, 3))
    assert (embedder.embedded, embedder.counted) == ([], [])
    assert outcome.skipped == first.skipped
    assert [(item.source, item.reason) for item in outcome.skipped] == [("bad.jsonl:1", "is not JSON")]
    assert [(step.step, step.done, step.total) for step in reported] == [("reading", n, 4) for n in range(1, 5)]
    assert (library / "catalog.sqlite").read_bytes() == catalog


def test_of_a_changed_article_only_the_new_texts_are_embedded(
    three: Path, library: Path, run_indexer: RunIndexer
) -> None:
    run_indexer()
    (three / "faro.txt").write_text("Il faro\n\nIl faro è spento. Ora tutti lo sanno.")
    assert stale(library, three)
    embedder = RecordingEmbedder()
    outcome = run_indexer(embedder=embedder)
    assert (outcome.generation, counts(outcome)) == (2, (0, 1, 0, 2))
    whole = "Il faro\n\nIl faro è spento. Ora tutti lo sanno."
    assert sorted(embedder.embedded) == [whole, "Ora tutti lo sanno."]
    assert texts(library)["Il faro"] == whole
    assert texts(library).keys() == {"Il faro", "La nave", "La rete"}


def test_each_text_is_embedded_once_however_often_it_stands_there(articles: Path, run_indexer: RunIndexer) -> None:
    repeated = "La nave entra. Il porto è vuoto. La nave entra. "
    (articles / "a.jsonl").write_text(line("a", repeated) + line("b", repeated))
    embedder = RecordingEmbedder()
    assert run_indexer(embedder=embedder).added == 2
    assert sorted(embedder.embedded) == ["Il porto è vuoto.", "La nave entra.", repeated.strip()]


def test_a_text_whose_vector_is_known_but_not_its_tokens_is_read_again(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    """What was a sentence becomes a passage, and the other way round."""
    (articles / "a.jsonl").write_text(line("a", "La nave entra. Il porto è vuoto."))
    run_indexer()
    (articles / "b.jsonl").write_text(line("b", "Il porto è vuoto."))
    embedder = RecordingEmbedder()
    run_indexer(embedder=embedder)
    assert embedder.embedded == ["Il porto è vuoto."]
    (articles / "c.jsonl").write_text(line("c", "Il porto è vuoto. La nave entra. Il porto è vuoto."))
    embedder = RecordingEmbedder()
    run_indexer(embedder=embedder)
    assert embedder.embedded == ["Il porto è vuoto. La nave entra. Il porto è vuoto."]
    tokens = LocalLibrary(library).tokens([1, 2, 3])
    assert {id_: some.sentences.tolist() for id_, some in tokens.items()} == {
        1: [0, 0, 0, 1, 1, 1, 1],
        2: [0] * 4,
        3: [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2],
    }


def test_a_passage_of_one_sentence_is_read_once_and_its_vector_serves_both(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    (articles / "a.jsonl").write_text(line("a", "Il porto è vuoto.") + line("b", "Il porto è vuoto. La nave entra."))
    embedder, reported = RecordingEmbedder(), list[Progress]()
    run_indexer(embedder=embedder, report=reported.append)
    assert embedder.embedded == ["Il porto è vuoto.", "Il porto è vuoto. La nave entra.", "La nave entra."]
    assert [(p.done, p.total) for p in reported if p.step == "embedding"] == [(1, 4), (3, 4), (4, 4)]
    (first, _) = LocalLibrary(library).nearest(HashingEmbedder().read_question("porto").vector, 2)
    assert first.sentences == (pytest.approx(first.passage),)


def test_passages_without_a_token_that_begins_a_word_have_none_and_are_not_read_again(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    (articles / "a.jsonl").write_text(line("a", "_x_ !? —"))
    run_indexer()
    assert LocalLibrary(library).tokens([1]) == {}
    (articles / "b.jsonl").write_text(line("b", "_x_ !? —"))
    embedder = RecordingEmbedder()
    assert (run_indexer(embedder=embedder).added, embedder.embedded) == (1, [])


def test_an_article_that_goes_and_comes_back_is_not_embedded_again(
    three: Path, library: Path, run_indexer: RunIndexer
) -> None:
    run_indexer()
    kept = (three / "nave.txt").read_bytes()
    (three / "nave.txt").unlink()
    assert counts(run_indexer()) == (0, 0, 1, 2)
    assert list(texts(library)) == ["Il faro", "La rete"]
    (three / "nave.txt").write_bytes(kept)
    embedder = RecordingEmbedder()
    assert counts(run_indexer(embedder=embedder)) == (1, 0, 0, 2)
    assert embedder.embedded == []


def test_a_renamed_file_is_one_article_gone_and_one_added_without_embedding(
    three: Path, library: Path, run_indexer: RunIndexer
) -> None:
    run_indexer()
    (three / "nave.txt").rename(three / "barca.txt")
    embedder = RecordingEmbedder()
    outcome = run_indexer(embedder=embedder)
    assert (counts(outcome), embedder.embedded) == ((1, 0, 1, 2), [])
    sources = {article.title: article.source for article in LocalLibrary(library).articles()}
    assert sources["La nave"] == "barca.txt"


def test_an_article_with_an_id_of_its_own_changes_where_its_file_is_renamed(
    three: Path, library: Path, run_indexer: RunIndexer
) -> None:
    run_indexer()
    (three / "reti.jsonl").rename(three / "altro.jsonl")
    assert counts(run_indexer()) == (0, 1, 0, 2)
    assert {article.source for article in LocalLibrary(library).articles()} >= {"altro.jsonl"}


def test_an_article_whose_fields_alone_change_is_changed(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    (articles / "a.jsonl").write_text(line("a", "Il faro è spento.", "Uno") + line("b", "La nave entra.", "Due"))
    run_indexer()
    (articles / "a.jsonl").write_text(line("a", "Il faro è spento.", "Tre") + line("b", "La nave entra.", "Due"))
    embedder = RecordingEmbedder()
    assert counts(run_indexer(embedder=embedder)) == (0, 1, 0, 1)
    assert (list(texts(library)), embedder.embedded) == (["Due", "Tre"], [])


def test_everything_gone_is_an_empty_library_that_answers_nothing(
    three: Path, library: Path, run_indexer: RunIndexer
) -> None:
    run_indexer()
    for path in three.iterdir():
        path.unlink()
    outcome = run_indexer(even_if_most_are_gone=True)
    assert (outcome.generation, counts(outcome)) == (2, (0, 0, 3, 0))
    opened = LocalLibrary(library)
    assert opened.nearest(HashingEmbedder().read_question("faro").vector, 5) == []
    assert opened.matching(["far"], 5) == []
    assert list(opened.articles()) == []
    assert run_indexer().generation is None


def test_an_article_without_any_token_can_be_found(articles: Path, library: Path, run_indexer: RunIndexer) -> None:
    (articles / "a.jsonl").write_text(line("a", "١٢٣ ... è il"))
    assert run_indexer().added == 1
    (found,) = LocalLibrary(library).nearest(HashingEmbedder().read_question("è il").vector, 3)
    assert found.id == 1


def test_strange_ids_and_texts_come_through(articles: Path, library: Path, run_indexer: RunIndexer) -> None:
    ids = ["'; DROP TABLE articles; --", "x" * 5000, "\ud800\0", "🙂", "%s?", "NULL"]
    (articles / "a.jsonl").write_text("".join(line(id_, f"testo {n} \ud800\0", str(n)) for n, id_ in enumerate(ids)))
    assert run_indexer().added == 6
    assert [article.id for article in LocalLibrary(library).articles()] == [
        ids[0], "x" * 299 + "…", "\ufffd", "🙂", "%s?", "NULL"
    ]  # fmt: skip
    assert texts(library) == {str(n): f"testo {n} \ufffd" for n in range(6)}
    assert run_indexer().generation is None


def test_another_model_is_refused_until_everything_is_made_anew(
    three: Path, library: Path, run_indexer: RunIndexer
) -> None:
    run_indexer()
    other = RecordingEmbedder("another/1")
    with pytest.raises(FingerprintMismatch, match="citabot index --rebuild"):
        run_indexer(embedder=other)
    assert (other.embedded, LocalLibrary(library).fingerprint) == ([], "hashing/1")
    outcome = run_indexer(embedder=other, rebuild=True)
    assert (outcome.generation, counts(outcome)) == (2, (0, 3, 0, 0))
    assert len(other.embedded) == len(set(other.embedded)) == 8
    assert LocalLibrary(library).fingerprint == "another/1"
    assert run_indexer(embedder=other).generation is None


def test_an_empty_library_too_changes_over_to_another_model(articles: Path, run_indexer: RunIndexer) -> None:
    run_indexer()
    other = HashingEmbedder("another/1")
    assert run_indexer(embedder=other, rebuild=True).generation == 2
    assert run_indexer(embedder=other).generation is None


def test_a_source_that_is_not_there_changes_nothing(three: Path, library: Path, run_indexer: RunIndexer) -> None:
    run_indexer()
    with pytest.raises(SourceMissing):
        run_indexer(three, three / "nowhere")
    assert len(texts(library)) == 3
