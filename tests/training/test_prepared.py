"""What is prepared comes back as it was, with just as much of the model as its texts touch."""

from pathlib import Path

import numpy as np
from transformers import BertModel

from index.bundled_model import model_folder
from index.word_vectors import ModelFolder
from retrieval.pairs import PADDING, SEPARATOR, PairReader
from tests.fakes import HashingEmbedder
from training.examples import QuestionSet, examples_of
from training.prepared import Prepared, Texts, load, model_of, words_of


def prepared(folder: Path, reader: PairReader) -> Prepared:
    texts = Texts()
    asked = examples_of(QuestionSet(folder=folder, times=4), reader, texts, seed=1, embedder=HashingEmbedder())
    return Prepared(texts=texts, asked=asked, clozes=asked[:3], kept=asked[3:5])


def test_examples_come_back_as_they_were_and_their_words_have_the_same_vectors(
    folder: Path, reader: PairReader, tmp_path: Path
) -> None:
    before = prepared(folder, reader)
    before.save(tmp_path, model_folder())
    after = load(tmp_path)
    assert (after.asked, after.clozes, after.kept) == (before.asked, before.clozes, before.kept)
    assert any(example.rivals for example in after.asked)
    model, words = ModelFolder(model_folder()), words_of(tmp_path)
    assert len(words) < 500
    assert len(before.texts) == len(after.texts)
    for old, new in zip(before.texts, after.texts, strict=True):
        assert np.array_equal(model.words[old], words[new])
    for special in (SEPARATOR, PADDING):
        assert np.array_equal(model.words[special], words[special])


def test_the_model_that_lies_beside_them_is_the_default_one(folder: Path, reader: PairReader, tmp_path: Path) -> None:
    prepared(folder, reader).save(tmp_path, model_folder())
    small = BertModel.from_pretrained(model_of(tmp_path), add_pooling_layer=False)
    model = ModelFolder(model_folder())
    name = "encoder.layer.3.output.dense.weight"
    assert np.array_equal(small.get_parameter(name).detach().numpy(), model.tensor(name))


def test_a_text_is_kept_once() -> None:
    texts = Texts()
    assert [texts.add(ids) for ids in ((5, 6), (7,), (5, 6))] == [0, 1, 0]
    assert [row.tolist() for row in texts] == [[5, 6], [7]]
