"""Passages are whole sentences up to a budget, and tile their text."""

from hypothesis import given
from hypothesis import strategies as st

from index.passages import cut_passages
from index.sentences import sentence_spans
from tests.fakes import HashingEmbedder

COUNT = HashingEmbedder().count_tokens
PIECES = ("Il faro", " è spento", " da anni", ". ", "? ", "!\n\n", "\n", "…  ", " “Chi lo sa?” ", "。")
PROSE = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)


def texts(text: str, budget: int) -> list[str]:
    cuts = cut_passages(text, language="it", count_tokens=COUNT, budget=budget)
    return [cut.span.of(text) for cut in cuts]


def words(count: int, end: str = ".") -> str:
    return " ".join(["Parola", *["parola"] * (count - 1)]) + end


@given(text=st.text() | PROSE, budget=st.integers(1, 30))
def test_passages_tile_any_text_and_their_sentences_tile_them(text: str, budget: int) -> None:
    cuts = cut_passages(text, language="it", count_tokens=COUNT, budget=budget)
    assert "".join(cut.span.of(text) for cut in cuts) == text
    for cut in cuts:
        assert "".join(span.of(text) for span in cut.sentences) == cut.span.of(text)
    assert [span for cut in cuts for span in cut.sentences] == sentence_spans(text, language="it")


@given(text=PROSE, budget=st.integers(1, 30))
def test_only_a_passage_of_one_sentence_is_over_the_budget(text: str, budget: int) -> None:
    for cut in cut_passages(text, language="it", count_tokens=COUNT, budget=budget):
        tokens = sum(COUNT([span.of(text) for span in cut.sentences]))
        assert tokens <= budget or len(cut.sentences) == 1


def test_a_passage_is_filled_until_the_next_sentence_would_be_too_much() -> None:
    text = " ".join(words(10) for _ in range(5))
    assert [COUNT([passage])[0] for passage in texts(text, 25)] == [20, 20, 10]


def test_a_sentence_over_the_budget_stands_alone() -> None:
    text = f"{words(5)} {words(40)} {words(5)}"
    assert texts(text, 20) == [f"{words(5)} ", f"{words(40)} ", words(5)]


def test_a_paragraph_that_says_enough_is_a_passage_and_short_ones_are_read_together() -> None:
    long, short = words(60), words(6)
    text = f"{short}\n\n{short}\n\n{long}\n\n{short}"
    assert texts(text, 192) == [f"{short}\n\n{short}\n\n{long}\n\n", short]


def test_a_text_of_nothing_has_no_passages() -> None:
    assert texts("", 192) == []


def test_a_text_without_any_token_is_one_passage() -> None:
    assert texts("… — …", 192) == ["… — …"]
