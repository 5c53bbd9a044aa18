"""A sentence with a gap asks for what another passage says."""

import gzip
import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.bundled_model import model_folder
from retrieval.pairs import PairReader
from training.clozes import GAP, clozes_of
from training.prepared import Texts

TOKENIZER = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
FILLER = "Qui nessuno dice altro che possa servire a chi legge, e le righe vanno avanti lo stesso fino in fondo. " * 2
ARTICLE = "\n\n".join(
    (
        "Il faro di Capo Melo fu acceso nel marzo del 1911 dopo nove anni di lavori difficili e costosi. " + FILLER,
        "Molti pescatori ricordano ancora il marzo del 1911, quando il faro di Capo Melo illuminò la baia. " + FILLER,
        "Oggi la baia ospita soltanto barche a vela, una scuola di nuoto e due piccoli alberghi sul molo. " + FILLER,
    )
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl.gz"
    common = {"id": "b", "title": "b", "lang": "it", "text": FILLER * 20}
    with gzip.open(path, "wt") as file:
        for line in ({"id": "a", "title": "a", "lang": "it", "text": ARTICLE}, common):
            file.write(json.dumps(line) + "\n")
    return path


def test_what_is_missing_stands_in_the_other_passage_and_nowhere_in_the_question(
    articles: Path, reader: PairReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.clozes._COMMON", 24)
    texts = Texts()
    examples = clozes_of(articles, reader, texts, seed=1, most=50)
    assert examples
    for each in examples:
        question = TOKENIZER.decode(texts[each.question].tolist(), skip_special_tokens=False)
        passage = texts[each.passage].tolist()
        answer = TOKENIZER.decode(passage[each.first : each.last + 1]).strip()
        assert question.count(GAP) == 1
        assert answer not in question
        assert answer in TOKENIZER.decode(passage)
        assert question.split(GAP)[0].removeprefix("<s> query: ")[:20] not in TOKENIZER.decode(passage)
        assert each.language == "it"


def test_rivals_share_words_with_the_sentence_and_do_not_say_what_is_missing(
    articles: Path, reader: PairReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.clozes._COMMON", 24)
    texts = Texts()
    rivals = 0
    for each in clozes_of(articles, reader, texts, seed=1, most=50):
        answer = TOKENIZER.decode(texts[each.passage].tolist()[each.first : each.last + 1]).strip()
        question = set(TOKENIZER.decode(texts[each.question].tolist()).split())
        for rival in (TOKENIZER.decode(texts[number].tolist()) for number in each.rivals):
            rivals += 1
            assert answer.casefold() not in rival.casefold()
            assert question & set(rival.split())
    assert rivals


def test_the_same_seed_makes_the_same_ones_and_no_more_than_were_asked_for(
    articles: Path, reader: PairReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.clozes._COMMON", 24)
    made = [clozes_of(articles, reader, Texts(), seed=3, most=2) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) <= 2
