"""An article that is withheld stays out of sight whatever its source holds, and comes back without being embedded."""

import json
from pathlib import Path

import pytest

from index.errors import ArticleUnknown
from index.indexer import Outcome
from index.local.held import held_in
from index.local.library import LocalLibrary
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from index.plan import planned
from index.progress import Progress
from index.withholding import restore, withhold
from tests.fakes import HashingEmbedder, RecordingEmbedder
from tests.index.conftest import RunIndexer

FARO = "Il faro è spento. Nessuno lo sa."


def write(path: Path, **articles: str) -> None:
    lines = [json.dumps({"id": id_, "title": id_, "lang": "it", "text": text}) for id_, text in articles.items()]
    path.write_text("\n".join(lines))


@pytest.fixture
def indexed(articles: Path, run_indexer: RunIndexer) -> Path:
    """Three articles in two files, in the library's first generation."""
    write(articles / "a.jsonl", faro=FARO, nave="La nave entra.")
    write(articles / "b.jsonl", rete="La rete è piena.")
    run_indexer()
    return articles


def take_out(library: Path, *ids: str) -> Outcome:
    with LocalLibraryWriter(library) as writer:
        return withhold(ids, library=writer)


def put_back(library: Path, *ids: str) -> Outcome:
    with LocalLibraryWriter(library) as writer:
        return restore(ids, library=writer)


def counts(outcome: Outcome) -> tuple[int | None, int, int, int, int, int]:
    return (
        outcome.generation, outcome.added, outcome.changed, outcome.removed, outcome.unchanged, outcome.withheld,
    )  # fmt: skip


def seen(library: Path) -> list[object]:
    """All that readers can find, without the ids of passages."""
    opened = LocalLibrary(library)
    found = {passage.id: passage for passage in opened.passages(range(1, 100))}
    asked = HashingEmbedder().read_question("il faro è spento").vector
    everything = [
        [(article.id, article.passages) for article in opened.articles()],
        sorted((passage.article.id, passage.article.text, passage.place) for passage in found.values()),
        [(found[near.id].article.id, near.nearness) for near in opened.nearest(asked, 10)],
        [(found[near.id].article.id, near.lexical) for near in opened.matching(["far", "nav", "ret"], 10)],
        [(found[id_].article.id, tokens.signs.tolist()) for id_, tokens in opened.tokens(list(found)).items()],
        dict(opened.languages),
        opened.passages_of(["faro"]) != [],
    ]
    opened.close()
    return everything


def ids(library: Path) -> list[str]:
    return [article.id for article in LocalLibrary(library).articles()]


def test_a_withheld_article_is_out_of_every_search_at_once(indexed: Path, library: Path) -> None:
    assert counts(take_out(library, "faro")) == (2, 0, 0, 1, 2, 1)
    articles, passages, near, matching, tokens, languages, placed = seen(library)
    assert articles == [("nave", 1), ("rete", 1)]
    assert {id_ for rows in (passages, near, matching, tokens) for id_, *_ in rows} == {"nave", "rete"}
    assert (languages, placed) == ({"it": 2}, False)
    assert VectorIndex.load(library, 2, "hashing/1") is not None
    (withheld,) = held_in(library).withheld.values()
    assert (withheld.article, withheld.title, str(withheld.since.tzinfo)) == ("faro", "faro", "UTC")


def test_a_restored_article_is_as_it_was(indexed: Path, library: Path) -> None:
    before = seen(library)
    take_out(library, "faro", "rete")
    assert counts(put_back(library, "faro", "rete")) == (3, 2, 0, 0, 1, 0)
    assert seen(library)[:2] == before[:2]
    assert [sorted(rows) for rows in seen(library)[2:5]] == [sorted(rows) for rows in before[2:5]]
    assert seen(library)[5:] == before[5:]
    assert held_in(library).withheld == {}


def test_neither_way_is_anything_embedded_and_reindexing_finds_nothing_new(
    indexed: Path, library: Path, run_indexer: RunIndexer
) -> None:
    take_out(library, "faro")
    embedder = RecordingEmbedder()
    assert counts(run_indexer(embedder=embedder)) == (None, 0, 0, 0, 2, 1)
    put_back(library, "faro")
    assert counts(run_indexer(embedder=embedder)) == (None, 0, 0, 0, 3, 0)
    assert (embedder.embedded, embedder.counted) == ([], [])


@pytest.mark.parametrize("fingerprint", ["hashing/1", "another/1"])
def test_a_rebuild_leaves_it_out_and_it_comes_back_after_one(
    indexed: Path, library: Path, run_indexer: RunIndexer, fingerprint: str
) -> None:
    before = seen(library)
    take_out(library, "faro")
    assert counts(run_indexer(embedder=HashingEmbedder(fingerprint), rebuild=True)) == (3, 0, 2, 0, 0, 1)
    assert ids(library) == ["nave", "rete"]
    put_back(library, "faro")
    assert seen(library)[0] == before[0]
    assert LocalLibrary(library).fingerprint == fingerprint


def test_it_comes_back_as_its_source_has_it_by_then(indexed: Path, library: Path, run_indexer: RunIndexer) -> None:
    take_out(library, "faro")
    write(indexed / "a.jsonl", faro="Il faro è acceso.", nave="La nave esce.")
    assert planned([indexed], held_in(library)).count("changed") == 1
    assert counts(run_indexer()) == (3, 0, 1, 0, 1, 1)
    assert ids(library) == ["nave", "rete"]
    put_back(library, "faro")
    (passage,) = LocalLibrary(library).passages(LocalLibrary(library).passages_of(["faro"]))
    assert passage.text == "Il faro è acceso."


def test_it_stays_out_when_its_source_goes_and_comes_back(
    indexed: Path, library: Path, run_indexer: RunIndexer
) -> None:
    take_out(library, "rete")
    (indexed / "b.jsonl").rename(indexed / "b.away")
    assert counts(run_indexer())[1:] == (0, 0, 0, 2, 1)
    (indexed / "b.away").rename(indexed / "b.jsonl")
    assert counts(run_indexer())[1:] == (0, 0, 0, 2, 1)
    assert ids(library) == ["faro", "nave"]


def test_what_is_restored_after_its_source_went_is_withheld_no_longer(
    indexed: Path, library: Path, run_indexer: RunIndexer
) -> None:
    take_out(library, "rete")
    (indexed / "b.jsonl").rename(indexed / "b.away")
    run_indexer()
    assert counts(put_back(library, "rete"))[1:] == (0, 0, 0, 2, 0)
    (indexed / "b.away").rename(indexed / "b.jsonl")
    assert counts(run_indexer())[1:] == (1, 0, 0, 2, 0)


def test_it_stays_out_when_it_moves_to_another_file(indexed: Path, library: Path, run_indexer: RunIndexer) -> None:
    take_out(library, "rete")
    (indexed / "b.jsonl").rename(indexed / "c.jsonl")
    run_indexer()
    assert ids(library) == ["faro", "nave"]
    put_back(library, "rete")
    assert {article.source for article in LocalLibrary(library).articles()} == {"a.jsonl", "c.jsonl"}


@pytest.mark.parametrize("rebuild", [False, True])
def test_correcting_the_text_does_not_bring_back_an_article_without_an_id_of_its_own(
    articles: Path, library: Path, run_indexer: RunIndexer, rebuild: bool
) -> None:
    (articles / "faro.txt").write_text("Il faro\n\nIl faro è spento.")
    (articles / "nave.txt").write_text("La nave\n\nLa nave entra.")
    run_indexer()
    (faro,) = (id_ for id_, article in held_in(library).articles.items() if article.title == "Il faro")
    take_out(library, faro)
    (articles / "faro.txt").write_text("Il faro di Orta\n\nIl faro è acceso.")
    assert planned([articles], held_in(library)).changes == ()
    assert counts(run_indexer(rebuild=rebuild))[-1] == 1
    assert [article.title for article in LocalLibrary(library).articles()] == ["La nave"]
    (withheld,) = held_in(library).withheld.values()
    assert (withheld.title, withheld.article == faro) == ("Il faro di Orta", False)
    put_back(library, withheld.article)
    assert [article.title for article in LocalLibrary(library).articles()] == ["Il faro di Orta", "La nave"]


def test_unknown_ids_are_named_and_nothing_is_changed(indexed: Path, library: Path) -> None:
    with pytest.raises(ArticleUnknown, match="no article with the id molo, boa: answers name it as article_id"):
        take_out(library, "molo", "faro", "boa")
    with pytest.raises(ArticleUnknown, match="id faro is withheld: citabot remove lists"):
        put_back(library, "faro")
    assert (LocalLibrary(library).generation, held_in(library).withheld) == (1, {})


def test_what_is_withheld_already_stays_so_and_no_generation_is_made(indexed: Path, library: Path) -> None:
    take_out(library, "faro", "faro")
    assert counts(take_out(library, "faro")) == (None, 0, 0, 0, 2, 1)
    assert LocalLibrary(library).generation == 2


def test_everything_may_be_withheld(indexed: Path, library: Path) -> None:
    before = seen(library)
    assert counts(take_out(library, "faro", "nave", "rete")) == (2, 0, 0, 3, 0, 3)
    assert seen(library)[:5] == [[]] * 5
    put_back(library, "rete", "nave", "faro")
    assert seen(library)[:2] == before[:2]


def test_a_reader_that_was_there_before_still_sees_it(indexed: Path, library: Path) -> None:
    reader = LocalLibrary(library)
    take_out(library, "faro")
    assert [article.id for article in reader.articles()] == ["faro", "nave", "rete"]


def test_publishing_is_reported(indexed: Path, library: Path) -> None:
    reported: list[Progress] = []
    with LocalLibraryWriter(library) as writer:
        withhold(["faro"], library=writer, report=reported.append)
    assert [(step.step, step.done, step.total) for step in reported] == [("publishing", 0, 1), ("publishing", 1, 1)]
