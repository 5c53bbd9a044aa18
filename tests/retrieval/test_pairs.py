"""A question and a passage become tokens whose places in the text are known; long passages become windows."""

from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.article import Span
from index.bundled_model import model_folder
from retrieval.pairs import BEGIN, SEPARATOR, PairReader, padded, tokens_within

TOKENIZER = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
PAIRS = PairReader(TOKENIZER, longest=120)


@given(st.integers(0, 60), st.integers(1, 20))
def test_the_tokens_of_an_answer_cover_it_and_no_other_word(start: int, length: int) -> None:
    text = "Il battello della biblioteca si chiama Ginestra, e attracca di giovedì."
    tokens = PAIRS.tokens(text)
    answer = Span(start, min(len(text), start + length))
    within = tokens_within(tokens, answer)
    if within is None:
        assert not answer.of(text).strip()
        return
    first, last = (tokens.spans[number] for number in within)
    assert first.start <= answer.start + 1
    assert answer.end <= last.end + 1
    assert first.end > answer.start
    assert last.start < answer.end


@given(st.text(max_size=200), st.integers(0, 400))
def test_windows_hold_every_token_of_a_passage_and_fit(question: str, words: int) -> None:
    text = " ".join(f"parola{number}" for number in range(words))
    ids = PAIRS.tokens(text).ids
    windows = list(PAIRS.windows(question, text))
    held = set[int]()
    for window in windows:
        piece = window.pair.ids[window.pair.first : -1]
        assert window.pair.ids[0] == BEGIN
        assert window.pair.ids[-1] == SEPARATOR
        assert len(window.pair.ids) <= 120
        assert piece == ids[window.begin : window.begin + len(piece)]
        held |= set(range(window.begin, window.begin + len(piece)))
    assert held == set(range(len(ids)))
    assert windows


@given(st.integers(0, 400))
def test_two_parts_hold_every_token_of_a_passage_that_is_neither_short_nor_long(words: int) -> None:
    text = " ".join(["parola"] * words)
    ids = PAIRS.tokens(text).ids
    parts = list(PAIRS.parts("dove?", text))
    assert bool(parts) == (40 < len(ids) <= PAIRS.room_for("dove?"))
    pieces = [part.pair.ids[part.pair.first : -1] for part in parts]
    assert all(piece == ids[part.begin : part.begin + len(piece)] for part, piece in zip(parts, pieces, strict=True))
    if parts:
        (one, other), (begin, later) = pieces, [part.begin for part in parts]
        assert begin == 0
        assert later < len(one) < len(ids)
        assert later + len(other) == len(ids)


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_any_text_has_tokens_that_stand_in_it(text: str) -> None:
    assert all(span.end <= len(text) for span in PAIRS.tokens(text).spans)


@pytest.mark.parametrize(
    "text",
    [
        normalize("NFD", "Lo dipinse Niccolò"), normalize("NFD", "vợ là Lê Thị Nở."),
        normalize("NFD", "대표 음식은 찜닭"), "Пётр Фома\u0301 строил", "कि",
    ],
)  # fmt: skip
def test_a_token_ends_where_its_last_letter_does(text: str) -> None:
    for span in PAIRS.tokens(text).spans:
        parts = text[: span.end], text[span.end :]
        assert "".join(normalize("NFC", part) for part in parts) == normalize("NFC", text)
        assert category(f"{parts[1]} "[0])[0] != "M"


def test_rows_are_padded_to_a_step() -> None:
    ids, mask = padded([[5, 6, 7], [8]], step=4)
    assert ids.tolist() == [[5, 6, 7, 1], [8, 1, 1, 1]]
    assert mask.tolist() == [[1, 1, 1, 0], [1, 0, 0, 0]]
