"""Favours move passages up the ranking, and are no evidence of anything."""

from collections.abc import Iterator

import pytest

from index.indexer import index_sources
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from retrieval.answer import Hit
from retrieval.ranking import as_searched, ranked, without
from tests.fakes import HashingEmbedder
from tests.retrieval.conftest import hit, question

ARTICLES = {
    "ferry.txt": "The ferry\n\nThe ferry leaves at noon.",
    "bakery.txt": "The bakery\n\nThe bakery opens at six.",
    "tower.txt": "The tower\n\nThe tower has many steps.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalLibrary]:
    folder = tmp_path_factory.mktemp("ranking")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with LocalLibraryWriter(folder / "library") as writer:
        index_sources([folder], writer=writer, embedder=HashingEmbedder())
    opened = LocalLibrary(folder / "library")
    yield opened
    opened.close()


def order(library: LocalLibrary, favours: dict[int, float]) -> list[Hit]:
    asked = question("when does the ferry leave at noon?")
    hits, rest = ranked(asked, HashingEmbedder().read_question(asked.text), library, favours=favours)
    assert rest == []
    return hits


def test_a_favour_moves_a_passage_up_by_as_many_points(library: LocalLibrary) -> None:
    first, second, third = order(library, {})
    needed = first.scores.final - third.scores.final
    last = third.passage.id
    assert [found.passage.id for found in order(library, {last: needed + 0.5})] == [
        last,
        first.passage.id,
        second.passage.id,
    ]
    assert order(library, {last: needed - 0.5})[0].passage.id == first.passage.id
    assert order(library, {last: needed + 0.5})[0].scores.final == pytest.approx(first.scores.final + 0.5)


def test_without_its_favour_a_hit_keeps_its_place_and_is_worth_what_it_was(library: LocalLibrary) -> None:
    plain = {found.passage.id: found.scores.final for found in order(library, {})}
    favours = dict.fromkeys(plain, 0.0) | {max(plain): 50.0}
    raised = order(library, favours)
    bare = without(favours, raised)
    assert [found.passage.id for found in bare] == [found.passage.id for found in raised]
    assert {found.passage.id: found.scores.final for found in bare} == pytest.approx(plain)


def test_nothing_is_taken_from_hits_without_favours() -> None:
    hits = [hit(1, final=3.0), hit(2, final=2.0)]
    assert without({}, hits) == hits


def test_a_question_is_read_again_in_the_form_that_stands_alone() -> None:
    asked = question("when?")
    assert as_searched(asked).text == "when?"
    assert asked.searched == "when?"
