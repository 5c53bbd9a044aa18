"""The commands that measure compare with what is right."""

import json
import random
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import search_lexical
from benchmarks.exact_search import exact_nearest
from benchmarks.search_engines import ENGINES, Fts5, Fts5WithinBudget
from index.local.catalog import Catalog
from index.local.library import LocalLibrary
from tests.fakes import HashingEmbedder
from tests.index.local.conftest import prose, stock

QUESTIONS = ["nave porto", "tempesta sulla costa", "il gabbiano"]


def test_the_exact_search_finds_what_an_exact_library_finds(tmp_path: Path) -> None:
    rng = random.Random(2)
    folder = stock(tmp_path, [prose(rng) for _ in range(40)])
    questions = HashingEmbedder().embed_sentences(QUESTIONS)
    with closing(Catalog(folder)) as catalog, closing(LocalLibrary(folder)) as library:
        found = exact_nearest(catalog.vectors(), questions, 20)
        assert found == [[neighbour.id for neighbour in library.nearest(vector, 20)] for vector in questions]


def test_both_ways_to_ask_fts5_give_the_same_order_in_a_small_library(tmp_path: Path) -> None:
    passages = ["faro port", "nav nav port", "port vuot", "ret"]
    orders = []
    for name, make in (("all", Fts5), ("budget", Fts5WithinBudget)):
        (tmp_path / name).mkdir()
        engine = make(tmp_path / name)
        engine.add(passages[:2])
        engine.add(passages[2:])
        orders.append(engine.best(["nav", "ret", "faro"], 9))
    assert orders[0] == orders[1]
    assert sorted(orders[0]) == [1, 2, 4]


def test_engines_that_are_not_installed_are_left_out_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = ["Il faro guarda il porto.", "La nave entra nel porto."]
    library = stock(tmp_path, texts)
    asked = {"lang": "it", "question": "Dove entra la nave?", "article_id": "a001", "answers": [{"start": 5}]}
    (tmp_path / "questions.jsonl").write_text(json.dumps(asked))
    for name in set(ENGINES) - {"fts5", "fts5 within a budget"}:
        monkeypatch.setitem(ENGINES, name, (Fts5, "no_such_package"))
    monkeypatch.setattr("sys.argv", ["search_lexical", str(library), str(tmp_path / "questions.jsonl")])
    search_lexical.main()
    printed = capsys.readouterr().out
    assert "2 passages, 1 questions" in printed
    assert printed.count("answer's passage among 50: 1.000") == 2
    assert "tantivy: left out; to have it measured: pip install no_such_package" in printed
