"""Batches hold every text once, alike ones together, and no more tokens than a processor's caches like."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engine import batches
from index.processor import usable_cores


@given(st.lists(st.integers(0, 2000)), st.integers(1, 600), st.integers(1, 5000))
def test_batches_hold_each_text_once_within_the_budget_and_longest_first(
    tokens: list[int], longest: int, budget: int
) -> None:
    found = list(batches(tokens, longest=longest, budget=budget))
    flat = [index for batch in found for index in batch]
    assert sorted(flat) == list(range(len(tokens)))
    assert [tokens[index] for index in flat] == sorted(tokens, reverse=True)
    for batch in found:
        widest = max(min(tokens[index], longest) for index in batch)
        assert len(batch) == 1 or len(batch) * widest <= budget


def test_texts_that_are_cut_off_count_for_what_is_read() -> None:
    assert list(batches([100_000, 100_000, 100_000], longest=512, budget=1024)) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("quota", "cores"), [("50000 100000", 1), ("100000 100000", 1), ("max 100000", None), ("?", None), (None, None)]
)
def test_a_containers_quota_limits_the_cores(tmp_path: Path, quota: str | None, cores: int | None) -> None:
    file = tmp_path / "cpu.max"
    if quota is not None:
        file.write_text(quota + "\n")
    assert usable_cores(file) == (cores or usable_cores(tmp_path / "none"))
