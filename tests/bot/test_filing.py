"""Which articles were meant is said on one line, times as short as they can be."""

from datetime import date

import pytest

from bot.filing import told
from index.filter import Filter


@pytest.mark.parametrize(
    ("used", "line"),
    [
        (Filter(authors=("Ada Lo", "Ugo Li")), "Ada Lo, Ugo Li"),
        (Filter(authors=("A", "B", "C", "D")), "A, B, C, …"),
        (Filter(authors=("Ada\nLo", "x" * 500)), f"Ada Lo, {'x' * 119}…"),
        (Filter(tags=("t" * 500,)), f"#{'t' * 118}…"),
        (Filter(since=date(2023, 1, 1), until=date(2023, 12, 31)), "2023"),
        (Filter(since=date(2024, 2, 1), until=date(2024, 2, 29)), "2024-02"),
        (Filter(since=date(2024, 2, 1), until=date(2024, 2, 28)), "2024-02-01 – 2024-02-28"),
        (Filter(since=date(2024, 2, 3), until=date(2024, 2, 3)), "2024-02-03"),
        (Filter(since=date(2023, 12, 1), until=date(2024, 12, 31)), "2023-12-01 – 2024-12-31"),
        (Filter(tags=("news", "Nord_Corea")), "#news #Nord_Corea"),
        (
            Filter(authors=("Ada Lo",), since=date(2023, 1, 1), until=date(2023, 12, 31), tags=("a",)),
            "Ada Lo · 2023 · #a",
        ),
    ],
)
def test_a_filter_on_one_line(used: Filter, line: str) -> None:
    assert told(used) == line
