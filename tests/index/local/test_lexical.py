"""In a large library the rarest terms find the passages, and all terms give them their score."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.local.catalog import FILE
from index.local.lexical import Lexicon
from tests.index.local.conftest import stock

TEXTS = [
    "Il faro guarda il porto.",
    "La nave entra nel porto, la nave dorme.",
    "Il porto è vuoto.",
    "La rete è nel porto.",
    "Il molo è lungo.",
]
HELD = {"far": 1, "nav": 1, "port": 4}


@pytest.fixture
def lexicon(tmp_path: Path) -> Iterator[Callable[..., Lexicon]]:
    connection = sqlite3.connect(stock(tmp_path, TEXTS) / FILE)

    def rows(sql: str, values: tuple[object, ...] = ()) -> list[Any]:
        return connection.execute(sql, values).fetchall()

    yield lambda **options: Lexicon(rows, **options)
    connection.close()


def test_a_term_beyond_the_budget_finds_nothing_but_counts_in_what_others_found(lexicon) -> None:
    whole = lexicon().matching([*HELD], 9, None)
    assert {neighbour.id for neighbour in whole} == {1, 2, 3, 4}
    within = lexicon(budget=2).matching([*HELD], 9, None)
    assert [neighbour.id for neighbour in within] == [2, 1]
    assert [neighbour.lexical for neighbour in within] == pytest.approx([neighbour.lexical for neighbour in whole[:2]])


def test_the_rarest_term_is_looked_for_however_many_hold_it(lexicon) -> None:
    assert {neighbour.id for neighbour in lexicon(budget=0).matching(["port"], 9, None)} == {1, 2, 3, 4}


def test_the_budget_says_nothing_about_scores_among_given_passages(lexicon) -> None:
    whole = {neighbour.id: neighbour.lexical for neighbour in lexicon().matching([*HELD], 9, None)}
    among = lexicon(budget=0).matching([*HELD], 9, [5, 4, 3, 2, 1, 0])
    assert {neighbour.id: neighbour.lexical for neighbour in among} == pytest.approx(whole)


def test_how_many_hold_a_common_term_stays_right_when_it_is_asked_again(tmp_path: Path) -> None:
    connection = sqlite3.connect(stock(tmp_path, ["Il porto.", "Il faro."] * 600) / FILE)
    lexicon = Lexicon(lambda sql, values=(): connection.execute(sql, values).fetchall())
    for _ in range(2):
        assert lexicon.found_in(["port", "nessuno", "far"]) == {"port": 600, "far": 600}
    connection.close()


def test_an_empty_library_holds_no_terms(tmp_path: Path) -> None:
    connection = sqlite3.connect(stock(tmp_path, []) / FILE)
    lexicon = Lexicon(lambda sql, values=(): connection.execute(sql, values).fetchall())
    assert lexicon.found_in(["port"]) == {}
    assert lexicon.matching(["port"], 9, None) == []
    connection.close()
