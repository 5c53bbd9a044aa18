"""Both legs bring passages, and every passage has all its evidence whichever leg brought it."""

import json
from collections.abc import Iterator

import pytest

from index.indexer import index_sources
from index.library import Library
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from retrieval import search as searching
from retrieval.answer import Hit
from retrieval.languages import Impartial
from retrieval.search import search
from tests.fakes import HashingEmbedder
from tests.retrieval.conftest import question

ARTICLES = {
    "Ferries of Portolungo": "The boat leaves at noon. It carries goats to the island.",
    "The tower": "The tower above the harbour of the island has many steps. A bell rings thrice.",
    "Bread": "The bakery opens at six. Its ovens are heated with wood.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalLibrary]:
    folder = tmp_path_factory.mktemp("search")
    lines = [json.dumps({"id": title, "title": title, "lang": "en", "text": text}) for title, text in ARTICLES.items()]
    (folder / "articles.jsonl").write_text("\n".join(lines))
    with LocalLibraryWriter(folder / "library") as writer:
        index_sources([folder / "articles.jsonl"], writer=writer, embedder=HashingEmbedder())
    opened = LocalLibrary(folder / "library")
    yield opened
    opened.close()


def found(library: Library, text: str, *, meant: str | None = None) -> dict[str, Hit]:
    """By article; `meant` is what the question's vector is made of, where it isn't its words."""
    vector = HashingEmbedder().read_question(meant or text).vector
    hits = search(question(text), Impartial(vector=vector), library, languages=["en"])
    return {hit.passage.article: hit for hit in hits}


def test_a_passage_has_the_same_evidence_whichever_leg_brought_it(
    library: LocalLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, meant = "when does the bakery open its ovens", "bell rings thrice above the harbour"
    everything = found(library, asked, meant=meant)
    monkeypatch.setattr(searching, "DEPTH", 1)
    each = found(library, asked, meant=meant)
    assert set(each) == {"Bread", "The tower"}
    for title, hit in each.items():
        assert hit.scores.passage == pytest.approx(everything[title].scores.passage)
        assert hit.sentence_cosines == pytest.approx(everything[title].sentence_cosines)
        assert hit.scores.lexical == pytest.approx(everything[title].scores.lexical)
        assert hit.coverage == everything[title].coverage


def test_coverage_is_the_share_of_the_questions_words_and_the_title_may_add_to_it(library: LocalLibrary) -> None:
    hits = found(library, "ferries of portolungo with goats")
    ferry = hits["Ferries of Portolungo"]
    assert 0 < ferry.coverage < 1
    assert hits["Bread"].coverage == 0.0


def test_a_word_that_no_passage_holds_counts_against_all(library: LocalLibrary) -> None:
    assert found(library, "goats")["Ferries of Portolungo"].coverage == 1.0
    assert 0 < found(library, "goats zeppelin")["Ferries of Portolungo"].coverage < 0.5


def test_the_rarer_word_counts_for_more(library: LocalLibrary) -> None:
    hits = found(library, "island island bell")
    assert hits["The tower"].coverage == 1.0
    assert 0 < hits["Ferries of Portolungo"].coverage < 0.5


def test_a_question_without_words_is_searched_by_meaning_alone(library: LocalLibrary) -> None:
    hits = found(library, "?", meant="goats")
    assert len(hits) == 3
    assert all((hit.scores.lexical, hit.coverage) == (0.0, 0.0) for hit in hits.values())
