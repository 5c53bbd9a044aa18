"""Whatever runs a model shows the states of its tokens, and the same ones; a model that cannot goes without."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import SentenceTransformerEmbedder
from index.engine import Engine
from index.tokens import signs_of
from index.torch_engine import TorchEngine
from tests.index.conftest import WORDS
from tests.index.test_fast_engine import TEXTS, installed

ALPHABET = "abcàß 7½.,!\n\t\u00a0\u3000灯台は老أُينदीต่ำ섬🙂📦\ud83d\u0301\u200bﬁ①"
WRITTEN = st.text(max_size=30) | st.text(st.sampled_from(ALPHABET), max_size=60)


@pytest.fixture(scope="module")
def fast_engine(unpacked: Path) -> Engine:
    from index.fast_engine import FastEngine

    return FastEngine(unpacked)


def check(engine: Engine, text: str) -> None:
    _, (tokens,) = engine.read([text], "document")
    starts = tokens.starts.astype(int)
    assert (np.diff(starts) >= 0).all()
    assert all(0 <= start < len(text) for start in starts)
    np.testing.assert_allclose(np.linalg.norm(tokens.states, axis=1), 1, atol=1e-4)
    assert len(starts) == 0 or float(tokens.weights.mean()) == pytest.approx(1, abs=1e-4)
    assert all(text[start].isalnum() for start in signs_of(text, tokens).starts)


@installed
@given(WRITTEN)
def test_every_start_lies_in_the_text_and_none_falls_on_openvino(fast_engine: Engine, text: str) -> None:
    check(fast_engine, text)


@given(WRITTEN)
def test_every_start_lies_in_the_text_and_none_falls_on_torch(torch_engine: TorchEngine, text: str) -> None:
    check(torch_engine, text)


@installed
@pytest.mark.parametrize("role", ["query", "document"])
def test_both_engines_read_the_same_tokens_in_every_script(
    fast_engine: Engine, torch_engine: TorchEngine, role: str
) -> None:
    long = " ".join(TEXTS[:2] * 60)
    texts = [*TEXTS, "", long]
    vectors, fast = fast_engine.read(texts, role)
    others, torch = torch_engine.read(texts, role)
    assert float((vectors * others).sum(1).min()) > 0.99
    np.testing.assert_array_equal(vectors, fast_engine.embed(texts, role))
    for text, one, other in zip(texts, fast, torch, strict=True):
        assert one.starts.tolist() == other.starts.tolist()
        np.testing.assert_allclose(one.weights, other.weights, rtol=1e-5)
        signs, expected = (np.unpackbits(signs_of(text, tokens).signs, axis=1) for tokens in (one, other))
        assert signs.size == 0 or float((signs == expected).mean()) >= 0.9, text[:60]
    assert len(fast[0].starts) == 1
    assert 400 < len(fast[-1].starts) < 512 < fast_engine.count_tokens([long])[0]


@installed
def test_starts_count_characters_of_the_text_as_it_was_written(fast_engine: Engine) -> None:
    text = "half \ud83d\tof a 📦 pair, 老桥 ﬁn أين"
    _, (tokens,) = fast_engine.read([text], "query")
    begun = {text[start:].split()[0] for start in signs_of(text, tokens).starts}
    assert {"half", "of", "a", "pair,", "老桥", "ﬁn", "أين"} <= begun


def by_hand(folder: Path, text: str, among: list[str], prompt: str) -> np.ndarray:
    """Unit states of the tokens of `text`, each of which is a word, read together with others."""
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    features = model.preprocess(among, prompt=prompt)
    wanted = {name: features[name] for name in ("input_ids", "attention_mask")}
    with torch.inference_mode():
        states = model[0].auto_model(**wanted, output_hidden_states=True).hidden_states[1]
    row = among.index(text)
    mine = states[row][features["attention_mask"][row] > 0].numpy()
    around = 1 + len(prompt.split())
    kept = mine[around:-1]
    return kept / np.linalg.norm(kept, axis=1, keepdims=True)


@pytest.mark.parametrize("side", ["right", "left"])
def test_a_models_own_states_are_read_on_whichever_side_it_pads(tiny_model: Path, tmp_path: Path, side: str) -> None:
    folder = Path(shutil.copytree(tiny_model, tmp_path / "tiny"))
    path = folder / "tokenizer_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"padding_side": side}))
    texts = ["faro", "il faro spento nave", "", "nave porto"]
    engine = TorchEngine(str(folder), "tiny")
    vectors, tokens = engine.read(texts, "document")
    np.testing.assert_allclose(vectors, engine.embed(texts, "document"), atol=0.02)
    assert [some.starts.tolist() for some in tokens] == [[0], [0, 3, 8, 15], [], [0, 5]]
    assert [some.weights.tolist() for some in tokens] == [[1], [1] * 4, [], [1] * 2]
    for text, some in zip(texts, tokens, strict=True):
        expected = by_hand(folder, text, texts, "say : ")
        assert some.states.shape == expected.shape == (len(text.split()), 16)
        assert (some.states * expected).sum(1).min(initial=1) > 0.999


def test_passages_and_questions_of_any_model_are_read_with_their_tokens(tiny_model: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(tiny_model))
    texts = ["faro spento", "nave : il porto", "il " * 100]
    vectors, signs = embedder.read_passages(texts)
    np.testing.assert_allclose(vectors, embedder.embed_sentences(texts), atol=0.02)
    assert [some.starts.tolist() for some in signs[:2]] == [[0, 5], [0, 7, 10]]
    assert signs[2].starts.tolist() == [3 * place for place in range(28)]
    assert {some.signs.shape[1] for some in signs} == {2}
    reading = embedder.read_question("il faro")
    assert reading.tokens.starts.tolist() == [0, 3]
    assert reading.tokens.states.shape == (2, 16)
    assert embedder.read_passages([])[1] == embedder.read_questions([]) == []


def test_a_model_without_layers_shows_no_tokens(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: id_ for id_, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)], device="cpu").save(str(tmp_path / "s"))
    without_tokens(TorchEngine(str(tmp_path / "s"), "static"))


def test_a_model_whose_tokenizer_knows_no_offsets_shows_no_tokens(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, ByT5Tokenizer

    ByT5Tokenizer().save_pretrained(tmp_path / "parts")
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=400, max_position_embeddings=64, **sizes)).save_pretrained(tmp_path / "parts")
    modules = [Transformer(str(tmp_path / "parts")), Pooling(16)]
    SentenceTransformer(modules=modules, device="cpu").save(str(tmp_path / "slow"))
    without_tokens(TorchEngine(str(tmp_path / "slow"), "slow"))


def without_tokens(engine: TorchEngine) -> None:
    vectors, tokens = engine.read(["il faro", "nave"], "document")
    np.testing.assert_allclose(vectors, engine.embed(["il faro", "nave"], "document"), atol=1e-6)
    assert [(some.states.shape, some.starts.tolist()) for some in tokens] == [((0, 16), [])] * 2
