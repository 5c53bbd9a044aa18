"""The lexical leg: FTS5 finds passages by the question's rarest terms, their stored terms give them their BM25."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from index.article import PassageId
from index.library import Neighbour

Rows = Callable[..., list[Any]]
"""Runs a query with its values."""

_K1, _B = 1.2, 0.75
"""As FTS5 has them; see https://www.sqlite.org/fts5.html#the_bm25_function."""
_RAREST_COUNTS = 1e-6
"""What a term weighs that is in more than half of the passages."""
_BUDGET = 10_000
"""Passages that FTS5 may score for one question, about a microsecond each."""
_DEEPER = 4
"""Times as many candidates as wanted, where terms were left out in finding them."""
_COMMON = 500
"""Passages; how many hold a more common term is remembered, because counting them takes a while."""


class Lexicon:
    """The search terms of one generation."""

    def __init__(self, rows: Rows, *, budget: int = _BUDGET) -> None:
        self._rows, self._budget = rows, budget
        self._passages, self._terms = self._totals()
        self._common: dict[str, int] = {}

    def _totals(self) -> tuple[int, int]:
        """Passages, and terms in all of them: FTS5's own record, by which it works BM25 out.

        What a transaction has put in is in that record once its vocabulary was looked at.
        """
        self._rows("SELECT 1 FROM vocabulary LIMIT 1")
        found = self._rows("SELECT block FROM terms_data WHERE id = 1")
        numbers = _varints(found[0][0]) if found else []
        return (numbers[0], numbers[1]) if len(numbers) > 1 else (0, 0)

    def found_in(self, terms: Sequence[str]) -> dict[str, int]:
        """Passages that hold each of `terms`."""
        counts = {term: self._common[term] for term in terms if term in self._common}
        asked = [term for term in terms if term not in counts]
        marks = ",".join("?" * len(asked))
        for term, count in self._rows(f"SELECT term, doc FROM vocabulary WHERE term IN ({marks})", asked):
            counts[term] = count
            if count > _COMMON:
                self._common[term] = count
        return counts

    def terms_from(self, beginning: str) -> dict[str, int]:
        """All terms that begin so, and how many passages hold each; none for no beginning."""
        if not beginning:
            return {}
        end = beginning[:-1] + chr(min(ord(beginning[-1]) + 1, 0x10FFFF))
        return dict(self._rows("SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ?", (beginning, end)))

    def matching(self, terms: Sequence[str], k: int, among: Sequence[PassageId] | None) -> list[Neighbour]:
        """By BM25, best first; in a large library, passages that hold only common terms may be missed."""
        counts = self.found_in(terms)
        if not counts or k < 1:
            return []
        if among is not None:
            return self._scored(among, counts)[:k]
        looked_for = _within_budget(counts, self._budget)
        query = " OR ".join('"' + term.replace('"', '""') + '"' for term in looked_for)
        all_of_them = len(looked_for) == len(counts)
        rows = self._rows(
            "SELECT rowid, -rank FROM terms WHERE terms MATCH ? ORDER BY rank, rowid LIMIT ?",
            (query, k if all_of_them else _DEEPER * k),
        )
        if all_of_them:
            return [Neighbour(id=id_, lexical=max(0.0, score)) for id_, score in rows]
        return self._scored([id_ for id_, _ in rows], counts)[:k]

    def _scored(self, ids: Iterable[PassageId], counts: Mapping[str, int]) -> list[Neighbour]:
        """Those of `ids` that hold any of the terms, by the BM25 that FTS5 would give them."""
        weights = {
            term: max(math.log((self._passages - count + 0.5) / (count + 0.5)), _RAREST_COUNTS)
            for term, count in counts.items()
        }
        average = self._terms / max(1, self._passages)
        marks = ",".join(str(int(id_)) for id_ in ids)
        neighbours = []
        for id_, stems in self._rows(f"SELECT rowid, stems FROM terms WHERE rowid IN ({marks})"):
            held = stems.split(" ")
            times = Counter(term for term in held if term in weights)
            if times:
                slack = _K1 * (1 - _B + _B * len(held) / average)
                score = sum(weights[term] * (_K1 + 1) * n / (n + slack) for term, n in times.items())
                neighbours.append(Neighbour(id=id_, lexical=score))
        return sorted(neighbours, key=lambda neighbour: (-neighbour.lexical, neighbour.id))


def _within_budget(counts: Mapping[str, int], budget: int) -> list[str]:
    """The rarest terms that are together in no more passages than `budget`; one at least."""
    chosen: list[str] = []
    total = 0
    for term in sorted(counts, key=lambda term: (counts[term], term)):
        total += counts[term]
        if chosen and total > budget:
            break
        chosen.append(term)
    return chosen


def _varints(record: bytes) -> list[int]:
    """SQLite's variable-length integers of up to eight bytes: seven bits in each, the highest says that more follow."""
    numbers, open_number = [], 0
    for byte in record:
        open_number = open_number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(open_number)
            open_number = 0
    return numbers
